"""At the end of a chat the visitor is asked by buttons: one press is the answer, another one changes it."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.adapters.sitechat.tests.conftest import Window, sent
from otklik.care.surveys.models import Invitation, Score
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import inbox, outbox
from otklik.desk.clients.models import Consent
from otklik.desk.clients.purposes import Agreed
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
