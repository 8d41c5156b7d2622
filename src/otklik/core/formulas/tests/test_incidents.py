"""The course of an incident, and availability: worked examples, second by second, edges."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import cadence, downtime_budget, incident_times, sla_credit, uptime
from otklik.core.formulas.tests.shared import printed

START = datetime(2026, 6, 3, tzinfo=UTC)


def at(clock: str, day: int = 3) -> str:
    return f"2026-06-{day:02}T{clock}:00+03:00"


def test_I1_example() -> None:
    result = incident_times(at("10:00"), at("10:06"), at("10:09"), at("10:21"), at("11:30"))
    assert {key: seconds / 60 for key, seconds in result.items() if isinstance(seconds, float)} == {
        "mttd_s": 6,
        "mtta_s": 3,
        "mttn_s": 21,
        "mttn_from_detection_s": 15,
        "mttr_s": 90,
    }


def test_what_has_not_happened_has_no_time() -> None:
    result = incident_times(at("10:00"), at("10:06"), None, None, None)
    assert (result["mttd_s"], result["mtta_s"], result["mttn_s"], result["mttr_s"]) == (360, None, None, None)
    with pytest.raises(ValueError, match="is before"):
        incident_times(at("10:00"), at("09:59"), None, None, None)


def test_I3_example() -> None:
    result = cadence([at("10:21"), at("10:50"), at("11:25")], at("11:30"), 30 * 60)
    assert result["gaps_s"] == [29 * 60, 35 * 60, 5 * 60]
    assert printed(result, 3, "compliance") == [0.667]


def test_the_rhythm_of_updates() -> None:
    assert cadence([], at("11:30"), 60) == {"gaps_s": [], "compliance": None}
    assert cadence([at("10:21")], None, 60) == {"gaps_s": [], "compliance": None}
    assert cadence([at("10:50"), at("10:21")], None, 1800)["gaps_s"] == [29 * 60]
    assert cadence([at("10:21"), at("12:00")], at("11:30"), 1800)["gaps_s"] == [69 * 60]
    assert cadence([at("11:00")], at("11:30"), 1800)["compliance"] == 1


JUNE = [at("00:00", 1), "2026-07-01T00:00:00+03:00"]


def test_I5_example() -> None:
    outages = [
        {"start": at("10:00"), "end": at("11:30"), "weight": 1},
        {"start": at("11:00"), "end": at("12:30"), "weight": 0.5},
        {"start": at("02:10", 14), "end": at("02:40", 14), "weight": 1},
    ]
    result = uptime(JUNE, outages, [[at("02:00", 14), at("04:00", 14)]])
    assert (result["base_s"] / 60, result["down_s"] / 60, result["excluded_s"] / 60) == (43_080, 120, 120)
    assert printed(result, 5, "availability") == [0.99721]


def test_outages_at_the_edges_of_the_window() -> None:
    window = [at("10:00"), at("11:00")]
    before = {"start": at("08:00"), "end": at("10:15")}
    running = {"start": at("10:45"), "end": None}
    outside = {"start": at("12:00"), "end": at("13:00")}
    assert uptime(window, [before, running, outside], [])["down_s"] == 30 * 60
    assert uptime(window, [{"start": at("12:00"), "end": None}], [])["down_s"] == 0
    assert uptime(window, [])["availability"] == 1
    assert uptime(window, [before], [{"start": at("09:00"), "end": at("12:00")}])["availability"] is None
    assert uptime([at("10:00"), at("10:00")], [])["availability"] is None


spans = st.tuples(st.integers(-5, 40), st.integers(0, 20), st.sampled_from([0, 0.25, 0.5, 1]))


@settings(deadline=None, max_examples=40)
@given(st.lists(spans, max_size=6), st.lists(spans, max_size=3))
def test_minute_by_minute_it_is_the_same(broken: list[Any], works: list[Any]) -> None:
    def moment(minute: int) -> datetime:
        return START + timedelta(minutes=minute)

    outages = [{"start": moment(at), "end": moment(at + long), "weight": weight} for at, long, weight in broken]
    result = uptime([moment(0), moment(30)], outages, [[moment(at), moment(at + long)] for at, long, _ in works])
    base = [minute for minute in range(30) if not any(at <= minute < at + long for at, long, _ in works)]
    down = sum(max((weight for at, long, weight in broken if at <= minute < at + long), default=0) for minute in base)
    assert result["base_s"] == 60 * len(base)
    assert result["down_s"] == pytest.approx(60 * down)
    assert result["base_s"] + result["excluded_s"] == 30 * 60


def test_I6_example() -> None:
    month = 30 * 24 * 3600
    minutes = [round(downtime_budget(target, month)["budget_s"] / 60, 1) for target in (0.999, 0.995, 0.9995)]
    assert minutes == [43.2, 216, 21.6]
    assert downtime_budget(0.999, 365 * 24 * 3600)["budget_s"] / 3600 == pytest.approx(8.76)
    assert downtime_budget(0.999, month, 3600)["remaining_s"] == pytest.approx(43.2 * 60 - 3600)
    tiers = [[0.999, 0], [0.99, 0.05], [0.95, 0.1], [0, 0.25]]
    assert sla_credit(0.99721, tiers, 12_000) == 600


@pytest.mark.parametrize(
    ("availability", "credit"), [(1, 0), (0.999, 0), (0.9989, 5), (0.95, 10), (0.9, 25), (0, 25), (None, None)]
)
def test_tiers_of_credit(availability: float | None, credit: float | None) -> None:
    assert sla_credit(availability, [[0.999, 0], [0.99, 0.05], [0.95, 0.1], [0, 0.25]], 100) == credit


def test_below_every_tier_the_lowest_counts_and_without_tiers_nothing() -> None:
    assert sla_credit(0.5, [[0.999, 0], [0.99, 0.05]], 100) == 5
    assert sla_credit(0.5, [], 100) == 0


def test_terms_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="tiers fall"):
        sla_credit(0.99, [[0.9, 0.1], [0.99, 0]], 100)
    with pytest.raises(ValueError, match="target"):
        downtime_budget(99.9, 100)
    with pytest.raises(ValueError, match="weight"):
        uptime(JUNE, [{"start": at("10:00"), "end": at("11:00"), "weight": 2}], [])
    with pytest.raises(ValueError, match="is before"):
        uptime(JUNE, [{"start": at("11:00"), "end": at("10:00")}], [])
