"""Classes for the tests: VIP answers in 15 minutes by its own calendar, Business writes every four hours."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.desk.sla.models import ServiceClass, Version
from otklik.desk.tickets.models import Priority

type InForce = Callable[..., Version]


@pytest.fixture
def in_force(db: None) -> InForce:
    """`in_force("VIP", first=15, following=30, solution=240, update=60)`: minutes, the same for all priorities."""

    def make(
        name: str = "VIP",
        *,
        rank: int = 10,
        first: int = 15,
        following: int = 30,
        solution: int = 240,
        calendar: BusinessCalendar | None = None,
        update: int | None = None,
        pause_limit: int = 600,
    ) -> Version:
        service_class, _new = ServiceClass.objects.get_or_create(name=name, defaults={"rank": rank})
        version = Version.objects.begin(service_class, by=None)
        times = (timedelta(minutes=first), timedelta(minutes=following), timedelta(minutes=solution))
        version.change(
            dict.fromkeys(Priority, times),
            calendar=calendar,
            update_every=timedelta(minutes=update) if update else None,
            pause_limit=timedelta(minutes=pause_limit),
        )
        version.found = {"colour": "green", "above_measured": False}
        version.checked_at = clock.now()
        version.save()
        version.put_in_force(by=None)
        return version

    return make
