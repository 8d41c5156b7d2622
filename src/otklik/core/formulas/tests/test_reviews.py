"""Reviews of conversations and agreement of reviewers: worked and published examples, properties."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import (
    cohen_kappa,
    critical_accuracy,
    fleiss_kappa,
    krippendorff_alpha,
    qa_score,
    wilson,
)
from otklik.core.formulas.tests.shared import printed

WEIGHTS = (10, 30, 15, 15, 15, 10, 5)
marks = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=30)


def card(*scores: float | None) -> list[dict[str, float | None]]:
    return [{"weight": weight, "score": score} for weight, score in zip(WEIGHTS, scores, strict=True)]


def test_Q1_example() -> None:
    assert qa_score(card(1, 0.5, 1, 1, 0.5, 1, None)) == pytest.approx(76.3, abs=0.05)


def test_a_card_where_nothing_applies() -> None:
    assert qa_score(card(*[None] * 7)) is None
    assert qa_score([]) is None
    for bad in ({"weight": -1, "score": 1}, {"weight": 1, "score": 2}):
        with pytest.raises(ValueError, match="cannot be"):
            qa_score([bad])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0, 1) | st.none(), min_size=7, max_size=7), st.floats(0.1, 10))
def test_a_score_keeps_to_its_scale_whatever_the_weights_sum_to(scores: list[float | None], scale: float) -> None:
    score = qa_score(card(*scores))
    scaled = qa_score([{**item, "weight": scale * (item["weight"] or 0)} for item in card(*scores)])
    assert score is None or -1e-9 <= score <= 100 + 1e-9
    assert scaled == (score if score is None else pytest.approx(score))


def test_Q2_example() -> None:
    assert printed(critical_accuracy(80, 3), 3, "p", "lo", "hi") == [0.963, 0.895, 0.987]
    assert printed(critical_accuracy(80, 0), 3, "p", "lo", "hi") == [1, 0.954, 1]
    with pytest.raises(ValueError, match="not a share"):
        critical_accuracy(3, 4)


def test_Q3_five_clean_reviews_mean_little() -> None:
    assert printed(wilson(5, 5), 3, "lo") == [0.566]


TWENTY = ["yes"] * 13 + ["yes"] + ["no"] * 2 + ["no"] * 4, ["yes"] * 13 + ["no"] + ["yes"] * 2 + ["no"] * 4


def test_Q4_example() -> None:
    assert sum(a == b for a, b in zip(*TWENTY, strict=True)) / 20 == 0.85
    assert cohen_kappa(*TWENTY) == pytest.approx(0.625)


FOURTEEN = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


def test_Q4_published_table() -> None:
    assert fleiss_kappa(FOURTEEN) == pytest.approx(0.21, abs=5e-4)


FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
"""The data of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011)."""


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_Q4_alpha_as_its_author_computed_it(level: Any, alpha: float) -> None:
    assert krippendorff_alpha(FOUR_OBSERVERS, level) == pytest.approx(alpha, abs=5e-4)


def test_words_may_be_judged_too() -> None:
    assert krippendorff_alpha([["a", "b", "a"], ["a", "b", None]], "nominal") == 1


def test_weighted_kappa_by_its_matrix() -> None:
    """Counts 5 3 / 1 8 / … over three categories: 1 − Σ w·o/Σ w·e by hand."""
    a = [1] * 8 + [2] * 9 + [3] * 3
    b = [1] * 5 + [2] * 3 + [1] + [2] * 7 + [3] + [2] + [3] * 2
    linear = 1 - (3 + 1 + 1 + 1) / (sum(abs(x - y) for x in a for y in b) / 20)
    square = 1 - (3 + 1 + 1 + 1) / (sum((x - y) ** 2 for x in a for y in b) / 20)
    assert cohen_kappa(a, b, "linear") == pytest.approx(linear)
    assert cohen_kappa(a, b, "quadratic") == pytest.approx(square)


@settings(deadline=None, max_examples=40)
@given(marks, st.sampled_from([None, "linear", "quadratic"]))
def test_kappa_is_one_for_the_same_and_knows_no_side(pairs: list[tuple[int, int]], weights: Any) -> None:
    a, b = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    there, back = cohen_kappa(a, b, weights), cohen_kappa(b, a, weights)
    assert there == (back if back is None else pytest.approx(back))
    assert there is None or there <= 1 + 1e-9
    assert cohen_kappa(a, a, weights) == (None if len(set(a)) == 1 else 1)


@settings(deadline=None, max_examples=40)
@given(marks)
def test_alpha_of_two_is_almost_kappa_of_fleiss(pairs: list[tuple[int, int]]) -> None:
    """For two people α = 1 − (1 − κ)·(n − 1)/n with κ of pooled shares and n = twice the items."""
    counts = [[pair.count(mark) for mark in range(1, 5)] for pair in pairs]
    kappa = fleiss_kappa(counts)
    alpha = krippendorff_alpha(list(zip(*pairs, strict=True)), "nominal")
    n = 2 * len(pairs)
    assert alpha == (kappa if kappa is None else pytest.approx(1 - (1 - kappa) * (n - 1) / n))


def test_everybody_always_says_the_same() -> None:
    assert cohen_kappa(["yes"] * 5, ["yes"] * 5) is None
    assert fleiss_kappa([[3, 0], [3, 0]]) is None
    assert krippendorff_alpha([[1, 1], [1, 1]], "interval") is None
    assert cohen_kappa([], []) is fleiss_kappa([]) is krippendorff_alpha([], "nominal") is None
    assert krippendorff_alpha([[1, None], [None, 2]], "nominal") is None


def test_judgements_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="do not go"):
        cohen_kappa([1], [1, 2])
    with pytest.raises(ValueError, match="no weights"):
        cohen_kappa([1], [1], "cubic")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="judged one item"):
        fleiss_kappa([[2, 1], [1, 1]])
    with pytest.raises(ValueError, match="agrees with nobody"):
        fleiss_kappa([[1, 0]])
    with pytest.raises(ValueError, match="no level"):
        krippendorff_alpha([[1], [2]], "cubic")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="negative"):
        krippendorff_alpha([[-1], [2]], "ratio")
