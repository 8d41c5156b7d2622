"""A request that another desk had: how it stood there, without a letter, a clock or news."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.desk.tickets import terms
from otklik.desk.tickets.models.states import ASLEEP, ENDED, NextStep, Status

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

SLEEPS = timedelta(days=7)
"""What waited for somebody there comes to us by then."""


class Remembering:
    """Trait of the ticket: its standing comes from elsewhere."""

    def settle_history(self: "Ticket", status: Status | None, ended_at: datetime | None) -> None:  # type: ignore[misc]
        """Set how it stands; the caller saves.  What has no status there, and is not known to be open, is over."""
        status = status or (Status(self.status) if self.is_open and self.due_at else Status.RESOLVED)
        if status in ENDED:
            self.status, self.next_step, self.next_note = status, "", ""
            self.due_at = self.due_from = self.take_by = self.waiting_since = None
            self.ended_at = max(ended_at or self.last_at, self.opened_at)
        elif self.status != status or self.due_at is None:
            self._begin_open(status)
        else:
            self.next_step = self._imported_step(status)

    def _begin_open(self: "Ticket", status: Status) -> None:  # type: ignore[misc]
        """It is ours from now on: the time of an answer runs from this moment, not from years ago."""
        now = clock.now()
        due = terms.current().next_answer_due(self, now)
        self.status, self.ended_at = status, None
        self.next_step = self._imported_step(status)
        self.next_note = _("Came from another desk")
        self.due_at, self.due_from = (now + SLEEPS if status in ASLEEP else due), now
        self.take_by = None if self.owner_id else due

    def _imported_step(self: "Ticket", status: Status) -> NextStep:  # type: ignore[misc]
        """The client waits for an answer, or we go on by ourselves; later messages of the file may turn that."""
        return NextStep.ANSWER if self.waiting_since and status not in ASLEEP else NextStep.CONTINUE
