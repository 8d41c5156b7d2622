"""What this room tells by the names of the layer, of the currency in which most clients pay (METRICS L1-L7)."""

from otklik.core.formulas.retention import RevenueRetention
from otklik.team.metrics.days import today
from otklik.team.metrics.layer.once import once
from otklik.team.metrics.layer.told import Reading, share, tells
from otklik.team.metrics.scope import Scope
from otklik.team.value.access import may_see
from otklik.team.value.figures import AT_RISK, YEAR, Population, courses, currencies, over_a_year, population


def tell() -> None:
    for name, now in (
        ("churn.logo", _churn),
        ("lifetime", _lifetime),
        ("lifetime.rmst", _kept),
        ("retention.km", _half),
        ("revenue.grr", _gross),
        ("revenue.nrr", _net),
    ):
        tells(name, now=now, may=may_see)


def _population() -> Population | None:
    def read() -> Population | None:
        known = currencies()
        return population(known[0], today()) if known else None

    return once("population", read)


def _churn(_scope: Scope) -> Reading | None:
    found = _population()
    return share(found.year.left, found.year.started) if found else None


def _lifetime(_scope: Scope) -> Reading | None:
    found = _population()
    return Reading(found.year.started, found.year.capped) if found and found.year.status != "hidden" else None


def _kept(_scope: Scope) -> Reading | None:
    found = _population()
    if found is None or found.kept is None:
        return None
    low, high = found.kept.interval
    return Reading(found.known, found.kept.months, low, high)


def _half(_scope: Scope) -> Reading | None:
    found = _population()
    return Reading(found.known, found.median) if found and found.known >= AT_RISK else None


def _gross(_scope: Scope) -> Reading | None:
    return _revenue("grr")


def _net(_scope: Scope) -> Reading | None:
    return _revenue("nrr")


def _revenue(which: str) -> Reading | None:
    months = once("courses", lambda: courses(known[0]) if (known := currencies()) else None)
    if months is None:
        return None
    told: RevenueRetention = over_a_year(months)
    value = told["grr"] if which == "grr" else told["nrr"]
    return Reading(months[-YEAR].started if len(months) >= YEAR else 0, value)
