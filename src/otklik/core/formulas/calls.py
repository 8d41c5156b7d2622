"""A telephone line as it was: who waited, who hung up, how long handling took."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from otklik.core.formulas.arguments import at_least_zero
from otklik.core.formulas.proportions import wilson
from otklik.core.formulas.quantiles import percentile


class QueueStats(TypedDict):
    offered: int
    answered: int
    abandoned: int
    short: int
    service_level: float | None
    abandonment: float | None
    asa: float | None
    wait_p90: float | None


def queue_stats(calls: Iterable[Mapping[str, Any]], threshold: float, short_abandon: float = 5) -> QueueStats:
    """One definition of the line (V5, V6, V7): calls are `{"wait", "answered"}`, waits and limits in seconds.

    Service level = answered with wait ≤ threshold ÷ (offered − short); abandonment = (abandoned − short) ÷ the same;
    short were abandoned in less than `short_abandon`.  ASA = Σ wait of answered ÷ answered; p90 over the answered and
    those who hung up later than that.  Shares of all calls of a period, never means of intervals.
    """
    at_least_zero(threshold=threshold, short_abandon=short_abandon)
    answered: list[float] = []
    abandoned: list[float] = []
    for call in calls:
        at_least_zero(wait=call["wait"])
        (answered if call["answered"] else abandoned).append(call["wait"])
    patient = [wait for wait in abandoned if wait >= short_abandon]
    counted = len(answered) + len(patient)
    return {
        "offered": len(answered) + len(abandoned),
        "answered": len(answered),
        "abandoned": len(abandoned),
        "short": len(abandoned) - len(patient),
        "service_level": wilson(sum(wait <= threshold for wait in answered), counted)["p"],
        "abandonment": wilson(len(patient), counted)["p"],
        "asa": sum(answered) / len(answered) if answered else None,
        "wait_p90": percentile(answered + patient, 0.9),
    }


def aht(talk: float, hold: float, wrap: float, contacts: int) -> float | None:
    """(talk + hold + work after) ÷ contacts, seconds (V8): for planning, never a target of a person."""
    at_least_zero(talk=talk, hold=hold, wrap=wrap, contacts=contacts)
    return (talk + hold + wrap) / contacts if contacts else None


def occupancy(handling: float, available: float) -> float | None:
    """Handling ÷ (handling + waiting for work); a share (V10)."""
    at_least_zero(handling=handling, available=available)
    return wilson(handling, handling + available)["p"]
