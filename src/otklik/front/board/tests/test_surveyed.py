"""What clients said, for those who lead: of their lines, with what it is worth, and hostile words as words."""

from datetime import timedelta

import pytest
from django.test import Client

from otklik.care.surveys.models import FollowUp, Invitation, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HOSTILE = '=HYPERLINK("http://evil.test")<script>alert(1)</script>'


@pytest.fixture(autouse=True)
def at_once(settings) -> None:
    settings.SURVEY_DELAY_SECONDS = 0


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def survey(writes: Write, anna: User) -> Survey:
    for number, mark in enumerate([5, 5, 4, 4, 1]):
        ticket = writes(sender=f"p{number}@volga{number}.test")
        ticket.reply("Готово", by=anna, then=Resolve())
        Invitation.objects.send_due()
        Invitation.objects.get(ticket=ticket).answer(mark, HOSTILE if mark == 1 else "")
    found = Survey.objects.after_answer()
    assert found is not None
    return found


def test_the_figure_its_interval_and_who_is_owed_a_talk(survey: Survey, head: User) -> None:
    page = browser_of(head).get(f"/board/surveys/{survey.pk}/").content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert "80,0 %" in page and "наверняка от" in page
    assert "мало данных" in page, "no invitation is two weeks old"
    assert f"/board/surveys/talks/{FollowUp.objects.get().pk}/" in page


@pytest.mark.parametrize("source", Invitation.ASKED_IN_WRITING)
def test_it_says_how_far_those_who_were_silent_may_move_it(
    survey: Survey, head: User, writes: Write, anna: User, source: str
) -> None:
    writes(sender="silent@volga.test").reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    Invitation.objects.update(source=source, sent_at=clock.now() - timedelta(days=15))

    page = browser_of(head).get(f"/board/surveys/{survey.pk}/?source={source}").content.decode()
    assert "Что бы ни думали остальные" in page


def test_INJECT_1_words_of_clients_are_neither_markup_nor_formulas(survey: Survey, head: User) -> None:
    browser = browser_of(head)
    for path in ("", "words/?of=marks"):
        assert "<script>alert(1)" not in browser.get(f"/board/surveys/{survey.pk}/{path}").content.decode()

    table = b"".join(browser.get(f"/board/surveys/{survey.pk}/table/")).decode()
    assert "HYPERLINK" in table
    assert not [cell for line in table.splitlines() for cell in line.split(";") if cell.lstrip('"').startswith("=")]
    assert browser.get(f"/board/surveys/{survey.pk}/table/?form=xlsx").status_code == 200
    assert browser.get(f"/board/surveys/{survey.pk}/table/?form=exe").status_code == 400


def test_ACCESS_1_a_lead_sees_what_was_said_to_their_lines_alone(survey: Survey, vera: User, boris: User) -> None:
    """Vera leads nothing here; another line's lead sees the survey without a single answer of this one."""
    assert browser_of(vera).get(f"/board/surveys/{survey.pk}/").status_code == 404
    boris.memberships.all().delete()
    page = browser_of(boris).get(f"/board/surveys/{survey.pk}/").content.decode()

    assert "HYPERLINK" not in page and "/board/surveys/talks/" not in page
    assert browser_of(boris).post(f"/board/surveys/talks/{FollowUp.objects.get().pk}/").status_code == 404


def test_a_talk_that_took_place_is_closed_with_its_task(survey: Survey, boris: User) -> None:
    owed = FollowUp.objects.get()
    assert browser_of(boris).get(f"/board/surveys/talks/{owed.pk}/").status_code == 405
    browser_of(boris).post(f"/board/surveys/talks/{owed.pk}/")

    owed.refresh_from_db()
    assert owed.closed_by == boris and owed.task and owed.task.done_by == boris
    assert "/board/surveys/talks/" not in browser_of(boris).get(f"/board/surveys/{survey.pk}/").content.decode()


def test_agents_find_nothing_and_strangers_the_door(survey: Survey, anna: User) -> None:
    for path in ("", f"{survey.pk}/", f"{survey.pk}/words/", f"{survey.pk}/table/"):
        assert browser_of(anna).get(f"/board/surveys/{path}").status_code == 404
        assert Client().get(f"/board/surveys/{path}").headers["Location"].startswith("/sign-in/")


def test_a_desk_that_asked_nobody_says_so(head: User, ticket: Ticket) -> None:
    assert "никого" in browser_of(head).get("/board/surveys/").content.decode().lower()


def test_words_are_paged_and_the_page_costs_the_same(
    survey: Survey, head: User, writes: Write, anna: User, django_assert_max_num_queries, kept_for_long: None
) -> None:
    browser = browser_of(head)
    browser.get(f"/board/surveys/{survey.pk}/")
    with django_assert_max_num_queries(45) as few:
        browser.get(f"/board/surveys/{survey.pk}/")
    for number in range(6):
        ticket = writes(sender=f"q{number}@other{number}.test")
        ticket.reply("Готово", by=anna, then=Resolve())
        Invitation.objects.send_due()
        Invitation.objects.get(ticket=ticket).answer(1, "Плохо")
    with django_assert_max_num_queries(len(few)):
        browser.get(f"/board/surveys/{survey.pk}/")
