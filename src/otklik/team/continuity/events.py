"""News about plans for bad days and their drills."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class ScenarioApproved(News):
    """The plan holds, and a drill of it is due by this day."""

    about: ClassVar[str] = "scenario"
    key: ClassVar[str] = "scenario_id"
    scenario_id: int
    due_on: str


@dataclass(frozen=True)
class ScenarioRetired(News):
    """The plan is no longer needed."""

    about: ClassVar[str] = "scenario"
    key: ClassVar[str] = "scenario_id"
    scenario_id: int


@dataclass(frozen=True)
class DrillHeld(News):
    about: ClassVar[str] = "scenario"
    key: ClassVar[str] = "scenario_id"
    scenario_id: int
    drill_id: int
    passed: bool
