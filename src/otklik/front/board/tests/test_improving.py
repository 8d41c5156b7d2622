"""Improvements: written down in advance, judged on their day, decided once."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.front.board.improving.forms import JUDGING
from otklik.front.board.tests.test_papers import words as words_of
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Improvement
from otklik.team.metrics.tests import test_judging
from otklik.team.metrics.tests.test_judging import MINUTE, RIPE, Told, marks, tried

pytestmark = pytest.mark.django_db
readings = test_judging.told


def client_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def told(**instead: object) -> dict[str, object]:
    today = timezone.localtime(clock.now()).date()
    asked = {"name": "Шаблоны ответов", "hypothesis": "Ответ станет быстрее", "metric": "frt", "least": "5"}
    return {**asked, "starts_on": str(today), "weeks": "4", "team": "", **instead}


def test_a_head_writes_one_down_and_sees_when_it_is_judged(head: User) -> None:
    browser = client_of(head)
    written = browser.post("/board/improvements/new/", told())
    improvement = Improvement.objects.get()

    assert written["Location"] == f"/board/improvements/{improvement.pk}/"
    assert (improvement.least, improvement.by, improvement.is_fixed_in_advance) == (300.0, head, True)
    page = browser.get(written["Location"]).content.decode()
    assert "Вердикт будет" in page and "Что с этим делаем?" not in page
    assert "Шаблоны ответов" in browser.get("/board/improvements/").content.decode()
    marks = browser.get("/board/metrics/frt/").content.decode().partition('<th scope="row">A</th>')[2]
    assert written["Location"] in marks, "the chart of the metric marks it"


@pytest.mark.parametrize(
    ("field", "value"), [("metric", "arrivals"), ("least", "0"), ("least", "x"), ("weeks", "1"), ("starts_on", "")]
)
def test_bad_input_says_what_is_wrong_and_keeps_the_rest(head: User, field: str, value: str) -> None:
    answer = client_of(head).post("/board/improvements/new/", told(**{field: value}))
    page = answer.content.decode()

    assert answer.status_code == 422 and "aria-invalid" in page and "Ответ станет быстрее" in page
    assert not Improvement.objects.exists()


def test_what_is_counted_of_records_judges_nothing_and_the_form_says_why(head: User) -> None:
    answer = client_of(head).post("/board/improvements/new/", told(metric="complaint.ack"))
    page = answer.content.decode()

    assert answer.status_code == 422 and not Improvement.objects.exists()
    assert page.count("Не по показателям жалоб и аварий") == 2, "beside the field, and as what is wrong with it"


def test_a_lead_tries_things_on_their_own_line_only(boris: User, line_one: Team, line_two: Team) -> None:
    browser = client_of(boris)

    assert browser.post("/board/improvements/new/", told()).status_code == 422
    assert browser.post("/board/improvements/new/", told(team=line_two.pk)).status_code == 422
    assert browser.post("/board/improvements/new/", told(team=line_one.pk)).status_code == 302


def test_it_is_decided_once_and_not_before_its_day(head: User) -> None:
    browser = client_of(head)
    browser.post("/board/improvements/new/", told())
    address = f"/board/improvements/{Improvement.objects.get().pk}/"
    decision = {"decision": "keep", "lesson": "Работает"}

    browser.post(f"{address}decide/", decision)
    assert Improvement.objects.get().decision == "", "too early"
    with clock.at(clock.now() + timedelta(days=29)):
        assert "Мало данных" in browser.get(address).content.decode()
        assert browser.post(f"{address}decide/", {"decision": "keep"}).status_code == 422
        browser.post(f"{address}decide/", decision)
        browser.post(f"{address}decide/", {"decision": "back", "lesson": "Передумали"})
        assert "Работает" in browser.get(address).content.decode()
    assert (Improvement.objects.get().decision, Improvement.objects.get().decided_by) == ("keep", head)


def test_others_do_not_see_it(anna: User, vera: User, boris: User, line_one: Team) -> None:
    client_of(boris).post("/board/improvements/new/", told(team=line_one.pk))
    address = f"/board/improvements/{Improvement.objects.get().pk}/"

    assert client_of(anna).get(address).status_code == 403
    assert client_of(anna).post(f"{address}decide/").status_code == 403
    User.objects.filter(pk=vera.pk).update(role="lead")
    assert client_of(User.objects.get(pk=vera.pk)).get(address).status_code == 404


def test_a_change_of_durations_is_called_a_shift_between_two_medians(readings: Told, head: User, boris: User) -> None:
    """The medians move by two hours and the shift is none: without its name that reads as a mistake."""
    low, high = [(60, 0)] * 11 + [(180, 0)] * 10, [(60, 0)] * 10 + [(180, 0)] * 11
    for week, hours in ((-2, low), (1, high)):
        readings(Measure.FIRST, week, [(n * MINUTE, kind) for n, kind in hours])
    tried(boris, "frt", 300)
    address = f"/board/improvements/{Improvement.objects.get().pk}/"
    with clock.at(RIPE):
        told_ = client_of(head).get(address)
        table = b"".join(client_of(head).get(f"{address}table/?form=csv")).decode("utf-8-sig")
        paper = words_of(client_of(head).get(f"{address}paper/").content)

    main = told_.context["main"]
    assert (main["before"], main["after"], main["of"]) == ("1\N{NO-BREAK SPACE}ч", "3\N{NO-BREAK SPACE}ч", "медиана")
    assert main["effect"].startswith("сдвиг 0") and main["before_of"] == "медиана, 21 измерение"
    for said in (told_.content.decode(), paper):
        assert "медиана: 1" in said and "Ходжес и Леман" in said
    assert "сдвиг 0" in table and "медиана, 21 измерение" in table


def test_a_change_of_shares_needs_no_explanation(readings: Told, head: User, boris: User) -> None:
    for week, good in ((-2, 164), (1, 185)):
        readings(Measure.SCORE, week, marks(good, 205))
    tried(boris, "csat.t2b", 0.05)
    with clock.at(RIPE):
        page = client_of(head).get(f"/board/improvements/{Improvement.objects.get().pk}/")
    assert page.context["main"]["effect"].startswith("+10,2") and "Ходжес" not in page.content.decode()


def test_what_no_test_compares_is_not_offered() -> None:
    """A largest or a total would always answer "too little data"."""
    assert not {"overtakes", "overtakes.max", "hanging_hours"} & set(JUDGING)
    assert {"frt", "reopen", "csat.t2b"} <= set(JUDGING)
