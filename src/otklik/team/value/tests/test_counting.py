"""From products and payments to the figures of the guide."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import kaplan_meier
from otklik.core.journal import clock
from otklik.desk.clients.models import Client, Contact, Payment, Product, Subscription
from otklik.team.value import figures
from otklik.team.value.counting import count_all, months_before
from otklik.team.value.figures import Group, Population
from otklik.team.value.models import Counted, Course, Policy, Tally

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


def clients(count: int) -> list[Client]:
    return Client.objects.bulk_create(Client(name=f"Ученик {number}") for number in range(count))


def has(client: Client, product: Product, since: date | None, until: date | None = None, **more: Any) -> Subscription:
    state = "ended" if until and until < TODAY else "active"
    told = {"state": state, "amount": Decimal(100)} | more
    return Subscription.objects.create(client=client, product=product, starts_on=since, ends_on=until, **told)


def counted(currency: str = "RUB") -> Population:
    count_all()
    return figures.population(currency, TODAY)


def test_the_school_of_the_guide(product: Product) -> None:
    """250 pupils, 100 of them leave within a year; 35 payments of 1 550 a month (METRICS L1-L4)."""
    pupils = clients(250)
    for place, pupil in enumerate(pupils):
        has(pupil, product, date(2024, 1, 10), date(2026, 10, 31) if place < 100 else None, amount=None)
    Payment.objects.bulk_create(
        Payment(client=pupils[place], amount=1550, paid_on=months_before(TODAY, back), external_id=f"{back}-{place}")
        for back in range(1, 13)
        for place in range(35)
    )
    newcomers = Client.objects.bulk_create(Client(name=f"Новый {number}") for number in range(120))
    for one in newcomers:
        has(one, product, date(2026, 11, 2), amount=None)

    found = counted()
    worth = figures.worth(found, figures.courses("RUB"), Policy(margin=60))

    assert (found.year.started, found.year.left) == (250, 100) and found.year.share == pytest.approx(0.4)
    lifetime = found.year.lifetime
    assert lifetime is not None
    assert lifetime["discrete_months"] == pytest.approx(30) and lifetime["compound_months"] == pytest.approx(
        24, abs=0.1
    )
    assert worth.paid and worth.arpu == pytest.approx(217)
    assert worth.by(lifetime["discrete_months"]) == pytest.approx(3906), "by a margin of 60 %"
    by_revenue = figures.worth(found, figures.courses("RUB"), Policy())
    assert by_revenue.share is None and by_revenue.by(30) == pytest.approx(6510)
    assert found.clients == 270, "150 who stayed and 120 newcomers, who do not count in the churn"


def test_the_curve_of_the_guide(product: Product) -> None:
    """METRICS L6: ages 1,2,2+,3,5,6,6+,8,9+,12+,12+,12+ in months, + still here."""
    left, still = (1, 2, 3, 5, 6, 8), (2, 6, 9, 12, 12, 12)
    ones = clients(12)
    for one, age in zip(ones[:6], left, strict=True):
        has(one, product, date(2024, 3, 1), months_before(date(2024, 3, 1), -age) - timedelta(days=1))
    for one, age in zip(ones[6:], still, strict=True):
        has(one, product, months_before(TODAY, age))

    found = counted()

    rows = {row["t"]: row for row in found.curve}
    assert rows[6]["S"] == pytest.approx(0.556, abs=5e-4) and rows[8]["S"] == pytest.approx(0.444, abs=5e-4)
    assert found.median == 8
    assert found.kept is None, "three clients were watched for a year: that is no ground for a mean"


def test_a_client_is_there_while_anything_is_and_a_trial_is_nothing(product: Product) -> None:
    one, trial, once, undated, contact = *clients(4), Contact.objects.recognise("email", "a@x.example")
    has(one, product, date(2025, 1, 1), date(2025, 3, 31))
    has(one, product, date(2025, 6, 1), plan="Про")
    has(trial, product, date(2025, 1, 1), state="trial")
    has(once, product, date(2025, 1, 1), period="once")
    has(undated, product, None)
    Subscription.objects.create(
        contact=contact, product=product, starts_on=date(2026, 11, 29), amount=1200, period="year"
    )

    found = counted()

    assert (found.known, found.clients, found.monthly) == (2, 2, 200), "100 of the one, 1200 a year of the other"
    assert {group.came_in for group in found.groups} == {date(2025, 1, 1), date(2026, 11, 1)}
    assert Counted.objects.get().undated == 1


def test_payments_alone_tell_who_is_there(product: Product) -> None:
    here, gone, late = clients(3)
    for client, until in ((here, date(2026, 12, 31)), (gone, date(2026, 9, 30)), (late, date(2026, 11, 15))):
        Payment.objects.create(
            client=client, amount=300, paid_on=date(2026, 7, 1), covers_from=date(2026, 7, 1), covers_until=until
        )
    found = counted()
    assert (found.known, found.clients) == (3, 2), "two weeks late is not gone yet"
    (left,) = [one for one in found.groups if one.left_in]
    assert (left.left_in, left.age) == (date(2026, 9, 1), 3)


def test_currencies_are_never_added(product: Product) -> None:
    one, two = clients(2)
    has(one, product, date(2025, 1, 1))
    has(two, product, date(2025, 1, 1), currency="USD", amount=7)
    assert counted("RUB").monthly == 100 and counted("USD").monthly == 7
    assert set(figures.currencies()) == {"RUB", "USD"}


def test_a_month_says_what_was_lost_and_what_grew(product: Product) -> None:
    """METRICS L7."""
    lost, shrunk, grown, came, same = clients(5)
    month = date(2026, 10, 1)
    has(lost, product, date(2025, 1, 1), date(2026, 10, 15), amount=60)
    has(shrunk, product, date(2025, 1, 1), date(2026, 10, 9), amount=100)
    has(shrunk, product, date(2026, 10, 10), amount=75)
    has(grown, product, date(2025, 1, 1), date(2026, 10, 9), amount=100)
    has(grown, product, date(2026, 10, 10), amount=210)
    has(came, product, date(2026, 10, 3), amount=500)
    has(same, product, date(2025, 1, 1), amount=740)

    count_all()
    one = Course.objects.get(currency="RUB", month=month)

    assert (one.started, one.stayed, one.came) == (4, 3, 1)
    assert [int(part) for part in (one.revenue, one.lost, one.shrunk, one.grown)] == [1000, 60, 25, 110]
    kept = figures.of_revenue(one)
    assert kept["grr"] == pytest.approx(0.915) and kept["nrr"] == pytest.approx(1.025)
    assert figures.over_a_year([one])["grr"] is None, "one month is no year"


def test_a_cohort_says_nothing_of_months_that_are_not_over(product: Product) -> None:
    one, two = clients(2)
    has(one, product, date(2026, 8, 5))
    has(two, product, date(2026, 8, 20), date(2026, 9, 30))
    ((month, size, shares),) = counted().cohorts()
    assert (month, size) == (date(2026, 8, 1), 2)
    assert shares[:4] == [1.0, 0.5, 0.5, None]


def test_segments_are_told_apart_and_their_sums_are_the_whole(product: Product) -> None:
    for number, one in enumerate(clients(6)):
        has(one, product, date(2025, 1, 1), plan="Про" if number < 4 else "")
    whole = counted()
    parts = figures.segments("RUB", "plan", TODAY)
    assert {key: one.clients for key, one in parts.items()} == {"Про": 4, "": 2}
    assert sum(one.monthly for one in parts.values()) == whole.monthly
    assert figures.segments("RUB", "product", TODAY)[str(product.pk)].clients == 6


def test_of_nobody_nothing_is_known() -> None:
    found = counted()
    worth = figures.worth(found, figures.courses("RUB"), Policy())
    told = (found.year.share, found.median, found.kept, worth.arpu, worth.client, worth.base, worth.discounted)
    assert set(told) == {None} and found.curve == [] and found.cohorts() == []
    assert found.year.status == "undefined"


def test_while_nobody_leaves_no_lifetime_is_made_up(product: Product) -> None:
    for one in clients(3):
        has(one, product, date(2026, 1, 1))
    found = counted()
    worth = figures.worth(found, figures.courses("RUB"), Policy(margin=50))
    assert worth.months is None and worth.client is None and worth.arpu == 100


def test_counting_again_says_the_same_and_pages_read_sums_alone(product: Product) -> None:
    for number, one in enumerate(clients(30)):
        has(one, product, date(2026, 1, 1 + number % 2))
    count_all()
    before = list(Tally.objects.order_by("side", "key", "came_in").values_list("side", "key", "clients", "monthly"))
    count_all()
    assert before == list(
        Tally.objects.order_by("side", "key", "came_in").values_list("side", "key", "clients", "monthly")
    )
    assert Tally.objects.filter(side="").count() == 1, "thirty clients are one row"
    with CaptureQueriesContext(connection) as queries:
        found = figures.population("RUB", TODAY)
        figures.worth(found, figures.courses("RUB"), Policy.objects.current())
    assert len(queries) == 3


months = st.integers(0, 40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(months, st.none() | st.integers(0, 30), st.integers(1, 5)), max_size=20))
def test_figures_of_groups_are_those_of_single_clients(lives: list[tuple[int, int | None, int]]) -> None:
    groups, ages, left = [], list[int](), list[bool]()
    for back, stayed, count in lives:
        gone = None if stayed is None or stayed > back else months_before(TODAY, back - stayed)
        age = back if gone is None else max(1, stayed or 0)
        groups.append(Group(months_before(TODAY, back), gone, age, count, 10.0 * count))
        ages += [age] * count
        left += [gone is not None] * count
    found = Population(groups, TODAY)
    assert found.curve == kaplan_meier(ages, left)
    assert found.year.left <= found.year.started <= found.known
    assert all(share is None or 0 <= share <= 1 for _month, _size, shares in found.cohorts() for share in shares)
