"""What clients said, for those who lead: of their lines, with what it is worth, and hostile words as words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from otklik.care.surveys.models import FollowUp, Invitation, Survey
from otklik.care.surveys.results import Bias
from otklik.core.formulas import kish
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.board.surveyed import telling
from otklik.front.board.surveyed.talks import loop
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

    assert "80,0 %" in page and "скорее всего, от" in page
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


def test_S9_reasons_are_summed_for_a_survey_and_for_all(
    survey: Survey, head: User, boris: User, vera: User, writes: Write, anna: User
) -> None:
    """Three were not drawn and two were asked lately, and of another survey one: 5 here, 6 together."""
    other = Survey.objects.exclude(pk=survey.pk).first() or Survey.objects.create(name="Другой", occasion="event")
    ticket = Ticket.objects.filter(team__isnull=False).latest("pk")
    facts = {"contact": ticket.contact, "team": ticket.team, "cancelled_at": clock.now(), "send_at": clock.now()}
    for why, one in (*[("sampling", survey)] * 3, *[("asked", survey)] * 2, ("asked", other)):
        Invitation.objects.create(survey=one, why_not=why, **facts)

    def told(user: User, address: str) -> str:
        page = browser_of(user).get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")
        return page.partition("Не спросили и почему")[2].partition("</section>")[0]

    of_one = told(head, f"/board/surveys/{survey.pk}/")
    assert "5, по всем версиям" in of_one and of_one.index("60 %") < of_one.index("40 %"), "the most first"
    of_all = told(head, "/board/surveys/")
    assert "6, по всем опросам вместе" in of_all and of_all.count("50 %") == 2
    assert "6, по всем опросам вместе" in told(boris, "/board/surveys/")
    boris.memberships.all().delete()
    assert told(boris, "/board/surveys/") == "", "nothing of lines that are not theirs"
    paper = browser_of(head).get(f"/board/surveys/{survey.pk}/paper/")
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")


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


def test_result_and_cause_of_a_talk_are_written_down_and_its_task_is_done(survey: Survey, boris: User) -> None:
    owed, browser = FollowUp.objects.get(), browser_of(boris)
    address, home = f"/board/surveys/talks/{owed.pk}/", f"/board/surveys/{survey.pk}/"
    assert "Чем закончилось" in browser.get(address).content.decode()
    for wrong in ({}, {"result": "agreed"}, {"result": "x", "cause": "wait"}):
        assert browser.post(address, wrong).status_code == 422
    assert FollowUp.objects.get().closed_at is None

    told = {"result": "agreed", "cause": "wait", "words": f"Перезвоним {HOSTILE}"}
    assert browser.post(address, told)["Location"] == home

    owed.refresh_from_db()
    assert (owed.closed_by, owed.finished_by, owed.result, owed.cause) == (boris, boris, "agreed", "wait")
    assert owed.in_time and owed.finished_in_time and owed.task and owed.task.done_by == boris
    page = browser.get(home).content.decode()
    assert address not in page and "Долгое ожидание" in page and "Договорились, что будет дальше" in page
    assert "<script>alert(1)" not in browser.get(address).content.decode()

    first = owed.finished_at
    with clock.at(clock.now() + timedelta(hours=1)):
        browser_of(boris).post(address, {**told, "cause": "tone"})
    owed.refresh_from_db()
    assert (owed.cause, owed.finished_at) == ("tone", first), "a correction"


def test_a_talk_without_a_result_waits_for_one(survey: Survey, boris: User) -> None:
    owed = FollowUp.objects.select_related("task__ticket").get()
    assert owed.task
    owed.task.ticket.tick(owed.task, done=True, by=boris)

    page = browser_of(boris).get(f"/board/surveys/{survey.pk}/").content.decode()
    assert "итога ещё нет" in page and f"/board/surveys/talks/{owed.pk}/" in page


def test_the_loop_counts_whom_a_person_reached_in_time_and_says_why_not(
    survey: Survey, boris: User, head: User, writes: Write, anna: User
) -> None:
    """METRICS S13: who could not be reached was not talked to, who did not want to talk was."""
    for number in range(5):
        ticket = writes(sender=f"low{number}@else.test")
        ticket.reply("Готово", by=anna, then=Resolve())
        Invitation.objects.send_due()
        Invitation.objects.get(ticket=ticket).answer(2)
    first, second, third, fourth, late, _silent = FollowUp.objects.order_by("pk")
    first.finish("agreed", "wait", "", by=boris)
    second.finish("refused", "unknown", "", by=boris)
    third.finish("settled", "wait", "", by=boris)
    fourth.finish("unreached", "unknown", "", by=boris)
    with clock.at(late.due_at + timedelta(minutes=1)):
        late.finish("agreed", "tone", "", by=boris)
    with clock.at(late.due_at + timedelta(minutes=2)):
        told = loop(head, survey)

    assert (told.decided, told.in_time, told.waiting, told.nameless) == (6, 3, 0, 0)
    assert dict(told.late) == {"поговорили позже": 1, "ещё не поговорили": 1, "не дозвонились": 1}
    assert told.results[0] == ("договорились, что будет дальше", 2) and told.causes[0][1] == 2
    assert told.shown.replace("\N{NO-BREAK SPACE}", " ") == "50,0 %" and told.is_pale


def test_low_marks_of_nobody_stand_apart(head: User, line_one: Team) -> None:
    counter = Survey.objects.create(name="Стойка", occasion="link")
    question = counter.draft().questions.create(kind="csat5")
    version = counter.begin()
    for mark in (1, 5):
        Invitation.objects.of_guest(counter, version, {question.pk: mark}, {}, "")

    found = loop(head, counter)
    assert (found.decided, found.nameless, found.shown) == (0, 1, "")
    assert "Низкие оценки без имени" in browser_of(head).get(f"/board/surveys/{counter.pk}/").content.decode()


def test_agents_find_nothing_and_strangers_the_door(survey: Survey, anna: User) -> None:
    for path in ("", f"{survey.pk}/", f"{survey.pk}/words/", f"{survey.pk}/table/"):
        assert browser_of(anna).get(f"/board/surveys/{path}").status_code == 404
        assert Client().get(f"/board/surveys/{path}").headers["Location"].startswith("/sign-in/")


def test_talks_are_counted_without_looking_at_who_was_asked(survey: Survey, head: User) -> None:
    """Of a million invitations some thousands have a talk."""
    assert {one.survey_id for one in FollowUp.objects.all()} == {survey.pk}
    with CaptureQueriesContext(connection) as queries:
        assert loop(head, survey).waiting == 1
    (counted,) = [one["sql"] for one in queries if "surveys_followup" in one["sql"]]
    assert "surveys_invitation" not in counted


def test_marks_are_read_once_for_a_page(survey: Survey, head: User, kept_for_long: None) -> None:
    browser = browser_of(head)
    with CaptureQueriesContext(connection) as queries:
        browser.get(f"/board/surveys/{survey.pk}/")
    for table in ("surveys_score", "surveys_answer"):
        read = [one for one in queries if f'FROM "{table}"' in one["sql"] and '"late"' in one["sql"]]
        assert len(read) == 1, table


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


def test_what_weighing_costs_stands_beside_the_weighed_share() -> None:
    """The example of METRICS S10: of 120 answers as many are left as 88 that came evenly."""
    weights = [800 / 60] * 60 + [200 / 60] * 60
    bias = Bias(0.22, 0.97, 4.87, 0.775, 0.85, kish(weights)["n_eff"])
    with translation.override("ru"):
        said = " ".join(telling.biased(bias))
    assert "сколько 88 ответов" in said and "85" in said
