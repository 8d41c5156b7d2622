"""Availability of the service in the layer: days add up, the worst is the headline, budgets are of a period."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.care.status import figures
from otklik.care.status.models import Component, Group, Outage, Works
from otklik.care.status.models.report import Said
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Product, Subscription
from otklik.team.metrics.days import midnight
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import recorded
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.rolling import rolling
from otklik.team.metrics.layer.telling import of_how_many, shown
from otklik.team.metrics.scope import Scope

pytestmark = pytest.mark.django_db
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
JULY = datetime(2026, 7, 2, tzinfo=UTC)
JUNE = Scope(midnight(date(2026, 6, 1)), midnight(date(2026, 7, 1)))


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    return midnight(date(2026, 6, day)) + timedelta(hours=hour, minutes=minute)


def ask(name: str, scope: Scope = JUNE, at: datetime = JULY) -> Figure:
    with clock.at(at):
        return layer.figure(Question(METRICS[name], scope))


def out(component: Component, state: str, began: datetime, ended: datetime, affected: int | None = None) -> None:
    with clock.at(JULY):
        Outage.objects.begin(
            component, state, source="hand", by=None, began_at=began, ended_at=ended, reason="Плата", affected=affected
        )


@pytest.fixture
def group(db: None) -> Group:
    return Group.objects.create(name_ru="Серверы")


@pytest.fixture
def calls(group: Group) -> Component:
    return Component.objects.create(group=group, name_ru="Звонки", since=SINCE)


@pytest.fixture
def mail(group: Group) -> Component:
    return Component.objects.create(group=group, name_ru="Почта", since=SINCE, place=2, target="99.5")


@pytest.fixture
def june(calls: Component, head: User) -> Component:
    """The worked example of METRICS I5."""
    out(calls, "down", moment(3, 10), moment(3, 11, 30))
    out(calls, "partial", moment(3, 11, 30), moment(3, 12, 30))
    with clock.at(moment(10, 0)):
        Works.objects.announce(Said("Замена узла", ""), Said("", ""), [calls], moment(14, 2), moment(14, 4), by=head)
    out(calls, "down", moment(14, 2, 10), moment(14, 2, 40))
    return calls


def test_the_worked_example_of_june(june: Component) -> None:
    told = ask("uptime")
    assert told.value is not None and figures.floored(told.value) == 99.721
    assert told.n == 43_080 and told.good == 43_080 - 120
    assert shown(told) == "99,721\u00a0%" and "43" in of_how_many(told) and told.status == "ok"
    with clock.at(JULY):
        page = figures.record([june], JUNE.start, JUNE.end).of(june)
    assert told.value == pytest.approx(page.share)


def test_the_worst_of_a_window_is_its_headline(june: Component, mail: Component) -> None:
    """Not the one that is worst of all: each window has its own."""
    out(mail, "down", moment(20, 0), moment(20, 12))
    worst = ask("uptime")
    assert worst.value == pytest.approx(1 - 720 / 43_200)
    with clock.at(JULY):
        asked = Question(METRICS["uptime"], JUNE)
        by_day = layer.by_day(asked)
        windows = rolling(asked, 7)
    assert by_day[date(2026, 6, 3)].value == pytest.approx(1 - 120 / 1440)
    assert by_day[date(2026, 6, 20)].value == 0.5 and by_day[date(2026, 6, 21)].value == 1
    assert len(by_day) == 30
    assert windows[date(2026, 6, 9)].value == pytest.approx(1 - 120 / (7 * 1440))
    assert windows[date(2026, 6, 23)].value == pytest.approx(1 - 720 / (7 * 1440))
    with clock.at(JULY):
        lost = [one for one in recorded.behind(asked) if one.good < one.of]
    assert {(one.record, one.at) for one in lost} == {
        (june.pk, midnight(date(2026, 6, 3))),
        (mail.pk, midnight(date(2026, 6, 20))),
    }


def test_clients_weigh_what_they_felt(calls: Component, mail: Component) -> None:
    """Ten have the one, thirty the other; an outage that two of the ten felt weighs a fifth."""
    for component, many in ((calls, 10), (mail, 30)):
        component.product = Product.objects.create(name=component.name_ru)
        component.save()
        for number in range(many):
            client = Client.objects.create(name=f"{component.name_ru} {number}")
            Subscription.objects.create(product=component.product, client=client, starts_on=date(2026, 1, 1))
    out(calls, "down", moment(1, 1), moment(1, 8, 12), affected=2)
    told = ask("client_availability")
    assert told.value == pytest.approx(1 - 432 * 2 / (43_200 * 40)) and told.n == 43_200 * 40
    Subscription.objects.all().delete()
    assert ask("client_availability").value is None, "nobody knows whom it concerns"


def test_a_budget_is_of_the_whole_period_and_the_shortest_one_counts(june: Component, mail: Component) -> None:
    told = ask("error_budget")
    assert told.value == pytest.approx(1 - 120 / 43.2) and told.n == 44, "of 43.2 minutes 120 are gone"
    assert ask("error_budget", at=moment(10, 0)).value == pytest.approx(told.value), "days to come are in the budget"
    out(mail, "down", moment(5, 0), moment(5, 14))
    assert ask("error_budget").value == pytest.approx(1 - 840 / 216), "it spent 3.9 of its budgets, the other 2.8"


def test_of_less_than_a_day_nothing_is_told(june: Component) -> None:
    hour = Scope(moment(3, 10), moment(3, 11))
    assert {name: ask(name, hour).value for name in ("uptime", "client_availability", "error_budget")} == {
        "uptime": None,
        "client_availability": None,
        "error_budget": None,
    }
    before = Scope(midnight(date(2025, 6, 1)), midnight(date(2025, 7, 1)))
    assert ask("uptime", before).value is None, "nobody watched"


def test_as_many_statements_for_many_components_as_for_two(june: Component, mail: Component, group: Group) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as told:
            ask("uptime")
        return len(told)

    few = statements()
    for number in range(8):
        one = Component.objects.create(group=group, name_ru=f"Узел {number}", since=SINCE)
        out(one, "down", moment(7, number), moment(7, number + 1))
    assert statements() == few


def test_it_can_be_aimed_at_and_watched(june: Component) -> None:
    for name in ("uptime", "client_availability", "error_budget"):
        assert METRICS[name].can_be_planned and METRICS[name].has_past and not METRICS[name].is_private
