"""The course of an incident, and how often its clients heard of it."""

from collections.abc import Iterable
from itertools import pairwise
from typing import TypedDict

from otklik.core.formulas.arguments import at_least_zero
from otklik.core.formulas.instants import SECOND, Instant, elapsed, micros
from otklik.core.formulas.proportions import wilson


class IncidentTimes(TypedDict):
    mttd_s: float | None
    mtta_s: float | None
    mttn_s: float | None
    mttn_from_detection_s: float | None
    mttr_s: float | None


class Cadence(TypedDict):
    gaps_s: list[float]
    compliance: float | None


def incident_times(
    start: Instant | None,
    detected: Instant | None,
    acknowledged: Instant | None,
    notified: Instant | None,
    restored: Instant | None,
) -> IncidentTimes:
    """Wall-clock seconds: start to detection, that to a leader, both to the first notice, start to the end.

    What has not happened is `None` (I1).
    """
    return {
        "mttd_s": _between(start, detected),
        "mtta_s": _between(detected, acknowledged),
        "mttn_s": _between(start, notified),
        "mttn_from_detection_s": _between(detected, notified),
        "mttr_s": _between(start, restored),
    }


def _between(earlier: Instant | None, later: Instant | None) -> float | None:
    if earlier is None or later is None:
        return None
    passed = elapsed(earlier, later)
    if passed < 0:
        raise ValueError(f"{later} is before {earlier}")
    return passed


def cadence(updates: Iterable[Instant], restored: Instant | None, limit_s: float) -> Cadence:
    """Seconds between public updates, the last gap up to the end, and the share of gaps within the limit (I3).

    Updates after the end are none of its rhythm; while it goes on (`None`) the last gap is still open.
    """
    at_least_zero(limit=limit_s)
    told = sorted(map(micros, updates))
    if restored is not None:
        end = micros(restored)
        told = [at for at in told if at < end]
        told += [end] if told else []
    gaps = [(later - earlier) / SECOND for earlier, later in pairwise(told)]
    return {"gaps_s": gaps, "compliance": wilson(sum(gap <= limit_s for gap in gaps), len(gaps))["p"]}
