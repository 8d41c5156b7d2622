"""Satisfaction, effort, means and quantiles: worked examples, published vectors, edges."""

from collections import Counter
from statistics import quantiles
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from otklik.core.formulas import ces, csat, csi, mean_ci, nps_from_scores, percentile, pomp
from otklik.core.formulas.tests.shared import printed, vectors

STARS = {0: 2, 1: 3, 2: 5, 3: 14, 4: 52, 5: 124}
numbers = st.lists(st.integers(-(10**8), 10**8).map(lambda n: n / 100), min_size=2, max_size=50)


@pytest.mark.parametrize("row", vectors("satisfaction"))
def test_a_published_case_of_satisfaction(row: dict[str, Any]) -> None:
    for key, expected in row["expect"].items():
        assert _measured(key, row) == (expected if expected is None else pytest.approx(expected, abs=1e-4))


def _measured(key: str, row: dict[str, Any]) -> float | None:
    counts = Counter(row["scores"])
    match key:
        case "promoters" | "passives" | "detractors" | "nps":
            return nps_from_scores(row["scores"])[key]
        case "csat_top2":
            share = csat(counts, {4, 5})["share"]
            return share if share is None else 100 * share
        case "csat_mean":
            return csat(counts, {4, 5})["mean"]
        case "ces_mean":
            return ces(counts, {5, 6, 7})["mean"]
        case "csi_weighted":
            pairs = zip(row["weights"], row["scores"], strict=True)
            return csi([{"weight": weight, "mean": mean} for weight, mean in pairs])["value"]
    pytest.fail(f"no such measure: {key}")


def test_S1_the_same_average_differs_between_scales() -> None:
    assert pomp(4.5, 0, 5) == 90
    assert pomp(4.5, 1, 5) == 87.5
    assert pomp(1, 0, 5, high_is_good=False) == 80


@pytest.mark.parametrize("scale", [(6, 0, 5), (-1, 0, 5), (3, 3, 3), (3, 5, 0)])
def test_a_score_must_be_on_its_scale(scale: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="not on a scale"):
        pomp(*scale)


def test_S2_example() -> None:
    result = csat(STARS, {4, 5})
    assert (result["n"], result["positive"], result["share"], result["mean"]) == (200, 176, 0.88, 4.415)
    assert printed(result, 3, "lo", "hi") == [0.828, 0.918]


def test_scores_may_be_text_as_they_come_from_json() -> None:
    assert csat({str(score): count for score, count in STARS.items()}, ["4", "5"]) == csat(STARS, {4, 5})


def test_no_answers_are_no_satisfaction() -> None:
    nothing = {"n": 0, "positive": 0, "share": None, "lo": None, "hi": None, "mean": None}
    assert csat({}, {4, 5}) == csat({5: 0}, {4, 5}) == nothing


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        csat({5: -1}, {5})
    with pytest.raises(ValueError, match="negative"):
        ces({5: -1}, {5})


def test_S3_example() -> None:
    scores = [score for score, count in STARS.items() for _ in range(count)]
    assert printed(mean_ci(scores), 3, "n", "mean", "sd") == [200, 4.415, 0.958]
    assert printed(mean_ci(scores), 2, "lo", "hi") == [4.28, 4.55]


def test_S5_example() -> None:
    """40 answers with mean 8.1 and sd 1.8 have the interval 7.52 to 8.68."""
    spread = 1.8 * (39 / 40) ** 0.5
    result = mean_ci([8.1 - spread, 8.1 + spread] * 20)
    assert printed(result, 2, "n", "mean", "sd", "lo", "hi") == [40, 8.1, 1.8, 7.52, 8.68]


@settings(deadline=None)
@given(numbers, st.floats(0.5, 0.99))
def test_the_interval_of_a_mean_is_that_of_scipy(values: list[float], conf: float) -> None:
    result = mean_ci(values, conf)
    assert result["sd"] is not None
    assert result["mean"] is not None
    reach = stats.t.ppf((1 + conf) / 2, len(values) - 1) * result["sd"] / len(values) ** 0.5
    ends = result["mean"] - reach, result["mean"] + reach
    assert (result["lo"], result["hi"]) == pytest.approx(ends, rel=1e-6, abs=1e-6)


def test_one_answer_has_no_interval_and_equal_ones_a_point() -> None:
    assert mean_ci([]) == {"n": 0, "mean": None, "sd": None, "lo": None, "hi": None}
    assert mean_ci([4]) == {"n": 1, "mean": 4, "sd": None, "lo": None, "hi": None}
    assert mean_ci([4, 4, 4]) == {"n": 3, "mean": 4, "sd": 0, "lo": 4, "hi": 4}


def test_an_interval_stays_on_the_scale_when_asked_to() -> None:
    free, clipped = mean_ci([5, 5, 4]), mean_ci([5, 5, 4], clip=(0, 5))
    assert free["hi"] is not None
    assert free["hi"] > 5
    assert clipped["hi"] == 5
    assert clipped["lo"] == free["lo"]


def test_S4_example() -> None:
    items: list[dict[str, float | None]] = [
        {"weight": 5, "mean": 4.2},
        {"weight": 8, "mean": 4.6},
        {"weight": 4, "mean": 4.9},
        {"weight": 3, "mean": 4.1},
    ]
    value = csi(items)["value"]
    assert value == pytest.approx(4.485)
    assert value is not None
    assert pomp(value, 1, 5) == pytest.approx(87.1, abs=0.05)
    assert csi([*items, {"weight": 9, "mean": None}])["value"] == pytest.approx(4.485)


def test_an_index_of_nothing() -> None:
    assert csi([]) == csi([{"weight": 0, "mean": 4}]) == {"value": None}
    with pytest.raises(ValueError, match="0 or more"):
        csi([{"weight": -1, "mean": 4}])


def test_S8_examples() -> None:
    agree = ces({1: 4, 2: 6, 3: 9, 4: 16, 5: 45, 6: 80, 7: 60}, {5, 6, 7})
    assert printed(agree, 3, "n", "easy_share", "lo", "hi") == [220, 0.841, 0.787, 0.883]
    difficulty = ces({0: 60, 1: 70, 2: 30, 3: 20, 4: 12, 5: 8}, {0, 1})
    assert (difficulty["n"], difficulty["easy_share"], difficulty["mean"]) == (200, 0.65, 1.39)


def test_V12_example() -> None:
    ages = [0.5, 1, 2, 3, 5, 8, 13, 21, 34, 240]
    assert [round(percentile(ages, q) or 0, 1) for q in (0.5, 0.9, 1)] == [6.5, 54.6, 240]


@settings(deadline=None)
@given(numbers)
def test_quantiles_are_those_of_the_standard_library(values: list[float]) -> None:
    reference = quantiles(values, n=10, method="inclusive")
    assert [percentile(values, tenth / 10) for tenth in range(1, 10)] == pytest.approx(reference, abs=1e-6)


def test_a_quantile_of_nothing_and_of_nonsense() -> None:
    assert percentile([], 0.9) is None
    assert percentile([7], 0.9) == 7
    with pytest.raises(ValueError, match="between 0 and 1"):
        percentile([1, 2], 90)
