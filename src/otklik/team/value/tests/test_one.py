"""What one client is worth: by their own revenue, everybody's lifetime, and what serving them takes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from otklik.core.journal import clock
from otklik.desk.clients.models import Client, Contact, Payment, Product, Subscription
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.value import figures
from otklik.team.value.counting import count_all, months_before
from otklik.team.value.models import Policy, Tally
from otklik.team.value.one import Money, months_lived, value_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
TODAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def on_a_day() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def product() -> Product:
    return Product.objects.create(name="Уроки")


def others(product: Product, count: int = 40, gone: int = 10) -> None:
    """They pay 1 000 a month since three years; the first of them left last month."""
    for place in range(count):
        until = date(2026, 10, 20) if place < gone else None
        state = "ended" if until else "active"
        Subscription.objects.create(
            client=Client.objects.create(name=f"Другой {place}"),
            product=product,
            starts_on=date(2023, 10, 2),
            ends_on=until,
            state=state,
            amount=1000,
        )


def only(holder: Client | Contact, policy: Policy | None = None) -> Money:
    (money,) = value_of(holder, policy or Policy()).money
    return money


def test_their_own_revenue_times_margin_and_the_months_clients_stay(product: Product) -> None:
    others(product)
    one = Client.objects.create(name="Волга")
    Subscription.objects.create(
        client=one, product=product, starts_on=date(2025, 11, 10), amount=2400, period="quarter"
    )
    Payment.objects.bulk_create(
        Payment(client=one, amount=900, paid_on=months_before(TODAY, back)) for back in range(1, 13)
    )
    Payment.objects.create(client=one, amount=600, paid_on=date(2026, 10, 5), kind="refund")
    count_all()

    money = only(one, Policy(margin=50))

    assert money.by_payments and money.arpu == pytest.approx((12 * 900 - 600) / 12)
    assert money.stays == figures.worth(figures.population("RUB", TODAY), figures.courses("RUB"), Policy()).months
    assert money.stays is not None and money.ltv == pytest.approx(850 * 0.5 * money.stays)
    assert money.brought == pytest.approx((12 * 900 - 600) * 0.5)
    assert money.life is not None and (money.life.age, money.life.monthly) == (12, 800)
    assert money.share == pytest.approx(800 / (30 * 1000 + 800))
    assert not money.outlived
    by_revenue = only(one)
    assert by_revenue.margin is None and by_revenue.ltv == pytest.approx(850 * money.stays), "no margin is made up"


def test_without_payments_prices_tell_and_without_anything_nothing_is_known(product: Product) -> None:
    others(product)
    one, none = Client.objects.create(name="По цене"), Client.objects.create(name="Никто")
    Subscription.objects.create(client=one, product=product, starts_on=date(2021, 11, 10), amount=500)
    count_all()
    money = only(one)
    assert (money.by_payments, money.arpu, money.paid, money.brought) == (False, 500, None, None)
    assert money.outlived, "five years are longer than a client stays in the mean"
    assert value_of(none, Policy()).money == []


def test_a_payment_tells_of_the_days_it_pays_for(product: Product) -> None:
    """Paid for a year a month ago is a twelfth of it a month, whatever of the year is over."""
    year, quarter = Client.objects.create(name="За год"), Client.objects.create(name="За квартал")
    said = Client.objects.create(name="За год, без дней")
    for client, amount, period in ((year, 12_000, "year"), (quarter, 3_000, "quarter"), (said, 12_000, "year")):
        Subscription.objects.create(
            client=client, product=product, starts_on=date(2026, 10, 5), amount=amount, period=period
        )
    old = Client.objects.create(name="Давно за два года вперёд")
    Subscription.objects.create(client=old, product=product, starts_on=date(2024, 1, 1), amount=1000)
    paid = ((year, 12_000, date(2027, 10, 4)), (quarter, 3_000, date(2027, 1, 4)))
    for client, amount, until in paid:
        Payment.objects.create(
            client=client, amount=amount, paid_on=date(2026, 10, 5), covers_from=date(2026, 10, 5), covers_until=until
        )
    Payment.objects.create(client=said, amount=12_000, paid_on=date(2026, 10, 5))
    Payment.objects.create(
        client=old,
        amount=24_000,
        paid_on=date(2025, 1, 1),
        covers_from=date(2025, 1, 1),
        covers_until=date(2026, 12, 31),
    )
    count_all()

    assert [(only(one).by_payments, round(only(one).arpu or 0)) for one in (year, quarter, old)] == [
        (True, 1000),
        (True, pytest.approx(1000, rel=0.01)),
        (True, 1000),
    ]
    assert (only(said).by_payments, only(said).arpu) == (False, 1000), "no days are told: the price is nearer"


def test_a_refund_of_some_days_is_spread_as_the_payment_was(product: Product) -> None:
    one = Client.objects.create(name="Вернули")
    days = {"covers_from": date(2026, 1, 1), "covers_until": date(2026, 12, 31)}
    Subscription.objects.create(client=one, product=product, starts_on=date(2026, 1, 1), amount=12_000, period="year")
    Payment.objects.create(client=one, amount=12_000, paid_on=date(2026, 1, 1), **days)
    Payment.objects.create(client=one, amount=6_000, paid_on=date(2026, 1, 9), kind="refund", **days)
    count_all()
    assert only(one).arpu == pytest.approx(500)


def test_of_who_has_left_nothing_is_expected(product: Product) -> None:
    others(product)
    one = Client.objects.create(name="Ушёл")
    Subscription.objects.create(
        client=one, product=product, starts_on=date(2024, 1, 10), ends_on=date(2026, 8, 9), state="ended", amount=700
    )
    Payment.objects.create(client=one, amount=700, paid_on=date(2026, 7, 10))
    count_all()
    money = only(one)
    assert money.life is not None and (money.life.until, money.life.age) == (date(2026, 8, 10), 31)
    assert money.ltv is None and money.share is None and not money.outlived
    assert money.paid is not None and money.brought == 700


def test_currencies_stand_apart(product: Product) -> None:
    one = Client.objects.create(name="Два счёта")
    for currency, amount in (("USD", 30), ("RUB", 900)):
        Subscription.objects.create(
            client=one, product=product, starts_on=date(2026, 1, 1), amount=amount, currency=currency
        )
        Payment.objects.create(client=one, amount=amount, currency=currency, paid_on=date(2026, 10, 1))
    count_all()
    assert [(money.currency, money.life and money.life.monthly) for money in value_of(one, Policy()).money] == [
        ("RUB", 900),
        ("USD", 30),
    ]


def test_ages_are_those_by_which_all_clients_are_counted(product: Product) -> None:
    """The sums and the single client round alike: up for who left, down for who is here."""
    lives = [
        (date(2026, 1, 31), None),
        (date(2026, 1, 31), date(2026, 2, 27)),
        (date(2026, 1, 31), date(2026, 3, 30)),
        (date(2025, 3, 1), date(2026, 2, 28)),
        (date(2026, 11, 29), None),
        (date(2025, 12, 30), None),
    ]
    for place, (since, until) in enumerate(lives):
        Subscription.objects.create(
            client=Client.objects.create(name=str(place)),
            product=product,
            plan=str(place),
            starts_on=since,
            ends_on=until,
            state="ended" if until else "active",
            amount=1,
        )
    count_all()
    counted = dict(Tally.objects.filter(side="plan").values_list("key", "age"))
    ours = {
        str(place): months_lived(since, until + timedelta(days=1) if until else None, TODAY)
        for place, (since, until) in enumerate(lives)
    }
    assert ours == counted


def test_serving_them_is_told_by_what_was_measured(ticket: Ticket, volga: Client) -> None:
    def reading(measure: Measure, at: datetime, channel: str, seconds: int = 0, client: int | None = volga.pk) -> None:
        Reading.objects.create(
            ticket=ticket,
            measure=measure,
            at=at,
            value=seconds * SECOND,
            team_id=ticket.team_id,
            channel=channel,
            contact_id=ticket.contact_id,
            client_id=client,
        )

    Reading.objects.all().delete()
    lately, long_ago = datetime(2026, 6, 1, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC)
    for channel in ("phone", "email", "email"):
        reading(Measure.OPENED, lately, channel)
    reading(Measure.HANDLED, lately, "phone", 1800)
    reading(Measure.HANDLED, lately, "phone", 900)
    reading(Measure.HANDLED, long_ago, "phone", 9999)
    reading(Measure.HANDLED, datetime(2026, 11, 3, tzinfo=UTC), "phone", 9999)
    reading(Measure.OPENED, datetime(2026, 11, 3, tzinfo=UTC), "phone")
    reading(Measure.OPENED, lately, "email", client=None)

    told = value_of(volga, Policy()).service
    policy = Policy(hour_cost=600, occupancy=80, shrinkage=25)

    assert (told.requests, told.talks, told.seconds, told.unmeasured) == (3, 2, 2700, 2)
    assert told.cost(policy) == pytest.approx(600 / (0.8 * 0.75) * 2700 / 3600)
    assert told.cost(Policy()) is None, "without the cost of an hour nothing costs anything yet"
    person = value_of(ticket.contact, Policy()).service
    assert (person.requests, person.talks) == (4, 2), "a person has all of their requests, whoever they wrote for"
