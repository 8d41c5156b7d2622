"""The sums of the product: satisfaction, speed, promises, working time.

Pure functions, no Django and no database, so that any app may use them and a figure shown on two screens comes from one
place.  Names, arguments and keys of the answers are a contract; scipy is imported only inside the functions that need it.
"""

from otklik.core.formulas.business_time import (
    WorkingTime,
    business_due,
    business_seconds,
)
from otklik.core.formulas.timetable import CalendarError
from otklik.core.formulas.wall_clock import NoWorkingTime

__all__ = [
    "CalendarError",
    "NoWorkingTime",
    "WorkingTime",
    "business_due",
    "business_seconds",
]
