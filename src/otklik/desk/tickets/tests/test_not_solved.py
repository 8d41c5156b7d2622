"""The client says that it is not solved, with one click."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.channels import outbox
from otklik.desk.tickets.models import Habits, Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def solved(ticket: Ticket, anna: User) -> Ticket:
    """Called solved three days ago."""
    with clock.at(clock.now() - 3 * DAY):
        ticket.reply("Готово", by=anna, then=Resolve("Перезагрузили роутер"))
    return ticket


def test_it_goes_back_to_the_same_owner_more_urgent_than_another_answer(solved: Ticket, anna: User) -> None:
    ended = solved.ended_at
    assert solved.not_solved() == solved

    solved.refresh_from_db()
    assert (solved.status, solved.owner, solved.next_step, solved.reopened) == ("open", anna, "answer", 1)
    assert solved.waiting_since == ended, "they wait since we called it solved"
    assert solved.due_at and solved.due_at - clock.now() < timedelta(hours=1, minutes=1), "as soon as a first answer"
    assert Entry.objects.filter(kind="tickets.SolutionRejected", about_id=solved.pk).count() == 1


def test_a_second_click_changes_nothing(solved: Ticket) -> None:
    solved.not_solved(key="a")
    Ticket.objects.get(pk=solved.pk).not_solved(key="b")
    solved.refresh_from_db()
    assert solved.reopened == 1 and solved.conversation.messages.filter(direction="in").count() == 2


def test_their_own_words_are_heard_although_it_is_open_again(solved: Ticket) -> None:
    solved.not_solved(key="a")
    solved.not_solved("И ещё не грузится кабинет", key="b")
    assert solved.conversation.messages.filter(direction="in", new_text__contains="кабинет").exists()


def test_after_the_window_a_new_ticket_follows_and_one_is_enough(solved: Ticket, line_one: Team) -> None:
    Habits.objects.create(team=line_one, reopen_days=2)
    follower = solved.not_solved(key="a")
    again = Ticket.objects.get(pk=solved.pk).not_solved(key="b")

    assert follower.follows == solved and again == follower and follower.owner == solved.owner
    solved.refresh_from_db()
    assert not solved.is_open and Ticket.objects.count() == 2


def test_the_window_is_that_of_the_line(solved: Ticket, line_one: Team, writes: Write) -> None:
    Habits.objects.create(team=line_one, reopen_days=30)
    Ticket.objects.filter(pk=solved.pk).update(ended_at=clock.now() - 20 * DAY)
    assert writes("Снова", token=solved.conversation.token) == solved


def test_the_letter_of_a_solved_request_has_the_door_and_no_other_letter_has(
    ticket: Ticket, anna: User, paper: Paper
) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(clock.now() + DAY))
    ticket.reply("Готово", by=anna, then=Resolve())
    outbox.send_due()
    promise, solved = (bytes(letter.raw).decode() for letter in paper.sent[-2:])
    assert "/not-solved/" not in promise and "Не решено: https://desk.test/request/" in solved
