"""An independent provider's results: brought in by the one machine for files, never pooled with answers of ours."""

import io
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.care.surveys import beside, personal
from otklik.care.surveys.bringing import NAMED, OutsideAnswers
from otklik.care.surveys.figures import differ
from otklik.care.surveys.models import Answer, FollowUp, OutsideAnswer, Question, Score
from otklik.care.surveys.scales import Kind
from otklik.core.datamap import GONE
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact, Merging
from otklik.desk.imports import running
from otklik.desk.imports.models import Import
from otklik.desk.imports.preparing import prepared
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HEADER = "Номер анкеты;Дата;Оценка;Шкала;Комментарий;Область;Линия;Обращение;Почта;Телефон\n"
type Bring = Callable[..., Import]


@pytest.fixture
def bring(settings: object, tmp_path: Path) -> Bring:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]

    def brought(*rows: str, source: str = "golos", dry: bool = False, **how: Any) -> Import:
        of = prepared("outside", io.BytesIO((HEADER + "\n".join(rows) + "\n").encode()), "x.csv", source)
        of.begin(dry=dry)
        running.run(of, **how)
        return of

    return brought


def whole(days: int = 4000, teams: list[int] | None = None) -> beside.View:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    return beside.View(now - timedelta(days=days), now, teams)


def test_a_row_is_a_mark_on_its_scale_with_whoever_is_known(bring: Bring, ticket: Ticket) -> None:
    of = bring(
        f"A1;01.10.2026;5;1–5;Спасибо;;;№ {ticket.pk};;",
        "A2;02.10.2026 14:30;9;NPS;;;;;pavel@volga.test;",
        "A3;2026-10-03;2;1-5;Долго;Счета;первая линия;;;",
    )

    assert of.told == {"new": 3, "changed": 0, "same": 0, "wrong": 0} and not of.problems.exists()
    first, second, third = OutsideAnswer.objects.order_by("external_id")
    assert (first.kind, first.value, first.ticket, first.contact, first.team) == (
        *(Kind.CSAT5, 5, ticket, ticket.contact, ticket.team),
    )
    assert (second.kind, second.contact) == (Kind.NPS, ticket.contact)
    assert (third.kind, third.area, third.team) == (Kind.AREA5, "Счета", ticket.team)


def test_no_score_no_answer_and_no_talk_comes_of_it(bring: Bring, ticket: Ticket) -> None:
    bring(f"A1;01.10.2026;1;1-5;Ужасно;;;{ticket.pk};;")

    assert OutsideAnswer.objects.count() == 1
    assert not (Score.objects.exists() or Answer.objects.exists() or FollowUp.objects.exists())


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("B;;5;1-5;;;;;;", "Дата"),
        ("B;позавчера;5;1-5;;;;;;", "Дата"),
        ("B;01.10.2026;;1-5;;;;;;", "Оценка"),
        ("B;01.10.2026;6;1-5;;;;;;", "Оценка"),
        ("B;01.10.2026;4,5;1-5;;;;;;", "Оценка"),
        ("B;01.10.2026;0;1-10;;;;;;", "Оценка"),
        ("B;01.10.2026;5;;;;;;;", "Шкала"),
        ("B;01.10.2026;5;1-100;;;;;;", "Шкала"),
        ("B;01.10.2026;5;1-5;;;;;собака;", "Почта"),
    ],
)
def test_a_row_that_says_too_little_is_told_with_its_column(bring: Bring, row: str, column: str) -> None:
    of = bring(row)

    assert (of.told["wrong"], of.problems.get().column) == (1, column)
    assert not OutsideAnswer.objects.exists()


@pytest.mark.parametrize(("said", "kind"), [*NAMED.items(), ("Удовлетворённость", Kind.CSAT5), ("0 до 10", Kind.NPS)])
def test_a_scale_is_known_by_each_of_its_names(said: str, kind: Kind) -> None:
    row = OutsideAnswers("golos").read({"at": "01.10.2026", "value": "4", "scale": said})

    assert row.kind == kind


def test_who_is_not_known_is_left_out_and_the_mark_is_kept(bring: Bring, line_one: Team) -> None:
    of = bring(
        "C1;01.10.2026;4;1-5;;;;999;;",
        "C2;01.10.2026;4;1-5;;;Никакая;;;",
        "C3;01.10.2026;4;1-5;;;;;nobody@else.example;",
        "C4;01.10.2026;4;1-5;;;;;;+7 495 123-45-67",
    )

    assert of.told["new"] == 4 and OutsideAnswer.objects.filter(contact=None, ticket=None, team=None).count() == 4
    told = list(of.problems.order_by("line").values_list("column", "kept"))
    assert told == [("Обращение", True), ("Линия", True), ("Почта", True), ("Телефон", True)]


def test_a_second_time_changes_nothing_and_another_provider_has_numbers_of_its_own(bring: Bring) -> None:
    rows = ("A1;01.10.2026;5;1-5;;;;;;", ";01.10.2026;4;1-5;без номера;;;;;", "A1;01.10.2026;5;1-5;;;;;;")
    assert bring(*rows).told == {"new": 2, "changed": 0, "same": 1, "wrong": 0}
    assert bring(*rows).told == {"new": 0, "changed": 0, "same": 3, "wrong": 0}
    assert bring("A1;01.10.2026;3;1-5;;;;;;").told["changed"] == 1
    assert bring("A1;01.10.2026;3;1-5;;;;;;", source="other").told["new"] == 1
    assert OutsideAnswer.objects.get(source="golos", external_id="A1").value == 3


def test_the_areas_of_one_questionnaire_are_marks_of_their_own(bring: Bring) -> None:
    rows = [
        f"A1;01.10.2026;{mark};1-5;;{area};;;;" for mark, area in ((5, "Счета"), (2, "Сайт"), (4, "Звонок"), (4, ""))
    ]

    assert bring(*rows, dry=True).told["new"] == 4
    assert bring(*rows).told["new"] == 4
    assert bring(*rows).told["same"] == 4
    assert bring("A1;01.10.2026;3;1-5;;Сайт;;;;").told["changed"] == 1
    assert dict(OutsideAnswer.objects.values_list("area", "value")) == {"Счета": 5, "Сайт": 3, "Звонок": 4, "": 4}


@pytest.mark.parametrize("batch", [7, 1000])
def test_marks_of_nobody_that_are_alike_are_each_counted_whatever_the_batches(
    bring: Bring, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", batch)
    rows = [";01.10.2026;5;1-5;;;;;;"] * 100

    assert bring(*rows, dry=True).told["new"] == 100
    assert bring(*rows).told["new"] == 100
    monkeypatch.setattr(running, "BATCH", 30)
    assert bring(*rows).told == {"new": 0, "changed": 0, "same": 100, "wrong": 0}
    assert bring(*rows, rows[0]).told["new"] == 1, "one that came since"


def test_a_file_that_broke_off_goes_on_with_the_rows_that_are_alike(
    bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 10)
    rows = [";01.10.2026;5;1-5;;;;;;"] * 25

    def stop(of: Import) -> None:
        Import.objects.get(pk=of.pk).stop()

    of = bring(*rows, progress=stop)
    assert OutsideAnswer.objects.count() == 10
    of.begin(dry=False)
    running.run(of)
    assert OutsideAnswer.objects.count() == 25


def test_nothing_of_a_person_is_in_the_identifier_of_a_row_without_one(bring: Bring) -> None:
    one, other = ";01.10.2026;5;1-5;Спасибо;;;;pavel@volga.test;", ";01.10.2026;5;1-5;;;;;;+7 495 123-45-67"
    bring(one, source="first")
    bring(other, source="second")

    assert OutsideAnswer.objects.values("external_id").distinct().count() == 1


def test_words_that_were_erased_do_not_come_back_with_the_file(bring: Bring) -> None:
    rows = ("A1;01.10.2026;5;1-5;Спасибо;;;;;", ";01.10.2026;4;1-5;Звонила Анна;;;;;", "A2;01.10.2026;3;1-5;Ждал;;;;;")
    bring(*rows)
    personal.OUTSIDE.erase(OutsideAnswer.objects.exclude(words="Ждал"))

    assert bring(*rows).told == {"new": 0, "changed": 0, "same": 3, "wrong": 0}
    assert bring("A2;01.10.2026;3;1-5;Ждал час;;;;;").told["changed"] == 1
    assert sorted(OutsideAnswer.objects.values_list("words", flat=True)) == ["Ждал час", GONE, GONE]


def test_a_dry_run_keeps_nothing(bring: Bring) -> None:
    assert bring("A1;01.10.2026;5;1-5;;;;;;", dry=True).told["new"] == 1
    assert not OutsideAnswer.objects.exists()


def test_many_rows_cost_no_more_statements_than_one(bring: Bring, ticket: Ticket) -> None:
    def row(number: int) -> str:
        return f"A{number};01.10.2026;5;1-5;;;;{ticket.pk};pavel@volga.test;+7 495 123-45-67"

    with CaptureQueriesContext(connection) as one:
        bring(row(0), source="first")
    with CaptureQueriesContext(connection) as many:
        bring(*map(row, range(60)), source="second")

    assert len(many) <= len(one) + 2


def test_each_provider_scale_and_area_stands_apart_and_lines_see_their_own(
    bring: Bring, line_one: Team, line_two: Team
) -> None:
    bring(*(f"A{n};01.10.2026;{mark};1-5;;;Первая линия;;;" for n, mark in enumerate([5, 5, 4, 2, 1])))
    bring("N;01.10.2026;9;0-10;;;Вторая линия;;;", "P;01.10.2026;4;1-5;;Счета;Вторая линия;;;")
    bring("A;01.10.2026;1;1-5;;;;;;", source="other")

    told = {(one.source, one.kind): one.told for one in beside.found(whole())}
    assert {key: one.n for key, one in told.items()} == {
        ("golos", Kind.CSAT5): 5,
        ("golos", Kind.NPS): 1,
        ("other", Kind.CSAT5): 1,
    }
    assert told["golos", Kind.CSAT5].value == 0.6
    assert [(area, one.kind) for area, one in beside.areas(whole(), "golos")] == [("Счета", Kind.AREA5)]
    seen = beside.found(whole(teams=[line_two.pk]))
    assert [(one.source, one.kind) for one in seen] == [("golos", Kind.NPS)]
    assert [name for name, _n, _last in beside.providers([line_two.pk])] == ["golos"]


def test_a_difference_is_said_only_where_it_is_proven() -> None:
    ours, worse = Counter({5: 180, 1: 20}), Counter({5: 120, 1: 80})
    told = differ(Kind.CSAT5, ours, worse)
    assert told and told.is_proven and told.value == pytest.approx(-0.3)
    alike = differ(Kind.CSAT5, ours, Counter({5: 9, 1: 1}))
    assert alike and not alike.is_proven
    assert differ(Kind.CSAT5, ours, Counter({5: 4})) is None
    assert differ(Kind.NPS, Counter({10: 29}), Counter({10: 40})) is None
    net = differ(Kind.NPS, Counter({10: 60, 5: 40}), Counter({10: 30, 5: 70}))
    assert net and net.is_proven and net.value == pytest.approx(-60)


def test_an_area_is_set_beside_the_same_area_alone(bring: Bring) -> None:
    bring("A1;01.10.2026;9;1-10;;;;;;", "A2;01.10.2026;4;1-10;;Счета;;;;", "A3;01.10.2026;5;1-5;;;;;;")
    others = beside.everything(whole())

    def of(kind: Kind, words: str = "") -> list[str]:
        return [one.area for one in beside.compared(others, Question(kind=kind, words_ru=words), Counter())]

    assert (of(Kind.AREA10, "счета"), of(Kind.AREA10, "Сайт"), of(Kind.CSAT5)) == (["Счета"], [], [""])


def test_answers_go_along_with_the_client_and_come_back(
    bring: Bring, ticket: Ticket, writes: Write, boris: User
) -> None:
    writes("Другой", sender="pavel@other.example")
    twin = Contact.objects.get(identities__value="pavel@other.example")
    bring("A1;01.10.2026;5;1-5;;;;;pavel@other.example;")

    merging = Merging.objects.merge(ticket.contact, twin, by=boris)
    assert OutsideAnswer.objects.get().contact == ticket.contact
    merging.undo(by=boris)
    assert OutsideAnswer.objects.get().contact == twin
