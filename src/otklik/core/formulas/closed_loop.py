"""Those who were dissatisfied and heard from us."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from otklik.core.formulas.arguments import at_least_zero
from otklik.core.formulas.business_time import Calendar, WorkingTime
from otklik.core.formulas.instants import elapsed
from otklik.core.formulas.proportions import wilson


class Loop(TypedDict):
    eligible: int
    in_time: int
    rate: float | None
    lo: float | None
    hi: float | None


def loop_stats(items: Iterable[Mapping[str, Any]], limit_business_s: float, calendar: Calendar) -> Loop:
    """The share of dissatisfied answers that were followed by a personal contact within the limit (S13).

    Items are `{"answered", "contacted", "anonymous"}`; the limit is working time of the calendar, seconds; an anonymous
    answer cannot be followed up and is left out.
    """
    at_least_zero(limit=limit_business_s)
    hours = WorkingTime.of(calendar)
    named = [item for item in items if not item.get("anonymous")]
    in_time = sum(_in_time(item, limit_business_s, hours) for item in named)
    share = wilson(in_time, len(named))
    return {"eligible": len(named), "in_time": in_time, "rate": share["p"], "lo": share["lo"], "hi": share["hi"]}


def _in_time(item: Mapping[str, Any], limit: float, hours: WorkingTime) -> bool:
    answered, contacted = item["answered"], item.get("contacted")
    if contacted is None:
        return False
    if elapsed(answered, contacted) < 0:
        raise ValueError("somebody was contacted before the answer")
    return hours.seconds(answered, contacted) <= limit
