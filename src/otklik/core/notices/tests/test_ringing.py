"""Which notice is heard on an open page: one that the person chose to hear, lately told, not looked at."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.notices.models import PersonChoice
from otklik.core.notices.ringing import WITHIN, rings
from otklik.core.staff.models import Availability, User

pytestmark = pytest.mark.django_db


def tell(person: User, kind: NoticeKind = NoticeKind.DUE, *, urgent: bool = False) -> Notice:
    return Notice.objects.tell([person.pk], "Скоро", kind=kind, about="ticket", about_id=4817, urgent=urgent)[0]


@pytest.fixture
def listens(anna: User) -> User:
    PersonChoice.objects.create(person=anna, routes={"due": ["sound"]})
    return anna


def test_the_newest_of_the_chosen_kinds_rings_until_it_is_looked_at(listens: User, ilya: User) -> None:
    tell(listens)
    told = tell(listens)
    tell(listens, NoticeKind.TASK), tell(ilya)

    assert (rings(listens), rings(ilya)) == (told.pk, 0)
    Notice.objects.of(listens.pk).see()
    assert rings(listens) == 0


def test_what_was_told_a_while_ago_is_silent(listens: User) -> None:
    tell(listens)
    with clock.at(clock.now() + WITHIN + timedelta(seconds=1)):
        assert rings(listens) == 0


def test_off_shift_only_what_is_urgent_rings(listens: User) -> None:
    listens.availability = Availability.OFF
    listens.save()
    urgent = tell(listens, urgent=True)
    tell(listens)
    assert rings(listens) == urgent.pk
