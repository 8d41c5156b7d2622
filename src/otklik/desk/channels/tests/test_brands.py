"""Which company a client has written to."""

import pytest

from otklik.core.staff.models import Brand, Team
from otklik.desk.channels.models import Channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Brand:
    return Brand.objects.create(name="Связь Дом")


def test_the_mailbox_decides_then_the_line_behind_it_then_the_company(
    door: Channel, line_two: Team, home: Brand
) -> None:
    assert door.shown_as.is_usual

    door.team.brand = home
    door.team.save()
    assert Channel.objects.known(door.pk).shown_as == home

    other = Brand.objects.create(name="Связь Бизнес")
    door.brand = other
    door.save()
    assert Channel.objects.known(door.pk).shown_as == other

    other.delete()
    assert Channel.objects.known(door.pk).shown_as == home
