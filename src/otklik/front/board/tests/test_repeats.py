"""Q6: what repeated calls cost, from calls to money, and who sees it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core.audit.models import Line
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.calls.hearing import hear
from otklik.desk.calls.models import Call, Extension
from otklik.desk.calls.told import Kind, Told
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket, Topic
from otklik.team.metrics.models import TicketFact
from otklik.team.value.models import Policy, Tally
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/board/value/repeats/"
MINUTE = timedelta(minutes=1)


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def said(browser: Browser) -> str:
    return " ".join(browser.get(PAGE).content.decode().split())


@pytest.fixture
def calls(line_one: Team, anna: User) -> None:
    """Four people call twice each about one thing, a day apart; each talk takes nine minutes, written down at once."""
    channel = Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)
    Extension.objects.create(user=anna, number="101")
    topic = Topic.objects.create(name="Звонки рвутся")
    start = clock.now() - timedelta(days=5)
    for place in range(8):
        begun = start + (place // 4) * timedelta(days=1) + place * 30 * MINUTE
        steps: list[tuple[str, int, dict[str, Any]]] = [
            ("ringing", 0, {"number": f"+7900000000{place % 4}"}),
            ("answered", 0, {"extension": "101"}),
            ("ended", 9, {}),
        ]
        for kind, after, told in steps:
            at = begun + after * MINUTE
            with clock.at(at):
                hear(channel, str(place), Told(Kind(kind), at, f"{place}-{kind}", **told))
        with clock.at(begun + 9 * MINUTE):
            Call.objects.get(external_id=str(place)).conclude("answered", by=anna)
    Ticket.objects.update(topic=topic)
    count_facts()
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))


def test_METRICS_example_from_calls_to_money(calls: None, head: User) -> None:
    """600 an hour, 80 %, 25 %: 1 000 for an hour of talking, 150 for nine minutes; four repeats are 600."""
    browser = browser_of(head)
    before = said(browser)
    assert "Никто не указал" in before and "₽" not in before, "not known is no nought"
    words = {"hour_cost": "600", "occupancy": "80", "shrinkage": "25"}
    assert browser.post(PAGE, words).status_code == 302

    page = said(browser)
    assert "1 000,00 ₽" in page and "150,00 ₽" in page and "600,00 ₽" in page
    assert "4 из 8 контактов" in page and "Звонки рвутся" in page
    assert Line.objects.filter(about="value.Policy").exists()


def test_money_is_that_of_the_clients_and_the_period_stays(calls: None, head: User) -> None:
    Tally.objects.create(currency="USD", came_in=date(2026, 1, 1), age=1, clients=5, monthly=1)
    browser = browser_of(head)
    words = {"hour_cost": "600", "occupancy": "80", "shrinkage": "25"}
    answer = browser.post(f"{PAGE}?days=91", words)

    assert answer.status_code == 302 and answer["Location"] == f"{PAGE}?days=91"
    assert "600,00 $" in said(browser) and "₽" not in said(browser)


def test_too_few_talks_cost_nothing_that_is_known(head: User) -> None:
    Policy.objects.create(pk=1, hour_cost=600)
    page = said(browser_of(head))

    assert "1 000,00 ₽" in page and "150,00" not in page and "За этот период никому не пришлось" in page


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ({"hour_cost": "-1"}, "hour_cost"),
        ({"occupancy": "0"}, "occupancy"),
        ({"shrinkage": "100"}, "shrinkage"),
        ({"occupancy": ""}, "occupancy"),
    ],
)
def test_what_makes_no_sense_is_refused(head: User, words: dict[str, str], wrong: str) -> None:
    answer = browser_of(head).post(PAGE, {"hour_cost": "600", "occupancy": "80", "shrinkage": "25", **words})

    assert answer.status_code == 422 and set(answer.context["form"].errors) == {wrong}
    assert not Policy.objects.exists()


def test_only_the_head_and_the_administrator_see_and_set_it(
    anna: User, boris: User, quality: User, head: User, admin: User
) -> None:
    Policy.objects.create(pk=1, hour_cost=777)
    for user in (anna, boris, quality):
        browser = browser_of(user)
        assert browser.get(PAGE).status_code == browser.post(PAGE, {"hour_cost": "1"}).status_code == 403
        assert PAGE not in browser.get("/board/metrics/register/").content.decode()
        assert "777" not in browser.get("/board/value/").content.decode()
    assert {browser_of(user).get(PAGE).status_code for user in (head, admin)} == {200}
    assert f'href="{PAGE}"' in browser_of(head).get("/board/metrics/register/").content.decode()
    assert Policy.objects.get().hour_cost == 777
