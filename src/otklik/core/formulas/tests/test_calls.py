"""A telephone line: worked examples, real calls of a bank, borders."""

import csv
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import aht, occupancy, queue_stats, ratio
from otklik.core.formulas.tests.shared import expected_figures, printed, real

calls = st.lists(st.fixed_dictionaries({"wait": st.integers(0, 90), "answered": st.booleans()}), max_size=60)


def waits(*seconds: float, answered: bool = True) -> list[dict[str, Any]]:
    return [{"wait": wait, "answered": answered} for wait in seconds]


def test_V5_example() -> None:
    assert queue_stats(waits(0, 0, 5, 10, 45), 20)["asa"] == 12


PUBLISHED = [
    *waits(*[20] * 860, *[40] * 140),
    *waits(*[4] * 10, *[12] * 10, *[60] * 40, answered=False),
]


def test_V6_example() -> None:
    """Definition A, the product's own; B to E are other people's."""
    ours = queue_stats(PUBLISHED, 20)
    assert (ours["offered"], ours["answered"], ours["abandoned"], ours["short"]) == (1060, 1000, 60, 10)
    assert printed(ours, 3, "service_level") == [0.819]
    assert printed(queue_stats(PUBLISHED, 20, short_abandon=0), 3, "service_level") == [0.811]
    assert printed(queue_stats(PUBLISHED, 20, short_abandon=20), 3, "service_level") == [0.827]
    assert 860 / 1000 == 0.86
    assert round((860 + 20) / 1060, 3) == 0.83


def test_V7_example() -> None:
    assert printed(queue_stats(PUBLISHED, 20), 3, "abandonment") == [0.048]


def test_V8_example() -> None:
    assert aht(21_000, 2_400, 6_600, 100) == 300
    assert aht(0, 0, 0, 0) is None


def test_V9_example() -> None:
    assert round(2_400 / 36, 1) == 66.7
    assert ratio(36, 100)["value"] == 0.36


def test_V10_example() -> None:
    assert occupancy(22_680, 5_320) == pytest.approx(0.81)
    assert ratio(22_680, 36_000)["value"] == pytest.approx(0.63)
    assert occupancy(0, 0) is None


def test_where_the_limits_lie() -> None:
    assert queue_stats(waits(20), 20)["service_level"] == 1
    assert queue_stats(waits(20.1), 20)["service_level"] == 0
    assert queue_stats(waits(5, answered=False), 20)["short"] == 0
    assert queue_stats(waits(4.9, answered=False), 20)["short"] == 1


def test_nobody_called() -> None:
    nothing = queue_stats([], 20)
    assert {key: nothing[key] for key in ("service_level", "abandonment", "asa", "wait_p90")} == dict.fromkeys(
        ("service_level", "abandonment", "asa", "wait_p90")
    )
    assert queue_stats(waits(1, answered=False), 20)["abandonment"] is None


@settings(deadline=None, max_examples=40)
@given(calls, st.integers(0, 60))
def test_a_patient_limit_never_makes_it_worse(line: list[dict[str, Any]], limit: int) -> None:
    result, patient = queue_stats(line, limit), queue_stats(line, limit + 10)
    assert result["offered"] == result["answered"] + result["abandoned"]
    if result["service_level"] is not None and result["abandonment"] is not None:
        assert 0 <= result["service_level"] <= (patient["service_level"] or 0) <= 1 - result["abandonment"] + 1e-9


def test_times_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="wait cannot be -1"):
        queue_stats(waits(-1), 20)
    with pytest.raises(ValueError, match="hold"):
        aht(1, -1, 1, 1)
    with pytest.raises(ValueError, match="available"):
        occupancy(1, -1)


@pytest.mark.parametrize("path", real("calls/bank_calls_1999_02a.tsv"))
def test_a_fortnight_of_a_real_bank(path: Any) -> None:
    told = expected_figures("bank_calls_1999_02a.tsv")
    with path.open(encoding="latin-1") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["outcome"] != "PHANTOM"]
    line = [{"wait": float(row["q_time"]), "answered": row["outcome"] == "AGENT"} for row in rows]
    whole = queue_stats(line, 20, short_abandon=0)

    assert (whole["answered"], whole["abandoned"]) == (told["outcome"]["AGENT"], told["outcome"]["HANG"])
    assert percent(whole["abandonment"]) == told["abandon_pct_hang_over_agent_plus_hang"]
    assert percent(whole["service_level"]) == told["sl20_answered_within_20s_over_agent_plus_hang_pct"]
    assert round(whole["asa"] or 0, 3) == told["asa_seconds_mean_q_time_of_AGENT"]
    late = queue_stats(line, 20, short_abandon=20.5)
    assert percent(late["service_level"]) == told["sl20_excluding_hangups_within_20s_pct"]
    talks = [float(row["ser_time"]) for row in rows if row["outcome"] == "AGENT" and float(row["ser_time"]) > 0]
    assert round(aht(sum(talks), 0, 0, len(talks)) or 0, 3) == told["aht_mean_ser_time_positive"]


def percent(share: float | None) -> float:
    return round(100 * (share or 0), 3)
