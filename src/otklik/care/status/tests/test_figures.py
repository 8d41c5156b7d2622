"""METRICS I5 and I6: availability, its guards, budgets, the weight of clients."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from otklik.care.status import clients, figures
from otklik.care.status.models import Check, Component, Outage, Report, StatusPolicy, Works
from otklik.care.status.models.report import Said
from otklik.care.status.states import State
from otklik.care.status.tests.conftest import JUNE, Down
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Product, Subscription

pytestmark = pytest.mark.django_db
JULY = datetime(2026, 7, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def works(by: User, *components: Component, begins: datetime, hours: float, ahead: int = 100) -> Works:
    made = Works.objects.create(
        title_ru="Замена платы",
        begins_at=begins,
        ends_at=begins + timedelta(hours=hours),
        announced_at=begins - timedelta(hours=ahead),
        by=by,
    )
    made.components.set(components)
    return made


def june(*components: Component) -> figures.Record:
    with clock.at(JULY):
        return figures.record(components, JUNE, JULY)


def share(component: Component) -> float | None:
    with clock.at(JULY):
        return figures.floored(june(component).of(component).share)


@pytest.fixture
def example(calls: Component, down: Down, boris: User) -> Component:
    """That of METRICS I5."""
    down(calls, JUNE + timedelta(days=2, hours=10), 90)
    down(calls, JUNE + timedelta(days=2, hours=11, minutes=30), 60, "partial")
    down(calls, JUNE + timedelta(days=13, hours=2, minutes=10), 30)
    works(boris, calls, begins=JUNE + timedelta(days=13, hours=2), hours=2)
    return calls


def test_the_example_of_the_guide(example: Component) -> None:
    with clock.at(JULY):
        found = june(example).of(example)
    assert (found.base_s / 60, found.down_s / 60, found.planned_s / 60) == (43_080, 120, 120)
    assert figures.floored(found.share) == 99.721


def test_works_that_were_announced_late_count(example: Component) -> None:
    Works.objects.update(announced_at=JUNE + timedelta(days=12))
    assert share(example) == 99.652  # 150 of 43 200 minutes


def test_works_beyond_the_limit_of_the_year_count(calls: Component, down: Down, boris: User) -> None:
    StatusPolicy.objects.create(pk=1, works_hours=3)
    works(boris, calls, begins=JUNE - timedelta(days=40), hours=2)
    works(boris, calls, begins=JUNE + timedelta(days=5), hours=4)
    down(calls, JUNE + timedelta(days=5), 240)
    with clock.at(JULY):
        found = june(calls).of(calls)
    assert (found.planned_s, found.down_s) == (3600, 3 * 3600)


def test_works_that_last_longer_than_announced_are_not_excused(calls: Component, down: Down, boris: User) -> None:
    works(boris, calls, begins=JUNE + timedelta(days=5), hours=1)
    down(calls, JUNE + timedelta(days=5), 90)
    with clock.at(JULY):
        assert june(calls).of(calls).down_s == 1800


def test_a_withdrawn_outage_counts_no_more(calls: Component, down: Down, boris: User) -> None:
    made = down(calls, JUNE + HOUR, 60)
    assert share(calls) != 100
    made.withdraw("Ошибка проверки", by=boris)
    assert share(calls) == 100


def test_time_in_which_nobody_looked_is_neither_good_nor_lost(calls: Component, check: Check) -> None:
    with clock.at(JUNE + HOUR):
        check.heard("", 10, clock.now())
    with clock.at(JUNE + timedelta(hours=13)):
        check.heard("", 10, clock.now())
    with clock.at(JULY):
        found = june(calls).of(calls)
    assert (found.unknown_s, found.down_s, found.planned_s) == (12 * 3600, 0, 0)
    assert found.base_s == 29.5 * 86400


def test_before_it_was_watched_nothing_is_known(calls: Component) -> None:
    Component.objects.update(since=JULY - timedelta(hours=20))
    calls.refresh_from_db()
    with clock.at(JULY):
        found = june(calls).of(calls)
        first, *_others, last = figures.days(june(calls), calls, date(2026, 6, 1), date(2026, 6, 30))
    assert found.share is None, "not enough"
    assert (first.known, first.state) == (False, State.UNKNOWN)
    assert (last.known, last.state) == (True, State.WORKS)


def test_what_goes_on_counts_up_to_now(calls: Component) -> None:
    with clock.at(JUNE + timedelta(days=1)):
        Outage.objects.begin(calls, "down", source="hand", by=None)
    with clock.at(JUNE + timedelta(days=2)):
        assert figures.record([calls], JUNE, JULY).of(calls).share == 0.5


def test_a_day_is_as_bad_as_its_worst_moment(example: Component) -> None:
    with clock.at(JULY):
        told = figures.days(june(example), example, date(2026, 6, 1), date(2026, 6, 30))
    assert len(told) == 30
    assert (told[2].state, told[2].lost_s) == (State.DOWN, 9000)
    assert told[13].state == State.DOWN, "it is drawn, whatever counts"
    assert told[3].state == State.WORKS


@pytest.mark.parametrize(("target", "minutes"), [(0.999, 43.2), (0.995, 216), (0.9995, 21.6)])
def test_budgets_of_the_guide(calls: Component, target: float, minutes: float) -> None:
    with clock.at(JULY):
        found = june(calls).budget(calls, target)
    assert found and round(found.budget_s / 60, 6) == minutes
    assert found.burn == 0


def test_a_budget_burns_by_what_was_lost_and_by_the_time_that_passed(calls: Component, down: Down) -> None:
    """In a third of the month half of 43.2 minutes is gone: one and a half times too fast."""
    down(calls, JUNE + HOUR, 21.6)
    with clock.at(JUNE + timedelta(days=10)):
        found = figures.record([calls], JUNE, JULY).budget(calls)
    assert found and round(found.burn or 0, 6) == 1.5
    assert round(found.remaining_s / 60, 6) == 21.6 and not found.is_spent


def test_the_headline_is_the_worst_component(calls: Component, records: Component, down: Down) -> None:
    down(calls, JUNE + HOUR, 432)
    with clock.at(JULY):
        known = june(calls, records)
        assert figures.floored(figures.headline([known.of(calls), known.of(records)])) == 99.0


def test_an_outage_weighs_by_who_felt_it(calls: Component, down: Down) -> None:
    """Ten have it; an outage that two of them felt weighs a fifth."""
    down(calls, JUNE + HOUR, 432, affected=2)
    with clock.at(JULY):
        known = june(calls)
        assert known.of(calls, clients=10).down_s == pytest.approx(432 * 60 / 5)
        assert known.of(calls).down_s == 432 * 60, "nobody asks for whom"


def test_clients_are_counted_once_each(phones: Product, pavel: Contact) -> None:
    volga, don = Client.objects.create(name="Волга"), Client.objects.create(name="Дон")
    many = {"product": phones, "starts_on": date(2026, 1, 1)}
    for one in ({"client": volga}, {"client": volga, "plan": "ещё"}, {"client": don}, {"contact": pavel}):
        Subscription.objects.create(**many, **one)
    Subscription.objects.create(product=phones, client=Client.objects.create(name="Ушёл"), ends_on=date(2026, 5, 31))
    Subscription.objects.create(product=phones, client=Client.objects.create(name="Спит"), state="paused")
    assert clients.holders([phones.pk], JUNE, JULY - HOUR) == {phones.pk: 3}


def test_figures_of_many_cost_as_much_as_of_one(calls: Component, records: Component, down: Down, boris: User) -> None:
    def asked(*components: Component) -> int:
        with CaptureQueriesContext(connection) as queries:
            june(*components)
        return len(queries)

    few = asked(calls)
    for hour in range(6):
        down(records, JUNE + hour * HOUR, 5)
        works(boris, calls, records, begins=JUNE + timedelta(days=hour + 1), hours=1)
    assert asked(calls, records) <= few + 1, "works have their components"


@given(st.floats(0, 1), st.integers(0, 5))
def test_a_share_is_never_told_higher_than_it_is(share: float, digits: int) -> None:
    told = figures.floored(share, digits)
    assert told is not None
    assert told <= share * 100 + 1e-9
    assert (told == 100) <= (share >= 1 - 1e-11)


def test_the_share_of_works_is_known(example: Component) -> None:
    with clock.at(JULY):
        found = june(example).of(example)
    assert found.planned_share is not None and round(found.planned_share, 6) == round(120 / 43_200, 6)


def test_weights_are_a_matter_of_policy() -> None:
    policy = StatusPolicy(slow=Decimal(10), partial=Decimal(40))
    assert [figures.weight_of(state, policy) for state in ("slow", "partial", "down", "unknown")] == [0.1, 0.4, 1, 0]


def test_who_starts_with_the_next_month_is_not_counted_in_this_one(phones: Product) -> None:
    start, end = figures.month_of(date(2026, 6, 1))
    for name, day in (("Июнь", date(2026, 6, 30)), ("Июль", date(2026, 7, 1))):
        Subscription.objects.create(product=phones, client=Client.objects.create(name=name), starts_on=day)
    assert clients.holders([phones.pk], start, end) == {phones.pk: 1}
    assert clients.holders([phones.pk], end, end) == {phones.pk: 2}, "an empty window is its moment"


def test_what_failed_twice_at_one_moment_is_lost_once(calls: Component, down: Down) -> None:
    """A check and an incident tell of the same half hour."""
    noon = figures.midnight(date(2026, 6, 10)) + 12 * HOUR
    down(calls, noon, 40)
    down(calls, noon + timedelta(minutes=20), 40, "partial")
    (day,) = figures.days(june(calls), calls, date(2026, 6, 10), date(2026, 6, 10))
    assert day.lost_s == 60 * 60


def test_a_day_of_25_hours_has_25_hours(calls: Component, down: Down, settings: Any) -> None:
    """The clocks are put back on 25 October: two moments of one zone are not subtracted by their faces."""
    settings.TIME_ZONE = "Europe/Berlin"
    first, day = date(2026, 10, 1), date(2026, 10, 25)
    down(calls, figures.midnight(day).astimezone(UTC), 25 * 60)
    with clock.at(datetime(2026, 11, 2, tzinfo=UTC)):
        start, end = figures.month_of(first)
        known = figures.record([calls], start, end)
        found, budget = known.of(calls), known.budget(calls)
        (told,) = figures.days(known, calls, day, day)
    assert told.lost_s == found.down_s == 25 * 3600
    assert found.window_s == found.base_s == (31 * 24 + 1) * 3600
    assert budget is not None and round(budget.budget_s, 3) == round((31 * 24 + 1) * 3.6, 3)


def test_what_a_check_found_weighs_as_the_incident_that_took_it_over(
    calls: Component, check: Check, boris: User
) -> None:
    """Twenty of a hundred felt it: the outage of the check is not heavier than that of the incident."""
    with clock.at(JULY - 10 * HOUR):
        Outage.objects.begin(calls, "down", source="check", by=None, check=check.pk)
        told = Report.objects.publish(Said("Звонки"), Said("Ищем"), [calls], "down", by=boris, incident=7, affected=20)
    with clock.at(JULY):
        record = figures.record([calls], JUNE, JULY)
        assert round(record.of(calls, clients=100).down_s) == 10 * 3600 * 0.2
        told.concern(50)
        record = figures.record([calls], JUNE, JULY)
        assert round(record.of(calls, clients=100).down_s) == 10 * 3600 * 0.5
