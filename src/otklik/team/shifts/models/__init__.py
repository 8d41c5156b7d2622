from otklik.team.shifts.models.exception import Excepted
from otklik.team.shifts.models.feed import Feed
from otklik.team.shifts.models.rules import Rules
from otklik.team.shifts.models.shift import Shift
from otklik.team.shifts.models.swap import Swap
from otklik.team.shifts.models.template import ShiftTemplate
from otklik.team.shifts.models.week import Week

__all__ = ["Excepted", "Feed", "Rules", "Shift", "ShiftTemplate", "Swap", "Week"]
