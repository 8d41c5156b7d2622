"""What is written to a bot and is no request: greetings, groups, other bots."""

import pytest

from otklik.adapters.telegram.models import Bot
from otklik.adapters.telegram.tests.conftest import Hear, only_ticket, texts
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import OLGA, lets_in, message, says, update
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Identity
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_a_greeting_is_no_request(hear: Hear, api: BotApi, bot: Bot) -> None:
    assert hear(says("/start promo")).outcome == "greeted"
    outbox.send_due()

    assert not Ticket.objects.exists() and not Identity.objects.exists()
    [said] = api.texts
    assert "Здравствуйте" in said and "Связь" in said and "соглашаетесь" in said

    bot.greeting_en = "Welcome aboard"
    bot.save()
    hear(says("/start", who={**OLGA, "id": 5, "language_code": "en-GB"}))
    outbox.send_due()
    assert api.texts[-1].startswith("Welcome aboard")


@pytest.mark.parametrize("words", ["/help касса не работает", "/start у нас очередь", "/start касса", "/stop"])
def test_words_behind_a_command_are_read_by_a_person(hear: Hear, words: str) -> None:
    hear(says(words))
    assert texts(only_ticket()) == [words]


def test_a_picture_below_a_command_is_read_by_a_person(hear: Hear, api: BotApi) -> None:
    api.files["f1"] = b"picture"
    hear(says(caption="/start", photo=[{"file_id": "f1", "width": 9, "height": 9}]))
    assert Attachment.objects.filter(message__in=only_ticket().conversation.messages.all()).exists()


def test_LOOP_greetings_are_bounded(hear: Hear) -> None:
    for _time in range(8):
        hear(says("/start"))

    assert Outbound.objects.count() == 3


def test_groups_bots_and_service_messages_get_nothing(hear: Hear, api: BotApi) -> None:
    group = {**message("Привет, бот"), "chat": {"id": -100, "type": "supergroup", "title": "Соседи"}}
    assert hear(update(message=group)).outcome == "group"
    assert hear(update(message={**group, "text": "/start"})).outcome == "group"
    assert hear(says("Бот", who={**OLGA, "is_bot": True})).outcome == "bot"
    assert hear(says(pinned_message={"message_id": 1})).outcome == "service"
    assert hear(update(channel_post={"text": "x"})).outcome == "unknown"
    outbox.send_due()

    assert not Ticket.objects.exists() and not api.sent()


def test_of_what_strangers_say_in_a_group_nothing_is_kept(hear: Hear) -> None:
    group = {**message("Пароль 1234"), "chat": {"id": -100, "type": "supergroup", "title": "Соседи"}}
    put_in = {**lets_in("member")["my_chat_member"], "chat": group["chat"]}
    told = update(message=group)
    kept = [hear(told), hear(update(edited_message=group)), hear(update(my_chat_member=put_in))]

    assert [one.outcome for one in kept] == ["group"] * 3 and hear(told).pk == kept[0].pk
    for one in kept:
        raw = bytes(one.raw).decode()
        assert "Пароль" not in raw and "Ольга" not in raw and "-100" not in raw
        assert (one.external_id, one.envelope_from) == ("", "")
