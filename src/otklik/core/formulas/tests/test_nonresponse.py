"""Those who did not answer: worked examples, bounds, weights."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import kish, kish_of_strata, nonresponse_bounds, poststratify
from otklik.core.formulas.tests.shared import printed

ORDINARY, VIP = {"N": 800, "n": 60, "k": 54}, {"N": 200, "n": 60, "k": 39}


def test_S10_bounds_example() -> None:
    assert printed(nonresponse_bounds(4.4, 0.22, 0, 5), 2, "lo", "hi") == [0.97, 4.87]


def test_S10_weights_example() -> None:
    assert printed(poststratify([ORDINARY, VIP]), 3, "raw", "value", "se") == [0.775, 0.85, 0.033]
    effect = kish([0.8 / 0.5] * 60 + [0.2 / 0.5] * 60)
    assert printed(effect, 2, "deff") == [1.36]
    assert printed(effect, 0, "n_eff") == [88]


def test_nobody_answered_and_everybody_did() -> None:
    assert nonresponse_bounds(None, 0, 1, 5) == nonresponse_bounds(None, 0.5, 1, 5) == {"lo": 1, "hi": 5}
    assert nonresponse_bounds(4.4, 1, 0, 5) == {"lo": 4.4, "hi": 4.4}


@pytest.mark.parametrize("bad", [(6, 0.5, 0, 5), (4, 1.5, 0, 5), (4, -0.1, 0, 5), (4, 0.5, 5, 0)])
def test_means_and_rates_that_do_not_exist(bad: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"mean|rate|scale"):
        nonresponse_bounds(*bad)


def test_a_stratum_without_answers_leaves_the_value_undefined() -> None:
    assert poststratify([ORDINARY, {"N": 200, "n": 0, "k": 0}]) == {"raw": 0.9, "value": None, "se": None}
    assert poststratify([ORDINARY, {"N": 0, "n": 0, "k": 0}])["value"] == pytest.approx(0.9)
    assert poststratify([]) == {"raw": None, "value": None, "se": None}


@pytest.mark.parametrize("bad", [{"N": 5, "n": 6, "k": 1}, {"N": 9, "n": 6, "k": 7}, {"N": 9, "n": 6, "k": -1}])
def test_more_answers_than_people_are_refused(bad: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"answers of|not a share"):
        poststratify([bad])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30), st.floats(0.01, 100))
def test_weighing_never_gains_answers_and_knows_no_unit(weights: list[float], scale: float) -> None:
    assert kish_of_strata([(weight, 1) for weight in weights]) == kish(weights)
    effect, scaled = kish(weights), kish([scale * weight for weight in weights])
    assert effect["deff"] is not None
    assert effect["deff"] >= 1 - 1e-9
    assert scaled["deff"] == pytest.approx(effect["deff"])


def test_no_weights() -> None:
    assert kish([]) == kish([0, 0]) == {"deff": None, "n_eff": None}
    with pytest.raises(ValueError, match="weight cannot be -1"):
        kish([1, -1])


def test_answers_of_one_weight_are_told_together() -> None:
    together = kish_of_strata([(1.6, 60_000_000), (0.4, 60_000_000)])
    each = kish([1.6] * 60 + [0.4] * 60)
    assert together["deff"] == pytest.approx(each["deff"])
    assert together["n_eff"] == pytest.approx(1_000_000 * (each["n_eff"] or 0))
    assert kish_of_strata([]) == kish_of_strata([(2.0, 0)]) == {"deff": None, "n_eff": None}
