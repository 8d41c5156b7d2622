"""Of colleagues, not of clients: when they work, and what they ask of each other."""

from otklik.core.datamap import free
from otklik.team.shifts.models import Excepted, Shift, ShiftTemplate, Swap

free(ShiftTemplate, "name", "short", "breaks", because="settings of ours")
free(Shift, "breaks", because="moments of our own day")
free(Excepted, "reason", because="of a colleague, about their schedule")
free(Swap, "words", because="of colleagues, to each other")
