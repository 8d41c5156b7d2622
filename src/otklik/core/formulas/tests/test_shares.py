"""Shares, intervals and differences: worked examples, second implementations, edges."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from otklik.core.formulas import prop_diff, ratio, response_rate, wilson
from otklik.core.formulas.tests.shared import printed

parts = st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None)
@given(parts.filter(lambda part: part[1] > 0), st.floats(0.5, 0.999))
def test_wilson_is_that_of_scipy(part: tuple[int, int], conf: float) -> None:
    k, n = part
    reference = binomtest(k, n).proportion_ci(conf, method="wilson")
    share = wilson(k, n, conf)
    assert (share["lo"], share["hi"]) == pytest.approx((reference.low, reference.high), abs=1e-9)
    assert share["p"] == k / n


@settings(deadline=None)
@given(parts.filter(lambda part: part[1] > 0))
def test_the_bounds_of_wilson_solve_its_equation(part: tuple[int, int]) -> None:
    """At a bound the observed share lies exactly z standard errors away."""
    k, n = part
    share = wilson(k, n)
    for bound in (share["lo"], share["hi"]):
        assert bound is not None
        if 0 < bound < 1:
            assert (k / n - bound) ** 2 == pytest.approx(1.959963984540054**2 * bound * (1 - bound) / n, rel=1e-6)


def test_nobody_and_everybody() -> None:
    assert wilson(0, 0) == {"p": None, "lo": None, "hi": None}
    assert wilson(0, 10)["lo"] == 0
    assert wilson(10, 10)["hi"] == 1
    assert ratio(0, 0) == {"value": None, "lo": None, "hi": None}


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 5), (0, -1)])
def test_more_than_all_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson(k, n)
    with pytest.raises(ValueError, match="is not a share"):
        prop_diff(k, n, 1, 2)


@pytest.mark.parametrize("conf", [0, 1, 95, -0.5])
def test_confidence_is_a_share(conf: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        wilson(1, 2, conf)


def test_V15_example() -> None:
    assert printed(ratio(27, 300), 3, "value", "lo", "hi") == [0.09, 0.063, 0.128]


def test_S11_satisfaction_example() -> None:
    change = prop_diff(164, 200, 185, 205)
    assert printed(change, 3, "diff", "lo", "hi", "p") == [0.082, 0.015, 0.15, 0.016]
    assert printed(change, 2, "z", "cohens_h") == [2.4, 0.24]


@settings(deadline=None)
@given(parts, parts)
def test_a_difference_turned_round_changes_its_sign(first: tuple[int, int], second: tuple[int, int]) -> None:
    there, back = prop_diff(*first, *second), prop_diff(*second, *first)
    if there["diff"] is None or there["lo"] is None or there["hi"] is None:
        assert back["diff"] is None
        return
    assert (back["diff"], back["lo"], back["hi"]) == pytest.approx((-there["diff"], -there["hi"], -there["lo"]))
    assert -1 <= there["lo"] <= there["diff"] <= there["hi"] <= 1
    assert there["p"] is None or there["p"] == pytest.approx(back["p"])


def test_newcombe_interval_of_the_original_paper() -> None:
    """56/70 against 48/80, method 10 of Newcombe (1998): 0.0524 to 0.3339."""
    assert printed(prop_diff(48, 80, 56, 70), 4, "lo", "hi") == [0.0524, 0.3339]


def test_answers_that_are_all_alike_have_a_difference_but_no_test() -> None:
    change = prop_diff(10, 10, 20, 20)
    assert (change["diff"], change["z"], change["p"]) == (0, None, None)


def test_S9_example() -> None:
    assert printed(response_rate(900, 40, 190, 25, 5), 3, "rate", "cooperation") == [0.221, 0.864]
    assert response_rate(40, 40, 0, 0, 0) == {"rate": None, "cooperation": None}


@pytest.mark.parametrize("counts", [(10, 0, 11, 0, 0), (10, 8, 1, 1, 1), (10, -1, 0, 0, 0), (10, 0, 5, -1, 0)])
def test_more_reactions_than_invitations_are_refused(counts: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="reactions"):
        response_rate(*counts)
