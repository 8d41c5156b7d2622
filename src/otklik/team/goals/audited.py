"""Where the department goes, and who changed it."""

from otklik.core.audit.registry import hears
from otklik.team.goals import events

hears(events.GoalAgreed, events.GoalChanged, events.GoalDropped, events.GoalJudged)
