"""What happened on a day: written by those who lead, drawn on every chart of that time."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.care.incidents.models import Incident
from otklik.care.status.models import Component, Group, Outage
from otklik.care.status.states import State
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.front.board.noting.happenings import MOST, happenings
from otklik.team.boards.models import Board, Form
from otklik.team.metrics.models import Annotation, Improvement
from otklik.team.metrics.scope import Scope
from otklik.team.people.models import Course, Seat, Wave

pytestmark = pytest.mark.django_db


def day(ago: int) -> date:
    return timezone.localtime(clock.now()).date() - timedelta(days=ago)


def noted(words: str, by: User, ago: int = 2, team: Team | None = None) -> Annotation:
    return Annotation.objects.create(on=day(ago), words=words, by=by, team=team)


def lately() -> Scope:
    return Scope(clock.now() - timedelta(days=28), clock.now() + timedelta(days=1))


def test_a_note_is_written_on_a_metric_and_stands_on_its_chart(client: Client, head: User) -> None:
    client.force_login(head)
    assert "Отметить, что произошло" in client.get("/board/metrics/backlog/").content.decode()
    told = {"on": day(3), "words": "<b>Сбой</b> связи", "kind": "incident", "team": "", "metric": "backlog"}
    answer = client.post("/board/notes/", told)
    assert answer.status_code == 302 and answer["Location"] == "/board/metrics/backlog/"

    for address in ("/board/metrics/backlog/", "/board/notes/"):
        page = client.get(address).content.decode()
        assert "&lt;b&gt;Сбой&lt;/b&gt; связи" in page and "<b>Сбой" not in page
    page = client.get("/board/metrics/backlog/").content.decode()
    assert 'class="mark"' in page and '<th scope="row">A</th>' in page
    assert Annotation.objects.get().by == head


@pytest.mark.parametrize("told", [{"words": ""}, {"on": "2019-02-30"}, {"on": "1999-01-01"}, {"kind": "mood"}])
def test_what_makes_no_sense_is_not_kept_and_nothing_typed_is_lost(
    client: Client, head: User, told: dict[str, str]
) -> None:
    client.force_login(head)
    answer = client.post("/board/notes/", {"on": day(1), "words": "Учёба", "kind": "training", **told})
    assert answer.status_code == 422 and not Annotation.objects.exists()
    assert "words" in told or 'value="Учёба"' in answer.content.decode()


def test_a_lead_notes_for_their_own_lines_only(
    client: Client, boris: User, line_one: Team, line_two: Team, head: User, vera: User
) -> None:
    client.force_login(boris)
    for team, status in (("", 422), (line_two.pk, 422), (line_one.pk, 302)):
        told = {"on": day(1), "words": "Учёба", "kind": "training", "team": team}
        assert client.post("/board/notes/", told).status_code == status
    assert Annotation.objects.get().team == line_one
    assert [one.words for one in happenings(boris, lately())] == ["Учёба"]
    assert happenings(vera, lately()) == []


def test_who_takes_a_note_away(client: Client, boris: User, anna: User, head: User, line_one: Team) -> None:
    first, second = noted("Раз", boris, team=line_one), noted("Два", head, team=line_one)
    client.force_login(anna)
    assert client.post(f"/board/notes/{first.pk}/remove/").status_code == 403
    client.force_login(boris)
    assert client.post(f"/board/notes/{second.pk}/remove/").status_code == 403
    assert client.post(f"/board/notes/{first.pk}/remove/").status_code == 302
    client.force_login(head)
    assert client.post(f"/board/notes/{second.pk}/remove/").status_code == 302
    assert client.post(f"/board/notes/{second.pk}/remove/").status_code == 404
    assert not Annotation.objects.exists()


def test_improvements_and_notes_are_marked_in_one_order(head: User) -> None:
    noted("Позже", head, ago=1)
    Improvement.objects.create(
        name="Раньше", hypothesis="-", metric="frt", least=1.0, starts_on=day(9), by=head, written_at=clock.now()
    )
    assert [(one.words, bool(one.address)) for one in happenings(head, lately())] == [
        ("Раньше", True),
        ("Позже", False),
    ]


@pytest.fixture
def meanwhile(head: User, anna: User) -> None:
    """An incident, an outage that was told by itself, one that an incident tells, and a course of Anna's."""
    with clock.at(clock.now() - timedelta(days=4)):
        Incident.objects.declare(title="Не уходит почта", affects="Письма не уходят", severity=2, by=anna)
    component = Component.objects.create(
        group=Group.objects.create(name_ru="Сервис"), name_ru="Вход", place=Component.objects.count() + 1
    )
    for source in (Outage.Source.HAND, Outage.Source.INCIDENT):
        began = clock.now() - timedelta(days=3)
        Outage.objects.create(
            component=component, state=State.DOWN, source=source, began_at=began, ended_at=began + timedelta(hours=1)
        )
    course = Course.objects.create(name="Возражения")
    wave = Wave.objects.create(course=course, starts_on=day(2), ends_on=day(1), made_by=head)
    Seat.objects.create(wave=wave, person=anna)


def test_incidents_outages_and_courses_are_marked_by_themselves(
    meanwhile: None, head: User, anna: User, boris: User, vera: User
) -> None:
    found = happenings(head, lately())
    assert [(one.on, one.words.split(":")[0], bool(one.address)) for one in found] == [
        (day(4), "Не уходит почта", True),
        (day(3), "Вход", True),
        (day(2), "Возражения", True),
    ]
    theirs = [one.words.split(":")[0] for one in happenings(anna, lately())]
    assert theirs == ["Не уходит почта", "Вход", "Возражения"], "her own course"
    assert [one.words.split(":")[0] for one in happenings(vera, lately())] == ["Не уходит почта", "Вход"]


def test_marks_are_read_once_for_many_charts_and_switched_off(client: Client, meanwhile: None, head: User) -> None:
    client.force_login(head)
    board = Board.objects.make(by=head, name="Ход")
    for metric in ("arrivals", "solved", "backlog"):
        board.add(metric=metric, form=Form.COURSE)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/board/boards/{board.pk}/").content.decode()
    assert len([one for one in queries if 'FROM "status_outage"' in one["sql"]]) == 1
    assert page.count('class="mark"') == 9 and "Не уходит почта" in page and "events=off" in page
    for address in (f"/board/boards/{board.pk}/", "/board/", "/board/metrics/arrivals/"):
        assert "Не уходит почта" in client.get(address).content.decode()
        quiet = client.get(f"{address}?events=off").content.decode()
        assert 'class="mark"' not in quiet and "Не уходит почта" not in quiet and "Отметить события" in quiet
    told = client.get("/board/metrics/arrivals/?events=off&days=91").content.decode()
    assert "/board/metrics/?days=91&amp;events=off" in told, "the way back keeps it"


def test_of_very_many_the_latest_are_marked(head: User) -> None:
    Annotation.objects.bulk_create(
        [Annotation(on=day(27 - number % 27), words=f"{number}", by=head) for number in range(MOST + 10)]
    )
    found = happenings(head, lately())
    assert len(found) == MOST and found[-1].on == day(1)


def test_the_list_goes_on_where_the_page_ended(
    client: Client, head: User, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
) -> None:
    monkeypatch.setattr("otklik.front.board.noting.views.PAGE", 2)
    for number in range(5):
        noted(f"Событие {number}", head, ago=number // 2)
    client.force_login(head)
    seen, address = [], "/board/notes/"
    while address:
        with django_assert_max_num_queries(20):
            page = client.get(address).content.decode()
        seen += [number for number in range(5) if f">Событие {number}<" in page]
        further = page.partition('href="?before=')[2].partition('"')[0]
        address = f"/board/notes/?before={further}" if further else ""
    assert sorted(seen) == [0, 1, 2, 3, 4]


def test_an_agent_sees_marks_and_writes_none(client: Client, anna: User, head: User) -> None:
    noted("Сбой", head)
    client.force_login(anna)
    assert client.get("/board/notes/").status_code == 403
    page = client.get("/board/metrics/backlog/").content.decode()
    assert "Сбой" in page and "Отметить, что произошло" not in page


def test_what_happened_on_one_day_has_its_letters_side_by_side(client: Client, head: User) -> None:
    for words in ("Раз", "Два"):
        noted(words, head, ago=3)
    client.force_login(head)
    page = client.get("/board/metrics/backlog/")
    assert [mark.letter for mark in page.context["chart"]["marks"]] == ["AB"]
    assert page.content.decode().count('class="mark"') == 1
