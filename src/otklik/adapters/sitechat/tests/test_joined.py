"""A chat that was joined to letters goes on there while that request is open."""

from collections.abc import Callable

import pytest

from otklik.adapters.sitechat.tests.conftest import Window
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(window: Window, writes: Callable[..., Ticket], anna: User) -> Ticket:
    """A request by mail to which the chat was joined."""
    window.says("Не приходят письма")
    chat = Ticket.objects.get()
    letter = writes("О том же")
    chat.merge_into(letter, by=anna, disclose=True)
    return letter


def test_what_is_said_in_the_window_goes_on_in_the_request(window: Window, letter: Ticket) -> None:
    window.says("Есть новости?")
    window.says("Вы тут?")
    window.post("end")

    letter.refresh_from_db()
    assert Ticket.objects.count() == 2 and letter.is_open and letter.preview == "Вы тут?"
    said = letter.conversation.messages.from_people().values_list("new_text", flat=True)
    assert set(said) == {"Не приходят письма", "О том же", "Есть новости?", "Вы тут?"}


def test_also_where_that_one_was_joined_on(
    window: Window, letter: Ticket, writes: Callable[..., Ticket], anna: User
) -> None:
    third = writes("И ещё раз")
    letter.merge_into(third, by=anna)
    window.says("Есть новости?")

    assert Ticket.objects.count() == 3 and Message.objects.latest("pk").conversation == third.conversation


def test_after_its_end_the_next_word_begins_a_talk_of_the_chat(
    window: Window, letter: Ticket, chat_door: Channel, anna: User, writes: Callable[..., Ticket]
) -> None:
    letter.close("spam", by=anna)
    window.says("Другое")

    fresh = Ticket.objects.latest("pk")
    assert (fresh.channel_kind, fresh.conversation.channel, fresh.preview) == ("chat", chat_door, "Другое")
    assert fresh.contact != letter.contact and fresh.merged_into is None
    assert writes("Письмом", token=letter.conversation.token) == letter, "which opens it again"
    window.says("И ещё")
    assert Message.objects.latest("pk").conversation == fresh.conversation, "where they spoke last by the chat"


@pytest.fixture
def chat_door(window: Window) -> Channel:
    return window.chat.channel
