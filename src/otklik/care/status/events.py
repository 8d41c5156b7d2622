"""News of the status page."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class ComponentNews(News):
    about: ClassVar[str] = "component"
    key: ClassVar[str] = "component_id"

    component_id: int
    outage_id: int


@dataclass(frozen=True)
class OutageBegun(ComponentNews):
    """It does not work as it should: found by a check, set by a person, or told by an incident."""

    state: str
    source: str
    began: str
    ended: str = ""
    reason: str = ""


@dataclass(frozen=True)
class OutageEnded(ComponentNews):
    ended: str


@dataclass(frozen=True)
class OutageCorrected(ComponentNews):
    """It began or ended at another moment: that of its incident was put right."""

    began: str
    ended: str
    was_began: str
    was_ended: str


@dataclass(frozen=True)
class OutageWithdrawn(ComponentNews):
    """It never was, or not so: it counts no more and stays in the journal."""

    reason: str


@dataclass(frozen=True)
class WorksNews(News):
    about: ClassVar[str] = "works"
    key: ClassVar[str] = "works_id"

    works_id: int


@dataclass(frozen=True)
class WorksAnnounced(WorksNews):
    begins: str
    ends: str


@dataclass(frozen=True)
class WorksEnded(WorksNews):
    ended: str


@dataclass(frozen=True)
class WorksCancelled(WorksNews):
    pass


@dataclass(frozen=True)
class ReportNews(News):
    about: ClassVar[str] = "report"
    key: ClassVar[str] = "report_id"

    report_id: int


@dataclass(frozen=True)
class ReportPublished(ReportNews):
    incident: int | None = None


@dataclass(frozen=True)
class NoteWritten(ReportNews):
    note_id: int
    stage: str


@dataclass(frozen=True)
class NoteTakenBack(ReportNews):
    """Before anybody could read it."""

    note_id: int
