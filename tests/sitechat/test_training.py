"""What somebody in training writes into a chat leaves at once while the visitor is there, and waits once they left."""

from datetime import timedelta

import pytest

from otklik.adapters.sitechat import leaving
from otklik.adapters.sitechat.models import Line
from otklik.adapters.sitechat.tests.conftest import Window, sent
from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.errors import Unreleased
from otklik.desk.tickets.models import HeldAnswer, Ticket, Traineeship
from otklik.desk.tickets.steps import Wait
from otklik.front.workspace import menu
from otklik.front.workspace.acts.composing import Composer
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_training(anna: User, ilya: User, boris: User) -> None:
    Traineeship.objects.begin(anna, ilya, by=boris)
    menu.forget()


def hand_in(anna: User) -> Message | HeldAnswer:
    return Ticket.objects.get().hand_in("Сейчас посмотрю", by=anna, then=Wait(clock.now() + timedelta(days=2)))


def test_to_a_visitor_who_is_there_it_leaves_at_once(window: Window, anna: User) -> None:
    window.says("Вопрос", email="anna@home.example")
    assert isinstance(hand_in(anna), Message)
    assert Composer.begin(Ticket.objects.get(), anna, "").curator == ""


def test_to_one_who_has_left_it_is_a_letter_and_waits(
    window: Window, anna: User, ilya: User, door: Channel, paper: Paper
) -> None:
    window.says("Вопрос", email="anna@home.example")
    window.leaves()
    assert Composer.begin(Ticket.objects.get(), anna, "").curator == "Илья Соколов", "it is said before"
    with pytest.raises(Unreleased):
        Ticket.objects.get().reply("Ответ", by=anna, then=Wait(clock.now() + timedelta(days=2)))
    held = hand_in(anna)
    assert isinstance(held, HeldAnswer)
    sent()
    assert leaving.hand_over_all() == 0 and not Line.objects.filter(outbound__isnull=False).exists()

    Ticket.objects.get().release_answer(held.pk, by=ilya)

    sent()
    assert leaving.hand_over_all() == 1
    sent()
    assert [list(letter.to) for letter in paper.letters] == [["anna@home.example"]]


def test_a_line_of_ones_own_does_not_throw_away_what_waits(window: Window, anna: User, ilya: User) -> None:
    """The visitor came back: the line goes at once, and the answer that was handed in is there to be sent as well."""
    window.says("Вопрос", email="anna@home.example")
    window.leaves()
    held = hand_in(anna)
    assert isinstance(held, HeldAnswer)
    window.visitor.heard()

    line = Ticket.objects.get().hand_in("Вы здесь?", by=anna, then=Wait(clock.now() + timedelta(days=2)), drafted=True)

    assert isinstance(line, Message)
    held.refresh_from_db()
    draft = Draft.objects.get(author=anna, mode=Draft.Mode.REPLY)
    assert (held.why, draft.text) == ("answered", "Сейчас посмотрю")
    told = [list(Notice.objects.of(one.pk).values_list("text", flat=True)) for one in (anna, ilya)]
    assert any("снова черновик" in text for text in told[0]) and any("не нужно" in text for text in told[1]), told
