"""Each scale has bars of its own among what clients answered, and each bar its list (METRICS S1, S2)."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from otklik.care.surveys.models import Invitation, Survey
from otklik.care.surveys.scales import Kind
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.board.tests.test_papers import words as words_of
from otklik.team.metrics.models import TicketFact
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def answered(kind: Kind, values: list[int], writes: Write, anna: User) -> None:
    """Requests that were solved while such a survey ran, and the marks of them."""
    if (before := Survey.objects.after_answer()) is not None:
        before.end()
    survey = Survey.objects.create(name=kind, occasion=Survey.Occasion.RESOLVED)
    survey.draft().questions.create(kind=kind)
    survey.begin()
    for place, value in enumerate(values):
        ticket = writes(sender=f"{kind.replace('_', '-')}{place}@else.test")
        ticket.reply("Готово", by=anna, then=Resolve())
        asked = Invitation.objects.for_page(ticket)
        assert asked is not None and asked.version is not None and asked.version.first is not None
        asked.fill({asked.version.first.pk: value}, comment=f"Слова о {value}")


@pytest.fixture
def browser(writes: Write, anna: User, head: User) -> Browser:
    answered(Kind.CSAT5, [5, 5, 2], writes, anna)
    answered(Kind.CSAT6, [0, 4], writes, anna)
    answered(Kind.CES6, [1], writes, anna)
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))
    found = Browser()
    found.force_login(head)
    return found


def test_each_scale_that_was_answered_has_its_bars_and_no_other(browser: Browser) -> None:
    answer = browser.get("/board/?days=7")
    told = {
        str(one.name): [(str(says), n) for says, n, _share, _address in one.rows] for one in answer.context["marks"]
    }

    faces, zero, hard = told.values()
    assert [n for _says, n in faces] == [2, 0, 0, 1, 0] and faces[0][0] == "5, отлично"
    assert [n for _says, n in zero] == [0, 1, 0, 0, 0, 1] and zero[0][0] == "5, отлично" and zero[-1][0].startswith("0")
    assert [n for _says, n in hard] == [0, 1, 0, 0, 0, 0], "less is better, so 0 stands first"
    assert hard[0][0].startswith("0, ")
    page = answer.content.decode()
    assert all(name in page for name in told)
    assert "Было легко, по шкале трудности" in words_of(browser.get("/board/paper/?days=7").content)


def test_a_bar_opens_the_requests_of_its_point_with_the_words(browser: Browser) -> None:
    *_others, zero = browser.get("/board/?days=7").context["marks"][1].rows
    found = browser.get(zero[3])
    assert found.context["count"] == 1 and found.context["unknown"] == []
    page = found.content.decode()
    assert "оценка 0" in page and "Слова о 0" in page and "Слова о 4" not in page


def test_one_scale_alone_needs_no_name(writes: Write, anna: User, head: User) -> None:
    answered(Kind.NPS, [9], writes, anna)
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))
    browser = Browser()
    browser.force_login(head)
    (only,) = browser.get("/board/?days=7").context["marks"]
    assert only.name == "" and [n for _says, n, _share, _address in only.rows] == [0, 1, *[0] * 9]


def test_a_paper_of_a_period_that_is_over_does_not_say_that_nothing_was_open(browser: Browser, ticket: Ticket) -> None:
    """Beside a figure of what was open at its end that would be a lie: ages of the past are not known."""
    over = words_of(
        browser.get(
            f"/board/paper/?first={clock.today() - timedelta(days=9)}&last={clock.today() - timedelta(days=3)}"
        ).content
    )
    assert "Открытых обращений нет" not in over and "по возрасту" not in over
    assert "по возрасту" in words_of(browser.get("/board/paper/?days=7").content)
