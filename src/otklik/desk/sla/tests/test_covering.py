"""Contact before organisation, before channel, before the line; the best of several; only what is in force."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from otklik.core.journal import clock
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Contact
from otklik.desk.sla.covering import cover_of
from otklik.desk.sla.models import Agreement
from otklik.desk.sla.tests.conftest import InForce
from otklik.desk.tickets.terms import Cover
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return clock.today()


def test_the_person_comes_before_the_organisation_before_the_channel_before_the_line(
    in_force: InForce, pavel: Contact, volga: Client, door: Channel, today
) -> None:
    now = clock.now()
    seen = [cover_of(pavel.pk, volga.pk, door.pk, now).name]
    for name, holder in (
        ("Channel's", {"channel": door}),
        ("Client's", {"client": volga}),
        ("Own", {"contact": pavel}),
    ):
        version = in_force(name, rank=50)
        Agreement.objects.create(service_class=version.service_class, starts_on=today, **holder)
        seen.append(cover_of(pavel.pk, volga.pk, door.pk, clock.now()).name)

    assert seen == ["", "Channel's", "Client's", "Own"]


def test_of_two_agreements_of_one_holder_the_better_class_counts(in_force: InForce, volga: Client, today) -> None:
    for name, rank in (("VIP", 1), ("Basic", 90)):
        version = in_force(name, rank=rank)
        Agreement.objects.create(service_class=version.service_class, client=volga, starts_on=today)

    assert cover_of(None, volga.pk, None, clock.now()).name == "VIP"


def test_an_agreement_holds_from_its_first_day_to_its_last(in_force: InForce, volga: Client, today) -> None:
    version = in_force()
    Agreement.objects.create(service_class=version.service_class, client=volga, starts_on=today, ends_on=today)
    names = {days: cover_of(None, volga.pk, None, clock.now() + timedelta(days=days)).name for days in (0, 1)}

    assert names == {0: "VIP", 1: ""}


def test_who_writes_in_vladivostok_has_the_class_that_the_department_has(in_force: InForce, volga: Client) -> None:
    """At two at night there the last day of the agreement is not over here."""
    at = datetime(2026, 6, 9, 16, tzinfo=UTC)
    with clock.at(at - timedelta(days=1)):
        version = in_force()
    day = date(2026, 6, 9)
    Agreement.objects.create(service_class=version.service_class, client=volga, starts_on=day, ends_on=day)
    with timezone.override(ZoneInfo("Asia/Vladivostok")):
        assert cover_of(None, volga.pk, None, at).name == "VIP"


def test_a_class_that_was_withdrawn_covers_nobody(in_force: InForce, volga: Client, today) -> None:
    version = in_force()
    Agreement.objects.create(service_class=version.service_class, client=volga, starts_on=today)
    version.service_class.withdraw()

    assert cover_of(None, volga.pk, None, clock.now()) == Cover()


def test_the_database_refuses_an_agreement_with_nobody_or_with_two(
    in_force: InForce, volga: Client, pavel: Contact, today
) -> None:
    service_class = in_force().service_class
    for holders in ({}, {"client": volga, "contact": pavel}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Agreement.objects.create(service_class=service_class, starts_on=today, **holders)


def test_a_request_keeps_the_version_that_was_in_force_when_it_came(
    in_force: InForce, volga: Client, pavel: Contact, writes: Write, today
) -> None:
    first = in_force(first=15)
    Agreement.objects.create(service_class=first.service_class, client=volga, starts_on=today)
    before = writes()
    second = in_force(first=45)
    after = writes()

    before.refresh_from_db()
    assert (before.class_version, after.class_version) == (first.pk, second.pk)
    assert before.due_at == before.opened_at + timedelta(minutes=15)
    assert after.due_at == after.opened_at + timedelta(minutes=45)
