"""Attainment, kept promises and safe times: worked examples, borders of periods, simulation."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from otklik.core.formulas import human_time, promise_stats, safe_promise, safe_time, sla_attainment
from otklik.core.formulas.promises import kept

JUNE = "2026-06-01T00:00Z", "2026-07-01T00:00Z"
AS_OF = "2026-06-25T12:00Z"


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=UTC)


def sla(items: list[dict[str, Any]]) -> Any:
    return sla_attainment(items, *JUNE, AS_OF)


def promises(items: list[dict[str, Any]]) -> Any:
    return promise_stats(items, *JUNE, AS_OF)


def test_V18_example() -> None:
    items: list[dict[str, Any]] = [{"due": at(10), "done": at(10, 11)} for _ in range(46)]
    items += [{"due": at(11), "done": at(12)} for _ in range(3)]
    items += [{"due": at(20), "done": None}, {"due": at(29), "done": None}, {"due": at(29), "done": None}]
    items += [{"due": at(5), "done": at(6), "excluded": True}]
    result = sla(items)
    assert (result["met"], result["breached"], result["undecided"], result["excluded"]) == (46, 4, 2, 1)
    assert result["attainment"] == 0.92
    assert (result["lo"], result["hi"]) == (pytest.approx(0.812, abs=5e-4), pytest.approx(0.968, abs=5e-4))


@pytest.mark.parametrize(
    ("item", "fate"),
    [
        ({"due": at(10), "done": at(10)}, "met"),
        ({"due": at(10), "done": at(10) + timedelta(seconds=1)}, "breached"),
        ({"due": at(29), "done": at(20)}, "met"),
        ({"due": AS_OF, "done": None}, "undecided"),
        ({"due": at(24), "done": at(26)}, "breached"),
        ({"due": at(29), "done": at(28)}, "undecided"),
        ({"due": JUNE[0], "done": JUNE[0]}, "met"),
        ({"due": JUNE[1], "done": at(10)}, None),
        ({"due": "2026-05-31T23:59Z", "done": None}, None),
    ],
)
def test_the_fate_of_a_commitment(item: dict[str, Any], fate: str | None) -> None:
    result = sla([item])
    counted = [name for name in ("met", "breached", "undecided", "excluded") if result[name]]
    assert counted == ([fate] if fate else [])


@pytest.mark.parametrize(
    ("done", "as_of", "told"),
    [
        (at(10), None, True),
        (at(10) + timedelta(microseconds=1), None, False),
        (None, None, False),
        (at(9), at(9), True),
        (at(9), at(8), False),
    ],
)
def test_what_was_done_in_time_is_kept(done: datetime | None, as_of: datetime | None, told: bool) -> None:
    assert kept(at(10), done, as_of) is told


def test_nothing_due_is_no_attainment() -> None:
    assert sla([])["attainment"] is None
    assert sla([{"due": at(29), "done": None}])["attainment"] is None


def test_V19_example() -> None:
    items: list[dict[str, Any]] = [{"due": at(10), "done": at(9)} for _ in range(51)]
    items += [{"due": at(10), "done": at(15), "renegotiated_at": at(9)} for _ in range(6)]
    items += [{"due": at(10), "done": None} for _ in range(3)]
    result = promises(items)
    assert (result["due"], result["kept"], result["renegotiated"], result["broken"]) == (60, 51, 6, 3)
    assert (result["strict"], result["soft"]) == (0.85, pytest.approx(0.944, abs=5e-4))


@pytest.mark.parametrize(
    ("item", "fate"),
    [
        ({"due": at(10), "done": at(10)}, "kept"),
        ({"due": at(10), "done": at(9), "renegotiated_at": at(8)}, "kept"),
        ({"due": at(10), "done": at(11), "renegotiated_at": at(10)}, "broken"),
        ({"due": AS_OF, "done": None}, "broken"),
        ({"due": at(29), "done": None}, None),
        ({"due": at(29), "done": None, "renegotiated_at": at(20)}, "renegotiated"),
        ({"due": at(29), "done": None, "renegotiated_at": at(26)}, None),
    ],
)
def test_the_fate_of_a_promise(item: dict[str, Any], fate: str | None) -> None:
    result = promises([item])
    assert [name for name in ("kept", "renegotiated", "broken") if result[name]] == ([fate] if fate else [])
    assert result["due"] == (1 if fate else 0)


def test_no_promise_due_is_no_share() -> None:
    assert (promises([])["strict"], promises([])["soft"]) == (None, None)


def test_C1_example() -> None:
    assert safe_promise(range(1, 201), 0.9) == {"k": 188, "value": 188}


def test_with_too_few_cases_nothing_can_be_promised() -> None:
    assert safe_promise(range(28), 0.9) == safe_promise([], 0.9) == {"k": None, "value": None}
    assert safe_promise(range(29), 0.9) == {"k": 29, "value": 28}


def test_open_cases_count_as_longer_than_all() -> None:
    assert safe_promise([*range(1, 191), *[None] * 10], 0.9) == {"k": 188, "value": 188}
    assert safe_promise([*range(1, 181), *[None] * 20], 0.9) == {"k": 188, "value": None}


@settings(deadline=None)
@given(st.integers(1, 400), st.floats(0.05, 0.99), st.floats(0.5, 0.99))
def test_the_rank_is_the_smallest_that_is_sure_enough(n: int, q: float, conf: float) -> None:
    k = safe_promise(range(n), q, conf)["k"]
    if k is None:
        assert binom.cdf(n - 1, n, q) < conf + 1e-9
        return
    assert binom.cdf(k - 1, n, q) >= conf - 1e-9
    assert k == 1 or binom.cdf(k - 2, n, q) < conf + 1e-9


@pytest.mark.parametrize(("q", "conf"), [(0, 0.95), (1, 0.95), (90, 0.95), (0.9, 95)])
def test_shares_are_shares(q: float, conf: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        safe_promise([1, 2, 3], q, conf)


def test_a_negative_time_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        safe_promise([-1, 2], 0.5)


def test_what_is_open_counts_as_longer_than_the_times_it_has_outlasted() -> None:
    """C1: of 200 the 188th; ten that are open longer than all take its place, ten that began just now say nothing."""
    assert safe_time(range(1, 201), [], 0.9) == {"n": 200, "k": 188, "value": 188}
    assert safe_time(range(1, 191), [500] * 10, 0.9) == {"n": 200, "k": 188, "value": 188}
    assert safe_time(range(1, 191), [0] * 10, 0.9) == {"n": 190, "k": 179, "value": 179}
    assert safe_time(range(1, 191), [179.5] * 10, 0.9) == {"n": 190, "k": 179, "value": 180}
    assert safe_time(range(1, 181), [500] * 20, 0.9) == {"n": 200, "k": 188, "value": None}
    assert safe_time(range(28), [], 0.9) == {"n": 28, "k": None, "value": None}
    assert safe_time([7] * 29, [7, 3], 0.9) == {"n": 29, "k": 29, "value": 7}


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), max_size=120), st.lists(st.integers(0, 60), max_size=40), st.floats(0.05, 0.95))
def test_a_safe_time_is_the_smallest_that_its_own_cases_bear_out(done: list[int], lasting: list[int], q: float) -> None:
    def bears(time: float) -> bool:
        cases = [*done, *(None for age in lasting if age > time)]
        value = safe_promise(cases, q)["value"]
        return value is not None and value <= time

    found = safe_time(done, lasting, q)["value"]
    assert found == min((time for time in done if bears(time)), default=None)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, 60), (61, 120), (600, 600), (601, 900), (3601, 5400), (14_400, 14_400), (14_401, 18_000), (86_401, 100_800)],
)
def test_a_time_is_rounded_up_to_what_people_say(seconds: float, said: int) -> None:
    assert human_time(seconds) == said


@given(st.floats(0, 10_000_000))
def test_nobody_is_promised_less_than_was_measured(seconds: float) -> None:
    assert seconds <= human_time(seconds)


@pytest.mark.parametrize(("done", "lasting"), [([-1, 2], []), ([], [-1])])
def test_a_negative_time_is_none(done: list[float], lasting: list[float]) -> None:
    with pytest.raises(ValueError, match="negative"):
        safe_time(done, lasting, 0.5)
