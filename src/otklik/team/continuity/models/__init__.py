"""Plans for bad days and the drills that tried them."""

from otklik.team.continuity.models.drill import Drill
from otklik.team.continuity.models.scenario import Scenario, ScenarioState, Sort

__all__ = ["Drill", "Scenario", "ScenarioState", "Sort"]
