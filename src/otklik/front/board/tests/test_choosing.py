"""Days chosen freely, what they are compared with, and several sides at once: on pages, boards and papers alike."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.http import QueryDict
from django.test import Client as Browser
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.tickets.models import Ticket, Topic
from otklik.desk.tickets.steps import Resolve
from otklik.front.board.measured import narrowing
from otklik.front.board.timing import BEGUN, LONGEST, Against, Days, Timing, timed
from otklik.team.boards.models import Board, Form
from otklik.team.metrics.buckets import bucket_of
from otklik.team.metrics.days import day_of, midnight, zone
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.models import Reading, TicketFact
from otklik.team.metrics.scope import Scope
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))


def entered(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


@pytest.fixture
def two_weeks(writes: Write, anna: User) -> list[Ticket]:
    """Four requests of three days ago and one of ten days ago; three of the four are of one topic."""
    rows = []
    for number, ago in enumerate((3, 3, 3, 3, 10)):
        with clock.at(clock.now() - timedelta(days=ago)):
            ticket = writes(sender=f"c{number}@volga.test", subject=f"Вопрос {number}")
            ticket.reply("Готово", by=anna, then=Resolve())
        rows.append(ticket)
    topic = Topic.objects.create(name="Оплата")
    Ticket.objects.filter(pk__in=[one.pk for one in rows[:3]]).update(topic=topic)
    TicketFact.objects.count({one.pk for one in rows})
    count_facts()
    return rows


def ago(days: int) -> str:
    return (clock.house_today() - timedelta(days=days)).isoformat()


@given(DAYS, st.integers(0, LONGEST - 1))
def test_any_days_in_order_are_taken_and_a_year_ago_is_a_day_earlier_at_most(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    told = timed(QueryDict(f"first={first}&last={last}&against=year"))
    assert told.own == Days(first, last) and not told.wrong and told.against == Against.YEAR
    was = told.base(Days(first, last), midnight(last + timedelta(days=1)))
    assert (
        was and was.until is None and was.first.year == first.year - 1 and abs((was.last - was.first).days - more) <= 1
    )
    assert timed(QueryDict("&".join(f"{name}={value}" for name, value in told.named.items()))).named == told.named


@given(DAYS, st.integers(0, LONGEST - 1), st.integers(0, LONGEST - 1), st.times())
def test_of_days_that_are_not_over_a_year_ago_is_the_same_part(first: date, more: int, gone: int, at: time) -> None:
    """A month that has begun is not compared with a whole one, nor this morning with a whole day."""
    last, today = first + timedelta(days=more), first + timedelta(days=min(gone, more))
    now = datetime.combine(today, at, zone())
    was = Timing(None, Against.YEAR, None, {}, [], []).base(Days(first, last), now)

    assert was and was.until and day_of(was.until) == was.last and was.until.astimezone(zone()).time() == max(at, BEGUN)
    assert abs((was.last - was.first).days - (today - first).days) <= 1, "of a leap year a day less or more"
    scope = Scope(midnight(first), midnight(last + timedelta(days=1))).at(was.first, was.last, was.until)
    assert (scope.days()[0], scope.days()[-1]) == (was.first, was.last)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("first=2026-03-01", "Назовите оба дня"),
        ("first=2026-02-30&last=2026-03-01", "Такого дня нет"),
        ("first=<b>&last=2026-03-01", "Такого дня нет"),
        ("first=0001-01-01&last=0001-01-02", "Такого дня нет"),
        ("first=2026-03-02&last=2026-03-01", "поменяйте их местами"),
        ("first=2020-01-01&last=2026-03-01", "выберите срок короче"),
        ("against=own", "Укажите, с какими днями сравнить"),
        ("against=own&was_first=2026-03-02&was_last=2026-03-01", "поменяйте их местами"),
    ],
)
def test_wrong_days_are_answered_with_what_to_do_and_stay_in_their_fields(head: User, asked: str, says: str) -> None:
    browser, board = entered(head), Board.objects.make(by=head, name="Доска")
    for address in ("/board/", "/board/metrics/", "/board/metrics/frt/", f"/board/boards/{board.pk}/"):
        page = browser.get(f"{address}?{asked}")
        text = page.content.decode()
        assert page.status_code == 200 and says in text and 'role="alert"' in text, address
        assert "<b>&last" not in text
    value = QueryDict(asked).get("first")
    assert value is None or value.startswith("<") or f'name="first" value="{value}"' in text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("asked", "was"),
    [
        ("", "было 1"),
        ("against=off", ""),
        ("against=year", "было 0"),
        ("against=own&was_first={a}&was_last={b}", "было 4"),
    ],
)
def test_a_period_is_compared_as_chosen(two_weeks: list[Ticket], head: User, asked: str, was: str) -> None:
    browser = entered(head)
    board = Board.objects.make(by=head, name="Доска")
    board.add(metric="arrivals", form=Form.COURSE)
    told = asked.format(a=ago(4), b=ago(2))
    for address, days in (("/board/metrics/arrivals/", "days=7"), (f"/board/boards/{board.pk}/", "span=7")):
        page = browser.get(f"{address}?{days}&{told}").content.decode()
        head_of = page.partition('<section class="sect">')[0]
        assert (was in head_of) if was else ("было" not in head_of), address
    kept = browser.get(f"/board/metrics/arrivals/?days=7&{told}").content.decode()
    assert not told or f"/board/metrics/?days=7&amp;{told.replace('&', '&amp;')}" in kept, "every way on keeps it"


@pytest.mark.django_db(transaction=True)
def test_this_morning_is_compared_with_the_morning_of_a_year_ago(head: User, writes: Write, anna: User) -> None:
    """Of four requests a year ago two came by this time of the day; a week before there were three more."""
    here = clock.now().astimezone(zone())
    noon = here.replace(hour=12, minute=0, second=0, microsecond=0)
    year_ago = noon.replace(year=noon.year - 1, day=min(noon.day, 28) if noon.month == 2 else noon.day)
    rows = []
    moments = [year_ago + timedelta(hours=hours) for hours in (-3, -1, 2, 5)]
    moments += [year_ago - timedelta(days=2, hours=hours) for hours in (-3, 0, 3)]
    for number, at in enumerate(moments):
        with clock.at(at):
            rows.append(writes(sender=f"y{number}@else.test"))
            rows[-1].reply("Готово", by=anna, then=Resolve())
    with clock.at(noon):
        TicketFact.objects.count({one.pk for one in rows})
        browser = entered(head)
        board = Board.objects.make(by=head, name="Доска")
        board.add(metric="arrivals", form=Form.COURSE)
        for days, was in (("days=7", "было 5"), (f"first={noon.date()}&last={noon.date()}", "было 2")):
            page = browser.get(f"/board/metrics/arrivals/?{days}&against=year")
            assert was in page.content.decode() and "до 12:00" in page.context["grey"]
            tiles = browser.get(f"/board/boards/{board.pk}/?{days.replace('days', 'span')}&against=year")
            assert tiles.context["tiles"][0]["was"] == was
            rows_of = browser.get(f"/board/metrics/?{days}&against=year").context["groups"]
            listed = [row["was"] for _label, some in rows_of for row in some if row["metric"].id == "arrivals"]
            assert listed == [was], "read together with all other figures"
    cut = Question(METRICS["resolution.full"], Scope(midnight(year_ago.date()), year_ago))
    ended = Reading.objects.filter(measure=layer.measure_of(cut.metric), at__gte=cut.scope.start, at__lt=year_ago)
    assert layer.counts(cut)[""].of == Counter(map(bucket_of, ended.values_list("value", flat=True))) != {}


@pytest.mark.django_db(transaction=True)
def test_several_sides_at_once_are_one_figure_and_as_many_requests(
    two_weeks: list[Ticket], head: User, anna: User, line_one: Team
) -> None:
    volga = Client.objects.create(name="ТД «Волга»")
    Contact.objects.filter(tickets__in=two_weeks[1:]).update(client=volga)
    TicketFact.objects.count({one.pk for one in two_weeks})
    topic, browser = Ticket.objects.get(pk=two_weeks[0].pk).topic_id, entered(head)
    asked = f"days=28&team={line_one.pk}&topic={topic}&agent={anna.pk}&channel=paper&client={volga.pk}"
    page = browser.get(f"/board/metrics/solved/?{asked}").content.decode()
    assert "Из чего: 2" in browser.get(f"/board/metrics/solved/requests/?{asked}").content.decode()
    for side in ("topic", "agent", "channel", "client"):
        assert f"{side}=" in page.partition("<h1>")[0] or side in page
    assert "ТД «Волга»" in page and "Оплата" in page
    whole = browser.get(f"/board/?{asked}").content.decode()
    assert "Из чего" not in whole and "ТД «Волга»" in whole
    found = browser.get(f"/board/?{asked}").context
    assert {stat.label: stat.value for stat in found["stats"]}[METRICS["backlog"].name] == "0"
    assert browser.get(f"/board/paper/?{asked}").status_code == 200

    board = Board.objects.make(by=head, name="Доска")
    board.add(metric="solved")
    tile = browser.get(f"/board/boards/{board.pk}/?{asked.replace('days', 'span')}")
    assert tile.context["tiles"][0]["value"] == "2" and f"topic={topic}" in tile.context["tiles"][0]["behind"]
    board.add(metric="solved", side="channel", key="phone")
    narrower = browser.get(f"/board/boards/{board.pk}/?channel=paper").context["tiles"]
    assert [one["value"] for one in narrower] == ["5", "0"], "what a tile says itself goes before"


@pytest.mark.django_db(transaction=True)
def test_counts_of_two_sides_are_those_of_their_readings(two_weeks: list[Ticket], anna: User) -> None:
    scope = Scope(clock.now() - timedelta(days=28), clock.now() + timedelta(days=1))
    topic = Ticket.objects.get(pk=two_weeks[0].pk).topic_id
    asked = Question(METRICS["solved"], scope, {"topic": str(topic), "agent": str(anna.pk)})
    assert layer.counts(asked)[""].n == layer.figure(asked).n == 3
    assert {key: one.n for key, one in layer.counts(asked, "channel").items()} == {"paper": 3}


@pytest.mark.django_db
def test_an_organisation_is_chosen_by_its_name(head: User, anna: User) -> None:
    one = Client.objects.create(name="ТД «Волга»")
    browser = entered(head)
    there = browser.get("/board/metrics/arrivals/", {"organisation": "тд «волга»", "topic": "", "first": ""})
    assert there.status_code == 302 and there["Location"] == f"/board/metrics/arrivals/?client={one.pk}"
    unknown = browser.get("/board/metrics/arrivals/", {"organisation": "Ока"}).content.decode()
    assert "Организации «Ока» нет" in unknown and 'value="Ока"' in unknown
    Client.objects.create(name="ТД «Волга»")
    assert "несколько" in browser.get("/board/", {"organisation": "ТД «Волга»"}).content.decode()
    theirs = entered(anna).get("/board/metrics/arrivals/", {"organisation": "ТД «Волга»", "filter": "1"})
    assert theirs.status_code == 200 and 'name="organisation"' not in theirs.content.decode()


@pytest.mark.django_db(transaction=True)
def test_lists_of_a_filter_are_read_when_it_is_asked_for(head: User, two_weeks: list[Ticket]) -> None:
    browser = entered(head)
    assert "<option" not in browser.get("/board/metrics/arrivals/").content.decode().partition('id="against"')[0]
    page = browser.get("/board/metrics/arrivals/?filter=1&days=7").content.decode()
    assert 'name="topic"' in page and "Оплата" in page and '<input type="hidden" name="days" value="7">' in page
    assert 'name="topic"' not in browser.get("/board/metrics/arrivals/").content.decode()
    assert 'name="topic"' not in browser.get("/board/metrics/inc.mttr/?filter=1").content.decode()


def test_a_number_that_one_types_tells_a_lead_no_foreign_name(boris: User, head: User) -> None:
    foreign = Client.objects.create(name="Чужая тайна")
    said = [narrowing.called({"client": str(foreign.pk)}, user) for user in (boris, head)]
    assert "Чужая" not in said[0][0] and "Чужая тайна" in said[1][0]
