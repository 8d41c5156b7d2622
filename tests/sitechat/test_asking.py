"""At the end of a chat the visitor is asked by buttons: one press is the answer, another one changes it."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.adapters.sitechat.tests.conftest import Window, sent
from otklik.care.surveys.models import Invitation, Score
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.channels import inbox, outbox
from otklik.desk.channels.port import CHAT_ENDED
from otklik.desk.clients.models import Consent
from otklik.desk.clients.purposes import Agreed
from otklik.desk.tickets.events import MachineWrote
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def solved(window: Window, anna: User) -> Ticket:
    window.says()
    ticket = Ticket.objects.get()
    ticket.reply("Готово", by=anna, then=Resolve())
    sent()
    return ticket


def asked(window: Window) -> dict[str, Any]:
    """The line with the buttons."""
    return next(line for line in window.lines if line["choices"])


def presses(window: Window, mark: str) -> dict[str, Any]:
    line = asked(window)
    data = next(one["data"] for one in line["choices"] if one["label"].startswith(mark))
    assert window.post("press", line=line["id"], data=data).status_code == 204
    inbox.work_all()
    outbox.send_due()
    return asked(window)


def test_the_question_after_a_solution_stands_in_the_window(window: Window, solved: Ticket) -> None:
    with clock.at(clock.now() + timedelta(days=2)):
        assert Invitation.objects.send_due() == 1
        outbox.send_due()

    assert [one["label"][0] for one in asked(window)["choices"]] == ["5", "4", "3", "2", "1"]
    assert Invitation.objects.get().source == "chatend"


def test_a_press_is_the_answer_and_another_one_changes_it(window: Window, solved: Ticket) -> None:
    window.post("end")
    inbox.work_all()
    outbox.send_due()
    before = len(window.lines)

    line = presses(window, "2")
    assert Score.objects.get().value == 2 and "Спасибо" in line["text"]
    line = presses(window, "5")
    assert Score.objects.get().value == 5 and len(window.lines) == before
    assert [one["label"][0] for one in line["choices"] if one["is_chosen"]] == ["5"]


def test_two_presses_at_once_leave_one_question(window: Window, solved: Ticket) -> None:
    """A window that has the first line replaces it by the last one, and one that has the second does, too."""
    window.post("end")
    inbox.work_all()
    outbox.send_due()
    line = asked(window)
    for mark in ("2", "5"):
        data = next(one["data"] for one in line["choices"] if one["label"].startswith(mark))
        assert window.post("press", line=line["id"], data=data).status_code == 204
    inbox.work_all()
    sent()

    [last] = [one for one in window.lines if one["choices"]]
    assert last["instead_of"] == line["id"] and Score.objects.get().value == 5
    presses(window, "4")
    [again] = [one for one in window.lines if one["choices"]]
    assert again["instead_of"] == line["id"] and again["id"] != last["id"]


def test_asked_at_the_end_they_are_not_asked_again_when_it_is_solved(window: Window, anna: User) -> None:
    window.says()
    ticket = Ticket.objects.get()
    ticket.reply("Смотрим", by=anna, then=Wait(clock.now() + timedelta(days=2)))
    sent()
    window.post("end")
    inbox.work_all()
    assert Invitation.objects.exclude(sent_at=None).count() == 1
    ticket.refresh_from_db()
    ticket.reply("Готово", by=anna, then=Resolve())
    assert not Invitation.objects.filter(sent_at=None).exists()

    ticket.refresh_from_db()
    ticket.reopen_by(anna)
    ticket.reply("Вот теперь", by=anna, then=Resolve())
    assert Invitation.objects.filter(sent_at=None).count() == 1, "another solution is asked about"


def test_who_writes_on_after_the_end_is_asked_about_the_solution(window: Window, anna: User) -> None:
    window.says()
    ticket = Ticket.objects.get()
    ticket.reply("Смотрим", by=anna, then=Wait(clock.now() + timedelta(days=2)))
    sent()
    window.post("end")
    inbox.work_all()
    window.says("Ещё одно")
    ticket.refresh_from_db()
    ticket.reply("Готово", by=anna, then=Resolve())
    assert Invitation.objects.filter(sent_at=None).count() == 1


def test_the_end_of_a_chat_that_goes_on_by_letter_asks_nothing(ticket: Ticket, anna: User) -> None:
    """It was joined to a request of letters, which nobody has ended."""
    said = ticket.reply("Смотрим", by=anna, then=Wait(clock.now() + timedelta(days=2)))
    publish(MachineWrote(ticket_id=ticket.pk, message_id=said.pk, automatic=CHAT_ENDED))
    assert not Invitation.objects.exists()


def test_who_ends_the_chat_is_asked_at_once_and_once(window: Window, solved: Ticket) -> None:
    for _each in range(2):
        assert window.post("end").status_code == 204
        inbox.work_all()
        outbox.send_due()
    with clock.at(clock.now() + timedelta(days=2)):
        assert Invitation.objects.send_due() == 0

    assert [line["kind"] for line in window.lines].count("end") == 1 and window.told()["ended"]
    assert sum(bool(line["choices"]) for line in window.lines) == 1
    assert solved.conversation.messages.filter(automatic="chat_ended").count() == 1


def test_a_chat_that_was_answered_is_asked_about_and_one_that_was_not_is_not(window: Window, anna: User) -> None:
    window.says()
    window.post("end")
    inbox.work_all()
    assert not Invitation.objects.exists()

    window.says("Ещё вопрос")
    ticket = Ticket.objects.get()
    ticket.reply("Смотрим", by=anna, then=Wait(clock.now() + timedelta(days=2)))
    sent()
    window.post("end")
    inbox.work_all()
    assert Invitation.objects.exclude(sent_at=None).count() == 1 and window.told()["state"] is not None
    ticket.refresh_from_db()
    assert ticket.is_open, "the client has left, the matter has not"


def test_who_wants_no_questions_is_not_asked(window: Window, solved: Ticket, anna: User) -> None:
    Consent.objects.say(solved.contact, Agreed.SURVEYS, given=False, source="чат", by=anna)
    window.post("end")
    inbox.work_all()
    assert not Invitation.objects.exclude(sent_at=None).exists()


def test_a_button_of_somebody_elses_question_answers_nothing(window: Window, another: Any, solved: Ticket) -> None:
    window.post("end")
    inbox.work_all()
    outbox.send_due()
    line, stranger = asked(window), another("b")
    stranger.says("Чужой")
    data = line["choices"][0]["data"]

    assert stranger.post("press", line=line["id"], data=data).status_code == 422
    assert not Score.objects.exists()
