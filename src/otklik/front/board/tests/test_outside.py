"""Independent surveys on the board: each by itself, beside ours, of one's own lines, and hostile words as words."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from otklik.care.surveys.models import OutsideAnswer, Survey
from otklik.care.surveys.scales import Kind
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question, figure
from otklik.team.metrics.scope import Scope

pytestmark = pytest.mark.django_db
PAGE = "/board/surveys/outside/?source=golos"
HOSTILE = "=HYPERLINK(1)<script>alert(1)</script>"


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def words_of(user: User, path: str) -> str:
    return browser_of(user).get(path).content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def answers(line_one: Team, line_two: Team, ticket: Ticket) -> list[OutsideAnswer]:
    """Eight marks of the first line, six of them good, one of the second one, and one for an area of work."""
    told = [(line_one, Kind.CSAT5, mark, "") for mark in (5, 5, 5, 4, 4, 4, 2, 1)]
    told += [(line_two, Kind.NPS, 10, ""), (line_one, Kind.AREA5, 4, "Счета")]
    rows = [
        OutsideAnswer(
            source="golos",
            external_id=str(place),
            at=clock.now() - timedelta(days=1),
            kind=kind,
            value=mark,
            area=area,
            team=team,
            words=HOSTILE if place == 0 else "",
            ticket=ticket if place == 0 else None,
        )
        for place, (team, kind, mark, area) in enumerate(told)
    ]
    return OutsideAnswer.objects.bulk_create(rows)


def test_the_page_tells_each_scale_with_its_source_and_how_ours_stands(
    answers: list[OutsideAnswer], head: User, ticket: Ticket
) -> None:
    page = words_of(head, PAGE)

    assert "75,0 %" in page and "источник: golos" in page and "наша: мало данных" in page
    assert "Счета" in page and f"/tickets/{ticket.pk}/" in page
    assert "golos" in words_of(head, "/board/surveys/")


def test_none_of_our_own_figures_counts_them(answers: list[OutsideAnswer]) -> None:
    now = clock.now()
    for name in ("csat.t2b", "csat.mean", "nps", "ces", "survey.response_rate", "loop.rate"):
        scope = Scope(now - timedelta(days=30), now + timedelta(days=1))
        assert figure(Question(METRICS[name], scope)).n == 0, name


def test_they_stand_beside_our_figure_on_the_same_scale(answers: list[OutsideAnswer], head: User) -> None:
    survey = Survey.objects.after_answer()
    assert survey
    survey.versions.update(frozen_at=clock.now() - timedelta(days=9))
    page = words_of(head, f"/board/surveys/{survey.pk}/")

    assert "Что нашли другие" in page and "75,0 %" in page and "из 8" in page
    survey.versions.update(frozen_at=clock.now())
    assert "Что нашли другие" not in words_of(head, f"/board/surveys/{survey.pk}/")


def test_they_stand_beside_the_version_in_whose_time_they_were_given(answers: list[OutsideAnswer], head: User) -> None:
    survey = Survey.objects.after_answer()
    assert survey
    survey.versions.update(frozen_at=clock.now() - timedelta(days=9))
    survey.draft()
    survey.begin()
    survey.versions.filter(number=2).update(frozen_at=clock.now() - timedelta(days=2))
    page = f"/board/surveys/{survey.pk}/"

    assert "Что нашли другие" in words_of(head, page)
    assert "Что нашли другие" not in words_of(head, f"{page}?version=1")


def test_their_words_are_paged_by_when_they_were_said(answers: list[OutsideAnswer], head: User) -> None:
    OutsideAnswer.objects.update(words="")
    told = [
        OutsideAnswer(source="golos", external_id=f"w{n}", kind=Kind.NPS, value=9, words=f"слово {n}.")
        for n in range(25)
    ]
    for one in told:  # the newest first in the file, two at each moment
        one.at = clock.now() - timedelta(hours=1 + int(one.external_id[1:]) // 2)
    OutsideAnswer.objects.bulk_create(told)
    browser = browser_of(head)
    first = browser.get(PAGE)
    second = browser.get(PAGE, query_params={"source": "golos", "before": first.context["next"]})
    said = [one["words"] for page in (first, second) for one in page.context["said"]]

    assert len(first.context["said"]) == 20 and first.context["said"][0]["at"] > first.context["said"][-1]["at"]
    assert sorted(said) == sorted(one.words for one in told)
    assert [one["at"] for one in second.context["said"]] == sorted((one.at for one in told[20:]), reverse=True)
    assert not second.context["next"]
    for wrong in ("x", "5", "2026-13-01_5", "2026-10-01T00:00:00+00:00_99999999999999999999"):
        assert browser.get(PAGE, query_params={"source": "golos", "before": wrong}).status_code == 200


def test_the_table_is_in_the_language_of_its_reader(answers: list[OutsideAnswer], head: User) -> None:
    response = browser_of(head).get("/board/surveys/outside/table/?source=golos")
    with translation.override("en"):
        table = b"".join(response).decode()

    assert "рекомендация" in table and "recommendation" not in table


def test_INJECT_1_words_are_neither_markup_nor_formulas(answers: list[OutsideAnswer], head: User) -> None:
    assert "<script>alert(1)" not in words_of(head, PAGE)
    table = b"".join(browser_of(head).get("/board/surveys/outside/table/?source=golos")).decode()

    assert "HYPERLINK" in table
    assert not [cell for line in table.splitlines() for cell in line.split(",") if cell.lstrip('"').startswith("=")]
    for form, status in (("xlsx", 200), ("exe", 400)):
        path = f"/board/surveys/outside/table/?source=golos&form={form}"
        assert browser_of(head).get(path).status_code == status


def test_ACCESS_1_a_lead_sees_their_lines_alone_and_an_agent_nothing(
    answers: list[OutsideAnswer], boris: User, anna: User, line_two: Team
) -> None:
    assert "75,0 %" in words_of(boris, PAGE) and "рекомендация" not in words_of(boris, PAGE)
    for path in (PAGE, "/board/surveys/outside/table/?source=golos"):
        assert browser_of(anna).get(path).status_code == 404
        assert Client().get(path).headers["Location"].startswith("/sign-in/")
    boris.teams.set([])
    assert browser_of(boris).get(PAGE).status_code == 404


def test_unknown_providers_are_not_there_and_a_time_without_answers_says_so(
    answers: list[OutsideAnswer], head: User
) -> None:
    assert browser_of(head).get("/board/surveys/outside/?source=else").status_code == 404
    assert browser_of(head).get("/board/surveys/outside/").status_code == 404
    OutsideAnswer.objects.update(at=clock.now() - timedelta(days=60))
    assert "За это время ответов нет" in words_of(head, f"{PAGE}&days=7")


def test_many_answers_cost_no_more_statements(
    answers: list[OutsideAnswer], head: User, django_assert_max_num_queries
) -> None:
    browser = browser_of(head)
    browser.get(PAGE)
    with django_assert_max_num_queries(26):
        browser.get(PAGE)
    for place, one in enumerate(answers * 8):
        one.pk, one.external_id, one.words = None, f"more {place}", "слова"
        one.save(force_insert=True)
    with django_assert_max_num_queries(26):
        page = browser.get(PAGE)
    assert page.context["next"], "words go on on another page"


def test_answers_of_last_year_are_one_press_away(answers: list[OutsideAnswer], head: User) -> None:
    OutsideAnswer.objects.update(at=clock.now() - timedelta(days=300))
    page = words_of(head, f"{PAGE}&days=91")
    assert "75,0 %" not in page and "Показать последние ответы" in page

    address = re.search(r'href="(\?[^"]*first=[^"]*)"', page)
    assert address and "75,0 %" in words_of(head, f"/board/surveys/outside/{unescape(address[1])}")
