"""Who answers: owners, lines, deputies, partners."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from otklik.desk.tickets.events.base import TicketNews

if TYPE_CHECKING:
    from otklik.core.staff.models import User
    from otklik.desk.tickets.brief import Brief
    from otklik.desk.tickets.models import Ticket


@dataclass(frozen=True)
class TicketAssigned(TicketNews):
    """`card`: a person passed it on and told what has to be known; None where nobody was asked for that.

    `slip`: it is as it was before, the move that led away from there was none.
    """

    owner_id: int | None
    was: int | None
    team_id: int
    team_was: int
    card: bool | None = None
    slip: bool = False


@dataclass(frozen=True)
class TicketPicked(TicketNews):
    """Somebody becomes the owner of what nobody had: told before anything has changed, so the row still waits.

    `way` is one of `picks.Way`; `beside` what the same act picks, too.
    """

    recorded: ClassVar[bool] = False
    ticket: "Ticket"
    person: "User"
    way: str
    beside: frozenset[int] = frozenset()


@dataclass(frozen=True)
class PickTakenBack(TicketNews):
    """The act by which this person got it was undone, and nobody has it again."""

    recorded: ClassVar[bool] = False
    person_id: int


@dataclass(frozen=True)
class TicketHandedOver(TicketNews):
    """With which words it went to another line: a hand-over between rooms, the entry is that of the assignment."""

    recorded: ClassVar[bool] = False
    team_id: int
    team_was: int
    owner_was: int | None
    brief: "Brief"
    by: Any


@dataclass(frozen=True)
class HandOverTakenBack(TicketNews):
    """A hand-over to another line was undone before anybody there took it."""

    team_id: int
    team_was: int


@dataclass(frozen=True)
class TicketSentBack(TicketNews):
    """The line that got it returned it."""

    owner_id: int | None
    was: int | None
    team_id: int
    team_was: int
    reason: str


@dataclass(frozen=True)
class HandoverWaits(TicketNews):
    """Nobody of the line has accepted it for this many minutes of its hours; `late` when that is the limit."""

    handover_id: int
    minutes: int
    late: bool


@dataclass(frozen=True)
class TicketDelegated(TicketNews):
    """The owner `was` is away by this absence: the deputy answers, or the queue of the line (None)."""

    owner_id: int | None
    was: int
    team_id: int
    absence_id: int
    until: str


@dataclass(frozen=True)
class TicketGivenBack(TicketNews):
    """The absence is over: the owner of before answers again; `was` stood in."""

    owner_id: int
    was: int | None
    team_id: int
    absence_id: int


@dataclass(frozen=True)
class PartnerInvited(TicketNews):
    """Somebody works on it beside the owner; `people` hear of it at once."""

    user_id: int
    shown: bool
    people: list[int]


@dataclass(frozen=True)
class PartnerLeft(TicketNews):
    user_id: int
