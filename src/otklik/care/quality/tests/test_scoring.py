"""The score of a card and its errors, as properties."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.care.quality.scoring import SKIP, allows, errors_of, families, is_lowered, score_of, share_of
from otklik.care.quality.states import BITS, Family


@dataclass
class Thing:
    weight: int = 10
    steps: int = 4
    critical: str = ""
    may_skip: bool = True


things = st.builds(
    Thing, st.integers(0, 100), st.sampled_from((1, 2, 4)), st.sampled_from(("", *Family)), st.just(True)
)


@st.composite
def marked(draw: st.DrawFn) -> tuple[Thing, str]:
    thing = draw(things)
    return thing, draw(st.sampled_from([*map(str, range(thing.steps + 1)), SKIP]))


@given(st.lists(marked(), max_size=12))
def test_a_score_is_between_0_and_100_and_only_undefined_where_nothing_weighs(pairs: list[tuple[Thing, str]]) -> None:
    score = score_of(pairs)
    if any(one.weight and mark != SKIP for one, mark in pairs):
        assert score is not None and -1e-9 <= score <= 100 + 1e-9
    else:
        assert score is None


@given(st.lists(marked(), min_size=1, max_size=12), st.data())
def test_a_better_mark_never_lowers_it_and_what_does_not_apply_changes_nothing(
    pairs: list[tuple[Thing, str]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(pairs) - 1))
    one, mark = pairs[place]
    before = score_of(pairs)
    if mark not in (SKIP, str(one.steps)):
        after = score_of([*pairs[:place], (one, str(int(mark) + 1)), *pairs[place + 1 :]])
        assert before is None or (after is not None and after >= before - 1e-9)
    assert score_of([*pairs, (Thing(50), SKIP)]) == before


@given(st.lists(marked(), max_size=12))
def test_errors_are_the_lowest_marks_of_critical_criteria(pairs: list[tuple[Thing, str]]) -> None:
    told = {Family(one.critical) for one, mark in pairs if one.critical and mark == "0"}
    assert set(families(errors_of(pairs))) == told
    assert errors_of(pairs) == sum(BITS[one] for one in told)


def test_what_is_no_mark() -> None:
    assert not allows(Thing(steps=2), "3") and not allows(Thing(may_skip=False), SKIP)
    assert not allows(Thing(), "") and not allows(Thing(), "10") and not allows(Thing(), "²")
    with pytest.raises(ValueError, match="no mark"):
        share_of(Thing(steps=1), "2")
    assert is_lowered(Thing(), "3") and not is_lowered(Thing(), "4") and not is_lowered(Thing(), SKIP)
