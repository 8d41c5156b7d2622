"""A status page with three components, and people who write on it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from otklik.care.status.models import Check, Component, Group, Outage, Report, StatusPolicy
from otklik.care.status.models.report import Said
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)

type Down = Callable[..., Outage]
type Tell = Callable[..., Report]


@pytest.fixture
def phones(db: None) -> Product:
    return Product.objects.create(name="Виртуальная АТС")


@pytest.fixture
def servers(db: None) -> Group:
    return Group.objects.create(name_ru="Серверы", name_en="Servers")


@pytest.fixture
def calls(servers: Group, phones: Product) -> Component:
    return Component.objects.create(
        group=servers, name_ru="Звонки", name_en="Calls", product=phones, since=SINCE, place=1
    )


@pytest.fixture
def records(servers: Group, phones: Product) -> Component:
    return Component.objects.create(
        group=servers, name_ru="Записи", name_en="Recordings", product=phones, since=SINCE, place=2
    )


@pytest.fixture
def open_page(db: None) -> StatusPolicy:
    return StatusPolicy.objects.create(pk=1, is_open=True)


@pytest.fixture
def check(calls: Component) -> Check:
    return Check.objects.create(component=calls, address="https://calls.example/live")


@pytest.fixture
def down(db: None) -> Down:
    """`down(calls, began, minutes, state="partial")`: a past outage, typed in."""

    def make(component: Component, began: datetime, minutes: float, state: str = "down", **more: Any) -> Outage:
        with clock.at(max(clock.now(), began + timedelta(minutes=minutes))):
            return Outage.objects.begin(
                component,
                state,
                source=Outage.Source.HAND,
                by=None,
                began_at=began,
                ended_at=began + timedelta(minutes=minutes),
                **more,
            )

    return make


@pytest.fixture
def tell(boris: User) -> Tell:
    """`tell(calls, state="down", incident=7)`: a report as a lead publishes it."""

    def make(*components: Component, state: str = "down", **more: Any) -> Report:
        title, text = Said("Звонки не проходят", "Calls fail"), Said("Ищем причину.", "We look into it.")
        return Report.objects.publish(title, text, components, state, **{"by": boris, **more})

    return make
