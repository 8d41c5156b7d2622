"""Change requests."""

from dataclasses import dataclass

from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class ChangeTurned(TicketNews):
    """A change is drafted, asked for, decided, ended; `lead_id` is for whom a deputy decided."""

    change_id: int
    state: str
    what: str
    note: str
    lead_id: int | None
