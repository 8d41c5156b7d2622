"""ACCESS: who sees which review, object by object; and who may do what with it."""

from collections.abc import Callable

import pytest

from otklik.care.quality import access
from otklik.care.quality.models import Review
from otklik.care.quality.tests.conftest import Assess, Solve
from otklik.core.staff.models import Role, User
from tests.fixtures.cast import person

pytestmark = pytest.mark.django_db
type Who = Callable[[], User]


@pytest.fixture
def people(anna: User, ilya: User, vera: User, boris: User, quality: User, head: User, admin: User, line_one, line_two):
    other = person("tanya", "Татьяна", Role.QUALITY)
    lead = person("lena", "Лена", Role.LEAD, line_two)
    return {
        **{"anna": anna, "ilya": ilya, "vera": vera, "boris": boris, "quality": quality, "head": head, "admin": admin},
        **{"other controller": other, "other lead": lead},
    }


def seen_by(people: dict[str, User], review: Review) -> set[str]:
    return {name for name, one in people.items() if Review.objects.visible_to(one).filter(pk=review.pk).exists()}


def test_what_is_not_published_is_the_reviewers_and_the_heads(
    people: dict[str, User], solve: Solve, anna: User, quality: User
) -> None:
    review = Review.objects.assign(solve(anna), anna, quality)
    assert seen_by(people, review) == {"quality", "head", "admin"}


def test_what_is_published_is_also_the_persons_and_their_leads(people: dict[str, User], assess: Assess) -> None:
    assert seen_by(people, assess()) == {"anna", "boris", "quality", "other controller", "head", "admin"}


def test_who_decides_sees_it_from_any_line(people: dict[str, User], assess: Assess, anna: User) -> None:
    review = assess()
    review.dispute("Нет", by=anna)
    assert review.decider == people["boris"]
    Review.objects.filter(pk=review.pk).update(decider=people["other lead"], holder=people["other lead"])
    assert "other lead" in seen_by(people, review)


def test_who_left_sees_nothing(people: dict[str, User], assess: Assess, anna: User) -> None:
    review = assess()
    anna.deactivate()
    assert "anna" not in seen_by(people, review)


def test_a_review_of_a_lead_is_not_their_own_to_read_before_it_is_published(
    people: dict[str, User], solve: Solve, boris: User, quality: User
) -> None:
    review = Review.objects.assign(solve(boris), boris, quality)
    assert "boris" not in seen_by(people, review)


def test_who_may_do_what(people: dict[str, User], assess: Assess, solve: Solve, anna: User, quality: User) -> None:
    begun, published, disputed = Review.objects.assign(solve(anna), anna, quality), assess(), assess()
    disputed.dispute("Нет", by=anna)

    def those(may: Callable[[User, Review], bool], review: Review) -> set[str]:
        return {name for name, one in people.items() if may(one, review)}

    assert those(access.can_score, begun) == {"quality"} and not those(access.can_score, published)
    assert those(access.can_answer, published) == {"anna"} and not those(access.can_answer, disputed)
    assert those(access.can_decide, disputed) == {"boris"}
    assert those(access.can_coach, published) >= {"anna", "quality", "boris"} and not those(access.can_coach, begun)
    assert {name for name, one in people.items() if access.may_review(one)} == set(people) - {"anna", "ilya", "vera"}
