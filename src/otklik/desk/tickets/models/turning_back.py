"""Taking back what turned a ticket without a letter: it was put aside, or closed."""

from typing import TYPE_CHECKING, Any

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets import events
from otklik.desk.tickets.models.states import Status

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class TurningBack:
    """Trait of the ticket: a state that was left a moment ago."""

    @property
    def as_it_stands(self: "Ticket") -> dict[str, Any]:  # type: ignore[misc]
        """What an act turns, as plain values."""
        return self._snapshot()

    def turn_back(self: "Ticket", before: dict[str, Any], *, by: User) -> None:  # type: ignore[misc]
        """It stands as before an act, which is told as taken back: nothing was reopened, and nobody came back.

        Whoever calls holds the row and has seen that nothing happened since.
        """
        self.must_stand()
        was, after, owner = self.status, self.as_it_stands, self.owner_id
        if was == Status.SCHEDULED:
            self._forget_postponement()
        self._restore_untouched(before, after)
        if self.is_open:
            self.seat()
        if was != self.status:
            self.tell(events.StatusChanged(ticket_id=self.pk, status=self.status, was=was), by)
        self.tell(events.TurnTakenBack(ticket_id=self.pk, was=was), by)
        self.lie_again(before, owner)
        self.keep()

    def _forget_postponement(self: "Ticket") -> None:  # type: ignore[misc]
        newest = self._postponement()
        if newest:
            newest.taken_back_at = clock.now()
            newest.save(update_fields=["taken_back_at"])
