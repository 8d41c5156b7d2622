"""What clients write in Telegram becomes a talk, whatever it is and however it comes."""

import itertools
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.adapters.telegram.models import Bot
from otklik.adapters.telegram.taking import take
from otklik.adapters.telegram.tests.conftest import Hear, only_ticket, texts
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import OLGA, lets_in, says
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import inbox, outbox
from otklik.desk.channels.port import Incoming
from otklik.desk.clients.models import Identity
from otklik.desk.conversations.models import Conversation
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait

pytestmark = pytest.mark.django_db


def test_the_first_words_open_a_request_of_a_known_person(hear: Hear) -> None:
    hear(says("Не приходят письма\nс утра"))

    ticket = only_ticket()
    identity = Identity.objects.get()
    assert (ticket.channel_kind, ticket.contact.name, ticket.subject) == (
        "telegram",
        "Ольга Нечаева",
        "Не приходят письма с утра",
    )
    assert (identity.kind, identity.value, identity.shown) == ("telegram", "telegram:4242", "@olga_n")
    assert ticket.contact.language == "ru"


def test_a_chat_is_one_talk(hear: Hear) -> None:
    for words in ("Первое", "Второе", "Третье"):
        hear(says(words))

    assert texts(only_ticket()) == ["Первое", "Второе", "Третье"]


def test_after_the_end_it_reopens_as_letters_do_and_later_follows(hear: Hear, anna: User) -> None:
    hear(says("Первое"))
    ticket = only_ticket()
    ticket.reply("Сделано", by=anna, then=Resolve())
    hear(says("Нет, не работает"))
    ticket.refresh_from_db()
    assert ticket.is_open and Ticket.objects.count() == 1

    ticket.reply("Теперь готово", by=anna, then=Resolve())
    with clock.at(clock.now() + timedelta(days=60)):
        hear(says("Другое дело"))
        hear(says("И ещё к нему"))

    later = Ticket.objects.latest("pk")
    assert later.follows == ticket and texts(later) == ["Другое дело", "И ещё к нему"]


def test_they_answer_in_the_talk_that_was_spoken_in_last(hear: Hear, anna: User) -> None:
    """A part that was split off is younger than the matter that goes on."""
    hear(says("Первое"))
    hear(says("Второе, о другом"))
    ticket = only_ticket()
    apart = ticket.split_off([ticket.conversation.messages.filter(direction="in").latest("pk").pk], by=anna)
    apart.reply("Сделано", by=anna, then=Resolve())
    ticket.refresh_from_db()
    ticket.reply("А по первому: что на экране?", by=anna, then=Wait(clock.now() + timedelta(days=2)))

    hear(says("Вот"))

    apart.refresh_from_db()
    assert texts(ticket) == ["Первое", "Вот"] and not apart.is_open


def test_two_people_are_two_talks(hear: Hear) -> None:
    hear(says("Первое"))
    hear(says("Второе", who={**OLGA, "id": 77, "username": "", "first_name": "Иван", "last_name": ""}))

    assert Ticket.objects.count() == 2
    assert set(Identity.objects.values_list("shown", flat=True)) == {"@olga_n", "Telegram 77"}


def test_DEDUP_the_same_update_by_any_way_is_stored_once(bot: Bot, hear: Hear) -> None:
    told = says("Один раз")
    hear(told)
    assert take(bot, told, json.dumps(told, indent=2).encode()).again
    inbox.work_all()

    assert texts(only_ticket()) == ["Один раз"]


STORY = ["Первое", "Второе", "Третье", "Четвёртое"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(STORY))), again=st.lists(st.integers(0, len(STORY) - 1), max_size=4))
def test_any_order_and_any_repetition_gives_the_same_talk(bot: Bot, order: list[int], again: list[int]) -> None:
    who = {**OLGA, "id": next(PEOPLE)}
    told = [says(words, who=who) for words in STORY]
    for place in [*order, *again]:
        take(bot, told[place], json.dumps(told[place]).encode())
    inbox.work_all()

    talk = Conversation.objects.get(contact__identities__value=f"telegram:{who['id']}")
    heard = talk.messages.filter(direction="in")
    assert sorted(heard.values_list("text", flat=True)) == sorted(STORY)
    assert heard.values("external_id").distinct().count() == len(STORY)
    assert Ticket.objects.filter(conversation=talk).count() == 1


PEOPLE = itertools.count(900_000)
WORDS = ("message", "from", "chat", "id", "type", "text", "photo", "edited_message", "callback_query")
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=12,
)


def test_an_answer_to_an_old_message_of_ours_joins_its_talk(hear: Hear, anna: User, api: BotApi) -> None:
    hear(says("Первое"))
    first = only_ticket()
    first.reply("Отвечаем", by=anna, then=Resolve())
    with clock.at(clock.now() + timedelta(seconds=1)):
        outbox.send_due()
    other = Conversation.objects.create(contact=first.contact, channel=first.conversation.channel)
    Ticket.open_for(other.hear(_heard("Второе"), first.contact, inbound_id=None, at=clock.now()))
    ours = {"message_id": api.messages, "from": {"id": 70001, "is_bot": True}, "date": 1, "chat": {"id": 4242}}

    hear(says("Это про первое", reply_to_message=ours))

    assert texts(first)[-1] == "Это про первое"


def _heard(text: str) -> Incoming:
    return Incoming(sender="telegram:4242", sender_name="Ольга", text=text)


def test_a_fault_of_ours_is_tried_again(hear: Hear, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_told: Any) -> Any:
        raise TypeError

    monkeypatch.setattr("otklik.adapters.telegram.reading.greeting", broken)
    inbound = hear(says("/start"))
    assert (inbound.state, inbound.tries) == ("accepted", 1)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"sticker": {"emoji": "👍", "file_id": "s"}}, "👍"),
        ({"location": {"latitude": 59.93863, "longitude": 30.31413}}, "59.93863"),
        ({"venue": {"title": "Кафе", "address": "Невский, 1"}}, "Кафе, Невский, 1"),
        ({"contact": {"first_name": "Пётр", "phone_number": "+79001112233"}}, "+79001112233"),
        ({"poll": {"question": "?"}}, "poll"),
    ],
)
def test_what_is_no_text_is_said_in_words(hear: Hear, told: dict[str, Any], words: str) -> None:
    hear(says(**told))
    assert words in texts(only_ticket())[0]


def test_INJECT_whatever_a_stranger_is_called_is_text(hear: Hear) -> None:
    rude = {**OLGA, "first_name": "<img src=x onerror=alert(1)>", "last_name": "\u202e\x00{{ 7*7 }}", "username": "a<b"}
    hear(says("<script>alert(1)</script> & \ud83d", who=rude))

    ticket = only_ticket()
    assert "\x00" not in ticket.contact.name and "\u202e" not in ticket.contact.name
    assert texts(ticket)[0].startswith("<script>alert(1)</script> &")


@given(ODD)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_posted_stops_the_reader(bot: Bot, told: Any) -> None:
    taken = {"update_id": next(PEOPLE), **(told if isinstance(told, dict) else {"message": told})}
    accepted = take(bot, taken, json.dumps(taken).encode())
    inbox.work_all()

    assert accepted.inbound.state in ("read", "quarantined")


def test_who_closes_the_chat_and_opens_it_again(hear: Hear) -> None:
    hear(says("Первое"))
    hear(lets_in("kicked"))
    assert Identity.objects.get().failed_at is not None

    hear(lets_in("member"))
    assert Identity.objects.get().failed_at is None

    Identity.objects.came_back(["telegram:4242"])
    hear(says("Снова я"))
    assert Identity.objects.get().failed_at is None


def test_what_is_read_late_does_not_close_a_chat_that_is_open_again(hear: Hear) -> None:
    hear(says("Первое"))
    closes, opens = lets_in("kicked"), lets_in("member")
    hear(opens)

    assert hear(closes).outcome == "overtaken" and Identity.objects.get().failed_at is None


def test_a_late_answer_waits_for_the_client(hear: Hear, anna: User) -> None:
    hear(says("Первое"))
    ticket = only_ticket()
    ticket.reply("Что на экране?", by=anna, then=Wait(clock.now() + timedelta(days=2)))
    hear(says("Вот"))
    ticket.refresh_from_db()
    assert ticket.waiting_since is not None
