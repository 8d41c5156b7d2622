"""After a solution the client of a chat answers by one press; who presses twice has changed their mind."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from otklik.adapters.telegram.tests.conftest import Hear, only_ticket
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import OLGA, presses, says
from otklik.care.surveys import results
from otklik.care.surveys.models import FollowUp, Invitation, Score, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Consent
from otklik.desk.clients.purposes import Agreed
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db

type Buttons = dict[str, str]


def buttons_of(told: dict[str, Any]) -> Buttons:
    rows = told["reply_markup"]["inline_keyboard"]
    return {one["text"].partition(":")[0]: one["callback_data"] for row in rows for one in row}


@pytest.fixture
def solved(hear: Hear, anna: User) -> Ticket:
    hear(says("Не приходят письма"))
    ticket = only_ticket()
    ticket.reply("Готово", by=anna, then=Resolve())
    outbox.send_due()
    return ticket


@pytest.fixture
def asked(solved: Ticket, api: BotApi) -> Buttons:
    with clock.at(clock.now() + timedelta(days=2)):
        assert Invitation.objects.send_due() == 1
        outbox.send_due()
    return buttons_of(api.sent("sendMessage")[-1].told)


@pytest.fixture
def press(hear: Hear, api: BotApi) -> Callable[..., dict[str, Any]]:
    def pressed(data: str, who: dict[str, Any] | None = None) -> dict[str, Any]:
        assert hear(presses(data, who=who)).outcome == "pressed"
        outbox.send_due()
        assert api.calls[-2].method == "answerCallbackQuery"
        return api.sent("editMessageText")[-1].told

    return pressed


def test_the_question_comes_with_buttons_and_a_way_out(asked: Buttons, solved: Ticket, api: BotApi) -> None:
    told = api.sent("sendMessage")[-1].told
    assert list(asked) == ["5", "4", "3", "2", "1"] and all(len(data.encode()) <= 64 for data in asked.values())
    assert f"№ {solved.number}" in told["text"] and "/stop/" in told["text"] and "score=" not in told["text"]
    assert Invitation.objects.get().source == "chat"


def test_a_press_is_the_answer_and_the_message_says_so(asked: Buttons, press: Any, solved: Ticket) -> None:
    told = press(asked["5"])

    score = Score.objects.get()
    assert (score.value, score.ticket) == (5, solved)
    assert "Спасибо" in told["text"] and "/survey/" in told["text"] and told["message_id"] == 501
    rows = told["reply_markup"]["inline_keyboard"]
    assert [one["text"][:1] for row in rows for one in row] == ["✓", "4", "3", "2", "1"]


def test_who_pressed_is_counted_among_those_who_were_asked(asked: Buttons, press: Any) -> None:
    press(asked["5"])
    survey = Survey.objects.after_answer()
    version = survey.current() if survey else None
    assert version
    chat, letters = (results.Scope(version, source, None) for source in ("chat", "letter"))

    assert chat.was_invited and results.response(chat).sent == 1 and results.response(letters).sent == 0
    assert [(one.n, one.given[5]) for one in results.results(chat)] == [(1, 1)]
    assert results.results(letters)[0].n == 0
    Invitation.objects.update(digest=None)
    assert not chat.invitations().exists(), "whoever rates on their own page was not asked"


def test_another_press_is_a_change_of_mind(asked: Buttons, press: Any) -> None:
    press(asked["5"])
    press(asked["2"])
    press(asked["2"])

    assert Score.objects.get().value == 2 and FollowUp.objects.count() == 1


def test_of_two_presses_that_are_read_in_any_order_the_later_counts(asked: Buttons, hear: Hear, press: Any) -> None:
    first = presses(asked["1"])
    press(asked["5"])

    assert hear(first).outcome == "overtaken" and Score.objects.get().value == 5


def test_a_late_press_is_thanked_for_and_not_counted(asked: Buttons, press: Any) -> None:
    Invitation.objects.update(sent_at=clock.now() - timedelta(days=15))
    told = press(asked["5"])

    assert not Score.objects.exists() and "закрыт" in told["text"] and "reply_markup" not in told


def test_a_button_of_somebody_else_is_a_closed_one(asked: Buttons, press: Any) -> None:
    told = press(asked["1"], {**OLGA, "id": 666})
    assert not Score.objects.exists() and "закрыт" in told["text"]


@pytest.mark.parametrize("data", ["survey:guessed:5", "survey:", "survey:x:99"])
def test_a_guessed_button_is_a_closed_one(asked: Buttons, press: Any, data: str) -> None:
    press(data)
    assert not Score.objects.exists()


def test_a_point_that_the_scale_does_not_have(asked: Buttons, press: Any) -> None:
    press(f"{asked['5'].rpartition(':')[0]}:9")
    assert not Score.objects.exists()


def test_an_unknown_button_is_put_aside(hear: Hear) -> None:
    assert hear(presses("something")).outcome == "unknown_button"
    assert not Outbound.objects.exists()


def test_presses_do_not_silence_receipts(asked: Buttons, press: Any, hear: Hear) -> None:
    for score in "54321":
        press(asked[score])

    assert outbox.may_write_automatically("telegram:4242")
    assert Outbound.objects.filter(kind="press").count() == 5


def test_who_wants_no_questions_gets_none(hear: Hear, anna: User) -> None:
    hear(says("Не приходят письма"))
    ticket = only_ticket()
    Consent.objects.say(
        ticket.contact, Agreed.SURVEYS, given=False, by=None, source="chat", version="1", text="no more"
    )
    ticket.reply("Готово", by=anna, then=Resolve())
    with clock.at(clock.now() + timedelta(days=2)):
        assert Invitation.objects.send_due() == 0


def test_where_nothing_arrives_nobody_is_asked(solved: Ticket) -> None:
    ticket = solved
    ticket.contact.identities.update(failed_at=clock.now())
    with clock.at(clock.now() + timedelta(days=2)):
        assert Invitation.objects.send_due() == 0
    assert Invitation.objects.get().why_not == "address"
