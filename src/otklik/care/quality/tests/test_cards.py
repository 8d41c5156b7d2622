"""A card that runs never changes; a channel may have its own."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from otklik.care.quality.models import CannotRun, Criterion, Review, Scorecard
from otklik.care.quality.tests.conftest import Solve
from otklik.core.staff.models import User
from otklik.core.versions.part import Frozen

pytestmark = pytest.mark.django_db


def test_a_new_desk_begins_with_five_elements_and_a_hundred_points(organisation) -> None:
    card = Scorecard.objects.usual()
    version = card.current()
    assert version and version.frozen_at and sum(one.weight for one in version.criteria.all()) == 100
    assert Scorecard.objects.usual() == card and Scorecard.objects.count() == 1


def test_what_runs_cannot_be_changed_and_another_version_is_a_copy(organisation) -> None:
    card = Scorecard.objects.usual()
    before = card.current()
    assert before
    one = before.criteria.first()
    assert one
    for change in (one.save, one.delete):
        with pytest.raises(Frozen):
            change()

    draft = card.draft()
    assert card.draft() == draft and draft.said() == before.said() and draft.number == 2
    copy = draft.criteria.all()[0]
    copy.weight = 40
    copy.save()
    assert card.current() == before
    draft.run()
    assert card.current() == draft and before.criteria.all()[0].weight == 10


def test_two_who_begin_a_version_at_once_wait_for_each_other(organisation) -> None:
    card = Scorecard.objects.usual()
    with CaptureQueriesContext(connection) as asked:
        draft = card.draft()
    locked, looked = [one["sql"] for one in asked if one["sql"].startswith("SELECT")][:2]
    assert 'FROM "quality_scorecard"' in locked and "FOR UPDATE" in locked and 'FROM "quality_version"' in looked
    assert card.drafted() == draft


def test_a_version_without_a_weight_cannot_run(organisation) -> None:
    card = Scorecard.objects.create(name="Пустая", channel="paper")
    draft = card.draft()
    with pytest.raises(CannotRun):
        draft.run()
    Criterion.objects.create(version=draft, element="speed", name="Скорость", weight=0)
    with pytest.raises(CannotRun):
        draft.run()


def test_reviews_keep_the_version_by_which_they_were_begun(solve: Solve, anna: User, quality: User) -> None:
    first = Review.objects.assign(solve(anna), anna, quality)
    own = Scorecard.objects.create(name="Бумага", channel="paper")
    draft = own.draft()
    Criterion.objects.create(version=draft, element="speed", name="Скорость")
    assert Scorecard.objects.version_for("paper").scorecard != own
    draft.run()

    second = Review.objects.assign(solve(anna), anna, quality)
    first.refresh_from_db()
    assert second.version == draft and first.version.scorecard != own
    with pytest.raises(IntegrityError), transaction.atomic():
        Scorecard.objects.create(name="Ещё", channel="paper")


def test_criteria_are_moved_and_a_new_one_comes_last(organisation) -> None:
    draft = Scorecard.objects.usual().draft()
    names = [one.name for one in draft.criteria.all()]
    new = Criterion.objects.create(version=draft, element="speed", name="Новое")
    new.step(-1)
    assert [one.name for one in draft.criteria.all()] == [*names[:-1], "Новое", names[-1]]
    draft.criteria.all()[0].step(-1)
    assert draft.criteria.all()[0].name == names[0]
