"""What has its effect once for a key."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.journal.once import KEPT, KeyReused, Once

pytestmark = pytest.mark.django_db


def test_the_answer_of_the_first_time_is_given_again(anna: Any) -> None:
    numbers = itertools.count()

    answers = [
        Once.objects.run(anna.pk, "key", {"a": 1}, lambda: {"at": clock.now(), "n": next(numbers)}) for _ in "12"
    ]

    assert answers[0] == answers[1] and answers[0]["n"] == 0


def test_another_body_is_refused_and_another_person_is_another_matter(anna: Any, boris: Any) -> None:
    Once.objects.run(anna.pk, "key", "body", lambda: 1)

    with pytest.raises(KeyReused):
        Once.objects.run(anna.pk, "key", "other", lambda: 2)
    assert Once.objects.run(boris.pk, "key", "other", lambda: 3) == 3


def test_what_failed_may_be_tried_again(anna: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        Once.objects.run(anna.pk, "key", "body", lambda: 1 // 0)

    assert Once.objects.run(anna.pk, "key", "body", lambda: 1) == 1


def test_answers_are_forgotten_after_a_week(anna: Any) -> None:
    with clock.at(clock.now() - KEPT - timedelta(minutes=1)):
        Once.objects.run(anna.pk, "old", "body", lambda: 1)
    Once.objects.run(anna.pk, "new", "body", lambda: 1)

    Once.objects.forget_old()

    assert Once.objects.get().key == "new"
