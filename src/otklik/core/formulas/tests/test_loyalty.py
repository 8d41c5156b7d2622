"""Net promoter score: worked examples, published vectors' bands, edges."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import nps, nps_diff, nps_from_scores, nps_target_feasible
from otklik.core.formulas.tests.shared import printed

answers = st.tuples(*[st.integers(0, 2000)] * 3)


def test_S6_the_adjusted_and_the_plain_interval() -> None:
    adjusted, plain = nps(112, 53, 35), nps(112, 53, 35, method="wald")
    assert printed(adjusted, 1, "n", "nps", "lo", "hi") == [200, 38.5, 27.4, 48.5]
    assert printed(plain, 1, "n", "nps", "lo", "hi") == [200, 38.5, 27.9, 49.1]


def test_S6_a_rise_of_twelve_points_that_is_not_proven() -> None:
    change = nps_diff([112, 53, 35], [140, 52, 28])
    assert printed(change, 1, "diff", "lo", "hi") == [12.4, -1.8, 26.4]
    assert printed(change, 3, "p") == [0.087]


@pytest.mark.parametrize(("target", "share"), [(95, 0.025), (50, 0.25), (100, 0), (-100, 1)])
def test_S7_what_a_target_allows(target: float, share: float) -> None:
    assert nps_target_feasible(target) == {"max_detractor_share": share}


def test_a_target_beyond_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="does not exist"):
        nps_target_feasible(101)


def test_no_answers_are_no_score() -> None:
    assert nps(0, 0, 0) == {"n": 0, "nps": None, "lo": None, "hi": None}
    assert nps_from_scores([])["nps"] is None
    assert set(nps_diff([0, 0, 0], [1, 2, 3]).values()) == {None}


def test_a_blank_is_not_an_answer_and_zero_is() -> None:
    assert nps_from_scores([10, None, 0, None])["n"] == 2


@pytest.mark.parametrize("score", [-1, 11])
def test_a_score_beyond_the_question_is_refused(score: int) -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        nps_from_scores([9, score])


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        nps(1, -1, 1)
    with pytest.raises(ValueError, match="no method"):
        nps(1, 1, 1, method="exact")  # type: ignore[arg-type]


@settings(deadline=None)
@given(answers.filter(any))
def test_a_score_keeps_to_its_scale_and_turns_round(counts: tuple[int, int, int]) -> None:
    promoters, passives, detractors = counts
    there, back = nps(promoters, passives, detractors), nps(detractors, passives, promoters)
    assert there["nps"] is not None
    assert there["lo"] is not None
    assert there["hi"] is not None
    assert -100 <= there["lo"] < there["hi"] <= 100
    assert (back["nps"], back["lo"], back["hi"]) == pytest.approx((-there["nps"], -there["hi"], -there["lo"]))


@settings(deadline=None)
@given(answers.filter(any), answers.filter(any))
def test_an_interval_without_zero_means_a_small_p(before: tuple[int, int, int], after: tuple[int, int, int]) -> None:
    change = nps_diff(before, after)
    assert change["lo"] is not None
    assert change["hi"] is not None
    assert change["p"] is not None
    if abs(change["p"] - 0.05) > 1e-9:
        assert (change["lo"] > 0 or change["hi"] < 0) == (change["p"] < 0.05)
