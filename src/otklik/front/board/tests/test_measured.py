"""The pages of metrics: one definition, and as many requests behind a number as it says."""

import csv
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.care.complaints.tests.conftest import File, file
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.core.ui import words
from otklik.desk.clients.models import Client, Contact
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.board.measured.course import of_a_week
from otklik.front.board.noting.happenings import MOST
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import Group
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.models import TicketFact
from otklik.team.metrics.scope import Scope
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

__all__ = ["file"]

pytestmark = pytest.mark.django_db(transaction=True)


def client_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


@pytest.fixture
def answered(writes: Write, anna: User) -> list[Ticket]:
    """Seven requests of this week, answered after one to seven hours by the calendar."""
    tickets = []
    start = clock.now() - timedelta(days=2)
    for number in range(7):
        with clock.at(start):
            ticket = writes(sender=f"client{number}@volga.test", subject=f"Вопрос {number}")
        with clock.at(start + timedelta(hours=number + 1)):
            ticket.reply("Готово", by=anna, then=Resolve())
        tickets.append(ticket)
    count_facts()
    return tickets


def test_every_metric_has_its_line_and_its_page(answered: list[Ticket], head: User) -> None:
    browser = client_of(head)
    page = browser.get("/board/metrics/").content.decode()

    for name, metric in METRICS.items():
        is_apart = metric.group in (Group.PAST, Group.ELSEWHERE)
        assert (f'href="/board/metrics/{name}/?days=28"' in page) != is_apart, "of these nothing was brought or asked"
        own = browser.get(f"/board/metrics/{name}/").content.decode()
        assert str(metric.says) in own and str(metric.formula) in own
    assert words.span(4 * 3600) in page, "the median of one to seven hours"
    assert '<details class="twin">' in browser.get("/board/metrics/frt/").content.decode(), "the chart as a table"


def test_behind_a_number_stand_as_many_requests(answered: list[Ticket], head: User, anna: User) -> None:
    browser = client_of(head)
    found = browser.get(f"/board/metrics/frt.calendar/requests/?agent={anna.pk}").content.decode()

    assert "Из чего: 7" in found and "Анна Белова" in found
    assert len(re.findall(r'href="/tickets/\d+/"', found)) == 7
    assert "Из чего: 0" in browser.get("/board/metrics/frt.calendar/requests/?agent=99999").content.decode()


def test_the_list_goes_on_where_the_page_ended(
    answered: list[Ticket], head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("otklik.front.board.measured.behind.PAGE", 3)
    browser, address, numbers = client_of(head), "/board/metrics/arrivals/requests/", []
    while address:
        page = browser.get(address).content.decode()
        numbers += re.findall(r'href="/tickets/(\d+)/"', page)
        further = re.search(r'href="(\?[^"]*before=[^"]+)"', page)
        address = f"/board/metrics/arrivals/requests/{further[1].replace('&amp;', '&')}" if further else ""

    assert len(numbers) == 7 and len(set(numbers)) == 7


def test_the_table_to_take_away_has_the_numbers_of_the_page(answered: list[Ticket], head: User, anna: User) -> None:
    taken = client_of(head).get("/board/metrics/frt.calendar/table/?by=agent&form=csv")
    content = b"".join(taken.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(content.splitlines()))

    assert rows[1][0] == anna.name and float(rows[1][1]) == 4 * 3600 and rows[1][5] == "7"


def test_an_agent_compares_nobody(answered: list[Ticket], anna: User, line_two: Team) -> None:
    """METRICS P8: people are compared by who leads them."""
    browser = client_of(anna)

    assert "by=agent" not in browser.get("/board/metrics/frt/").content.decode()
    assert browser.get("/board/metrics/frt/table/?by=agent").status_code == 400
    told = browser.get("/board/metrics/frt/?by=agent").content.decode()
    assert "by=agent" in told and '<th scope="row">Анна Белова' not in told


def test_a_stranger_to_the_line_sees_nothing_of_it(answered: list[Ticket], vera: User) -> None:
    page = client_of(vera).get("/board/metrics/arrivals/requests/").content.decode()

    assert "Из чего: 0" in page and "Вопрос" not in page


def test_a_page_asks_as_much_for_many_as_for_few(
    answered: list[Ticket], head: User, writes: Write, kept_for_long: None
) -> None:
    browser = client_of(head)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get("/board/metrics/arrivals/requests/")
            browser.get("/board/metrics/arrivals/?by=channel")
        return len(queries)

    asked()
    few = asked()
    for number in range(10):
        writes(sender=f"another{number}@volga.test")
    count_facts()
    asked()
    assert asked() == few


def test_what_is_counted_is_shown_by_hour(answered: list[Ticket], head: User) -> None:
    page = client_of(head).get("/board/metrics/arrivals/?days=7").content.decode()

    assert 'class="heat"' in page and page.count("7,0") >= 1
    assert 'class="heat"' not in client_of(head).get("/board/metrics/frt/").content.decode()


def test_organisations_are_a_side_for_who_leads(answered: list[Ticket], head: User, anna: User) -> None:
    volga = Client.objects.create(name="ТД «Волга»")
    Contact.objects.filter(tickets__in=answered[:5]).update(client=volga)
    TicketFact.objects.count({ticket.pk for ticket in answered})

    page = client_of(head).get("/board/metrics/arrivals/?by=client").content.decode()
    assert "ТД «Волга»" in page and f"client={volga.pk}" in page
    assert "Из чего: 5" in client_of(head).get(f"/board/metrics/arrivals/requests/?client={volga.pk}").content.decode()
    assert "ТД «Волга»" not in client_of(anna).get("/board/metrics/arrivals/?by=client").content.decode()


@pytest.mark.parametrize("address", ["nothing/", "nothing/requests/", "nothing/table/"])
def test_what_is_no_metric_is_not_found(head: User, address: str) -> None:
    assert client_of(head).get(f"/board/metrics/{address}").status_code == 404


def test_empty_data_says_so(head: User) -> None:
    browser = client_of(head)

    assert "—" in browser.get("/board/metrics/").content.decode()
    assert "За этот срок ничего не измерено." in browser.get("/board/metrics/csat.t2b/").content.decode()
    bad = browser.get("/board/metrics/frt/requests/?before=..&agent=x&topic=1e9")
    assert bad.status_code == 200 and "agent=x" in bad.content.decode()


def test_a_period_is_named_by_its_days(answered: list[Ticket], head: User) -> None:
    browser, day = client_of(head), f"{clock.now() - timedelta(days=2):%Y-%m-%d}"
    asked = f"first={day}&last={day}"
    before = f"{clock.now() - timedelta(days=9):%Y-%m-%d}"
    assert (
        "Из чего: 0" in browser.get(f"/board/metrics/arrivals/requests/?first={before}&last={before}").content.decode()
    )
    wide = browser.get(f"/board/metrics/arrivals/requests/?first={before}&last={clock.now():%Y-%m-%d}")
    assert "Из чего: 7" in wide.content.decode()
    whole = browser.get(f"/board/metrics/arrivals/?{asked}").content.decode()
    assert asked.replace("&", "&amp;") in whole, "what is behind has the same days"
    for vain in ("first=2026-02-30&last=2026-03-01", "first=2026-03-02&last=2026-03-01", "first=2020-01-01"):
        told = browser.get(f"/board/metrics/arrivals/?{vain}").content.decode()
        assert "days=28" in told and "first=20" in told, "the reader is told, and sees the usual period"


def test_hours_are_of_a_day_of_their_weekday_however_short_the_period() -> None:
    monday = timezone.make_aware(datetime(2026, 3, 2))
    counts = [[12] * 24, *[[0] * 24] * 6]

    def told(days: int) -> list[list[float | None]]:
        asked = Question(METRICS["arrivals"], Scope(monday, monday + timedelta(days=days)))
        return [values for _weekday, values in of_a_week(counts, asked)]

    assert told(1) == [[12] * 24, *[[None] * 24] * 6]
    assert told(7) == [[12] * 24, *[[0] * 24] * 6]
    assert told(8)[:2] == [[6] * 24, [0] * 24], "two Mondays"


def test_the_register_leads_to_every_number(head: User, anna: User) -> None:
    found = client_of(head).get("/board/metrics/register/").content.decode()

    beside = {"past.arrivals", "past.resolution", "arrivals", "solved", "sla.ahead", "change.lead", "change.failed"}
    beside |= {"staffing.gap", "bonus.waiting"}  # of the head's twelve numbers, which METRICS does not name
    for name in METRICS.keys() - beside:
        if not name.startswith("backlog.") or name == "backlog.age":
            assert f'href="/board/metrics/{name}/"' in found, name
    assert 'href="/board/value/"' in found and 'href="/board/people/' in found
    theirs = client_of(anna).get("/board/metrics/register/").content.decode()
    assert 'href="/board/value/"' not in theirs and "Ценность клиентов" in theirs, "it is there, for others"


def test_what_records_do_not_know_narrows_nothing_and_is_told(head: User, line_one: Team) -> None:
    """Else all incidents would stand under the name of the line."""
    for address, vain in (
        (f"/board/metrics/inc.mttr/?team={line_one.pk}", f"team={line_one.pk}"),
        (f"/board/metrics/inc.mttr/requests/?team={line_one.pk}", f"team={line_one.pk}"),
        ("/board/metrics/complaint.rate/?topic=5", "topic=5"),
    ):
        page = client_of(head).get(address)
        assert [*page.context["unknown"]] == [vain] and page.context["view"].team is None, address


def test_behind_a_number_of_records_stand_those_that_the_reader_may_see(
    file: File, head: User, boris: User, anna: User
) -> None:
    """The lead about whom one is does not find it by its number either."""
    one, other = file(against=boris, by=anna), file()
    address = "/board/metrics/complaint.rate/requests/"

    found = client_of(head).get(address).content.decode()
    assert f'href="/complaints/{one.pk}/"' in found and f'href="/complaints/{other.pk}/"' in found
    theirs = client_of(boris).get(address).content.decode()
    assert f'href="/complaints/{one.pk}/"' not in theirs and f'href="/complaints/{other.pk}/"' in theirs
    for name in ("complaint.rate", "complaint.ack", "inc.mttr"):
        assert client_of(head).get(f"/board/metrics/{name}/").status_code == 200
        table = client_of(head).get(f"/board/metrics/{name}/table/?form=csv")
        assert table.status_code == (400 if name == "inc.mttr" else 200), "incidents know no side"
        assert client_of(head).get(f"/board/metrics/{name}/paper/").status_code == 200
    assert (
        "За этот срок ничего не измерено" in client_of(head).get("/board/metrics/inc.mttr/requests/").content.decode()
    )


def test_records_of_a_period_are_read_once_for_a_page(file: File, head: User) -> None:
    """For the figure, its course and the side, and for the period before; nothing that only another metric asks."""
    file()
    browser = client_of(head)
    for name, table in (("complaint.upheld", "complaints_complaint"), ("inc.mttr", "incidents_incident")):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/board/metrics/{name}/").status_code == 200
        told = [query["sql"] for query in queries]
        read = [sql for sql in told if f'FROM "{table}"' in sql and f"LIMIT {MOST}" not in sql]
        assert len(read) == 3, f"{name}: the period, the one before, the half year of weeks; besides what charts mark"
        assert not [sql for sql in told if 'FROM "incidents_update"' in sql], name


def test_a_line_without_a_complaint_has_a_rate_and_nothing_to_open(answered: list[Ticket], head: User) -> None:
    page = client_of(head).get("/board/metrics/complaint.rate/").content.decode()

    assert page.count("0 на 7 обращений") == 2, "in the head and in the row of the line"
    assert 'href=""' not in page and "/complaint.rate/requests/" not in page


def test_the_page_of_a_metric_says_how_it_can_be_bent_and_where_that_shows(head: User) -> None:
    browser = client_of(head)

    page = browser.get("/board/metrics/frt/").content.decode()
    other = browser.get("/board/metrics/arrivals/").content.decode()

    assert "Как эту метрику искажают" in page and 'href="/board/metrics/sla.paused/' in page
    assert "Как эту метрику искажают" not in other
