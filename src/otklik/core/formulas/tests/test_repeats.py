"""What repeats cost, spikes and rare events: worked examples, exact tails, properties."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from otklik.core.formulas import (
    contact_cost,
    days_needed,
    fix_once,
    overdispersed_spike,
    poisson_rate,
    poisson_spike,
    rate_ratio,
)
from otklik.core.formulas.tests.shared import printed

events, exposures = st.integers(0, 60), st.floats(0.5, 200)


def test_Q6_example() -> None:
    assert contact_cost(600, 0.8, 0.25, 3600) == pytest.approx(1000)
    cost = contact_cost(600, 0.8, 0.25, 9 * 60)
    assert cost == pytest.approx(150)
    assert 40 * (cost or 0) == pytest.approx(6_000)
    assert contact_cost(600, 0, 0.25, 540) is None


def test_Q7_example() -> None:
    assert fix_once(10, 5, 1, 1, 12)["breakeven"] == 2
    plain = fix_once(90_000, 150, 40, 0.8, 12)
    assert (plain["breakeven"], plain["payback_months"]) == (750, 18.75)
    assert plain["net"] == pytest.approx(40 * 150 * 0.8 * 12 - 90_000)
    with_lost_clients = fix_once(90_000, 150 + 6_510 / 200, 40, 0.8, 12)
    assert round(150 + 6_510 / 200, 2) == 182.55
    assert printed(with_lost_clients, 1, "payback_months") == [15.4]


@pytest.mark.parametrize(("patch", "often", "effect"), [(0, 40, 0.8), (150, 40, 0), (150, 0, 0.8)])
def test_what_saves_nothing_never_pays_back(patch: float, often: float, effect: float) -> None:
    result = fix_once(90_000, patch, often, effect, 12)
    assert (result["payback_months"], result["net"]) == (None, -90_000)


@settings(deadline=None, max_examples=40)
@given(st.floats(1, 1e6), st.floats(1, 1e4), st.floats(0.1, 1e3), st.floats(0.01, 1))
def test_at_the_payback_nothing_is_won_yet(fix: float, patch: float, often: float, effect: float) -> None:
    months = fix_once(fix, patch, often, effect, 0)["payback_months"]
    assert months is not None
    assert fix_once(fix, patch, often, effect, months)["net"] == pytest.approx(0, abs=1e-6 * fix)


def test_costs_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="effectiveness"):
        fix_once(10, 5, 1, 80, 12)
    with pytest.raises(ValueError, match="shrinkage"):
        contact_cost(600, 0.8, 1, 540)
    with pytest.raises(ValueError, match="occupancy"):
        contact_cost(600, 80, 0.2, 540)


def test_Q8_example() -> None:
    assert poisson_spike(11, 3.2)["p"] == pytest.approx(0.0005, abs=5e-6)
    assert poisson_spike(7, 3.2)["p"] == pytest.approx(0.045, abs=5e-4)


@settings(deadline=None, max_examples=40)
@given(events, st.floats(0, 60))
def test_a_spike_is_the_upper_tail(x: int, mu: float) -> None:
    assert poisson_spike(x, mu)["p"] == pytest.approx(stats.poisson.sf(x - 1, mu), rel=1e-6, abs=1e-12)


@settings(deadline=None, max_examples=40)
@given(events, st.floats(0.1, 60), st.floats(1.01, 9))
def test_where_weeks_differ_it_is_the_tail_of_the_negative_binomial(x: int, mu: float, times: float) -> None:
    variance = mu * times
    told = stats.nbinom.sf(x - 1, mu * mu / (variance - mu), mu / variance)
    assert overdispersed_spike(x, mu, variance)["p"] == pytest.approx(told, rel=1e-5, abs=1e-12)


def test_weeks_that_differ_less_than_chance_makes_them_are_poisson() -> None:
    assert overdispersed_spike(11, 3.2, 1.0) == poisson_spike(11, 3.2)


def test_nothing_usual() -> None:
    assert (poisson_spike(0, 0)["p"], poisson_spike(1, 0)["p"]) == (1, 0)
    with pytest.raises(ValueError, match="usual"):
        poisson_spike(1, -1)


def test_K1_example() -> None:
    assert printed(poisson_rate(9, 2.4), 2, "rate", "lo", "hi") == [3.75, 1.71, 7.12]
    nothing = poisson_rate(0, 2)
    assert (nothing["rate"], nothing["lo"]) == (0, 0)
    assert nothing["hi"] == pytest.approx(3.69 / 2, abs=5e-3)
    assert poisson_rate(0, 0) == {"rate": None, "lo": None, "hi": None}


@settings(deadline=None, max_examples=40)
@given(events, exposures, st.floats(0.5, 0.99))
def test_the_bounds_of_a_rate_are_those_of_chi_square(x: int, exposure: float, conf: float) -> None:
    rate = poisson_rate(x, exposure, conf)
    lower = stats.chi2.ppf((1 - conf) / 2, 2 * x) / 2 / exposure if x else 0
    upper = stats.chi2.ppf((1 + conf) / 2, 2 * x + 2) / 2 / exposure
    assert (rate["lo"], rate["hi"]) == pytest.approx((lower, upper))
    assert lower <= (rate["rate"] or 0) <= upper


def test_K4_example() -> None:
    assert days_needed(2 / 30) == pytest.approx(45)
    assert days_needed(0) is None
    with pytest.raises(ValueError, match="rate"):
        days_needed(-1)


def test_K6_example() -> None:
    better = rate_ratio(24, 60, 4, 60)
    assert printed(better, 3, "rr", "lo", "hi") == [0.167, 0.042, 0.485]
    assert printed(better, 5, "p") == [0.00018]
    unproven = rate_ratio(4, 60, 0, 30)
    assert (unproven["rr"], unproven["lo"]) == (0, 0)
    assert printed(unproven, 2, "hi", "p") == [3.03, 0.40]


@settings(deadline=None, max_examples=40)
@given(events, exposures, events, exposures)
def test_a_ratio_turned_round_is_its_inverse(x1: int, e1: float, x2: int, e2: float) -> None:
    there, back = rate_ratio(x1, e1, x2, e2), rate_ratio(x2, e2, x1, e1)
    if not x1 + x2:
        assert set(there.values()) == {None}
        return
    assert there["p"] == pytest.approx(back["p"])
    assert there["hi"] == (None if not x1 else pytest.approx(1 / (back["lo"] or 0)))
    if there["rr"] is not None and there["hi"] is not None and there["lo"] is not None:
        assert there["lo"] <= there["rr"] <= there["hi"]


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 40), st.integers(1, 40))
def test_bounds_of_clopper_and_pearson_are_those_of_scipy(x1: int, x2: int) -> None:
    bounds = stats.binomtest(x2, x1 + x2).proportion_ci(0.95, method="exact")
    ratio = rate_ratio(x1, 30, x2, 30)
    expected = bounds.low / (1 - bounds.low), bounds.high / (1 - bounds.high)
    assert (ratio["lo"], ratio["hi"]) == pytest.approx(expected, rel=1e-6)


def test_exposure_is_needed() -> None:
    with pytest.raises(ValueError, match="exposure"):
        rate_ratio(1, 0, 1, 5)
    with pytest.raises(ValueError, match="events"):
        poisson_rate(-1, 5)
