"""Pages on paper: the same figures and notes as on the screen, for whoever may see the screen."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pypdfium2
import pytest
from django.test import Client as Browser

from otklik.care.complaints.tests.conftest import File, bring, file
from otklik.care.surveys.models import FollowUp, Invitation, Survey
from otklik.core import paper
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.board.papers import views
from otklik.team.indicators.models import Close, Indicator, Scheme, Statement
from otklik.team.indicators.tests.conftest import IN_JUNE, four, may, read, scheme
from otklik.team.metrics.layer.catalogue import METRICS
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

__all__ = ["file", "four", "may", "read", "scheme"]
pytestmark = pytest.mark.django_db(transaction=True)


def client_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def words(content: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def taken(user: User, address: str) -> str:
    answer = client_of(user).get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf"), address
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return words(answer.content)


@pytest.fixture
def answered(writes: Write, anna: User) -> list[Ticket]:
    """Seven requests of this week, answered after one to seven hours; one still waits, with hostile words."""
    tickets = []
    start = clock.now() - timedelta(days=2)
    for number in range(7):
        with clock.at(start):
            ticket = writes(sender=f"client{number}@volga.test", subject=f"Вопрос {number}")
        with clock.at(start + timedelta(hours=number + 1)):
            ticket.reply("Готово", by=anna, then=Resolve())
        tickets.append(ticket)
    writes(sender="waits@volga.test", subject='#import "x" $1$ *жирно*')
    count_facts()
    return tickets


def test_the_board_says_on_paper_what_it_says_on_the_screen(answered: list[Ticket], head: User) -> None:
    page = client_of(head).get("/board/").content.decode()
    told = taken(head, "/board/paper/")

    values = [" ".join(unescape(one).split()) for one in re.findall(r'<span class="v[^>]*><a[^>]*>([^<]+)</a>', page)]
    assert len(values) == 8
    for value in values:
        assert value in told, value
    for expected in ("Показатели службы", "Все линии", "По состоянию на", "Графики в таблицах", "7 измерений"):
        assert expected in told, expected
    assert '#import "x" $1$ *жирно*' in told, "the words of a client are words"


def test_a_metric_has_its_definition_and_every_row(answered: list[Ticket], head: User, anna: User) -> None:
    told = taken(head, "/board/metrics/frt.calendar/paper/?by=agent")

    metric = METRICS["frt.calendar"]
    for expected in (metric.name, metric.says, metric.formula, anna.name, "7 измерений"):
        assert " ".join(str(expected).replace("\u2060", "").split()) in told, expected
    assert "Ни одного" not in told


def test_what_is_not_known_is_said_and_no_zero(writes: Write, head: User) -> None:
    writes(subject="Одно")
    count_facts()

    assert "мало данных" in taken(head, "/board/paper/?days=7") or "—" in taken(head, "/board/paper/?days=7")
    assert "За этот срок ничего не измерено" in taken(head, "/board/metrics/csat.t2b/paper/")


def test_a_lead_takes_out_the_own_lines_and_says_which(answered: list[Ticket], boris: User, vera: User) -> None:
    assert "7 измерений" in taken(boris, "/board/paper/") and "Все линии" not in taken(boris, "/board/paper/")
    assert "7 измерений" not in taken(vera, "/board/paper/")


def test_papers_are_behind_the_same_doors_as_their_pages(
    four: list[Indicator], may: None, scheme: Scheme, head: User, anna: User, ilya: User, quality: User
) -> None:
    with clock.at(IN_JUNE):
        client_of(head).post("/board/indicators/closes/close/", {"month": "2026-05"})
    close, statement = Close.objects.get(), Statement.objects.get()
    pages = (
        f"/board/indicators/closes/{close.pk}/",
        f"/board/bonus/statements/{statement.pk}/",
        f"/my/bonus/{statement.pk}/",
        "/board/metrics/nothing/",
    )
    for who in (head, anna, ilya, quality):
        for address in pages:
            seen, taken_out = (client_of(who).get(one).status_code for one in (address, f"{address}paper/"))
            assert seen == taken_out, (who.login, address)
    assert Browser().get("/board/paper/").status_code == 302
    assert client_of(head).get("/board/metrics/nothing/paper/").status_code == 404


def test_a_month_and_a_statement_are_as_they_were_frozen(
    four: list[Indicator], may: None, scheme: Scheme, head: User, anna: User
) -> None:
    with clock.at(IN_JUNE):
        client_of(head).post("/board/indicators/closes/close/", {"month": "2026-05"})
        statement = Statement.objects.get()
        frozen = taken(head, f"/board/indicators/closes/{Close.objects.get().pk}/paper/")
        draft = taken(head, f"/board/bonus/statements/{statement.pk}/paper/")
        assert "Май 2026" in frozen and "93 из 100" in frozen and "184 из 200" in frozen and anna.name in frozen
        assert "черновик" in draft and anna.name in draft

        assert client_of(anna).get(f"/my/bonus/{statement.pk}/paper/").status_code == 404, "a draft is nobody's yet"
        client_of(head).post(f"/board/bonus/statements/{statement.pk}/approve/")
        mine = taken(anna, f"/my/bonus/{statement.pk}/paper/")
        page = client_of(anna).get(f"/my/bonus/{statement.pk}/").content.decode()
    amount = " ".join(unescape(re.search(r"<h1>([^<]+)</h1>", page)[1]).split())  # type: ignore[index]
    assert amount in mine and "К выплате" in mine and "93 из 100" in mine
    assert Statement.objects.get().seen_at, "whoever took it away has read it"


@pytest.mark.parametrize("trouble", [paper.Busy, paper.Unprintable])
def test_when_it_cannot_be_made_the_page_says_what_to_do(
    head: User, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    def refuse(_told: paper.Paper) -> bytes:
        raise trouble

    monkeypatch.setattr(views, "pdf", refuse)
    answer = client_of(head).get("/board/paper/")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert "PDF сейчас не получается" in answer.content.decode()


def test_from_a_side_that_records_do_not_know_a_paper_shows_their_lines(file: File, boris: User, head: User) -> None:
    bring(file(), "agrees", by=boris, investigator=head)

    told = taken(head, "/board/metrics/complaint.upheld/paper/?by=topic")

    assert "В разрезе Линия" in told and boris.teams.get().name in told


def test_a_survey_on_paper_has_its_figures_charts_and_their_tables_and_no_words_of_clients(
    writes: Write, anna: User, boris: User, head: User, settings: Any
) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    for number, mark in enumerate((5, 5, 4, 4, 5, 1)):
        ticket = writes(sender=f"p{number}@volga{number}.test")
        ticket.reply("Готово", by=anna, then=Resolve())
        Invitation.objects.send_due()
        Invitation.objects.get(ticket=ticket).answer(mark, "Секретные слова" if mark == 1 else "")
    FollowUp.objects.get().finish("agreed", "wait", "Секретные слова", by=boris)
    survey = Survey.objects.get()
    address = f"/board/surveys/{survey.pk}/paper/"

    told = taken(head, address)
    for expected in (
        survey.name,
        "83,3 %",
        "Графики в таблицах",
        "Все линии",
        "долгое ожидание",
        "скорее всего, от",
    ):
        assert expected in told, expected
    assert "Секретные слова" not in told
    assert "Первая линия" in taken(boris, address), "a lead takes out the own lines and says which"
    assert client_of(anna).get(address).status_code == 404
    boris.memberships.all().delete()
    assert "83,3" not in taken(User.objects.get(pk=boris.pk), address)
