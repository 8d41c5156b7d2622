"""How a ticket stands and which clocks it has, in one bare statement: every act on a ticket asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS

from otklik.core.journal import clock
from otklik.core.journal.bare import run
from otklik.desk.sla.models import Clock
from otklik.desk.tickets.models.states import ENDED, Status

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


@dataclass(frozen=True)
class Facts:
    """What the clocks of a ticket are read from."""

    ticket: int | None
    status: str
    opened_at: datetime
    waiting_since: datetime | None
    first_answer_at: datetime | None
    informed_at: datetime | None
    ended_at: datetime | None
    version: int | None
    team: int
    priority: int
    waits_for: str = ""
    agreed: bool = False

    @property
    def is_over(self) -> bool:
        return self.status in ENDED

    @property
    def pauses(self) -> bool:
        """METRICS 3: a question was sent to the client, or they agreed to a date; a third party is ours to press."""
        aside = self.status == Status.SCHEDULED and self.agreed and not self.waits_for
        return self.status == Status.PENDING_CLIENT or aside


CLOCK = [field.attname for field in Clock._meta.concrete_fields]
OF_TICKET = (
    *("status", "opened_at", "waiting_since", "first_answer_at", "informed_at", "ended_at"),
    *("class_version", "team_id", "priority", "waits_for"),
)
# Live clocks, the one of the solution, and those that a reply taken back or an act of this moment sets going again.
STANDING = f"""
SELECT {", ".join(f"t.{name}" for name in OF_TICKET)},
    COALESCE((
        SELECT s.agreed FROM tickets_schedule s
        WHERE s.ticket_id = t.id AND s.taken_back_at IS NULL AND s.woke_at IS NULL ORDER BY s.id DESC LIMIT 1
    ), FALSE),
    {", ".join(f"k.{name}" for name in CLOCK)}
FROM tickets_ticket t LEFT JOIN sla_clock k ON k.ticket_id = t.id AND (
    (k.stopped_at IS NULL AND k.dropped_at IS NULL) OR k.kind = 'resolution'
    OR k.started_at IN (t.waiting_since, t.informed_at, %s)
)
WHERE t.id = %s
ORDER BY k.id
"""  # noqa: S608  # names of our own columns


def standing(ticket: int) -> tuple[Facts, list[Clock]]:
    """As the database has it now."""
    found = _asked(ticket)
    facts = Facts(ticket, *found[0][: len(OF_TICKET) + 1])
    return facts, _clocks(found)


def turning(ticket: "Ticket", status: str) -> tuple[Facts, list[Clock]]:
    """As it will stand once the row, which is not saved yet, has turned to this status."""
    found = _asked(ticket.pk) if ticket.pk else []
    agreed = bool(found and found[0][len(OF_TICKET)])
    row = [ticket.pk, status, *(getattr(ticket, name) for name in OF_TICKET[1:]), agreed]
    return Facts(*row), _clocks(found)


def _asked(ticket: int) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = run(STANDING, [clock.now(), ticket]).fetchall()
    return found


def _clocks(found: list[tuple[Any, ...]]) -> list[Clock]:
    first = len(OF_TICKET) + 1
    return [Clock.from_db(DEFAULT_DB_ALIAS, CLOCK, list(row[first:])) for row in found if row[first] is not None]
