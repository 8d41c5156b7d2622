"""News of incidents, and what they are to a request."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class IncidentNews(News):
    about: ClassVar[str] = "incident"
    key: ClassVar[str] = "incident_id"

    incident_id: int


@dataclass(frozen=True)
class IncidentDeclared(IncidentNews):
    severity: int
    leader_id: int


@dataclass(frozen=True)
class IncidentMoved(IncidentNews):
    """Another state."""

    state: str
    was: str


@dataclass(frozen=True)
class SeverityChanged(IncidentNews):
    """Lowered with a reason, raised without one."""

    severity: int
    was: int
    reason: str = ""


@dataclass(frozen=True)
class LeaderChanged(IncidentNews):
    leader_id: int
    was: int


@dataclass(frozen=True)
class IncidentCorrected(IncidentNews):
    """`field` said something else: moments as they stand in the journal, words of ours as they were."""

    field: str
    value: str
    was: str


@dataclass(frozen=True)
class UpdateBegun(IncidentNews):
    """An update goes out in so many letters, of them to `people` without a request; `left_out` get none."""

    update_id: int
    count: int
    left_out: int
    people: int = 0


@dataclass(frozen=True)
class UpdateStopped(IncidentNews):
    update_id: int
    told: int
    stopped: int


@dataclass(frozen=True)
class UpdateOverdue(IncidentNews):
    """The moment by which the clients were to hear from us has passed, or by which it was to be closed."""

    due: str


@dataclass(frozen=True)
class ClientsConcerned(IncidentNews):
    """So many people and organisations are affected, too; who they are stands in the finding."""

    finding_id: int
    how: str
    count: int


@dataclass(frozen=True)
class ClientsLeftOut(IncidentNews):
    """A finding was taken out; `why` is what it was made for."""

    how: str
    count: int
    why: str


@dataclass(frozen=True)
class ActionPlanned(IncidentNews):
    """Something changes after it; what, and until when, stands in the action."""

    action_id: int
    owner_id: int


@dataclass(frozen=True)
class ActionGiven(IncidentNews):
    action_id: int
    owner_id: int
    was: int


@dataclass(frozen=True)
class ActionEnded(IncidentNews):
    """Done, or given up with a reason."""

    action_id: int
    dropped: bool


@dataclass(frozen=True)
class IncidentOfTicket(News):
    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"

    ticket_id: int
    incident_id: int


@dataclass(frozen=True)
class AttachedToIncident(IncidentOfTicket):
    pass


@dataclass(frozen=True)
class DetachedFromIncident(IncidentOfTicket):
    pass
