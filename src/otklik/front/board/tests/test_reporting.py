"""Reports by mail on pages: made, looked at in the eyes of a reader, sent to oneself, stopped, and their history."""

from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language

from otklik.core.paper import Paper, pdf
from otklik.core.staff.models import User
from otklik.front.board.papers import views as papers
from otklik.front.board.reporting import views
from otklik.team.boards.models import Board, Shared
from otklik.team.reports.models import Reader, Report, Sending, State, Subject

pytestmark = pytest.mark.django_db
LIST = "/board/reports/"


def client_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def told(*readers: User, **instead: Any) -> dict[str, Any]:
    asked = {"name": "Неделя отдела", "subject": "department", "board": "", "every": "week", "weekday": "1"}
    return {**asked, "hour": "9", "readers": [one.pk for one in readers], **instead}


def weekly(by: User, *readers: User, **details: Any) -> Report:
    return Report.objects.make(readers or [by], by=by, **{"name": "Неделя отдела", **details})


def test_a_report_is_made_and_changed(head: User, boris: User, anna: User) -> None:
    browser = client_of(head)
    assert "Отчётов пока нет" in browser.get(LIST).content.decode()
    assert browser.get(f"{LIST}new/").status_code == 200

    answer = browser.post(f"{LIST}new/", told(head, boris))
    report = Report.objects.get()
    assert answer.status_code == 302 and answer.headers["Location"] == f"{LIST}{report.pk}/"
    page = browser.get(f"{LIST}{report.pk}/").content.decode()
    assert "каждую неделю в понедельник в 9:00" in page and boris.name in page and "Ни одного письма" in page
    assert report.next_at and report.next_at.isoweekday() == 1

    browser.post(f"{LIST}{report.pk}/change/", told(head, anna, every="day", hour="7"))
    report.refresh_from_db()
    assert (report.every, report.hour) == ("day", 7)
    assert {one.login for one in report.readers.all()} == {head.login, anna.login}
    shown = browser.get(LIST).content.decode()
    assert "каждый рабочий день в 7:00" in shown and anna.name in shown


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ({"name": ""}, "Обязательное поле"),
        ({"readers": []}, "Укажите, кто его получает"),
        ({"readers": ["999999"]}, ""),
        ({"subject": "board"}, "Укажите доску"),
        ({"hour": "25"}, ""),
        ({"weekday": "8"}, ""),
        ({"every": "never"}, ""),
    ],
)
def test_what_makes_no_sense_comes_back_with_all_that_was_typed(head: User, instead: dict[str, Any], says: str) -> None:
    answer = client_of(head).post(f"{LIST}new/", told(head, **{"name": "Моя сводка", **instead}))
    page = answer.content.decode()
    assert answer.status_code == 422 and not Report.objects.exists()
    assert says in page and ("Моя сводка" in page or "name" in instead)


def test_a_board_goes_only_to_who_sees_it(head: User, boris: User) -> None:
    own = Board.objects.make(by=head, name="Моё утро")
    answer = client_of(head).post(f"{LIST}new/", told(head, boris, subject="board", board=own.pk))
    assert answer.status_code == 422 and f"Эту доску не видят: {boris.name}" in answer.content.decode()
    own.change(by=head, shared=Shared.EVERYBODY)
    client_of(head).post(f"{LIST}new/", told(head, boris, subject="board", board=own.pk))
    assert Report.objects.get().subject == Subject.BOARD


def test_who_may_do_what(head: User, boris: User, anna: User, ilya: User, quality: User) -> None:
    report = weekly(head, head, boris, anna)
    one = f"{LIST}{report.pk}/"
    doors = {
        "": {head: 200, boris: 200, anna: 200, ilya: 404, quality: 404},
        "change/": {head: 200, boris: 403, anna: 403, ilya: 404},
        "mine/": {head: 200, boris: 200, ilya: 404},
        "preview/": {head: 200, anna: 200, ilya: 404},
        f"preview/?reader={anna.pk}": {head: 200, boris: 404, anna: 200},
        f"preview/?reader={head.pk}": {head: 200, boris: 403, anna: 403},
        f"preview/?reader={ilya.pk}": {head: 404},
        "preview/?reader=x": {head: 404},
    }
    doors[f"preview/?reader={anna.pk}"][boris] = 200  # whoever leads all lines of hers
    for door, who in doors.items():
        for user, status in who.items():
            assert client_of(user).get(f"{one}{door}").status_code == status, (door, user.login)
    for user, status in ((anna, 403), (boris, 200), (quality, 200)):
        assert client_of(user).get(f"{LIST}new/").status_code == status, user.login
    for act in ("switch", "remove"):
        assert client_of(boris).post(f"{one}{act}/").status_code == 403
    assert report.name not in client_of(ilya).get(LIST).content.decode()
    assert Browser().get(LIST).status_code == 302


def test_a_preview_is_the_letter_of_that_reader_and_does_no_harm(head: User, boris: User) -> None:
    report = weekly(head, head, boris)
    browser = client_of(head)
    page = browser.get(f"{LIST}{report.pk}/preview/?reader={boris.pk}").content.decode()
    assert f"/letter/?reader={boris.pk}" in page and "sandbox" in page

    letter = browser.get(f"{LIST}{report.pk}/letter/?reader={boris.pk}")
    policy = letter.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "frame-ancestors 'self'" in policy
    html = letter.content.decode()
    assert "Неделя отдела" in html and "Все линии" not in html and "cid:" not in html
    assert "Все линии" in browser.get(f"{LIST}{report.pk}/letter/").content.decode()

    pages = browser.get(f"{LIST}{report.pk}/pdf/?reader={boris.pk}")
    assert "Неделя отдела" in pypdfium2.PdfDocument(pages.content)[0].get_textpage().get_text_range()
    assert not Sending.objects.exists()


def test_one_sends_it_to_oneself_alone(head: User, boris: User, monkeypatch: pytest.MonkeyPatch) -> None:
    report = weekly(head, head, boris)
    browser = client_of(boris)
    answer = browser.post(f"{LIST}{report.pk}/now/", follow=True)
    assert boris.email in answer.content.decode()
    sending = Sending.objects.get()
    assert (sending.person, sending.by_hand, sending.state) == (boris, True, State.WAITING)
    User.objects.filter(pk=boris.pk).update(email="")
    assert "нет вашего адреса" in browser.post(f"{LIST}{report.pk}/now/", follow=True).content.decode()
    assert Sending.objects.count() == 1


def test_a_reader_says_that_they_do_not_want_it(head: User, anna: User) -> None:
    report = weekly(head, head, anna)
    browser, door = client_of(anna), f"{LIST}{report.pk}/mine/"
    assert "Не присылать мне" in browser.get(door).content.decode()
    browser.post(door)
    assert Reader.objects.get(person=anna).stopped_at
    assert "отказ" in client_of(head).get(f"{LIST}{report.pk}/").content.decode()
    browser.post(door, {"want": "1"})
    assert Reader.objects.get(person=anna).stopped_at is None


def test_it_is_stopped_and_removed(head: User) -> None:
    report = weekly(head)
    browser, one = client_of(head), f"{LIST}{report.pk}/"
    browser.post(f"{one}switch/")
    assert not Report.objects.get().is_on and "остановлен" in browser.get(LIST).content.decode()
    browser.post(f"{one}switch/", {"on": "1"})
    assert Report.objects.get().is_on
    browser.post(f"{one}remove/")
    assert not Report.objects.exists()


def test_the_history_says_why_goes_on_and_is_bounded(head: User, anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAGE", 3)
    report = weekly(head, head, anna)
    for number in range(5):
        row = Sending.objects.now(report, anna if number % 2 else head)
        row.end(State.FAILED, f"нет сети {number}")
    browser, one = client_of(head), f"{LIST}{report.pk}/"
    first = browser.get(one).content.decode()
    assert "нет сети 4" in first and "нет сети 1" not in first and "не удалось отправить" in first
    before = Sending.objects.order_by("pk")[2].pk
    assert f"before={before}" in first
    assert "нет сети 1" in browser.get(f"{one}?before={before}").content.decode()
    assert "нет сети 4" not in client_of(anna).get(one).content.decode(), "those of others are not hers"


def test_a_list_costs_the_same_for_many(head: User, anna: User, boris: User) -> None:
    browser = client_of(head)
    counts = []
    for number in range(3):
        weekly(head, head, anna, boris, name=f"Отчёт {number}")
        browser.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_the_pdf_speaks_the_language_of_its_reader(head: User, boris: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words that are set last, too."""
    report, said = weekly(head, head, boris), []
    User.objects.filter(pk=boris.pk).update(language="en")

    def heard(paper: Paper) -> bytes:
        said.append(get_language())
        return pdf(paper)

    monkeypatch.setattr(papers, "pdf", heard)
    client_of(head).get(f"{LIST}{report.pk}/pdf/?reader={boris.pk}")
    assert said == ["en"]


def test_the_list_says_nothing_of_letters_to_others(head: User, anna: User) -> None:
    report = weekly(head, head, anna)
    Sending.objects.now(report, anna).end(State.SENT)
    Sending.objects.now(report, head).end(State.FAILED, "нет сети")
    assert "не удалось отправить" in client_of(head).get(LIST).content.decode()
    assert "не удалось отправить" not in client_of(anna).get(LIST).content.decode()
