"""Answers to other words are told apart on pages, boards and papers, not only beside the number (METRICS S1, C10)."""

import csv

import pytest
from django.test import Client as Browser

from otklik.care.surveys.models import Survey
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.board.tests.test_papers import words as words_of
from otklik.team.boards.models import Board, Form
from otklik.team.metrics.models import TicketFact
from otklik.team.metrics.tests.test_scales_and_wordings import asks as asks
from otklik.team.metrics.tests.test_scales_and_wordings import reworded as reworded

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(reworded: Survey, head: User) -> Browser:
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))
    found = Browser()
    found.force_login(head)
    return found


def test_the_page_of_a_metric_has_a_row_for_each_wording_and_its_chart_breaks(browser: Browser) -> None:
    page = browser.get("/board/metrics/nps/?days=28&by=line")
    text = page.content.decode()

    assert [one["made_of"] for one in page.context["wordings"]] == ["3 измерения", "3 измерения"]
    assert "По формулировкам вопроса" in text and "Посоветуете ли нас соседу?" in text
    chart = page.context["chart"]
    (broken,) = chart["breaks"]
    assert chart["few"][broken] == 100.0 and [mark.at for mark in chart["marks"]] == [broken]
    assert [one.words for _letter, one in chart["happened"]] == ["вопрос другими словами: «Посоветуете ли нас соседу?»"]
    assert browser.get("/board/metrics/nps/?days=28&events=off").context["chart"]["breaks"] == [broken]
    rows = {row["name"]: row["made_of"] for row in page.context["rows"]}
    assert sorted("2 формулировк" in said for said in rows.values()) == [False, True]

    young = browser.get("/board/metrics/nps/?days=7").context
    assert young["wordings"] == [] and young["chart"]["breaks"] == []


def test_tables_papers_boards_and_programs_tell_it_as_well(browser: Browser, head: User) -> None:
    table = b"".join(browser.get("/board/metrics/nps/table/?days=28&by=line&form=csv"))
    told, *rows = csv.reader(table.decode("utf-8-sig").splitlines())
    assert told[-1] == "формулировок вопроса" and sorted(row[-1] for row in rows) == ["1", "2"]
    assert "По формулировкам вопроса" in words_of(browser.get("/board/metrics/nps/paper/?days=28&by=line").content)

    board = Board.objects.make(by=head, name="Доска")
    board.add(metric="nps", form=Form.COURSE)
    board.add(metric="arrivals", form=Form.COURSE)
    page = browser.get(f"/board/boards/{board.pk}/?span=28")
    net, arrivals = (one["chart"] for one in page.context["tiles"])
    assert len(net["breaks"]) == 1 and not arrivals["breaks"] and "Посоветуете ли нас соседу?" in page.content.decode()
