"""What happened is marked on whatever has a time axis, with its table and a switch; these pages on paper, as tables."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from otklik.care.incidents.models import Incident
from otklik.care.incidents.severity import Severity
from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.front.board import expected as expecting
from otklik.front.board import shift, shift_queries
from otklik.front.board.improving import views as improving
from otklik.front.board.noting.happenings import Happening
from otklik.front.board.noting.marking import by_span, lettered, marks
from otklik.front.board.tests.test_papers import taken
from otklik.team.alerts.tests.conftest import alert
from otklik.team.metrics.days import midnight
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Annotation, Improvement, Reading
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.seen import Seen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONG = "Ответы об оплате по заготовке " + "и ещё раз о том же самом " * 3


def client_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def page_of(user: User, address: str) -> str:
    answer = client_of(user).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def today() -> date:
    return timezone.localtime(clock.now()).date()


@pytest.fixture
def half_a_year(ticket: Ticket, line_one: Team) -> Iterator[None]:
    """Six requests a day at noon, each answered within half an hour, for thirty weeks."""
    seen: Counter[Seen] = Counter()
    rest = (line_one.pk, None, "email", None, None, None, ticket.contact_id, None)
    for back in range(1, 210):
        at = midnight(today() - back * DAY) + timedelta(hours=12)
        seen[Seen(Measure.OPENED.value, at, 0, 0, *rest)] = 6
        for place in range(6):
            seen[Seen(Measure.FIRST.value, at + timedelta(minutes=place), (20 + back % 7) * 60_000_000, 0, *rest)] += 1
    Reading.objects.replace({ticket.pk: seen})
    recent.forget()
    yield
    recent.forget()


def improvement(head: User, name: str = LONG[:120]) -> Improvement:
    return Improvement.objects.create(
        name=name,
        hypothesis="Станет быстрее",
        metric="frt",
        least=300,
        starts_on=today() - 30 * DAY,
        weeks=4,
        by=head,
        written_at=clock.now() - 40 * DAY,
    )


def test_an_axis_of_months_marks_within_its_months() -> None:
    months = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
    told = lettered(
        Happening(day, "", "") for day in (date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30))
    )
    assert [(one.at, one.letter) for one in marks(told, by_span(months))] == [(0, "B"), (1, "CD")]


def test_weeks_and_the_trial_of_an_alert_are_marked(half_a_year: None, head: User) -> None:
    Annotation.objects.create(on=today() - 20 * DAY, words="Новый мастер", by=head)
    watched = alert(head, "frt", bound=600.0)
    for address, places in (("/board/metrics/frt/", 2), (f"/board/alerts/{watched.pk}/", 1)):
        page = page_of(head, address)
        assert page.count("Новый мастер") == places, address
        without = page_of(head, f"{address}?events=off")
        assert "Новый мастер" not in without and "Отметить события" in without, address
    trial = page_of(head, f"/board/alerts/{watched.pk}/")
    assert '<th scope="row">a</th>' in trial, "small letters: capitals are days on which it would have rung"


def test_a_note_of_before_the_period_stands_on_weeks_alone(half_a_year: None, head: User) -> None:
    Annotation.objects.create(on=today() - 100 * DAY, words="Давно", by=head)
    Annotation.objects.create(on=today() - 3 * DAY, words="На днях", by=head)
    page = page_of(head, "/board/metrics/frt/?days=28")
    assert page.count("Давно") == 1 and page.index("На днях") < page.index("Давно"), "below the chart of days"


def test_the_forecast_of_a_shift_marks_an_incident_at_its_hour(half_a_year: None, boris: User, head: User) -> None:
    Incident.objects.declare(title="Узел «Нева»", affects="Звонки обрываются", severity=Severity.S2, by=head)
    page = page_of(boris, "/board/shift/")
    assert page.count("Узел «Нева»") == 1 and 'class="mark"' in page
    without = page_of(boris, "/board/shift/?events=off")
    assert "Узел «Нева»" not in without and "events=off" in without


@pytest.mark.parametrize(
    ("zone", "placed"),
    [
        ("Asia/Vladivostok", {"A": 0, "B": 1, "C": 24 + 3}),
        ("America/New_York", {"A": 0, "B": 13, "C": 24 + 17}),
    ],
)
def test_marks_stand_at_the_hour_of_the_readers_clock(head: User, zone: str, placed: dict[str, int]) -> None:
    """A note is of its day; of two incidents each stands where the reader's chart has that hour, or not at all."""
    day = date(2026, 7, 1)
    Annotation.objects.create(on=day, words="За весь день", by=head)
    begins = {  # of hours since midnight of the house
        "Asia/Vladivostok": {"ночью у читателя": -6, "завтра у читателя": 20, "раньше": -8, "позже": 42},
        "America/New_York": {"ночью у читателя": 20, "завтра у читателя": 48, "раньше": 5, "позже": 56},
    }[zone]
    for title, hours in begins.items():
        one = Incident.objects.declare(title=title, affects="Звонки", severity=Severity.S2, by=head)
        Incident.objects.filter(pk=one.pk).update(started_at=midnight(day) + timedelta(hours=hours))
    with timezone.override(zone):
        told = expecting._marked(head, day, [], events=True)
        assert [one.words for _letter, one in told["happened"]] == [
            "За весь день",
            "ночью у читателя",
            "завтра у читателя",
        ]
        assert {mark.letter: mark.at for mark in told["marks"]} == placed
        assert [one.on for _letter, one in told["happened"]] == [day, day, day + DAY], "as the table says"


def test_an_improvement_keeps_its_means_beside_other_marks(half_a_year: None, head: User, boris: User) -> None:
    kept = improvement(head)
    Annotation.objects.create(on=today() - 20 * DAY, words="Сбой в тот же срок", by=head)
    address = f"/board/improvements/{kept.pk}/"
    page = page_of(head, address)
    assert page.count('class="mark"') == 2 and page.count('class="mean') == 2 and "Сбой в тот же срок" in page
    alone = page_of(head, f"{address}?events=off")
    assert alone.count('class="mark"') == 1 and alone.count('class="mean') == 2

    link = f'href="{address}paper/?events=off"'
    assert link in alone and link not in page, "the paper as the page beside it"
    told = taken(head, f"{address}paper/")
    for expected in (
        "Станет быстрее",
        "Было и стало",
        "Сбой в тот же срок",
        "Наименьшее важное изменение",
        "Графики в таблицах",
    ):
        assert expected in told, expected
    table: Any = client_of(head).get(f"{address}table/?form=csv")
    rows = list(csv.reader(b"".join(table.streaming_content).decode("utf-8-sig").splitlines()))
    assert len(rows) >= 2 and len(rows[0]) == len(rows[1]) == 7 and ", 1" in rows[1][2]
    assert client_of(head).get(f"{address}table/?form=doc").status_code == 400


def test_an_improvement_pushes_no_mark_out_while_there_are_letters(half_a_year: None, head: User) -> None:
    """It began before what its chart shows: it stands there as well, and all that happened beside it."""
    kept = improvement(head)
    begins = midnight(kept.starts_on + 3 * DAY)
    scope = Scope(begins, begins + 20 * DAY, None, head)
    for number in range(3):
        Annotation.objects.create(on=kept.starts_on + (4 + number) * DAY, words=f"Событие {number}", by=head)
    told = [one.words for one in improving._happened(head, kept, scope, events=True)]
    assert told == [kept.name, "Событие 0", "Событие 1", "Событие 2"]
    for number in range(3, 30):
        Annotation.objects.create(on=kept.starts_on + 8 * DAY, words=f"Событие {number}", by=head)
    told = [one.words for one in improving._happened(head, kept, scope, events=True)]
    assert len(told) == 26 and told[0] == kept.name, "there are so many letters"


def test_the_shift_stands_on_paper_and_in_a_table(half_a_year: None, boris: User, line_two: Team) -> None:
    told = taken(boris, "/board/shift/paper/")
    line = boris.teams.first()
    assert line is not None
    for expected in ("Отчёт о смене", line.name, "Кто на линиях", "Обращения", "Графики в таблицах"):
        assert expected in told, expected
    assert line_two.name not in told, "a lead has their own lines"
    User.objects.filter(pk=boris.pk).update(language="en")
    assert "Shift report" in taken(User.objects.get(pk=boris.pk), "/board/shift/paper/")
    table: Any = client_of(boris).get("/board/shift/table/?form=csv")
    rows = list(csv.reader(b"".join(table.streaming_content).decode("utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == [line.name] * (len(rows) - 1) and len(rows) >= 2
    assert rows[1][2] == "1", "one request is our move"
    assert client_of(boris).get("/board/shift/table/?form=xlsx").status_code == 200


def test_the_shift_of_one_line_tells_of_that_line_alone(
    writes: Any, head: User, anna: User, ticket: Ticket, line_one: Team, line_two: Team, monkeypatch: Any
) -> None:
    """What is handed on under the name of a line counts nothing of others; which requests it lists is said."""
    other = writes("Другая линия", sender="olga@x.test", subject="Совсем иное")
    Ticket.objects.filter(pk=other.pk).update(team=line_two, due_at=clock.now() - timedelta(hours=1))
    whole = taken(head, "/board/shift/paper/")
    assert "1 обращение опоздало" in whole and line_two.name in whole
    alone = taken(head, f"/board/shift/paper/?team={line_one.pk}")
    assert "опоздало" not in alone.partition("Линии")[0] and line_two.name not in alone and "Совсем иное" not in alone
    page = shift.page_of(head, shift.of_line(shift.Asked([line_one, line_two], line_one, "soonest", None, [])))
    assert [one.told.ours for one in page["channels"]] == [1] and [one.team for one in page["lines"]] == [line_one]

    ticket.take(by=anna)
    hers = taken(head, f"/board/shift/paper/?team={line_two.pk}&owner={anna.pk}")
    assert f"В работе: {anna.name}" in hers
    assert "Ждём третьих лиц" in taken(head, "/board/shift/paper/?show=third")

    link = re.search(r'href="([^"]*form=csv[^"]*)"', page_of(head, f"/board/shift/?team={line_one.pk}&show=nobody"))
    assert link and "team" not in link[1], "the table above it is of all lines"


def test_of_more_than_the_board_counts_it_is_said_that_there_may_be_more(
    monkeypatch: Any, ticket: Ticket, head: User, line_one: Team
) -> None:
    monkeypatch.setattr(shift_queries, "CAP", 1)
    table: Any = client_of(head).get(f"/board/shift/table/?form=csv&team={line_one.pk}")
    rows = list(csv.reader(b"".join(table.streaming_content).decode("utf-8-sig").splitlines()))
    assert [row[2] for row in rows[1:]] == ["1+", "1+"] and rows[1][3] == "1+" and rows[1][6] == "0"
    assert taken(head, "/board/shift/paper/").count("1+") >= 4
    Ticket.objects.update(due_at=clock.now() - timedelta(hours=1))
    assert "1+ обращение опоздало" in page_of(head, "/board/shift/").replace("\xa0", " ")
    least = shift_queries.Figures(ours=3, waiting=3, late=0, soon=2).least
    assert least == {"ours", "waiting", "unowned", "soon"}


def test_papers_and_tables_are_behind_the_doors_of_their_pages(head: User, anna: User, boris: User) -> None:
    kept = improvement(head)
    for who in (head, boris, anna):
        for page in ("/board/shift/", f"/board/improvements/{kept.pk}/"):
            seen = client_of(who).get(page).status_code
            for address in (f"{page}paper/", f"{page}table/"):
                assert client_of(who).get(address).status_code == seen, (who.login, address)
    assert Browser().get("/board/shift/paper/").status_code == 302
