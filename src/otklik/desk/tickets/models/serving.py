"""What the client may expect: the class that covers the request, and the times that follow from it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets import events, terms
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.states import NextStep, Status
from otklik.desk.tickets.terms import Cover

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Schedule, Ticket


class Serving:
    """Trait of the ticket: its service class."""

    def cover(self: "Ticket", cover: Cover | None = None) -> None:  # type: ignore[misc]
        """Put the row under a class; without one, under that of its client, contact or channel at this moment."""
        found = cover or terms.current().cover(self)
        self.class_version, self.class_name, self.class_rank = found.version, found.name, found.rank

    @transaction.atomic
    def serve_under(self: "Ticket", cover: Cover, reason: str, *, by: User) -> None:  # type: ignore[misc]
        """Another class for this request alone, which needs a reason.  Raises Invalid, Conflict."""
        if not reason.strip():
            raise Invalid(_("Say why this request is served under another class."), "reason")
        self.lock()
        self.must_be_open()
        was = self.class_name
        if cover == Cover(self.class_version, self.class_name, self.class_rank):
            raise Conflict(_("The request is served so already."))
        self.cover(cover)
        self.count_again(reason.strip(), by=by)
        publish(
            events.ClassChanged(ticket_id=self.pk, name=self.class_name, was=was, reason=reason.strip()[:300]), by=by
        )

    def count_again(self: "Ticket", why: str, *, by: User | None) -> None:  # type: ignore[misc]
        """Save the row with the moment that its present class, priority and line ask for."""
        if self.is_open:
            self._face_next(by)
        self._mind_the_queue(anew=True)
        self.keep()
        terms.current().recounted(self, why, by)

    def _face_next(self: "Ticket", by: User | None) -> None:  # type: ignore[misc]
        """The same step with its own moment; what the class had put before it is left out and counted anew."""
        if self.waiting_since and self.is_our_move:
            return self.owe_answer(self.waiting_since, by=by)
        return self.turn(self.status, *self._own_moment(), by=by, inform_by=self.inform_by, waits_for=self.waits_for)

    def _own_moment(self: "Ticket") -> tuple[str, str, datetime | None, datetime | None]:  # type: ignore[misc]
        """Step, words, moment and since when, without what the class has put before them."""
        if self.next_step in (NextStep.UPDATE, NextStep.SOLVE):
            if promise := self.promises.current().first():
                return NextStep.KEEP_PROMISE, promise.what, promise.until, promise.at
            if self.remind_at:
                step = NextStep.CLOSE if self.reminded_enough else NextStep.REMIND
                return step, self.next_note, self.remind_at, self.informed_at or self.opened_at
            if self.status == Status.SCHEDULED and (aside := self._postponement()):
                return NextStep.CONTINUE, aside.what, aside.until, aside.at
        return self.next_step, self.next_note, self.due_at, self.due_from

    def _postponement(self: "Ticket") -> "Schedule | None":  # type: ignore[misc]
        return self.schedules.filter(woke_at=None, taken_back_at=None).last()
