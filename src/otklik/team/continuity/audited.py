"""Plans for bad days, and whether they were tried."""

from otklik.core.audit.registry import hears
from otklik.team.continuity import events

hears(events.ScenarioApproved, events.ScenarioRetired, events.DrillHeld)
