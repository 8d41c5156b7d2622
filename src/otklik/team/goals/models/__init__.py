"""Goals, the tasks of quarters, retrospectives."""

from otklik.team.goals.models.criterion import Criterion
from otklik.team.goals.models.goal import Goal, GoalChange, Kind, Level, State, Verdict
from otklik.team.goals.models.retro import Retro, RetroAction
from otklik.team.goals.models.task import Carry, PlanTask

__all__ = [
    "Carry",
    "Criterion",
    "Goal",
    "GoalChange",
    "Kind",
    "Level",
    "PlanTask",
    "Retro",
    "RetroAction",
    "State",
    "Verdict",
]
