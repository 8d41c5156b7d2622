"""News about goals, tasks of quarters and retrospectives."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class GoalNews(News):
    about: ClassVar[str] = "goal"
    key: ClassVar[str] = "goal_id"
    goal_id: int
    owner_id: int


@dataclass(frozen=True)
class GoalAgreed(GoalNews):
    """From now on it is followed."""


@dataclass(frozen=True)
class GoalChanged(GoalNews):
    """What was agreed has changed; what it was stays to be read."""


@dataclass(frozen=True)
class GoalDropped(GoalNews):
    """It was given up."""


@dataclass(frozen=True)
class GoalJudged(GoalNews):
    """On its day, or after it."""

    verdict: str


@dataclass(frozen=True)
class TaskCarried(News):
    """A task of a quarter goes on in the next one."""

    about: ClassVar[str] = "plan_task"
    key: ClassVar[str] = "task_id"
    task_id: int
    owner_id: int
    quarter: str


@dataclass(frozen=True)
class RetroHeld(News):
    """A retrospective was held, with so many actions."""

    about: ClassVar[str] = "retro"
    key: ClassVar[str] = "retro_id"
    retro_id: int
    actions: int
