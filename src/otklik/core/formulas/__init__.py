"""The sums of the product: satisfaction, speed, promises, working time.

Pure functions, no Django and no database, so that any app may use them and a figure shown on two screens comes from
one place.  Names, arguments and keys of the answers are a contract; scipy is imported only inside the functions that
need it.
"""

from otklik.core.formulas.business_time import WorkingTime, business_due, business_seconds
from otklik.core.formulas.capacity import capacity_check
from otklik.core.formulas.clocks import ticket_clocks
from otklik.core.formulas.comparison import prop_diff
from otklik.core.formulas.fairness import fifo, hanging, passed_over_within, turn
from otklik.core.formulas.loyalty import nps, nps_diff, nps_from_scores, nps_target_feasible
from otklik.core.formulas.promises import promise_shares, promise_stats, safe_promise, sla_attainment
from otklik.core.formulas.proportions import ratio, wilson
from otklik.core.formulas.quantiles import percentile
from otklik.core.formulas.satisfaction import ces, csat, csi, mean_ci, pomp, response_rate
from otklik.core.formulas.timetable import CalendarError
from otklik.core.formulas.wall_clock import NoWorkingTime

__all__ = [
    "CalendarError",
    "NoWorkingTime",
    "WorkingTime",
    "business_due",
    "business_seconds",
    "capacity_check",
    "ces",
    "csat",
    "csi",
    "fifo",
    "hanging",
    "mean_ci",
    "nps",
    "nps_diff",
    "nps_from_scores",
    "nps_target_feasible",
    "passed_over_within",
    "percentile",
    "pomp",
    "promise_shares",
    "promise_stats",
    "prop_diff",
    "ratio",
    "response_rate",
    "safe_promise",
    "sla_attainment",
    "ticket_clocks",
    "turn",
    "wilson",
]
