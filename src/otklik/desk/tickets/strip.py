"""The answer strip: who answers, what happens next, when.

Agent, lead and client see the same three answers; only the words differ where "we" and "you" change sides.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from otklik.desk.tickets.models.states import ASLEEP, NextStep, Status

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


@dataclass(frozen=True)
class Strip:
    """Plain values for `tickets/strip.html`; `due_state` is "", "paused" or "met", the actions are names of keys.

    `word` is when the client hears from us while we wait for a third party, where that is not the moment due itself.
    """

    owner: Any
    owner_words: str
    next: str
    next_person: Any = None
    promise: datetime | None = None
    due: datetime | None = None
    start: datetime | None = None
    due_kind: str = ""
    due_state: str = ""
    word: datetime | None = None
    owner_action: str = ""
    next_action: str = ""


def strip(ticket: "Ticket", *, for_client: bool = False, can_act: bool = False) -> Strip:
    """The three answers of a ticket; one query unless it came from `with_promise()`.

    `can_act` makes the owner and the next step doors to the dialogs of the staff.
    """
    if not ticket.is_open:
        return _ended(ticket, for_client)
    asleep, promise = ticket.status in ASLEEP, _promise(ticket)
    alone = promise is not None and promise == ticket.due_at
    return Strip(
        owner=ticket.owner,
        owner_words=_owner_words(ticket),
        next=_next_words(ticket, for_client),
        next_person=ticket.contact if ticket.status == Status.PENDING_CLIENT else ticket.owner,
        promise=promise,
        due=None if alone else ticket.due_at,
        start=None if asleep else ticket.due_from,
        due_kind=_due_words(ticket, for_client),
        due_state="paused" if asleep else "",
        word=ticket.inform_by if ticket.waits_for and ticket.next_step != NextStep.UPDATE else None,
        owner_action="assign" if can_act else "",
        next_action="snooze" if can_act else "",
    )


def _ended(ticket: "Ticket", for_client: bool) -> Strip:
    words = {
        Status.RESOLVED: _("If it is not solved, simply answer our letter")
        if for_client
        else _("Solved; an answer of the client opens it again"),
        Status.REFUSED: _("If you do not agree, simply answer our letter: a person reads it")
        if for_client
        else _("Refused; an answer of the client opens it again"),
    }
    return Strip(
        owner=ticket.owner,
        owner_words=_owner_words(ticket),
        next=_goes_on(ticket) or words.get(Status(ticket.status), _("Nobody waits for an answer")),
        due=ticket.ended_at,
        due_kind=str(capfirst(Status(ticket.status).label)),
        due_state="met",
    )


def _goes_on(ticket: "Ticket") -> str:
    return _("Goes on in № %(number)s") % {"number": ticket.merged_into_id} if ticket.merged_into_id else ""


def _promise(ticket: "Ticket") -> datetime | None:
    if hasattr(ticket, "promised_until"):
        return ticket.promised_until
    return ticket.promises.current().values_list("until", flat=True).first()


def _owner_words(ticket: "Ticket") -> str:
    return ticket.owner.name if ticket.owner else _("%(line)s, the first who is free") % {"line": ticket.team.name}


def _next_words(ticket: "Ticket", for_client: bool) -> str:
    if ticket.refusal_asked and not for_client:
        return _("A lead decides on the refusal")
    if ticket.held_answer and not for_client:
        return _("The curator releases the answer")
    if ticket.appealed and ticket.next_step == NextStep.CONTINUE:
        return _("We look at your appeal against the refusal") if for_client else _("A lead decides on the appeal")
    if ticket.status == Status.PENDING_CLIENT:
        return _("We wait for your answer") if for_client else _("We wait for the client")
    if for_client and (ticket.waits_for or ticket.next_step == NextStep.CONTINUE) and not _is_told(ticket):
        return _("We wait for word that we need to answer you") if ticket.waits_for else _("We continue the work")
    if ticket.waits_for:
        return _("We wait for %(whom)s: %(what)s") % {"whom": ticket.waits_for, "what": ticket.next_note}
    if ticket.next_step == NextStep.KEEP_PROMISE:
        return ticket.next_note or _("We come back with an answer")
    if ticket.next_step == NextStep.CONTINUE:
        return ticket.next_note or _("We continue the work")
    if ticket.next_step == NextStep.REMIND:
        return _("We remind you of our question") if for_client else _("Remind the client")
    if ticket.next_step == NextStep.UPDATE:
        return _("We tell you how it goes") if for_client else _("Tell the client how it goes")
    if ticket.next_step == NextStep.SOLVE:
        return _("We solve your request") if for_client else _("Solve the request")
    return _("We answer you") if for_client else _("Answer the client")


def _is_told(ticket: "Ticket") -> bool:
    """The client knows what it was put aside for: from a letter of ours to them, or because they agreed."""
    from otklik.desk.tickets.access import ClientsView

    aside = ticket.schedules.filter(taken_back_at=None).select_related("message").order_by("-id").first()
    if aside is None or aside.message is None:
        return aside is not None and aside.agreed
    return ClientsView.of(ticket).covers(aside.message)


def _due_words(ticket: "Ticket", for_client: bool) -> str:
    if ticket.next_step == NextStep.CLOSE:
        return _("Without your answer we close") if for_client else _("If silent, close")
    if ticket.status == Status.PENDING_CLIENT:
        return _("Without your answer we remind") if for_client else _("If silent, remind")
    if ticket.waits_for and ticket.next_step == NextStep.CONTINUE:
        return _("We check") if for_client else _("Check")
    if ticket.status == Status.SCHEDULED and ticket.next_step not in (NextStep.UPDATE, NextStep.SOLVE):
        return _("We come back") if for_client else _("Comes back")
    if ticket.next_step == NextStep.KEEP_PROMISE:
        return _("Promised")
    if ticket.next_step == NextStep.UPDATE:
        return _("Next word")
    if ticket.next_step == NextStep.SOLVE:
        return _("Solution")
    return _("First answer") if ticket.first_answer_at is None else _("Next answer")
