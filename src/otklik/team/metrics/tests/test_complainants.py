"""Clients who complained, half a year later."""

from datetime import datetime, timedelta

import pytest

from otklik.care.complaints.models import Complaint
from otklik.care.complaints.tests.conftest import File, file
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Membership, Payment, Product, Subscription
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import recorded
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

__all__ = ["file"]

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOW = datetime.fromisoformat("2026-11-02T12:00:00+03:00")
CAME = NOW - 200 * DAY
"""Twenty days ago its half year was over."""


@pytest.fixture
def phones() -> Product:
    return Product.objects.create(name="Виртуальная АТС")


def asked(viewer: User | None, days: int = 90) -> Question:
    teams = None if viewer is None or viewer.sees_everything else list(viewer.team_ids)
    return Question(METRICS["complaint.recovery"], Scope(NOW - days * DAY, NOW + DAY, teams, viewer))


def told(viewer: User, days: int = 90) -> Figure:
    with clock.at(NOW):
        return layer.figure(asked(viewer, days))


def stayed(viewer: User) -> tuple[int, int]:
    found = told(viewer)
    return found.good or 0, found.n


def complains(file: File, contact: Contact | None, at: datetime = CAME) -> Complaint:
    with clock.at(at):
        return file(contact=contact)


def somebody(name: str = "Зоя", client: Client | None = None) -> Contact:
    return Contact.objects.create(name=name, client=client)


def has(product: Product, contact: Contact, ends: datetime | None = None, **more: object) -> Subscription:
    day = ends and ends.date()
    return Subscription.objects.create(contact=contact, product=product, ends_on=day, **more)


def paid(contact: Contact, at: datetime, kind: str = "payment") -> None:
    Payment.objects.create(contact=contact, amount=100, paid_on=at.date(), kind=kind)


def test_METRICS_K5_26_of_30(file: File, phones: Product, head: User) -> None:
    for number in range(30):
        one = somebody(f"Клиент {number}")
        has(phones, one, None if number < 26 else CAME + 100 * DAY)
        complains(file, one)
    found = told(head)
    assert (found.good, found.n) == (26, 30)
    assert [round(100 * (part or 0), 1) for part in (found.value, found.lo, found.hi)] == [86.7, 70.3, 94.7]
    with clock.at(NOW):
        assert len(recorded.behind(asked(head))) == 30


def test_only_who_was_ours_by_what_is_recorded_is_followed(file: File, phones: Product, head: User) -> None:
    stranger, left_before, ended_somewhen, paid_before = (somebody() for _one in range(4))
    has(phones, left_before, CAME - DAY)
    has(phones, ended_somewhen, state="ended")
    paid(paid_before, CAME - 179 * DAY)
    for one in (stranger, left_before, ended_somewhen, paid_before, None):
        complains(file, one)
    assert stayed(head) == (0, 1), "the one who paid, and paid no more"


def test_a_payment_of_the_last_three_months_or_a_product_keeps_them(
    file: File, phones: Product, head: User, volga: Client
) -> None:
    over = CAME + 180 * DAY
    lately, long_ago, refunded, until_then, of_volga = (somebody() for _one in range(5))
    for one in (lately, long_ago, refunded):
        paid(one, CAME - DAY)
    paid(lately, over - 89 * DAY)
    paid(long_ago, over - 90 * DAY)
    paid(refunded, over - DAY, "refund")
    paid(refunded, over + DAY)
    has(phones, until_then, over)
    Contact.objects.filter(pk=of_volga.pk).update(client=volga)
    Subscription.objects.create(client=volga, product=phones)
    for one in (lately, long_ago, refunded, until_then, of_volga):
        complains(file, one)
    assert stayed(head) == (3, 5), "who paid lately, whose last day it is, and the organisation"


def test_each_client_is_followed_once_and_only_when_half_a_year_is_over(
    file: File, phones: Product, head: User, volga: Client
) -> None:
    one, colleague = somebody(client=volga), somebody(client=volga)
    Subscription.objects.create(client=volga, product=phones)
    complains(file, one, NOW - 190 * DAY)
    complains(file, colleague, NOW - 185 * DAY)
    assert stayed(head) == (1, 1)

    other = somebody()
    has(phones, other)
    complains(file, other, NOW - 180 * DAY + timedelta(seconds=1))
    assert stayed(head) == (1, 1), "a second is left"
    with clock.at(NOW + timedelta(seconds=1)):
        assert layer.figure(asked(head)).n == 2

    complains(file, somebody(client=volga), NOW - 10 * DAY)
    assert stayed(head) == (1, 1)


def test_a_period_does_not_change_who_was_first(file: File, phones: Product, head: User) -> None:
    one = somebody()
    has(phones, one)
    for days in (300, 200):
        complains(file, one, NOW - days * DAY)
    assert told(head, 60).n == 0 and told(head, 150).n == 1


def test_of_a_complaint_that_one_may_not_see_nothing_is_told(
    file: File, phones: Product, head: User, boris: User, anna: User
) -> None:
    one = somebody()
    has(phones, one)
    with clock.at(CAME):
        file(contact=one, against=boris, by=anna)
    assert stayed(boris) == (0, 0) and stayed(head) == (1, 1)
    with clock.at(NOW):
        assert layer.figure(asked(None)).value is None
        assert set(layer.by_side(asked(head), "line")) == {str(Complaint.objects.get().line_id)}


def test_it_costs_five_statements(file: File, phones: Product, head: User, django_assert_num_queries) -> None:
    for number in range(4):
        one = somebody(str(number))
        has(phones, one)
        complains(file, one)
    with clock.at(NOW), django_assert_num_queries(5):
        assert layer.figure(asked(head)).n == 4


def test_who_pays_themselves_is_ours_whatever_their_organisation_has(
    file: File, phones: Product, head: User, volga: Client
) -> None:
    one, resting = somebody(client=volga), somebody()
    has(phones, one)
    has(phones, resting, state="paused")
    for other in (one, resting):
        complains(file, other)
    assert stayed(head) == (1, 1), "since when a product rests nobody knows"


def test_the_organisation_is_the_one_of_the_complaint(file: File, phones: Product, head: User, volga: Client) -> None:
    don = Client.objects.create(name="Дон")
    Subscription.objects.create(client=volga, product=phones, ends_on=(CAME + 100 * DAY).date())
    Subscription.objects.create(client=don, product=phones, starts_on=(CAME + 50 * DAY).date())
    moved, colleague = somebody(client=don), somebody("Пётр", client=volga)
    for client, joined, left in ((volga, -20, 40), (don, 45, None)):
        span = {"joined_at": CAME + joined * DAY, "left_at": None if left is None else CAME + left * DAY}
        Membership.objects.create(contact=moved, client=client, is_main=client == don, **span)
    complains(file, moved)
    complains(file, colleague, CAME + DAY)
    assert stayed(head) == (0, 1), "one client of ours that left, whoever went elsewhere"
