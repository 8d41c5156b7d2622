"""RACE-4: what must stay true of several people is held by a row lock, whoever acts at the same moment."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from otklik.core.journal import clock
from otklik.core.staff.errors import NotAllowed
from otklik.core.staff.models import Absence, User
from tests.fixtures.cast import person
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def leave(one: User, other: User) -> None:
    User.objects.get(pk=other.pk).deactivate(by=one)


def degrade(one: User, other: User) -> None:
    User.objects.get(pk=other.pk).appoint("agent", [], by=one)


@pytest.mark.parametrize("acts", [(leave, leave), (degrade, degrade), (leave, degrade)])
def test_RACE_4_two_administrators_who_remove_each_other_at_once_leave_one(
    admin: User, acts: tuple[Callable[[User, User], None], ...]
) -> None:
    for number in range(5):
        other = person(f"second{number}", "Второй", "admin")
        first = User.objects.get(role="admin", is_active=True, pk__lt=other.pk)
        ended = at_once([partial(acts[0], first, other), partial(acts[1], other, first)])

        assert sorted(type(one).__name__ for one in ended) == ["NoneType", NotAllowed.__name__]
        assert User.objects.filter(role="admin", is_active=True).count() == 1


def test_two_who_go_and_stand_in_for_each_other_wait_and_do_not_meet(anna: User, ilya: User) -> None:
    def go(person: User, deputy: User) -> Absence:
        return Absence.objects.declare(person, by=person, deputy=deputy, until=clock.now() + timedelta(hours=1))

    for _ in range(5):
        ended = at_once([partial(go, anna, ilya), partial(go, ilya, anna)])

        assert sorted(type(one).__name__ for one in ended) == ["Absence", NotAllowed.__name__]
        Absence.objects.get(given_back_at=None).end()
