"""States and ends: solved, refused with a lead's word, closed, opened again."""

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class StatusChanged(TicketNews):
    status: str
    was: str


@dataclass(frozen=True)
class TicketResolved(TicketNews):
    resolution_id: int


@dataclass(frozen=True)
class SolutionRejected(TicketNews):
    """The client said with one click that what we called solved is not."""


@dataclass(frozen=True)
class TicketRefused(TicketNews):
    refusal_id: int
    reason: str


@dataclass(frozen=True)
class RefusalAsked(TicketNews):
    """A refusal is written and waits for the word of one of these people; nothing has left."""

    request_id: int
    reason: str
    until: str
    people: Sequence[int]


@dataclass(frozen=True)
class RefusalApproved(TicketNews):
    """The refusal leaves in the name of its author; `words` are those that the lead has added."""

    request_id: int
    words: str


@dataclass(frozen=True)
class RefusalReturned(TicketNews):
    """The lead does not refuse so, and says why to its author."""

    request_id: int
    words: str
    people: Sequence[int]


@dataclass(frozen=True)
class RefusalOvertaken(TicketNews):
    """Nobody decides on it any more: see `RefusalRequest.Overtaken`."""

    request_id: int
    why: str
    people: Sequence[int]


@dataclass(frozen=True)
class AppealMade(TicketNews):
    """The client does not agree with a refusal; one of these people holds it until then."""

    appeal_id: int
    until: str
    people: Sequence[int]


@dataclass(frozen=True)
class AppealPassedOn(TicketNews):
    """Somebody else holds the appeal now."""

    appeal_id: int
    people: Sequence[int]


@dataclass(frozen=True)
class AppealDecided(TicketNews):
    """The refusal is taken back (`granted`) or stands; `words` are the reasons."""

    appeal_id: int
    granted: bool
    words: str


@dataclass(frozen=True)
class TicketClosed(TicketNews):
    """Closed without an answer: nobody waits for one."""

    reason: str


@dataclass(frozen=True)
class TurnTakenBack(TicketNews):
    """It was put aside or closed (`was`) by a slip: it stands as before."""

    was: str


@dataclass(frozen=True)
class TicketReopened(TicketNews):
    after: str
