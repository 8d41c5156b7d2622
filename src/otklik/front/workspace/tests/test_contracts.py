"""Contracts of people on their card: who makes them, from when until when, and which one rules."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from otklik.core.journal import clock
from otklik.core.staff.models import Role, User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.sla.covering import cover_of, ruling_of
from otklik.desk.sla.models import Agreement, ServiceClass, Version
from tests.fixtures.cast import person

pytestmark = pytest.mark.django_db


def promised(name: str, rank: int) -> ServiceClass:
    version = Version.objects.begin(ServiceClass.objects.create(name=name, rank=rank), by=None)
    version.check_capacity()
    version.put_in_force(by=None, accepted="проба", override="проба")
    return version.service_class


@pytest.fixture
def business(ticket: Any) -> ServiceClass:
    return promised("Бизнес", 40)


@pytest.fixture
def vip(ticket: Any) -> ServiceClass:
    return promised("VIP", 1)


@pytest.fixture
def glebs(client: Browser) -> Browser:
    client.force_login(person("gleb", "Глеб Орлов", Role.ADMIN))
    return client


def rows(contact: Contact) -> str:
    return reverse("workspace:contact_rows", args=[contact.pk, "contracts"])


def test_a_person_gets_a_contract_of_their_own_which_rules(
    glebs: Browser, pavel: Contact, volga: Client, business: ServiceClass, vip: ServiceClass, boris: User
) -> None:
    today = clock.house_today()
    Agreement(client=volga, service_class=vip, starts_on=today).make(by=boris)
    page = glebs.get(reverse("workspace:contact", args=[pavel.pk])).content.decode()
    assert "Действует «VIP»: по договору организации" in page

    form = {"edit": "new", "service_class": business.pk, "starts_on": today.isoformat(), "ends_on": "", "note": "Д-17"}
    assert glebs.post(rows(pavel), form).status_code == 302

    one = Agreement.objects.get(contact=pavel)
    assert (one.service_class, one.note, one.ends_on) == (business, "Д-17", None)
    assert cover_of(pavel.pk, volga.pk, None, clock.now()).name == "Бизнес", "their own goes first, though it is worse"
    page = glebs.get(reverse("workspace:contact", args=[pavel.pk])).content.decode()
    assert "Действует «Бизнес»: личный договор" in page and "Д-17" in page

    assert glebs.post(rows(pavel), {"end": one.pk}).status_code == 302
    one.refresh_from_db()
    assert one.ends_on == today
    with clock.at(clock.now() + timedelta(days=2)):
        assert ruling_of(pavel.pk, volga.pk, None, clock.now()).by == "client"


def test_only_the_last_day_of_a_made_contract_changes(
    glebs: Browser, pavel: Contact, business: ServiceClass, boris: User
) -> None:
    today = clock.house_today()
    one = Agreement(contact=pavel, service_class=business, starts_on=today)
    one.make(by=boris)

    before = {"edit": one.pk, "ends_on": (today - timedelta(days=1)).isoformat()}
    assert glebs.post(rows(pavel), before).status_code == 422
    glebs.post(rows(pavel), {"edit": one.pk, "ends_on": (today + timedelta(days=9)).isoformat(), "note": "чужой"})
    one.refresh_from_db()
    assert (one.ends_on, one.note) == (today + timedelta(days=9), "")


def test_whoever_promises_nothing_only_reads(
    annas: Browser, pavel: Contact, business: ServiceClass, boris: User
) -> None:
    Agreement(contact=pavel, service_class=business, starts_on=clock.house_today()).make(by=boris)

    assert "Бизнес" in annas.get(reverse("workspace:contact", args=[pavel.pk])).content.decode()
    form = {"edit": "new", "service_class": business.pk, "starts_on": "2026-01-01"}
    assert annas.post(rows(pavel), form).status_code == 403 and Agreement.objects.count() == 1


def test_a_class_that_is_not_promised_covers_nobody_and_says_so(
    glebs: Browser, ticket: Any, pavel: Contact, boris: User
) -> None:
    empty = ServiceClass.objects.create(name="Пустой", rank=2)
    Agreement(contact=pavel, service_class=empty, starts_on=clock.house_today()).make(by=boris)

    page = glebs.get(reverse("workspace:contact", args=[pavel.pk])).content.decode()

    assert "класс сейчас никому не обещан" in page and "Сегодня нет действующего договора" in page
