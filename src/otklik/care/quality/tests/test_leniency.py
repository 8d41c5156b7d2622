"""How those who review differ: the first score is theirs, a decision that changes marks speaks of them."""

import pytest

from otklik.care.quality.leniency import Reviewer, of_reviewers
from otklik.care.quality.states import Stream
from otklik.care.quality.tests.conftest import Assess
from otklik.core.staff.models import User


def test_who_is_changed_too_often_calibrates_anew() -> None:
    assert Reviewer("Т", 9, None, 6, 5, 2).calibrates
    assert not Reviewer("Т", 9, None, 6, 5, 1).calibrates and not Reviewer("Т", 9, None, 6, 4, 4).calibrates


@pytest.mark.django_db
def test_a_reviewer_is_counted_by_what_they_gave_at_first(
    assess: Assess, anna: User, boris: User, head: User, quality: User, django_assert_num_queries
) -> None:
    for _one in range(4):
        assess(stream=Stream.RANDOM)
    assess({0: "0"})  # chosen: no part of the mean
    review = assess({1: "2"}, stream=Stream.RANDOM)
    review.dispute("Нет", by=anna)
    review.decide({review.version.criteria.all()[1].pk: "4"}, "Верно", by=boris)

    with django_assert_num_queries(1):
        (told,) = of_reviewers(head)
    assert (told.name, told.n, told.disputed, told.decided, told.changed) == (quality.name, 6, 1, 1, 1)
    assert told.given == pytest.approx((4 * 100 + 85) / 5)
    assert of_reviewers(anna)[0].n == 6
