"""The board and the tickets behind it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.care.surveys.models import Invitation
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from otklik.front.board import figures
from otklik.front.board.access import lines_of
from otklik.front.board.period import viewed
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)

MOST_QUERIES = 75
COUNT = re.compile(r"^(\d+)(?:$|\W(?:обращен|ответ|жд))")
"""What a link says that is a count of tickets, and not a duration or a share."""


@pytest.fixture
def week(writes: Write, anna: User, tomorrow) -> list[Ticket]:
    """Three requests: one solved, one asked back, one untouched."""
    tickets = [writes(sender=f"c{number}@else.test") for number in range(3)]
    tickets[0].reply("Готово", by=anna, then=Resolve())
    tickets[1].reply("Какой?", by=anna, then=Wait(tomorrow))
    count_facts()
    return tickets


def listed(page: str) -> int:
    """Requests to which the page leads."""
    return len(re.findall(r'href="/tickets/\d', page))


@pytest.mark.parametrize(("metric", "count"), [("frt", 2), ("solved", 1), ("backlog", 2), ("csat.t2b", 0)])
def test_every_number_opens_its_requests(
    client: Client, week: list[Ticket], anna: User, metric: str, count: int
) -> None:
    client.force_login(anna)
    page = client.get(f"/board/metrics/{metric}/requests/?days=7").content.decode()

    assert listed(page) == count
    assert f"<h1>Из чего: {count}</h1>" in page


def test_each_count_of_the_board_is_the_count_of_its_list(
    client: Client, week: list[Ticket], head: User, writes: Write, settings
) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    writes(sender="d@else.test")
    invitation = Invitation.objects.plan(week[0])
    assert invitation and invitation.send()
    Invitation.objects.get(pk=invitation.pk).answer(2)
    with clock.at(clock.now() + timedelta(days=2)):  # what was promised for tomorrow is late by then
        count_facts()
        client.force_login(head)
        board = client.get("/board/?days=7").content.decode()
        links = re.findall(r'<a[^>]* href="(/board/metrics/[^"]+)">([^<]*?)</a>', board)
        counted = [(unescape(address), int(n)) for address, says in links for n in COUNT.findall(says)]
        lists = {address: client.get(address).content.decode() for address, _said in counted}

    asked = {address.split("/")[3] for address, _said in counted}
    assert asked >= {"arrivals", "solved", "backlog", "backlog.unanswered", "csat.t2b"}
    wrong = [(a, n) for a, n in counted if f"<h1>Из чего: {n}</h1>" not in lists[a]]
    assert wrong == []
    assert all(listed(lists[address]) == number for address, number in counted)


def test_a_late_headline_opens_the_late(client: Client, week: list[Ticket], head: User) -> None:
    client.force_login(head)
    with clock.at(clock.now() + timedelta(days=2)):
        board = client.get("/board/?days=7").content.decode()
        address, said = re.findall(r'<h1><a class="row" href="([^"]+)">(\d+) ', board)[0]
        late = client.get(unescape(address)).content.decode()

    assert said == "2" and listed(late) == 2


@pytest.mark.parametrize(
    ("address", "says", "count"),
    [
        ("backlog/requests/?age=0", "меньше дня", 2),
        ("promise.kept/requests/?kind=0", "нарушено", 0),
        ("csat.t2b/requests/?kind=5", "оценка 5", 0),
        ("sla.attainment/requests/?part=missed", "нарушены", 0),
        ("backlog/requests/?age=9", "", 2),
    ],
)
def test_a_part_of_a_figure_is_named(
    client: Client, week: list[Ticket], head: User, address: str, says: str, count: int
) -> None:
    client.force_login(head)
    page = client.get(f"/board/metrics/{address}").content.decode()
    assert f"<h1>Из чего: {count}</h1>" in page and says in page.split('class="lead">')[1].split("</p>")[0]


def test_what_clients_wrote_stands_beside_their_mark(client: Client, week: list[Ticket], head: User, settings) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    invitation = Invitation.objects.plan(week[0])
    assert invitation and invitation.send()
    Invitation.objects.get(pk=invitation.pk).answer(2, "<b>Долго</b>")
    count_facts()
    client.force_login(head)
    page = client.get("/board/metrics/csat.t2b/requests/?kind=2").content.decode()
    assert (
        "2 &lt;b&gt;Долго&lt;/b&gt;" in page
        and "Из чего: 0" in client.get("/board/metrics/csat.t2b/requests/?kind=4").content.decode()
    )


def test_nobody_sees_figures_of_anothers_line(client: Client, week: list[Ticket], vera: User, line_one) -> None:
    client.force_login(vera)

    address = f"/board/metrics/backlog/requests/?team={line_one.pk}"
    assert listed(client.get(address).content.decode()) == 0
    assert client.get("/board/nothing/").status_code == 404


def test_the_board_stands_without_data_and_for_strangers_is_closed(client: Client, boris: User) -> None:
    assert client.get("/board/").status_code == 302
    client.force_login(boris)
    assert client.get("/board/?days=x&team=%00").status_code == 200


def test_the_board_costs_a_known_number_of_queries(
    client: Client, week: list[Ticket], head: User, line_two, writes: Write
) -> None:
    client.force_login(head)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/board/?days=91").status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(8):
        Team.objects.create(name=f"Линия {number}", calendar=line_two.calendar)
        writes(sender=f"more{number}@else.test")
    count_facts()
    assert asked() == few <= MOST_QUERIES


def test_what_stands_is_a_dash_beside_lines_when_the_period_is_over(week: list[Ticket], head: User) -> None:
    lines, today = lines_of(head), clock.today()
    backlogs = {}
    for back in (0, 9):
        day = today - timedelta(days=back)
        told = figures.board(viewed(head, lines, None, 1, day, day), head)
        backlogs[back] = [line["figures"][-1] for line in told["lines"]]
        assert bool(told["ages"]) is bool(told["oldest"]) is (back == 0), "ages are told of what is open now"
    assert all(backlogs[0]) and not any(backlogs[9])
