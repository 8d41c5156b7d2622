"""One answer to many requests (UI-112): each client by their own channel, with what is filled in for them.

It is looked at first, as every act on a whole list; letters leave some minutes later and one after the other, so that
one press takes back what has not left.  Of more than a few, a second person reads it before the first one leaves.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.incidents import reaching
from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.journal.rows import first
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations import placeholders
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.routing.many import DONE, must_answer
from otklik.desk.tickets import approving, known, letters
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Batch, Sweep, Ticket
from otklik.desk.tickets.models.batch import Outcome, teach
from otklik.front.workspace.acts.choice import Choice

ACT = "reply"
DELAY, EACH = timedelta(minutes=5), timedelta(seconds=2)
"""The first one leaves so much later, each of the others so long after the one before."""
ALONE, MOST = 20, 1000
"""Of more than ALONE letters a second person sees the text first; more than MOST are not written at once."""
LONGEST = 10_000
WAITS = """
SELECT 1 FROM tickets_ticket t JOIN conversations_message m ON m.id = (t.undo ->> 'message')::bigint
JOIN channels_outbound o ON o.id = m.outbound_id
WHERE t.id = %s AND t.undo ? 'many' AND o.state = 'ready'
"""


def told_of(text: str, choice: Choice) -> dict[str, Any]:
    """What is kept of the dialog; raises Refused for what can be sent to nobody.

    `seen` is the last message that was there: whoever writes after it gets no answer that does not know of it.
    """
    if not text.strip():
        raise Invalid(_("Write the answer first."), "text")
    if len(text) > LONGEST:
        raise Invalid(_("At most %(most)s characters.") % {"most": LONGEST}, "text")
    if unknown := placeholders.unknown(text):
        raise Invalid(_("Nobody knows this field: %(field)s. Choose one of the list.") % {"field": unknown[0]}, "text")
    choice.step()
    last = Message.objects.aggregate(last=Max("pk"))["last"] or 0
    return {"text": text.strip(), "next": choice.next, "choice": choice.plain(), "seen": last}


def answer(tickets: Sequence[Ticket], told: Mapping[str, Any], *, by: User) -> Outcome:
    """Each is answered as by hand; left out is whom we cannot or may not reach, who wrote meanwhile, for whom a field
    is empty, in whose request somebody else works or an answer of one's own is begun.
    """
    step = Choice.kept({"next": told["next"], **told["choice"]}).step()
    rows = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).select_related(*reaching.RELATED)
    left_out = {one.ticket.pk: one.left_out for one in reaching.reach(list(rows))}
    leaves = _next_to_leave(by)

    def judge(ticket: Ticket) -> None:
        must_answer(ticket, by)
        if why := left_out.get(ticket.pk):
            raise Conflict(why.said)
        if ticket.owner_id not in (None, by.pk) and not by.leads:
            raise Conflict(_("a colleague works on it"))
        if Draft.objects.filter(conversation=ticket.conversation_id, author=by, mode=Draft.Mode.REPLY).exists():
            raise Conflict(_("you have begun another answer there"))

    def do(ticket: Ticket) -> None:
        nonlocal leaves
        text, wait = written(ticket, told["text"], by), leaves - clock.now()
        ticket.reply(text, by=by, then=step, seen=told["seen"], undo=ceil(wait.total_seconds()))
        ticket.undo = {**(ticket.undo or {}), "many": True}
        Ticket.objects.filter(pk=ticket.pk).update(undo=ticket.undo)
        leaves += EACH

    return Batch.objects.run(ACT, tickets, do, by=by, judge=judge)


def written(ticket: Ticket, text: str, by: User) -> str:
    """As this client reads it.  Raises Conflict where something would be left open."""
    with translation.override(letters.language_of(ticket)):
        filled = placeholders.filled(text, known.values_of(ticket, by))
    if open_ := placeholders.holes(filled):
        raise Conflict(_("nothing is known to fill in %(field)s") % {"field": open_[0]})
    return filled


def _next_to_leave(by: User) -> datetime:
    """Behind all that this person sends to many already: the pace is one for all of their lists."""
    first = clock.now() + DELAY
    ours = Message.objects.filter(author=by, outbound__state=Outbound.State.READY)
    last = ours.aggregate(last=Max("outbound__not_before"))["last"]
    return max(first, last + EACH) if last else first


def waits(ticket_id: int) -> bool:
    """Whether a letter to many is on its way out of this request; bare, for it is asked of each word of a client."""
    return first(WAITS, ticket_id) is not None


@transaction.atomic
def hold_back(ticket_id: int) -> None:
    """The client wrote before it left: a letter that does not know of it is a draft again, for its author to read."""
    ticket = Ticket.objects.select_related("owner", "team__calendar", "conversation").get(pk=ticket_id)
    ticket.lock()
    slot = ticket.undo or {}
    message = Message.objects.select_related("outbound", "author").filter(pk=slot.get("message") or 0).first()
    if not slot.get("many") or message is None or message.author is None:
        return
    try:
        with transaction.atomic():
            ticket.take_back(message, by=message.author)
    except Conflict:
        return  # it has left
    with translation.override(message.author.language):
        said = _("№ %(number)s: the client wrote before your answer to many left; it is a draft again")
        said %= {"number": ticket.number}
    Notice.objects.tell([message.author.pk], said, kind=NoticeKind.ANSWER, about="ticket", about_id=ticket.pk)


def needs_second(sweep: Sweep) -> bool:
    """Too many for one pair of eyes, and nobody else has read it."""
    return sweep.act == ACT and sweep.done > ALONE and not sweep.told.get("approved_by")


def may_approve(user: User, sweep: Sweep) -> bool:
    """Whose word holds on the line of whoever wrote it; nobody's own."""
    lines = sweep.by.team_ids or [0]
    return sweep.act == ACT and any(approving.may_decide(user, line, sweep.by) for line in lines)


def ask_second(sweep: Sweep) -> None:
    """Leads of the line read that it waits for them."""
    lines = sweep.by.team_ids or [0]
    people = {one.pk: one for line in lines for one in approving.deciders(line, sweep.by)}
    for one in people.values():
        with translation.override(one.language):
            said = ngettext(
                "%(name)s wants to answer %(count)s request at once: read it first",
                "%(name)s wants to answer %(count)s requests at once: read it first",
                sweep.done,
            ) % {"name": sweep.by.name, "count": sweep.done}
        Notice.objects.tell([one.pk], said, kind=NoticeKind.APPROVAL, about="sweep", about_id=sweep.pk, urgent=True)


def approve(sweep: Sweep, by: User) -> None:
    """Raises Conflict where it does not wait for a second pair of eyes any more."""
    if sweep.state != "ready" or not needs_second(sweep):
        raise Conflict(_("It waits for nobody's word any more."))
    sweep.told = {**sweep.told, "approved_by": by.pk, "approved": by.name}
    sweep.save(update_fields=["told"])
    with translation.override(sweep.by.language):
        said = _("%(name)s has read your answer to many: it may leave") % {"name": by.name}
    Notice.objects.tell([sweep.by_id], said, kind=NoticeKind.DESK, about="sweep", about_id=sweep.pk)


def tell_batches() -> None:
    """How acts on many requests know this one, and say what was done."""
    teach(ACT, _last_reply, _back)
    DONE[ACT] = lambda count: ngettext("%(count)s answered", "%(count)s answered", count) % {"count": count}


def _last_reply(ticket: Ticket) -> int | None:
    return (ticket.undo or {}).get("message")


def _back(ticket: Ticket, _before: int | None, by: User) -> None:
    """The letter has not left: the request is as before.  Its text stands in the list of the act and is no draft."""
    message = Message.objects.select_related("outbound").get(pk=_last_reply(ticket) or 0)
    ticket.take_back(message, by=by)
    Draft.objects.forget(ticket.conversation_id, by, Draft.Mode.REPLY)
