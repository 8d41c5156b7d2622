"""What holds for the formulas of answers whatever was answered: bounds, direction, symmetry, scale."""

from math import nan

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from otklik.core.formulas import (
    ces,
    csat,
    csi,
    nonresponse_bounds,
    nps_from_scores,
    nps_target_feasible,
    pomp,
    poststratify,
    response_rate,
    sample_size_two_prop,
)
from otklik.core.formulas.goals import goal_status
from otklik.core.formulas.proportions import at_most, two_sided, wilson_bounds, z_of
from otklik.core.formulas.reviews import critical_accuracy
from otklik.core.formulas.several import holm

SCALE = st.integers(1, 5)
counts = st.dictionaries(SCALE, st.integers(0, 500))
shares = st.floats(0, 1)
parts = st.tuples(st.integers(0, 300), st.integers(1, 300)).map(lambda pair: (min(pair), pair[1]))
"""k of n."""
scores = st.lists(st.integers(0, 10) | st.none(), max_size=60)
strata = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)).map(sorted), max_size=6)
"""Positive ones, answers, people of each stratum."""


@given(counts)
def test_satisfaction_lies_in_its_interval_and_the_mean_on_the_scale(given_counts: dict[int, int]) -> None:
    told = csat(given_counts, {4, 5})
    if not told["n"]:
        assert told["share"] is told["mean"] is None
        return
    assert told["lo"] is not None and told["hi"] is not None and told["share"] is not None and told["mean"] is not None
    assert 0 <= told["lo"] <= told["share"] <= told["hi"] <= 1
    assert 1 <= told["mean"] <= 5


@given(counts, st.integers(2, 9))
def test_of_more_answers_alike_the_share_stays_and_the_interval_narrows(answers: dict[int, int], times: int) -> None:
    assume(sum(answers.values()))
    once, often = csat(answers, {4, 5}), csat({score: times * count for score, count in answers.items()}, {4, 5})
    assert once["lo"] is not None and once["hi"] is not None and often["lo"] is not None and often["hi"] is not None
    assert often["share"] == pytest.approx(once["share"]) and often["mean"] == pytest.approx(once["mean"])
    assert often["hi"] - often["lo"] < once["hi"] - once["lo"]


@given(counts, SCALE, st.integers(1, 50))
def test_one_more_satisfied_answer_never_lowers_satisfaction(answers: dict[int, int], score: int, more: int) -> None:
    before = csat(answers, {4, 5})["share"]
    after = csat({**answers, score: answers.get(score, 0) + more}, {4, 5})["share"]
    assert after is not None
    assert before is None or (after >= before if score >= 4 else after <= before)


@given(counts)
def test_the_satisfied_and_the_others_are_all(answers: dict[int, int]) -> None:
    good, rest = csat(answers, {4, 5}), csat(answers, {1, 2, 3})
    assert good["positive"] + rest["positive"] == good["n"] == rest["n"]


@given(counts)
def test_effort_counts_as_satisfaction_does_with_a_set_of_its_own(answers: dict[int, int]) -> None:
    effort, satisfaction = ces(answers, {1, 2}), csat(answers, {1, 2})
    assert list(effort.values()) == [satisfaction[key] for key in ("n", "share", "lo", "hi", "mean")]


@given(st.lists(st.tuples(st.integers(1, 10), st.floats(1, 5)), min_size=1, max_size=8), st.integers(1, 9))
def test_an_index_lies_between_its_means_and_asks_only_how_weights_compare(
    rows: list[tuple[int, float]], times: int
) -> None:
    index = csi([{"weight": weight, "mean": mean} for weight, mean in rows])["value"]
    means = [mean for _, mean in rows]
    assert index is not None and min(means) - 1e-9 <= index <= max(means) + 1e-9
    assert csi([{"weight": times * weight, "mean": mean} for weight, mean in rows])["value"] == pytest.approx(index)


@given(st.integers(0, 10), st.integers(1, 10))
def test_an_index_of_a_score_turns_round_with_the_scale_and_keeps_the_order(score: int, most: int) -> None:
    assume(score <= most)
    index = pomp(score, 0, most)
    assert 0 <= index <= 100
    assert pomp(score, 0, most, high_is_good=False) == pytest.approx(pomp(most - score, 0, most))
    assert score == most or pomp(score + 1, 0, most) > index


@given(scores)
def test_the_net_score_lies_within_its_bounds_and_blanks_are_no_answers(answers: list[int | None]) -> None:
    told = nps_from_scores(answers)
    assert told["n"] == told["promoters"] + told["passives"] + told["detractors"] == len(answers) - answers.count(None)
    assert told == nps_from_scores([score for score in answers if score is not None])
    if told["n"]:
        assert told["nps"] is not None and told["lo"] is not None and told["hi"] is not None
        assert -100 <= told["lo"] <= told["hi"] <= 100 and -100 <= told["nps"] <= 100


@given(st.lists(st.integers(0, 10), min_size=1, max_size=40))
def test_a_passive_answer_draws_the_net_score_to_nothing(answers: list[int]) -> None:
    before, after = nps_from_scores(answers)["nps"], nps_from_scores([*answers, 7])["nps"]
    assert before is not None and after is not None
    assert abs(after) <= abs(before)


@given(st.integers(-100, 100))
def test_with_as_many_detractors_as_a_target_allows_it_is_just_reached(target: int) -> None:
    share = nps_target_feasible(target)["max_detractor_share"]
    assert 100 * (1 - share) - 100 * share == pytest.approx(target)


@given(st.integers(0, 99), *[st.integers(0, 40)] * 4)
def test_a_response_rate_never_exceeds_cooperation(
    more: int, undeliverable: int, completed: int, partial: int, refused: int
) -> None:
    invited = undeliverable + completed + partial + refused + more
    told = response_rate(invited, undeliverable, completed, partial, refused)
    assert (told["rate"] is None) == (invited == undeliverable)
    if told["rate"] is not None and told["cooperation"] is not None:
        assert 0 <= told["rate"] <= told["cooperation"] <= 1


@given(st.floats(1, 5), shares, shares)
def test_worst_cases_hold_the_mean_and_narrow_as_more_answer(mean: float, rate: float, more: float) -> None:
    few, many = (nonresponse_bounds(mean, one, 1, 5) for one in sorted((rate, more)))
    assert few["lo"] is not None and few["hi"] is not None and many["lo"] is not None and many["hi"] is not None
    assert few["lo"] - 1e-9 <= many["lo"] <= mean + 1e-9
    assert mean - 1e-9 <= many["hi"] <= few["hi"] + 1e-9
    assert many["hi"] - many["lo"] == pytest.approx((1 - max(rate, more)) * 4, abs=1e-9)


@given(strata)
@example([[0, 0, 0], [3, 4, 5]])
def test_a_weighed_share_lies_between_those_of_the_strata(rows: list[list[int]]) -> None:
    told = poststratify([{"N": size, "n": answers, "k": positive} for positive, answers, size in rows])
    if told["value"] is None:
        assert not rows or not sum(row[2] for row in rows) or any(size and not answers for _, answers, size in rows)
        return
    each = [positive / answers for positive, answers, size in rows if answers and size]
    assert min(each) - 1e-9 <= told["value"] <= max(each) + 1e-9
    assert told["se"] is not None and told["se"] >= 0


@given(st.lists(parts, min_size=1, max_size=5))
def test_where_all_answered_weighing_changes_nothing(rows: list[tuple[int, int]]) -> None:
    told = poststratify([{"N": n, "n": n, "k": k} for k, n in rows])
    assert told["value"] == pytest.approx(told["raw"])


@given(parts, st.floats(0.5, 0.999))
def test_the_interval_of_a_share_mirrors_with_it(part: tuple[int, int], conf: float) -> None:
    k, n = part
    lo, hi = wilson_bounds(k, n, conf)
    assert (1 - hi, 1 - lo) == pytest.approx(wilson_bounds(n - k, n, conf))
    assert 0 <= lo <= k / n <= hi <= 1


@given(st.floats(0.01, 0.999))
def test_a_deviation_and_its_probability_are_the_same_told_twice(conf: float) -> None:
    assert 1 - two_sided(z_of(conf)) == pytest.approx(conf)
    assert two_sided(-z_of(conf)) == two_sided(z_of(conf))


@given(parts)
def test_what_is_published_is_never_more_than_what_is_true(part: tuple[int, int]) -> None:
    k, n = part
    told = at_most(k, n)
    assert told is not None
    assert told <= k / n < told + 0.001 + 1e-12
    assert (told == 1) == (k == n)


@given(parts)
def test_accuracy_is_the_share_without_errors(part: tuple[int, int]) -> None:
    errors, n = part
    told = critical_accuracy(n, errors)
    assert told["p"] == pytest.approx(1 - errors / n)
    assert told["lo"] is not None and told["lo"] <= 1 - errors / n + 1e-12


@given(parts, shares, st.booleans())
def test_a_confirmed_goal_is_reached_and_a_lower_one_too(part: tuple[int, int], target: float, strict: bool) -> None:
    k, n = part
    order = ("not_reached", "reached", "confirmed")
    status = goal_status(k, n, target, strict)
    assert (status != "not_reached") == (k / n > target if strict else k / n >= target)
    assert order.index(goal_status(k, n, target / 2, strict)) >= order.index(status) - (target == 0)
    assert order.index(goal_status(k, n, target, strict=False)) >= order.index(status)


@given(st.lists(shares | st.none(), max_size=12))
def test_several_looks_never_make_a_find_surer_and_keep_the_order(values: list[float | None]) -> None:
    told = holm(values)
    pairs = [(p, adjusted) for p, adjusted in zip(values, told, strict=True) if p is not None and adjusted is not None]
    assert [one is None for one in told] == [one is None for one in values]
    assert all(p <= adjusted <= 1 for p, adjusted in pairs)
    assert [adjusted for _, adjusted in sorted(pairs)] == sorted(adjusted for _, adjusted in pairs)


@given(st.lists(shares, min_size=1, max_size=8))
def test_one_find_survives_holm_exactly_when_the_surest_survives_all_looks(values: list[float]) -> None:
    assert min(p for p in holm(values) if p is not None) == min(1.0, min(values) * len(values))


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98), st.floats(0.5, 0.95))
def test_a_larger_move_and_less_power_need_fewer_answers(p1: float, p2: float, power: float) -> None:
    assume(abs(p1 - p2) > 0.01)
    needed = sample_size_two_prop(p1, p2, power=power)
    assert needed is not None and needed == sample_size_two_prop(p2, p1, power=power)
    assert needed == sample_size_two_prop(1 - p1, 1 - p2, power=power)
    less, stricter = sample_size_two_prop(p1, p2, power=power / 2), sample_size_two_prop(p1, p2, 0.01, power)
    assert less is not None and stricter is not None and less <= needed <= stricter


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: pomp(nan, 0, 5),
        lambda: csi([{"weight": 1, "mean": nan}]),
        lambda: csi([{"weight": nan, "mean": 4}]),
        lambda: nonresponse_bounds(nan, 0.5, 0, 5),
        lambda: nonresponse_bounds(3, nan, 0, 5),
        lambda: nps_target_feasible(nan),
        lambda: z_of(nan),
        lambda: holm([nan]),
        lambda: goal_status(1, 2, nan),
        lambda: sample_size_two_prop(0.5, nan),
        lambda: sample_size_two_prop(0.5, 0.6, power=nan),
        lambda: poststratify([{"N": 1, "n": 2, "k": 1}]),
        lambda: response_rate(3, 1, 2, 1, 0),
        lambda: critical_accuracy(2, 3),
        lambda: at_most(3, 2),
    ],
)
def test_what_is_no_number_of_its_kind_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()  # type: ignore[operator]
