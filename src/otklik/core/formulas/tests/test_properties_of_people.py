"""What holds for the formulas of people, work and money whatever the figures are."""

from collections.abc import Callable
from math import inf, nan
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from otklik.core.formulas import (
    aht,
    capacity_check,
    churn,
    contact_cost,
    days_needed,
    forecast_accuracy,
    grr_nrr,
    kaplan_meier,
    ltv_base,
    ltv_client,
    mase,
    median_survival,
    occupancy,
    post_fte,
    profile_score,
    shrink_mean,
    standardised,
)
from otklik.core.formulas.chats import chat_durations
from otklik.core.formulas.krippendorff import krippendorff_alpha, krippendorff_bounds
from otklik.core.formulas.skills import bus_factor, skill_cover, skill_gap
from otklik.core.formulas.survival import ROUNDING

amounts = st.just(0.0) | st.floats(1e-3, 1e6)
shares = st.floats(0, 1)
levels = st.lists(st.integers(0, 4), max_size=10)
criteria = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["must", "important", "trainable", "plus"]),
            "level": st.integers(0, 5),
            "required": st.integers(1, 5),
            "trainable": st.booleans(),
        }
    ),
    max_size=8,
)
GROUPS = ("red", "yellow", "green")


@given(amounts, amounts, amounts, st.integers(1, 1000), st.integers(1, 60))
def test_handle_time_is_a_mean_of_all_its_parts(talk: float, hold: float, wrap: float, contacts: int, k: int) -> None:
    told = aht(talk, hold, wrap, contacts)
    assert told is not None and told * contacts == pytest.approx(talk + hold + wrap)
    assert aht(k * talk, k * hold, k * wrap, contacts) == pytest.approx(k * told)
    assert aht(talk, hold, wrap, 0) is None


@given(amounts, amounts)
def test_the_busy_and_the_free_share_are_the_whole(handling: float, free: float) -> None:
    busy, idle = occupancy(handling, free), occupancy(free, handling)
    assert (busy is None) == (idle is None) == (handling + free == 0)
    assert busy is None or idle is None or busy + idle == pytest.approx(1)


@given(st.floats(1, 1e4), st.floats(0.05, 1), st.floats(0, 0.9), st.floats(1, 1e4))
def test_less_busy_people_make_a_contact_dearer(hour: float, busy: float, shrinkage: float, seconds: float) -> None:
    cost, dearer = contact_cost(hour, busy, shrinkage, seconds), contact_cost(hour, busy / 2, shrinkage, seconds)
    assert cost is not None and cost >= hour * seconds / 3600 - 1e-9
    assert dearer == pytest.approx(2 * cost)
    assert contact_cost(hour, 0, shrinkage, seconds) is None


@given(st.floats(1, 168), st.floats(0, 0.9), st.integers(0, 20))
def test_a_seat_that_is_never_empty_takes_the_same_for_each(norm: float, shrinkage: float, seats: int) -> None:
    one = post_fte(norm, shrinkage)
    assert one >= 1 and post_fte(norm, shrinkage, seats) == pytest.approx(seats * one)
    assert post_fte(norm, (1 + shrinkage) / 2) == pytest.approx(2 * one)


@given(st.floats(1, 1e5), st.integers(1, 5))
def test_each_chat_more_at_once_takes_longer_and_serves_more(one: float, at_once: int) -> None:
    durations = chat_durations(one, at_once)
    assert durations[0] == one and durations == sorted(durations)
    served = [chats / duration for chats, duration in enumerate(durations, 1)]
    assert served == sorted(served)


@given(levels, st.integers(0, 4), st.integers(0, 8), st.floats(0, 10))
def test_another_hand_never_widens_a_gap(people: list[int], required: int, wanted: int, weight: float) -> None:
    gap = skill_gap(people, required, wanted, weight)
    assert 0 <= gap <= weight * wanted * required + 1e-9
    assert skill_gap([*people, 4], required, wanted, weight) <= gap
    assert skill_gap([*people, 0], required, wanted, weight) == gap == skill_gap(people[::-1], required, wanted, weight)


@given(levels)
def test_whoever_can_do_hard_cases_needs_nobody_beside_them(people: list[int]) -> None:
    assert 0 <= bus_factor(people) <= skill_cover(people) <= len(people)
    assert skill_gap(people, 3, bus_factor(people)) == 0


@given(criteria, st.integers(0, 7))
def test_a_better_person_never_fits_worse(rows: list[dict[str, Any]], place: int) -> None:
    told = profile_score(rows)
    assert told["score"] is None or 0 <= told["score"] <= 100 + 1e-9
    better = [{**row, "level": row["level"] + (number == place)} for number, row in enumerate(rows)]
    after = profile_score(better)
    assert GROUPS.index(after["group"]) >= GROUPS.index(told["group"])
    assert told["score"] is None or after["score"] is None or after["score"] >= told["score"] - 1e-9
    assert after["gate"] or not told["gate"]


facts = st.fixed_dictionaries(
    {
        "promised": st.floats(0.5, 0.99),
        "kept": st.integers(0, 200),
        "n": st.just(200),
        "feasible": st.sampled_from([True, False, None]),
        "occupancy": shares | st.none(),
        "able": st.integers(0, 5) | st.none(),
        "suppliers_fit": st.sampled_from([True, False, None]),
    }
)
COLOURS = ("red", "amber", "green")


@given(facts, st.sampled_from(["feasible", "occupancy", "able", "suppliers_fit"]))
def test_what_is_not_known_is_neither_proof_nor_fault(told: dict[str, Any], hidden: str) -> None:
    colour = capacity_check(told)["colour"]
    blind = capacity_check({**told, hidden: None})
    assert blind["colour"] != "green"
    assert colour == "green" or COLOURS.index(blind["colour"]) >= COLOURS.index(colour)
    unknown = capacity_check({"promised": told["promised"]})
    assert unknown["colour"] == "amber" and all(reason["ok"] is None for reason in unknown["reasons"])


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=2).map(sorted))
def test_who_left_and_who_stayed_are_all(pair: list[int]) -> None:
    retained, start = pair
    share = churn(start, retained)
    assert (share is None) == (start == 0)
    assert share is None or share * start == pytest.approx(start - retained)


@given(st.floats(1, 1e6), shares, shares, amounts)
def test_gross_retention_is_at_most_net_and_at_most_all(start: float, lost: float, shrunk: float, grown: float) -> None:
    gone, less = start * lost / 2, start * shrunk / 2
    told = grr_nrr(start, gone, less, grown)
    assert told["grr"] is not None and told["nrr"] is not None
    assert 0 <= told["grr"] <= 1 and told["nrr"] == pytest.approx(told["grr"] + grown / start)
    doubled = grr_nrr(2 * start, 2 * gone, 2 * less, 2 * grown)
    assert (doubled["grr"], doubled["nrr"]) == pytest.approx((told["grr"], told["nrr"]))


@given(amounts, shares, st.floats(0, 600), st.integers(1, 50))
def test_the_worth_of_a_base_is_that_of_its_clients(revenue: float, margin: float, months: float, clients: int) -> None:
    one, all_of_them = ltv_client(revenue, margin, months), ltv_base(clients * revenue, margin, months)
    assert one is not None and all_of_them == pytest.approx(clients * one)
    assert 0 <= one <= revenue * months + 1e-6
    assert ltv_client(revenue, margin, None) is ltv_base(revenue, margin, None) is None


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=40))
def test_the_median_is_where_half_are_left(lives: list[tuple[int, bool]]) -> None:
    rows = kaplan_meier([age for age, _ in lives], [ended for _, ended in lives])
    median = median_survival(rows)
    half = 0.5 + ROUNDING
    assert median is None or any(row["t"] == median and row["S"] <= half for row in rows)
    assert all(row["S"] > half for row in rows if median is None or row["t"] < median)


strata = st.lists(st.fixed_dictionaries({"rate": shares, "n": st.integers(1, 100)}), min_size=1, max_size=6)


@given(strata, shares)
def test_whoever_does_as_the_team_is_as_expected(rows: list[dict[str, float]], share: float) -> None:
    usual = sum(row["rate"] * row["n"] for row in rows)
    told = standardised(usual, rows)
    assert told["expected"] == pytest.approx(usual)
    assert told["ratio"] is None or told["ratio"] == pytest.approx(1)
    assert told["z"] is None or told["z"] == pytest.approx(0, abs=1e-6)
    more = standardised(usual + share * (sum(row["n"] for row in rows) - usual), rows)
    assert more["z"] is None or more["z"] >= -1e-6


@given(st.integers(0, 500), st.floats(0, 5), st.floats(0, 5), st.floats(0, 100))
def test_a_mean_is_drawn_to_the_team_and_never_past_it(n: int, mean: float, team: float, strength: float) -> None:
    told = shrink_mean(n, mean, team, strength)
    if told is None:
        assert not n and not strength
        return
    assert min(mean, team) - 1e-9 <= told <= max(mean, team) + 1e-9
    if n:
        further = shrink_mean(10 * n, mean, team, strength)
        assert further is not None and abs(further - mean) <= abs(told - mean) + 1e-9


series = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=20)


@given(series, st.integers(1, 9))
def test_errors_of_a_forecast_are_at_least_its_bias_and_know_no_scale(pairs: list[tuple[int, int]], k: int) -> None:
    actual, forecast = [a for a, _ in pairs], [f for _, f in pairs]
    told = forecast_accuracy(actual, forecast)
    assert (told["wape"] is None) == (sum(actual) == 0)
    if told["wape"] is not None and told["bias"] is not None:
        assert abs(told["bias"]) <= told["wape"] + 1e-9
        assert forecast_accuracy([k * a for a in actual], [k * f for f in forecast])["wape"] == pytest.approx(
            told["wape"]
        )
    if sum(actual):
        assert forecast_accuracy(actual, actual) == {"wape": 0, "bias": 0}


@given(st.lists(st.integers(0, 100), min_size=8, max_size=30), st.integers(1, 4), st.integers(2, 9))
def test_the_scaled_error_knows_no_scale_and_of_a_perfect_forecast_is_none(y: list[int], m: int, k: int) -> None:
    train, actual = y[:-3], y[-3:]
    told = mase(train, m, actual, [value + 1 for value in actual])
    assume(told is not None)
    assert mase(train, m, actual, actual) == 0
    scaled = mase([k * one for one in train], m, [k * one for one in actual], [k * (one + 1) for one in actual])
    assert scaled == pytest.approx(told)


@given(st.floats(1e-3, 1e3))
def test_what_is_rarer_by_half_takes_twice_as_long_to_prove(rate: float) -> None:
    days = days_needed(rate)
    assert days is not None and days_needed(rate / 2) == pytest.approx(2 * days)


marks = st.lists(st.lists(st.integers(1, 3), min_size=6, max_size=6), min_size=2, max_size=3)


@settings(max_examples=15, deadline=None)
@given(marks)
def test_the_bounds_of_agreement_are_ordered_and_stay_when_asked_again(data: list[list[int]]) -> None:
    bounds = krippendorff_bounds(data)
    assert bounds == krippendorff_bounds(data) == krippendorff_bounds(data[::-1])
    assert bounds is None or (krippendorff_alpha(data) is not None and bounds[0] <= bounds[1] <= 1)


WRONG: list[Callable[[], object]] = [
    *[lambda bad=bad: aht(bad, 0, 0, 1) for bad in (nan, inf, -1)],
    *[lambda bad=bad: occupancy(1, bad) for bad in (nan, inf, -1)],
    *[lambda bad=bad: contact_cost(1, bad, 0, 1) for bad in (nan, -0.1, 1.1)],
    *[lambda bad=bad: contact_cost(1, 0.5, bad, 1) for bad in (nan, -0.1, 1)],
    *[lambda bad=bad: post_fte(bad, 0) for bad in (nan, 0, -1, inf)],
    *[lambda bad=bad: chat_durations(60, bad) for bad in (0, 6)],
    *[lambda bad=bad: skill_gap([bad], 2, 1) for bad in (-1, 5)],
    *[lambda bad=bad: churn(3, bad) for bad in (-1, 4)],
    *[lambda bad=bad: grr_nrr(10, bad, 0, 0) for bad in (nan, -1, 11)],
    *[lambda bad=bad: ltv_client(1, bad, 1) for bad in (nan, -0.1, 1.1)],
    *[lambda bad=bad: ltv_base(bad, 0.5, 1) for bad in (nan, inf, -1)],
    *[lambda bad=bad: ltv_client(1, 0.5, bad) for bad in (nan, inf, -1)],
    *[lambda bad=bad: standardised(1, [{"rate": bad, "n": 5}]) for bad in (nan, -0.1, 1.1)],
    *[lambda bad=bad: standardised(bad, [{"rate": 0.5, "n": 5}]) for bad in (nan, -1, 6)],
    *[lambda bad=bad: shrink_mean(5, bad, 3) for bad in (nan, inf)],
    *[lambda bad=bad: shrink_mean(bad, 3, 3) for bad in (nan, -1)],
    *[lambda bad=bad: forecast_accuracy([bad], [1]) for bad in (nan, inf, -1)],
    *[lambda bad=bad: forecast_accuracy([1], [bad]) for bad in (nan, inf)],
    *[lambda bad=bad: mase([1, 2, 3], 1, [1], [bad]) for bad in (nan, inf)],
    *[lambda bad=bad: days_needed(bad) for bad in (nan, inf, -1)],
    *[lambda bad=bad: profile_score([{"kind": "plus", "level": bad, "required": 1}]) for bad in (nan, -1)],
    *[lambda bad=bad: capacity_check({"promised": bad}) for bad in (nan, 0, 1.1)],
    lambda: krippendorff_bounds([[1, 2], [1]]),
    lambda: kaplan_meier([1, 2], [True]),
]


@pytest.mark.parametrize("wrong", WRONG)
def test_figures_that_cannot_be_are_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()
