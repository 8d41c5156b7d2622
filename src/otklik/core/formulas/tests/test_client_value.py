"""Churn, lifetime and value: worked examples (the source's own figures are wrong there), bounds, simulation."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import (
    bgnbd_alive,
    bgnbd_expected,
    bgnbd_fit,
    churn,
    grr_nrr,
    lifetime,
    ltv_base,
    ltv_client,
    ltv_discounted,
)
from otklik.core.formulas.tests.shared import printed

CDNOW = (0.243, 4.414, 0.793, 2.426)
"""r, alpha, a and b as published."""


def test_L1_example() -> None:
    assert churn(250, 150) == 0.4


def test_L1_the_common_error_is_impossible() -> None:
    """270 clients at the end, newcomers among them, are no survivors of 250."""
    with pytest.raises(ValueError, match="newcomers"):
        churn(250, 270)
    assert churn(0, 0) is None


def test_L2_example() -> None:
    result = lifetime(0.4, 12)
    assert printed(result, 1, "discrete_months", "compound_months", "continuous_months") == [30, 24, 23.5]
    assert printed(result, 4, "monthly_churn") == [0.0417]


def test_L2_nobody_and_everybody_left() -> None:
    assert lifetime(0, 12) == {
        "discrete_months": None,
        "monthly_churn": 0,
        "compound_months": None,
        "continuous_months": None,
    }
    assert lifetime(1, 12)["discrete_months"] == 12
    with pytest.raises(ValueError, match="share"):
        lifetime(40, 12)
    with pytest.raises(ValueError, match="period"):
        lifetime(0.4, 0)


@settings(deadline=None, max_examples=40)
@given(st.floats(1e-6, 1))
def test_the_conventions_of_a_lifetime_keep_their_order(share: float) -> None:
    """Leaving at the ends of shorter periods is leaving earlier."""
    result = lifetime(share, 12)
    discrete, compound, continuous = (
        result[key] or 0 for key in ("discrete_months", "compound_months", "continuous_months")
    )
    assert discrete + 1e-6 >= compound >= continuous - 1e-6
    assert (1 - result["monthly_churn"]) ** 12 == pytest.approx(1 - share, abs=1e-9)


def test_L3_example() -> None:
    assert ltv_client(54_250 / 250, 1, 30) == pytest.approx(6_510)
    assert ltv_client(54_250 / 35, 1, 30) == pytest.approx(46_500)
    assert ltv_client(54_250 / 250, 0.6, 30) == pytest.approx(3_906)


def test_L4_example() -> None:
    assert ltv_base(1_550 * 35, 1, 30) == 1_627_500


def test_value_without_a_lifetime_is_unknown() -> None:
    assert ltv_client(217, 1, lifetime(0, 12)["discrete_months"]) is None
    for bad in ((-1, 1, 30), (217, 1.2, 30), (217, 1, -30)):
        with pytest.raises(ValueError, match="cannot be"):
            ltv_client(*bad)


def test_L5_example() -> None:
    retention = 1 - lifetime(0.4, 12)["monthly_churn"]
    assert ltv_discounted(930, retention, 0.01) == pytest.approx(18_177, abs=0.5)
    assert ltv_discounted(930, retention, 0.01, 36) == pytest.approx(15_433, abs=0.5)


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 0.99), st.floats(0, 0.5))
def test_many_periods_are_for_ever(retention: float, discount: float) -> None:
    for_ever, long = ltv_discounted(100, retention, discount), ltv_discounted(100, retention, discount, 3000)
    assert for_ever == pytest.approx(long, rel=1e-6)


def test_a_value_without_end_is_undefined() -> None:
    assert ltv_discounted(100, 1, 0) is None
    assert ltv_discounted(100, 1, 0, 12) == 1200
    assert ltv_discounted(100, 0.9, 0.01, 0) == 0
    with pytest.raises(ValueError, match="discount"):
        ltv_discounted(100, 0.9, -1)


def test_L7_example() -> None:
    assert printed(grr_nrr(1_000_000, 60_000, 25_000, 110_000), 3, "grr", "nrr") == [0.915, 1.025]


def test_revenue_of_nobody() -> None:
    assert grr_nrr(0, 0, 0, 5) == {"grr": None, "nrr": None}
    with pytest.raises(ValueError, match="cannot be lost"):
        grr_nrr(100, 90, 20, 0)


def test_L8_example() -> None:
    assert bgnbd_alive(*CDNOW, x=2, t_x=30.43, T=38.86) == pytest.approx(0.7266, abs=5e-5)
    assert bgnbd_expected(*CDNOW, x=2, t_x=30.43, T=38.86, t=39) == pytest.approx(1.226, abs=5e-4)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2000), st.floats(0, 1), st.floats(1, 500), st.floats(0, 100))
def test_the_longer_the_silence_the_less_alive(x: int, part: float, known: float, ahead: float) -> None:
    alive = bgnbd_alive(*CDNOW, x, part * known, known)
    assert 0 <= alive <= 1
    assert bgnbd_alive(*CDNOW, x, part * known, known + 10) <= alive + 1e-12
    expected = bgnbd_expected(*CDNOW, x, part * known, known, ahead)
    assert expected is not None
    assert expected >= -1e-6


def test_expected_purchases_of_a_simulated_newcomer() -> None:
    """Buying at a gamma rate, dropping out after each purchase with a beta chance: 39 weeks of somebody new."""
    r, alpha, a, b = CDNOW
    chance, total, people = Random(4), 0, 20_000
    for _ in range(people):
        rate, drop, week = chance.gammavariate(r, 1 / alpha), chance.betavariate(a, b), 0.0
        while rate > 1e-9 and (week := week + chance.expovariate(rate)) <= 39:
            total += 1
            if chance.random() < drop:
                break
    assert bgnbd_expected(*CDNOW, 0, 0, 0, 39) == pytest.approx(total / people, rel=0.06)


def simulated(people: int, seed: int, weeks: float) -> list[tuple[int, float, float, int]]:
    """Clients who buy as CDNOW's did, each known since some week of the first third."""
    r, alpha, a, b = CDNOW
    chance, found = Random(seed), []
    for _ in range(people):
        rate, drop = chance.gammavariate(r, 1 / alpha), chance.betavariate(a, b)
        known, at, x, last = weeks - chance.uniform(0, weeks / 3), 0.0, 0, 0.0
        while rate > 1e-9 and (at := at + chance.expovariate(rate)) <= known:
            x, last = x + 1, at
            if chance.random() < drop:
                break
        found.append((x, last, known, 1))
    return found


def test_what_made_the_purchases_is_found_again() -> None:
    """r and alpha within a fifth, and what newcomers buy in a year within 5 %: a and b alone are never known well."""
    told = bgnbd_fit(simulated(6000, 7, 78))
    assert told is not None
    assert told.r == pytest.approx(CDNOW[0], rel=0.2) and told.alpha == pytest.approx(CDNOW[1], rel=0.2)
    assert bgnbd_expected(*told, 0, 0, 0, 52) == pytest.approx(bgnbd_expected(*CDNOW, 0, 0, 0, 52), rel=0.05)


def test_a_unit_of_time_and_grouping_change_nothing() -> None:
    rows = simulated(1500, 3, 60)
    in_weeks, in_days = bgnbd_fit(rows), bgnbd_fit([(x, 7 * last, 7 * known, n) for x, last, known, n in rows])
    twice = bgnbd_fit([*rows, *rows])
    assert in_weeks and in_days and twice
    assert in_days.alpha == pytest.approx(7 * in_weeks.alpha, rel=0.01)
    assert in_days.r == pytest.approx(in_weeks.r, rel=0.01) == twice.r


def test_nothing_is_fitted_to_who_never_came_again() -> None:
    assert bgnbd_fit([]) is None and bgnbd_fit([(0, 0, 10, 400)]) is None
    with pytest.raises(ValueError, match="after"):
        bgnbd_fit([(1, 11, 10, 1)])


def test_clients_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="after"):
        bgnbd_alive(*CDNOW, 1, 5, 4)
    with pytest.raises(ValueError, match="alpha cannot be 0"):
        bgnbd_alive(0.2, 0, 0.8, 2.4, 1, 3, 4)
    assert bgnbd_expected(0.2, 4, 1, 2.4, 1, 3, 4, 10) is None
