"""What the complainant hears: letters through the request of the complaint, asked of its own rules."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.complaints.clocks import business_end
from otklik.care.complaints.events import ComplainantInformed
from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Promise, Ticket
from otklik.desk.tickets.steps import PromiseDate, Wait

if TYPE_CHECKING:
    from otklik.care.complaints.models.complaint import Complaint


class Telling:
    """Trait of the complaint.  A person writes these letters, so the contact policy holds none of them back."""

    @property
    def talk(self: "Complaint") -> Ticket | None:  # type: ignore[misc]
        """The request in which the talk with the complainant goes on: that one, or where it was joined to."""
        ticket = self.ticket
        while ticket is not None and ticket.merged_into is not None:
            ticket = ticket.merged_into
        return ticket

    def lock_with_talk(self: "Complaint") -> None:  # type: ignore[misc]
        """Before an act that may write a letter.

        The request first, with those in which it goes on: whoever answers in it holds it when the complaint hears of
        the answer, and two that wait for each other would both fail.
        """
        if self.ticket:
            self.ticket.lock_standing()
        self.lock()

    def can_write(self: "Complaint", user: User) -> bool:  # type: ignore[misc]
        return self.talk is not None and can_answer(user, self.talk)

    def business_days(self: "Complaint", days: int, since: datetime | None = None) -> datetime:  # type: ignore[misc]
        """By the calendar of the organisation."""
        return business_end(since or clock.now(), days, BusinessCalendar.objects.default().working_time())

    def write(  # type: ignore[misc]
        self: "Complaint", text: str, *, by: User, asks: bool, key: str | None = None
    ) -> Message:
        """A letter by the request; one that `asks` waits for the client, another one promises the answer.

        A repeated one with the same `key` is the first.

        Raises Invalid where there is no request or the person may not write in it, and what the request raises.
        """
        ticket = self.talk
        if ticket is None:
            raise Invalid(_("This complaint has no request to write by: tell the client in another way."), "how")
        if not can_answer(by, ticket):
            raise Invalid(
                _("You may not write in request № %(number)s: tell the client in another way, or ask its line.")
                % {"number": ticket.number},
                "how",
            )
        now, later = clock.now(), self.business_days(self.progress_days)
        if asks:
            return ticket.reply(text, by=by, then=Wait(later), key=key)
        until = self.legal_due if self.legal_due > now else later
        return ticket.reply(text, by=by, then=PromiseDate(_not_after_promised(ticket, until, now)), key=key)

    @transaction.atomic
    def inform(self: "Complaint", how: str, *, by: User) -> None:  # type: ignore[misc]
        """The complainant was told how it goes, not by the request: say how.  Raises Invalid, Conflict."""
        self.lock()
        self.must_be_open()
        self.add_fact(how, _("talk with the client"), by=by)
        self.heard_from_us(clock.now())
        self.keep()
        publish(ComplainantInformed(complaint_id=self.pk, message_id=None), by=by)

    def heard_from_us(self: "Complaint", at: datetime) -> None:  # type: ignore[misc]
        """The next time is due so many business days later."""
        self.informed_at, self.progress_due = at, self.business_days(self.progress_days, at)


def _not_after_promised(ticket: Ticket, until: datetime, now: datetime) -> datetime:
    """A date that stands does not move because of a complaint: the client was told it, and who reads the request may
    not know of the complaint.
    """
    standing = Promise.objects.current_of(ticket.pk)
    return min(standing.until, until) if standing and standing.until > now else until
