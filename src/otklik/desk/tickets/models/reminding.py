"""A silent client: reminders by the habits of the line, then a polite closing with the way back."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation

from otklik.core.journal import clock
from otklik.desk.clients.policy import Decision
from otklik.desk.clients.purposes import Purpose
from otklik.desk.conversations.letters import address_of, may_contact_now, may_write_automatically
from otklik.desk.tickets import events, letters
from otklik.desk.tickets.models.habits import Habits
from otklik.desk.tickets.models.states import NextStep, Status

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

SILENCE = "silence"
"""Why a request was closed: the client did not answer, although they were reminded."""


class Reminding:
    """Trait of the ticket: what it does by itself while the client is silent."""

    @property
    def reminded_enough(self: "Ticket") -> bool:  # type: ignore[misc]
        """The last reminder has gone: what follows is the end."""
        return 0 < Habits.objects.of_line(self.team_id).reminders <= self.reminded

    def mind_silence(self: "Ticket") -> bool:  # type: ignore[misc]
        """The client's time is over: remind them, or close after the last reminder.

        Where the contact policy holds it back it moves to the first moment at which it may come.  False where no
        machine may write to them, where they wait for a date we told them, or where a visit or a change goes on; and no
        request ends before its parts: then a person decides, as on a line without reminders.
        """
        habits = Habits.objects.of_line(self.team_id)
        address = address_of(self.conversation)
        if not habits.reminders or not address or self.sender_doubtful:
            return False
        if self.promises.current().exists() or self.under_way:
            return False
        if not may_write_automatically(address, acknowledgement=False):
            return False
        if self.reminded >= habits.reminders and self.open_parts.exists():
            return False
        decision = may_contact_now(self.contact, Purpose.REMINDER)
        if not decision.allowed:
            return self._wait_with_it(decision)
        if self.reminded < habits.reminders:
            self._remind(habits, address)
        else:
            self._close_politely(habits, address)
        return True

    def _wait_with_it(self: "Ticket", decision: Decision) -> bool:  # type: ignore[misc]
        """False where nobody knows until when."""
        self.tell_held(Purpose.REMINDER, decision)
        if decision.not_before is None:
            return False
        self.turn(Status.PENDING_CLIENT, self.next_step, self.next_note, decision.not_before, clock.now())
        return True

    def _remind(self: "Ticket", habits: Habits, address: str) -> None:  # type: ignore[misc]
        now = clock.now()
        until = self._working_days_later(now, habits.remind_days)
        self.reminded += 1
        is_last = self.reminded == habits.reminders
        with translation.override(letters.language_of(self)):
            written = letters.reminder_of(self, until, is_last=is_last)
            message = self._notify(*written, address, purpose=Purpose.REMINDER)
        step = NextStep.CLOSE if is_last else NextStep.REMIND
        self.turn(Status.PENDING_CLIENT, step, self.next_note, until, now)
        self.tell(events.ClientReminded(ticket_id=self.pk, message_id=message.pk, number=self.reminded))

    def _close_politely(self: "Ticket", habits: Habits, address: str) -> None:  # type: ignore[misc]
        with translation.override(letters.language_of(self)):
            self._notify(*letters.closing_of(self, habits.reopen_days), address, purpose=Purpose.REMINDER)
        self.turn(Status.CLOSED)
        self.tell(events.TicketClosed(ticket_id=self.pk, reason=SILENCE))

    def _working_days_later(self: "Ticket", now: datetime, days: int) -> datetime:  # type: ignore[misc]
        return self.team.calendar.working_time().add_business_days(now, days)
