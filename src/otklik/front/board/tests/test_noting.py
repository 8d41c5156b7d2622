"""What happened on a day: written by those who lead, drawn on every chart of that time."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.front.board.noting.happenings import MOST, happenings
from otklik.team.metrics.models import Annotation, Improvement
from otklik.team.metrics.scope import Scope

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
