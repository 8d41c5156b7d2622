"""One answer to many requests (UI-112): each client by their own channel, with what is filled in for them.

It is looked at first, as every act on a whole list; letters leave some minutes later and one after the other, so that
one press takes back what has not left.  Of more than a few, a second person reads it before the first one leaves.
Until it leaves, whatever somebody writes, says or joins in the request calls it off (`Ticket.stop_many`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from otklik.care.incidents import reaching
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.journal.rows import first
from otklik.core.staff.models import User
from otklik.desk.conversations import placeholders
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.routing.many import DONE, must_answer
from otklik.desk.tickets import approving, known, letters, to_many
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.events import AnswerToManyApproved, AnswerToManyHalted
from otklik.desk.tickets.models import Batch, Sweep, Ticket
from otklik.desk.tickets.models.batch import Outcome, teach
from otklik.desk.tickets.models.sweep import LASTS, State
from otklik.front.workspace.acts.choice import Choice

ACT = to_many.ACT
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
PENDING = """
SELECT count(*), max(o.not_before) FILTER (WHERE o.attempt = 0)
FROM channels_outbound o JOIN conversations_message m ON m.outbound_id = o.id
JOIN tickets_ticket t ON t.conversation_id = m.conversation_id
WHERE o.state = 'ready' AND m.author_id = %s AND t.undo ? 'many' AND (t.undo ->> 'message')::bigint = m.id
"""
"""Answers to many of one person that have not left; what is tried again comes when its server lets it."""
UNSENT = """
SELECT count(*), max(o.not_before) FILTER (WHERE o.attempt = 0)
FROM tickets_batch b CROSS JOIN LATERAL jsonb_array_elements(b.items) item
JOIN conversations_message m ON m.id = (item ->> 'after')::bigint JOIN channels_outbound o ON o.id = m.outbound_id
WHERE b.sweep_id = %s AND b.act = 'reply' AND b.undone_at IS NULL AND o.state = 'ready' AND o.sent_at IS NULL
"""
OF_ONE = 0x6D616E79
"""The lock of PostgreSQL, with the number of a person: of two lists of theirs one is written after the other."""
SOME = 100
"""So many numbers of requests that it answers are kept for whoever reads what clients will read."""
CLIENT_WROTE = gettext_lazy("№ %(number)s: the client wrote before your answer to many left; it is a draft again")


def last_message() -> int:
    """The newest one of all: who writes after it has written since."""
    return Message.objects.aggregate(last=Max("pk"))["last"] or 0


def told_of(text: str, choice: Choice, seen: int | None = None) -> dict[str, Any]:
    """What is kept of the dialog; raises Refused for what can be sent to nobody.

    `seen` is the last message that was there when it was opened: whoever writes after it gets no answer that does not
    know of it.
    """
    if not text.strip():
        raise Invalid(_("Write the answer first."), "text")
    if len(text) > LONGEST:
        raise Invalid(_("At most %(most)s characters.") % {"most": LONGEST}, "text")
    if unknown := placeholders.unknown(text):
        raise Invalid(_("Nobody knows this field: %(field)s. Choose one of the list.") % {"field": unknown[0]}, "text")
    choice.step()
    last = last_message()
    seen = last if seen is None else min(seen, last)
    return {"text": text.strip(), "next": choice.next, "choice": choice.plain(), "seen": seen}


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
        ticket.must_be_in_no_training(by)  # nobody looks along when many are answered at once, in chats either
        if why := left_out.get(ticket.pk):
            raise Conflict(why.said)
        if ticket.owner_id not in (None, by.pk) and not by.leads:
            raise Conflict(_("a colleague works on it"))
        if Draft.objects.filter(conversation=ticket.conversation_id, author=by, mode=Draft.Mode.REPLY).exists():
            raise Conflict(_("you have begun another answer there"))
        if (ticket.undo or {}).get("many") and waits(ticket.pk):
            raise Conflict(_("another answer to many is on its way there"))

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
    _hold(by)
    first_, last = clock.now() + DELAY, _pending(by)[1]
    return max(first_, last + EACH) if last else first_


def _hold(by: User) -> None:
    """Until the transaction ends no other list of this person is written."""
    first("SELECT pg_advisory_xact_lock(%s, %s)", OF_ONE, by.pk)


def _pending(by: User) -> tuple[int, datetime | None]:
    """(how many answers to many of this person have not left, when the last one does)."""
    count, last = first(PENDING, by.pk) or (0, None)
    return count, last


def unsent(sweep: Sweep) -> tuple[int, datetime | None]:
    """(how many of its letters can be taken back, when the last one leaves that is not tried again)."""
    count, last = (first(UNSENT, sweep.pk) if sweep.act == ACT else None) or (0, None)
    return count, last


def waits(ticket_id: int) -> bool:
    """Whether a letter to many is on its way out of this request; bare, for it is asked of each word of a client."""
    return first(WAITS, ticket_id) is not None


@transaction.atomic
def hold_back(ticket_id: int) -> None:
    """The client wrote before it left: a letter that does not know of it is a draft again, for its author to read."""
    ticket = Ticket.objects.select_related("owner", "team__calendar", "conversation").get(pk=ticket_id)
    ticket.lock()
    ticket.stop_many(CLIENT_WROTE, by=None)


def keep_some(sweep: Sweep, done: Sequence[int]) -> None:
    """Whom it answers, for whoever reads what they will read; with the first portion it begins anew."""
    known = sweep.told.get("some", []) if sweep.behind else []
    sweep.told = {**sweep.told, "some": [*known, *done][:SOME]}


def needs_second(sweep: Sweep) -> bool:
    """Too many for one pair of eyes, with those of the same person that have not left, and nobody else has read it."""
    if sweep.act != ACT or not sweep.done or sweep.told.get("approved_by"):
        return False
    return sweep.done > ALONE or sweep.done + _pending(sweep.by)[0] > ALONE


def room(sweep: Sweep) -> int | None:
    """How many more may be written now; None where there is no bound.

    More requests may stand in the list than when it was looked at, and another list of theirs may have been sent.
    """
    if sweep.act != ACT or sweep.told.get("approved_by"):
        return None
    _hold(sweep.by)
    return max(ALONE - max(sweep.done, _pending(sweep.by)[0]), 0)


def may_approve(user: User, sweep: Sweep) -> bool:
    """Whose word holds on the line of whoever wrote it; nobody's own."""
    lines = sweep.by.team_ids or [0]
    return sweep.act == ACT and any(approving.may_decide(user, line, sweep.by) for line in lines)


def may_halt(user: User, sweep: Sweep) -> bool:
    """Whoever began it, and whose word holds on their line: letters that are wrong wait for nobody."""
    return user.pk == sweep.by_id or may_approve(user, sweep)


def halted(sweep: Sweep, by: User, letters_: int) -> None:
    """Somebody else has stopped it, or takes it back: its author hears it, and the trail."""
    if by.pk == sweep.by_id:
        return
    publish(AnswerToManyHalted(sweep_id=sweep.pk, author_id=sweep.by_id, letters=letters_), by=by)
    with translation.override(sweep.by.language):
        said = _("%(name)s has stopped your answer to many") % {"name": by.name}
    Notice.objects.tell([sweep.by_id], said, kind=NoticeKind.RETURNED, about="sweep", about_id=sweep.pk, urgent=True)


def ask_second(sweep: Sweep) -> None:
    """Leads of the line read that it waits for them, once."""
    if sweep.told.get("asked"):
        return
    sweep.told = {**sweep.told, "asked": True}
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


@transaction.atomic
def approve(sweep: Sweep, by: User) -> None:
    """Raises Conflict where it does not wait for a second pair of eyes any more."""
    sweep.hold()
    if sweep.state != "ready" or not needs_second(sweep):
        raise Conflict(_("It waits for nobody's word any more."))
    sweep.told = {**sweep.told, "approved_by": by.pk, "approved": by.name}
    sweep.save(update_fields=["told"])
    publish(AnswerToManyApproved(sweep_id=sweep.pk, author_id=sweep.by_id, letters=sweep.done), by=by)
    with translation.override(sweep.by.language):
        said = _("%(name)s has read your answer to many: it may leave") % {"name": by.name}
    Notice.objects.tell([sweep.by_id], said, kind=NoticeKind.DESK, about="sweep", about_id=sweep.pk)


def give_up() -> None:
    """What nobody has read for a day is forgotten with all old lists: whoever wrote it hears that it did not leave."""
    waiting = Sweep.objects.old().filter(act=ACT, state=State.READY, told__asked=True).select_related("by")
    for sweep in waiting.exclude(told__has_key="approved_by"):
        with translation.override(sweep.by.language):
            said = _("Nobody has read your answer to many within a day: it did not leave and is gone. Begin it anew.")
        Notice.objects.tell([sweep.by_id], said, kind=NoticeKind.RETURNED, urgent=True)


def tell_batches() -> None:
    """How acts on many requests know this one, and say what was done."""
    teach(ACT, _last_reply, _back)
    LASTS[ACT] = lambda sweep: unsent(sweep)[0] > 0
    DONE[ACT] = lambda count: ngettext("%(count)s answered", "%(count)s answered", count) % {"count": count}


def _last_reply(ticket: Ticket) -> int | None:
    return (ticket.undo or {}).get("message")


def _back(ticket: Ticket, _before: int | None, by: User) -> None:
    """The letter has not left: the request is as before.  Its text stands in the list of the act and is no draft."""
    message = Message.objects.select_related("outbound").get(pk=_last_reply(ticket) or 0)
    ticket.recall(message, by=by)
