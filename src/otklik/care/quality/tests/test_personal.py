"""What a client gets of reviews when they ask for their data, and what ages."""

from datetime import timedelta

import pytest

from otklik.care.quality.models import Mark, Review, Told
from otklik.care.quality.personal import MARKS, REVIEWS, STEPS
from otklik.care.quality.states import State
from otklik.care.quality.tests.conftest import Assess, Solve
from otklik.core.datamap import GONE, aging
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.privacy.exporting import told

pytestmark = pytest.mark.django_db


def test_the_client_gets_their_quotes_and_nothing_of_how_we_judge(assess: Assess) -> None:
    review = assess({1: "1"})
    mark = review.marks.order_by("pk")[1]
    said = told(review, REVIEWS) | told(mark, MARKS)
    assert not {"comment", "praise", "disputed_why", "ruling", "skipped_why", "score", "errors", "mark"} & set(said)
    assert "quote" in said and not STEPS.exported


def test_quotes_of_what_was_put_away_age_as_well(solve: Solve, assess: Assess, anna: User, quality: User) -> None:
    waiting, away = (Review.objects.assign(solve(anna), anna, quality) for _one in range(2))
    read = assess()
    first = away.version.criteria.all()[0]
    away.keep({first.pk: Told("1", "всё починили")}, comment="", praise="", by=quality)
    away.skip("Пустое", by=quality)
    read.accept(by=anna)
    kind, later = aging()["reviews"], clock.now() + timedelta(days=1)
    assert set(kind.rows(None, later)) == {away, read}
    assert not kind.rows(later, later + timedelta(days=1)).exists() and waiting.state == State.OPEN

    kind.erase([away.pk])
    assert Mark.objects.get(review=away).quote == GONE
