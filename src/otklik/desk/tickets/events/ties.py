"""Two tickets: tied to one another, joined, divided."""

from dataclasses import dataclass

from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class TieNews(TicketNews):
    """Told about both; `back` when the story is that of the other one: it has a duplicate, a result, a part."""

    other_id: int
    what: str
    back: bool


@dataclass(frozen=True)
class Tied(TieNews):
    pass


@dataclass(frozen=True)
class Untied(TieNews):
    pass


@dataclass(frozen=True)
class RelocationNews(TicketNews):
    """Messages changed their ticket: `what` is "merge", "split" or "move"; told about the source and the target."""

    relocation_id: int
    what: str
    source_id: int
    target_id: int
    count: int


@dataclass(frozen=True)
class MessagesRelocated(RelocationNews):
    pass


@dataclass(frozen=True)
class RelocationUndone(RelocationNews):
    pass
