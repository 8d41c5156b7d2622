"""What becomes of a date that a client was told: warnings before it, the moment it is missed, the client's word."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets import events, policies
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models.states import NextStep, Status

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Promise, Ticket


class Promising:
    """Trait of the ticket: its promised date."""

    @transaction.atomic
    def mind_promise(self: "Ticket") -> bool:  # type: ignore[misc]
        """A mark of the promise has come: it is near, or it is broken.  False when somebody was quicker.

        Each mark is told once, however often the scheduler asks and however many ask at once.
        """
        self.lock()
        now = clock.now()
        promise = self.promises.model.objects.current_of(self.pk)
        if promise is None or promise.next_mark is None or promise.next_mark >= now:
            return False
        if now > promise.until:
            promise.broken_at = now
            self.returned = "broken"
            self.tell(
                events.PromiseBroken(ticket_id=self.pk, promise_id=promise.pk, until=promise.until.isoformat()), None
            )
        else:
            left = round((promise.until - now).total_seconds())
            self.tell(events.PromiseNear(ticket_id=self.pk, promise_id=promise.pk, left=left), None)
        promise.next_mark = policies.next_mark(promise.at, promise.until, now)
        promise.save(update_fields=["broken_at", "next_mark"])
        self.keep()
        return True

    def _face_promise(self: "Ticket", by: User | None) -> None:  # type: ignore[misc]
        """A promise came or went with another request: nothing sleeps past it, and what is kept there is no moment."""
        promise = self.promises.current().first()
        if promise and self.due_at and promise.until < self.due_at:
            status = self.status if self.is_our_move else Status.OPEN
            self.turn(status, NextStep.KEEP_PROMISE, promise.what, promise.until, promise.at, by=by)
        elif promise is None and self.next_step == NextStep.KEEP_PROMISE:
            self.owe_answer(self.waiting_since or clock.now(), by=by)

    def _promise_again(self: "Ticket", promise_id: int) -> None:  # type: ignore[misc]
        """The answer that settled it is gone; of it and one that came along meanwhile the nearer one goes on."""
        again = self.promises.filter(pk=promise_id).first()
        if again is None:
            return
        again.done_at = again.moved_at = None
        beside = self.promises.current().first()
        if beside:
            max(again, beside, key=lambda one: one.until).moved_at = clock.now()
            beside.save(update_fields=["moved_at"])
        again.save(update_fields=["done_at", "moved_at"])

    @property
    def date_to_agree(self: "Ticket") -> "Promise | None":  # type: ignore[misc]
        """The moved date on which the client has said nothing yet."""
        promise = self.promises.model.objects.current_of(self.pk)
        if promise is None or not promise.moved_from or promise.agreed is not None or promise.until < clock.now():
            return None
        return None if promise.of_visit else promise  # of a visit they are asked as such

    @transaction.atomic
    def agree_date(self: "Ticket", promise_id: int, agreed: bool) -> None:  # type: ignore[misc]
        """The client accepts or rejects a moved date with one click.

        A date that does not suit is a word of the client: they wait for an answer, and the lead reads of it.  Raises
        Conflict when the date was moved again meanwhile, or was answered.
        """
        self.lock()
        promise = self.date_to_agree
        if promise is None or promise.pk != promise_id:
            raise Conflict(_("This date does not stand any more."))
        promise.agreed = agreed
        promise.save(update_fields=["agreed"])
        if not agreed:
            self._hear_no()
        self.keep()
        publish(events.DateAnswered(ticket_id=self.pk, promise_id=promise.pk, agreed=agreed))

    def _hear_no(self: "Ticket") -> None:  # type: ignore[misc]
        """A date does not suit the client: that is a word of theirs, and they wait for an answer."""
        now = clock.now()
        self.waiting_since = self.waiting_since or now
        self.owe_answer(now)
        self.seat()
        self.returned = "rejected"
