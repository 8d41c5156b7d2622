"""What came of a call."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.calls import numbers, results
from otklik.desk.calls.events import CallTurned
from otklik.desk.calls.models.filing import is_about_a_call_alone
from otklik.desk.calls.results import ENDINGS, Result
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve

if TYPE_CHECKING:
    from otklik.desk.calls.models import Call

LONGEST_NOTE = 4000


class Concluding:
    """Trait of the call: its result."""

    @transaction.atomic
    def conclude(  # type: ignore[misc]
        self: "Call",
        result: str,
        *,
        by: User,
        note: str = "",
        until: datetime | None = None,
        contact: Contact | None = None,
        name: str = "",
        base: str | None = None,
    ) -> None:
        """Say what came of it, once; a call without a request gets one.

        `note` stays inside, `until` is the date that was promised, `base` the draft that the window knows
        (`Draft.keep`).  Raises Invalid with the field to mend, Conflict while the call goes on, where nobody answered,
        where another window has saved since, and where somebody has written the result already.
        """
        self.hold()
        if self.result:
            raise Conflict(_("The result of this call is written already."))
        if self.ended_at is None:
            raise Conflict(_("The call still goes on."))
        if self.answered_at is None:
            raise Conflict(_("Nobody answered this call: there is no result to write."))
        kept = self.drafts.filter(author=by).first()
        if kept and kept.is_newer(base, {"result": result, "note": note}):
            said = _("Another window has saved since: “%(words)s”. Send once more to write what stands here instead.")
            raise Conflict(said % {"words": kept.words})
        if result not in Result:
            raise Invalid(_("Say what came of the call."), "result")
        ending, label, words = ENDINGS[Result(result)], str(Result(result).label), note.strip()
        if len(words) > LONGEST_NOTE:
            raise Invalid(_("Shorter, please: %(most)s characters at most.") % {"most": LONGEST_NOTE}, "note")
        if ending.dated and until is None:
            raise Invalid(_("Say by when we answer."), "until")
        ticket = self.ticket.standing if self.ticket else self.open_ticket(by=by, contact=contact, name=name)
        ticket.lock()  # before what is owed there
        if ending.reached:
            self._reached(ticket)
        self.note = self._act(ticket, ending, label, words or label, until if ending.dated else None, by)
        self.drafts.filter(author=by).delete()
        self.result, self.wrapped_at = result, clock.now()
        self.save(update_fields=["result", "wrapped_at", "note"])
        publish(CallTurned(call_id=self.pk, state=self.state, people=sorted(self.people)), by=by)
        self.tell_ticket()

    def _reached(self: "Call", ticket: Ticket) -> None:  # type: ignore[misc]
        """Others whose requests were joined to this one still wait for their call."""
        waiting = list(ticket.call_backs.owed())
        theirs = numbers.of_whom_it_was(self.number, self.contact) if waiting else set()
        for owed in waiting:
            if owed.number in theirs:
                owed.settle(self)

    def _act(  # type: ignore[misc]
        self: "Call",
        ticket: Ticket,
        ending: results.Ending,
        label: str,
        words: str,
        until: datetime | None,
        by: User,
    ) -> Message:
        """The note in which it is told; nothing else repeats its words, which stay inside."""
        if not ending.reached:
            note = ticket.note(words, by=by)
            if self.opened_it and ticket.is_open and is_about_a_call_alone(ticket):
                _close(ticket, label, by)
            return note
        if not (ticket.is_open or ending.solves):  # it goes on
            ticket.reopen_by(by)
        if not ticket.is_open:
            return ticket.note(words, by=by)
        if until:
            return ticket.answer_aloud(words, by=by, then=PromiseDate(until, why=_("by telephone")))
        return ticket.answer_aloud(words, by=by, then=Resolve() if ending.solves else None)


def _close(ticket: Ticket, why: str, by: User) -> None:
    """Nobody waits: a request that the call has opened was about nothing, unless something came of it meanwhile."""
    try:
        with transaction.atomic():
            ticket.close(why, by=by)
    except Refused:
        return
