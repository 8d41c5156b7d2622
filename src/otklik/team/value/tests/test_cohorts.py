"""Revenue of cohorts by METRICS L7, and clients who came before and after a change by L9."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.desk.clients.models import Client, Payment, Product, Subscription
from otklik.team.value import figures
from otklik.team.value.cohorts import revenue_of_cohorts
from otklik.team.value.counting import count_all, months_before
from otklik.team.value.figures import Group, Population
from otklik.team.value.lasting import compared
from otklik.team.value.models import Cohort, Course

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
TODAY = date(2026, 11, 29)
AUGUST = date(2026, 8, 1)


@pytest.fixture(autouse=True)
def on_a_day() -> Iterator[None]:
    with clock.at(NOW):
        yield


def has(name: str, since: date, until: date | None = None, amount: int = 100) -> None:
    client, _new = Client.objects.get_or_create(name=name)
    product, _known = Product.objects.get_or_create(name="Уроки")
    state = "ended" if until else "active"
    Subscription.objects.create(
        client=client, product=product, starts_on=since, ends_on=until, state=state, amount=Decimal(amount)
    )


def test_a_cohort_keeps_what_its_clients_brought_at_first() -> None:
    """Of 1 000: 60 lost, 25 shrunk, 110 grown, as in the example of the guide."""
    has("ушёл", date(2026, 8, 5), date(2026, 9, 20), amount=60)
    has("меньше", date(2026, 8, 5), date(2026, 9, 9), amount=100)
    has("меньше", date(2026, 9, 10), amount=75)
    has("больше", date(2026, 8, 5), date(2026, 9, 9), amount=100)
    has("больше", date(2026, 9, 10), amount=210)
    has("так же", date(2026, 8, 31), amount=740)
    count_all()

    whole, august = revenue_of_cohorts("RUB")

    assert (august.came_in, august.clients, whole.came_in, whole.clients) == (AUGUST, 4, None, 4)
    first, second, third = august.months[:3]
    assert first == {"grr": 1.0, "nrr": 1.0}
    assert second is not None and third == second
    assert second["grr"] == pytest.approx(0.915) and second["nrr"] == pytest.approx(1.025)
    assert august.months[3:] == [None] * 9, "of months that are not over nothing is said"
    assert whole.months == august.months


def test_who_leaves_within_the_first_month_is_lost_at_once() -> None:
    has("сразу", date(2026, 9, 2), date(2026, 9, 20), amount=300)
    has("остался", date(2026, 9, 3), amount=100)
    count_all()
    (_whole, september) = revenue_of_cohorts("RUB")
    assert september.months[0] == {"grr": 0.25, "nrr": 0.25}


def test_all_together_are_those_who_were_watched_so_long() -> None:
    has("июль", date(2026, 7, 5), date(2026, 8, 10), amount=100)
    has("октябрь", date(2026, 10, 5), amount=900)
    count_all()
    whole = revenue_of_cohorts("RUB")[0]
    assert [one["grr"] if one else None for one in whole.months[:5]] == [1.0, 0.0, 0.0, 0.0, None]
    assert revenue_of_cohorts("USD") == []


def test_revenue_and_heads_agree_on_who_is_there() -> None:
    """Everybody pays the same and nobody changes: then the shares of both are the same, whatever the days."""
    ends = (None, date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 20))
    for place, until in enumerate(ends):
        has(str(place), date(2026, 8, 1 + place), until)
    count_all()
    ((_month, _size, shares),) = figures.population("RUB", TODAY).cohorts()
    august = revenue_of_cohorts("RUB")[1]
    assert [one["grr"] if one else None for one in august.months] == pytest.approx(shares)


def test_who_pays_month_by_month_neither_leaves_nor_pays_twice() -> None:
    """Payments that follow each other, one of them ten days late, are one life at one price."""
    client = Client.objects.create(name="по счетам")
    for number in range(1, 12):
        day = date(2026, number, 10 if number == 6 else 1)
        until = months_before(day, -1).replace(day=1)
        Payment.objects.create(
            client=client,
            amount=500,
            paid_on=day,
            covers_from=day,
            covers_until=date.fromordinal(until.toordinal() - 1),
            external_id=str(number),
        )
    count_all()

    found = figures.population("RUB", TODAY)
    months = list(Course.objects.filter(currency="RUB", month__gte=date(2026, 2, 1)).order_by("month"))

    assert (found.clients, found.known) == (1, 1) and found.monthly == pytest.approx(500)
    assert [(one.started, one.stayed, one.came) for one in months] == [(1, 1, 0)] * 9
    assert {one.lost for one in months} == {0}
    assert {one.lost for one in Cohort.objects.all()} == {0}


def _later(one: Group) -> Group:
    """The same who came half a year later."""
    return one._replace(
        came_in=date(2025, 11, 1), left_in=date(2026, 3, 1) if one.left_in else None, age=one.age if one.left_in else 12
    )


def test_a_change_is_compared_over_one_horizon_with_its_interval() -> None:
    since = date(2025, 11, 1)
    before = [Group(date(2025, 5, 1), date(2025, 9, 1), 5, 40, 0.0), Group(date(2025, 5, 1), None, 18, 40, 0.0)]
    after = [Group(date(2025, 11, 1), date(2026, 9, 1), 10, 10, 0.0), Group(date(2025, 11, 1), None, 12, 70, 0.0)]
    older = [Group(date(2020, 1, 1), None, 82, 500, 0.0)]

    found = compared(Population([*before, *after, *older], TODAY), since)

    assert (found.horizon, found.before.clients, found.after.clients) == (12, 80, 80), "the old ones are in neither"
    assert found.before.mean is not None and found.before.mean["value"] == pytest.approx(8.5)
    assert found.after.mean is not None and found.after.mean["value"] == pytest.approx(11.75)
    told = found.difference
    assert told is not None and told["diff"] == pytest.approx(3.25) and told["lo"] > 0
    assert found.is_enough and found.is_proven
    assert found.p is not None and found.p < 0.001, "forty of eighty left, then ten of eighty"
    alike = compared(Population([*before, *(_later(one) for one in before)], TODAY), since)
    assert alike.p == pytest.approx(1.0) and not alike.is_proven


def test_what_clients_bring_is_told_beside_how_long_they_stay() -> None:
    groups = [
        Group(date(2025, 5, 1), date(2025, 9, 1), 5, 40, 0.0),
        Group(date(2025, 5, 1), None, 18, 40, 40_000.0),
        Group(date(2025, 11, 1), None, 12, 50, 75_000.0),
    ]
    found = compared(Population(groups, TODAY), date(2025, 11, 1))
    assert (found.before.monthly, found.after.monthly) == (1000, 1500), "of whoever is here"
    nobody = compared(Population(groups[:1], TODAY), date(2025, 11, 1))
    assert (nobody.before.monthly, nobody.p) == (None, None)


def test_of_few_nothing_is_concluded_and_of_none_nothing_said() -> None:
    since = date(2025, 11, 1)
    few = [Group(date(2025, 5, 1), date(2025, 7, 1), 2, 20, 0.0), Group(date(2026, 1, 1), None, 10, 20, 0.0)]
    found = compared(Population(few, TODAY), since)
    assert found.difference is not None and found.difference["lo"] > 0
    assert not found.is_enough and not found.is_proven
    nobody = compared(Population(few[:1], TODAY), since)
    assert nobody.horizon is None and nobody.difference is None and not nobody.is_proven


lives = st.lists(
    st.tuples(st.integers(1, 23), st.none() | st.integers(1, 22), st.integers(1, 9)), min_size=1, max_size=15
)


@settings(max_examples=60, deadline=None)
@given(lives)
def test_a_comparison_is_bounded_by_its_horizon(told: list[tuple[int, int | None, int]]) -> None:
    groups = [
        Group(
            months_before(TODAY, back),
            None if stayed is None or stayed > back else months_before(TODAY, back - stayed),
            back if stayed is None or stayed > back else stayed,
            count,
            0.0,
        )
        for back, stayed, count in told
    ]
    found = compared(Population(groups, TODAY), months_before(TODAY, 12))
    if (difference := found.difference) is not None:
        assert found.horizon is not None and abs(difference["diff"]) <= found.horizon
        assert difference["lo"] <= difference["diff"] <= difference["hi"]
