"""Somebody goes to the client."""

from dataclasses import dataclass

from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class VisitNews(TicketNews):
    """A visit as it was planned at the moment; `people` are those who go."""

    visit_id: int
    place: str
    starts: str
    ends: str
    people: list[int]


@dataclass(frozen=True)
class VisitPlanned(VisitNews):
    pass


@dataclass(frozen=True)
class VisitReplanned(VisitNews):
    pass


@dataclass(frozen=True)
class VisitAnswered(TicketNews):
    """The client said whether the time suits them."""

    visit_id: int
    agreed: bool


@dataclass(frozen=True)
class VisitTurned(TicketNews):
    """On the way, there, done, or not."""

    visit_id: int
    state: str
    place: str
    result: str


@dataclass(frozen=True)
class VisitNear(TicketNews):
    """It begins in `left` seconds."""

    visit_id: int
    place: str
    left: int


@dataclass(frozen=True)
class VisitMissed(TicketNews):
    """Its time is over, and nobody wrote what came of it."""

    visit_id: int
    place: str


@dataclass(frozen=True)
class VisitDoubted(TicketNews):
    """Somebody who was to go there will be away then, or has left."""

    visit_id: int
    place: str
    person_id: int
