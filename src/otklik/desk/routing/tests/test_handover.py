"""A ticket goes to another line with its words, is accepted in time or returned with a reason."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.routing.models import Handover
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
BRIEF = Brief("Нет звука", "Проверен роутер", "Доступ к маршрутам")


def passed(ticket: Ticket, line: Team, by: User) -> Handover:
    Ticket.objects.get(pk=ticket.pk).hand_over(line, BRIEF, by=by)
    found = Handover.objects.latest_of(ticket.pk)
    assert found
    return found


def story(ticket: Ticket, *kinds: str) -> list[str]:
    entries = Entry.objects.about("ticket", ticket.pk).order_by("id").values_list("kind", flat=True)
    return [kind.removeprefix("tickets.") for kind in entries if kind.removeprefix("tickets.") in kinds]


def test_the_words_are_kept_with_the_moments_of_the_other_line(ticket: Ticket, anna: User, line_two: Team) -> None:
    ticket.take(by=anna)
    row = passed(ticket, line_two, anna)
    assert (row.question, row.tried, row.expected) == ("Нет звука", "Проверен роутер", "Доступ к маршрутам")
    assert (row.source, row.target, row.owner_was) == (ticket.team, line_two, anna)
    assert [round((moment - row.at).total_seconds() / 60) for moment in (row.warn_at, row.late_at)] == [15, 30]
    assert story(ticket, "TicketAssigned", "TicketHandedOver") == ["TicketAssigned", "TicketAssigned"]


@pytest.mark.parametrize(("question", "expected", "field"), [("", "x", "question"), ("x", " ", "expected")])
def test_without_a_question_or_an_expectation_it_does_not_go(question: str, expected: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        Brief.of(question, "", expected)
    assert refusal.value.field == field


def test_taking_it_is_accepting_it(ticket: Ticket, anna: User, vera: User, line_two: Team) -> None:
    passed(ticket, line_two, anna)
    Ticket.objects.get(pk=ticket.pk).take(by=vera)
    row = Handover.objects.get()
    assert row.accepted_by == vera and row.accepted_at


def test_an_answer_accepts_it_and_the_words_are_needed_no_more_until_it_is_taken_back(
    ticket: Ticket, anna: User, vera: User, line_two: Team
) -> None:
    passed(ticket, line_two, anna)
    later = clock.now() + timedelta(hours=1)
    ticket = Ticket.objects.get(pk=ticket.pk)
    said = ticket.reply("Отвечаем", by=vera, then=Wait(later), undo=20)
    row = Handover.objects.get()
    assert (row.accepted_by, row.answer_id) == (vera, said.pk)
    ticket.take_back(said, by=vera)
    row.refresh_from_db()
    assert row.answer_id is None


def test_it_is_said_once_after_a_quarter_and_once_at_the_limit(ticket: Ticket, anna: User, line_two: Team) -> None:
    row = passed(ticket, line_two, anna)
    for minutes, told in ((14, 0), (16, 1), (20, 0), (31, 1), (50, 0)):
        with clock.at(row.at + timedelta(minutes=minutes)):
            assert Handover.objects.tell_waiting() == told, minutes
    assert [entry.data["late"] for entry in Entry.objects.filter(kind="tickets.HandoverWaits")] == [False, True]


def test_a_job_that_slept_says_only_that_it_is_late(ticket: Ticket, anna: User, line_two: Team) -> None:
    row = passed(ticket, line_two, anna)
    with clock.at(row.at + timedelta(hours=2)):
        assert Handover.objects.tell_waiting() == 1 and Handover.objects.tell_waiting() == 0


def test_what_was_accepted_returned_or_has_ended_waits_for_nobody(
    writes: Write, anna: User, vera: User, line_two: Team
) -> None:
    accepted, returned, ended = (writes(text) for text in ("а", "б", "в"))
    rows = [passed(one, line_two, anna) for one in (accepted, returned, ended)]
    Ticket.objects.get(pk=accepted.pk).take(by=vera)
    rows[1].send_back("Не то", by=vera)
    Ticket.objects.get(pk=ended.pk).close("spam", by=vera)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert Handover.objects.tell_waiting() == 0


def test_it_returns_with_a_reason_to_whom_it_came_from(ticket: Ticket, anna: User, vera: User, line_two: Team) -> None:
    line_one = ticket.team
    ticket.take(by=anna)
    row = passed(ticket, line_two, anna)
    with pytest.raises(Invalid):
        row.send_back(" ", by=vera)
    assert row.send_back("Нет журнала звонков", by=vera) is False
    ticket.refresh_from_db()
    assert (ticket.team, ticket.owner) == (line_one, anna)
    assert story(ticket, "TicketSentBack", "TicketAssigned")[-1] == "TicketSentBack"
    assert "Нет журнала" in ticket.conversation.messages.filter(direction="note").order_by("-id")[0].text
    with pytest.raises(Conflict):
        Handover.objects.get().send_back("Ещё раз", by=vera)


def test_two_returns_suggest_to_work_together(ticket: Ticket, anna: User, vera: User, line_two: Team) -> None:
    assert [passed(ticket, line_two, anna).send_back(f"Нет данных {n}", by=vera) for n in (1, 2)] == [False, True]


def test_the_figures_of_a_line(writes: Write, anna: User, vera: User, line_two: Team) -> None:
    since = clock.now() - timedelta(days=1)
    quick, slow, back, waits = (writes(text) for text in "абвг")
    rows = [passed(one, line_two, anna) for one in (quick, slow, back, waits)]
    Ticket.objects.get(pk=quick.pk).take(by=vera)
    with clock.at(clock.now() + timedelta(minutes=40)):
        Ticket.objects.get(pk=slow.pk).take(by=vera)
    rows[2].send_back("Не то", by=vera)
    figures = Handover.objects.figures(line_two, since)
    assert (figures.count, figures.accepted, figures.in_time, figures.returned) == (4, 2, 1, 1)
