"""The curve of a bonus: monotone, between nothing and its cap, and no money moves by itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.formulas import bonus
from otklik.team.indicators.models import Indicator, Of, Plan
from otklik.team.indicators.reckoning import Reckoned, Terms, reckoned, troubles

CAP = Decimal("1.20")
VALUES = st.floats(0, 1, allow_nan=False)


def plan(weight: int, metric: str = "sla.attainment", of: Of = Of.OWN, stretch: float | None = None) -> Plan:
    up = metric != "reopen"
    floor, target = (0.5, 0.9) if up else (0.5, 0.1)
    indicator = Indicator(metric=metric, of=of)
    return Plan(indicator=indicator, floor=floor, target=target, stretch=stretch, weight=Decimal(weight), fewest=5)


def three(values: list[float], base: int = 10_000, n: int = 50, gate: float | None = None) -> Reckoned:
    plans = [plan(40), plan(30, "reopen"), plan(30, of=Of.DEPARTMENT)]
    rows = [(one, value, n) for one, value in zip(plans, values, strict=True)]
    return reckoned(Terms(Decimal(base), CAP, gate=gate), rows)


@given(st.lists(VALUES, min_size=3, max_size=3), st.integers(1, 100_000))
def test_it_pays_from_nothing_to_the_cap(values: list[float], base: int) -> None:
    told = three(values, base)
    assert 0 <= told.payout <= base * CAP
    assert all(0 <= share.score <= 1.2 for share in told.shares)
    assert abs(sum(share.brought for share in told.shares) - told.payout) <= Decimal("0.03")
    assert all(share.moved == share.brought - base * share.plan.weight / 100 for share in told.shares)


@given(st.lists(VALUES, min_size=3, max_size=3), VALUES)
def test_a_better_figure_never_pays_less(values: list[float], better: float) -> None:
    for place, improves in ((0, max), (1, min), (2, max)):
        changed = [*values]
        changed[place] = improves(values[place], better)
        assert three(changed).payout >= three(values).payout


@given(st.lists(VALUES, min_size=3, max_size=3))
def test_a_critical_error_leaves_no_more_than_it_says(values: list[float]) -> None:
    assert three(values, gate=0.8).payout == min(three(values).payout, Decimal(8000))


@given(st.lists(VALUES, min_size=3, max_size=3))
def test_few_cases_neither_pay_nor_cost(values: list[float]) -> None:
    told = three(values, n=4)
    assert told.payout == 10_000 and told.says_nothing


@given(st.floats(0.9, 1), VALUES)
def test_beyond_the_ceiling_nothing_pays_more(stretch: float, value: float) -> None:
    row = {"weight": 1, "floor": 0.5, "target": 0.9, "n": 9, "min_n": 5}
    at_most = bonus(1000, [{**row, "actual": stretch}])["payout"]
    assert bonus(1000, [{**row, "actual": value, "stretch": stretch}])["payout"] <= at_most


def test_a_ceiling_short_of_the_target_makes_no_sense() -> None:
    row = {"weight": 1, "floor": 50, "target": 90, "actual": 70, "n": 9, "min_n": 5, "stretch": 80}
    with pytest.raises(ValueError, match="stretch"):
        bonus(1000, [row])


@given(st.integers(1, 99))
def test_weights_that_are_not_whole_are_refused(weight: int) -> None:
    with pytest.raises(ValueError, match="weights"):
        reckoned(Terms(Decimal(100), CAP), [(plan(weight), 0.7, 50)])


def test_what_must_be_so_before_anything_is_paid() -> None:
    good = [plan(40), plan(30, "reopen"), plan(30, of=Of.DEPARTMENT)]
    assert troubles(good) == []
    assert len(troubles(good[:2])) == 3, "70 %, two of them, none of the team"
    assert len(troubles([plan(50), plan(20), plan(30, of=Of.LINE)])) == 1, "one weighs half"
    fast = [plan(40, "nrt"), plan(30, "frt"), plan(30, "frt", of=Of.LINE)]
    assert len(troubles(fast)) == 1, "nothing of quality"
    reviewed = [plan(40, "qa.score"), plan(30, "frt"), plan(30, "frt", of=Of.LINE)]
    assert troubles(reviewed) == [], "reviews of talks are of quality"
    assert len(troubles([])) == 5 - 1
