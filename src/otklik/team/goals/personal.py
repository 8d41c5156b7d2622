"""Of colleagues and of the department, not of clients."""

from otklik.core.datamap import free
from otklik.team.goals.models import Carry, Criterion, Goal, GoalChange, PlanTask, Retro, RetroAction

free(Goal, "statement", "reason", "metric", "definition", "lesson", because="how the department works")
free(Criterion, "words", "evidence", because="how the department works")
free(GoalChange, "was", "why", because="how the department works")
free(PlanTask, "title", "why", because="how the department works")
free(Carry, "why", "was", because="how the department works")
free(Retro, "facts", "keep", "stop", "attempt", "themes", because="how the department works")
free(RetroAction, "words", "result", because="how the department works")
