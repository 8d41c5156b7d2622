"""What a class promises, read on a phone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.sla.models import ServiceClass, Version
from otklik.desk.tickets.models import Priority
from tests.fixtures.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def promised(line_one: Team) -> ServiceClass:
    vip = ServiceClass.objects.create(name="VIP", rank=10)
    version = Version.objects.begin(vip, by=None)
    times = (timedelta(minutes=15), timedelta(minutes=45), timedelta(hours=36))
    version.change(dict.fromkeys(Priority, times), calendar=line_one.calendar, update_every=timedelta(hours=4))
    Version.objects.filter(pk=version.pk).update(found={"colour": "green", "above_measured": False})
    Version.objects.filter(pk=version.pk).update(checked_at=clock.now())
    version.put_in_force(by=None)
    return vip


def test_on_a_phone_all_times_are_in_sight_and_no_word_is_broken_up(
    at_desk: Callable[..., Any], admin: User, promised: ServiceClass
) -> None:
    page = at_desk(admin, viewport=NARROW, has_touch=True, is_mobile=True)
    page.goto(f"/settings/classes/{promised.pk}/")

    widths = page.locator(".kv dd").evaluate_all("all => all.map((one) => one.clientWidth)")
    assert widths and min(widths) >= 80
    ends = page.locator("table td").evaluate_all("all => all.map((one) => one.getBoundingClientRect().right)")
    assert ends and max(ends) <= NARROW["width"]
