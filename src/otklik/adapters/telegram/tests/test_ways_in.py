"""HOOK-*: what Telegram posts is believed by its secret; polling needs no address and never asks twice for the same."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from otklik.adapters.telegram import polling
from otklik.adapters.telegram.announcing import Announcer
from otklik.adapters.telegram.models import Bot, Way
from otklik.adapters.telegram.polling import LOCK, Poller
from otklik.adapters.telegram.settings import TelegramSettings
from otklik.adapters.telegram.tests.server import TOKEN, BotApi
from otklik.adapters.telegram.tests.updates import says
from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import Organisation
from otklik.core.staff.seal import Sealed
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.channels.threads import PAUSE, Asker, claim
from otklik.desk.conversations.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def hooked(bot: Bot) -> Bot:
    bot.way = Way.WEBHOOK
    bot.configured()
    return bot


def post(bot: Bot, told: Any, secret: str | None = None, body: bytes = b"") -> Any:
    head = {"X-Telegram-Bot-Api-Secret-Token": bot.hook_proof if secret is None else secret}
    body = body or json.dumps(told, ensure_ascii=False).encode()
    return Client().post(f"/hooks/telegram/{bot.key}/", body, content_type="application/json", headers=head)


@pytest.mark.parametrize("escaped", [False, True])
def test_HOOK_2_what_is_posted_is_stored_byte_for_byte(hooked: Bot, escaped: bool) -> None:
    told = says("Привет 👋")
    body = json.dumps(told, ensure_ascii=escaped, indent=1).encode()
    assert post(hooked, told, body=body).status_code == 200
    assert post(hooked, told, body=body).status_code == 200

    assert bytes(Inbound.objects.get().raw) == body
    inbox.work_all()
    assert Message.objects.get(direction="in").text == "Привет 👋"


@pytest.mark.parametrize("secret", ["", "wrong", "неверный"])
def test_HOOK_1_a_stranger_is_refused_and_nothing_is_stored(hooked: Bot, secret: str) -> None:
    assert post(hooked, says("Привет"), secret).status_code == 403
    assert not Inbound.objects.exists()


def test_HOOK_4_without_a_secret_the_door_is_closed(bot: Bot, hooked: Bot) -> None:
    Bot.objects.update(hook_secret="")
    assert post(hooked, says("x"), "").status_code == 404
    Bot.objects.update(hook_secret="x", way=Way.POLLING)
    assert post(hooked, says("x"), "x").status_code == 404
    assert Client().post("/hooks/telegram/nobody/", b"{}", content_type="application/json").status_code == 404
    assert Client().get(f"/hooks/telegram/{hooked.key}/").status_code == 405


def test_a_closed_channel_takes_nothing(hooked: Bot) -> None:
    hooked.channel.is_active = False
    hooked.channel.save()
    assert post(hooked, says("x")).status_code == 404


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"message": {}}', b'"x"', b"[" * 100_000])
def test_what_is_no_update_is_refused(hooked: Bot, body: bytes) -> None:
    assert post(hooked, None, body=body or b" ").status_code == 400
    assert not Inbound.objects.exists()


def test_too_much_is_refused(hooked: Bot) -> None:
    assert post(hooked, None, body=b" " * (1024 * 1024 + 1)).status_code == 413


def test_HOOK_4_while_the_database_is_away_telegram_comes_again(hooked: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: Any, **_told: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr("otklik.adapters.telegram.views.take", gone)
    assert post(hooked, says("x")).status_code == 503


def test_a_secret_of_another_installation_is_said_to_the_administrator(hooked: Bot) -> None:
    Bot.objects.update(hook_secret="gAAAAA-of-another-key")
    assert post(hooked, says("x"), "x").status_code == 503
    hooked.channel.refresh_from_db()
    assert "Введите заново" in hooked.channel.trouble

    hooked.refresh_from_db()
    hooked.configured()
    assert post(hooked, says("x")).status_code == 200


def test_a_sealed_token_of_another_bot_does_not_open(bot: Bot) -> None:
    other = Bot(channel=Channel(), token_secret=bot.token_secret)
    assert bot.token == TOKEN
    with pytest.raises(Sealed, match="секретный ключ сменился"):
        _ = other.token


def test_telegram_is_told_where_to_post(hooked: Bot, api: BotApi) -> None:
    announcer = Announcer(hooked.pk, threading.Event())
    assert announcer.once() == announcer.once() == PAUSE

    [call] = api.sent("setWebhook")
    assert call.told["url"] == f"https://desk.test/hooks/telegram/{hooked.key}/"
    assert call.told["secret_token"] == hooked.hook_proof and "callback_query" in call.told["allowed_updates"]


def test_telegram_is_told_when_our_address_is_another_one(hooked: Bot, api: BotApi) -> None:
    announcer = Announcer(hooked.pk, threading.Event())
    announcer.once()
    Organisation.objects.update(site_url="https://care.test")
    recent.forget()
    announcer.once()
    announcer.once()

    assert [one.told["url"].partition("/hooks")[0] for one in api.sent("setWebhook")] == [
        "https://desk.test",
        "https://care.test",
    ]


def test_who_is_not_told_is_told_later(hooked: Bot, api: BotApi) -> None:
    api.plan("setWebhook", 400, "Bad Request: bad webhook: HTTPS url must be provided for webhook")
    announcer = Announcer(hooked.pk, threading.Event())
    announcer.once()
    hooked.channel.refresh_from_db()
    assert "HTTPS url" in hooked.channel.trouble
    assert 0 < announcer.once() <= 60 and len(api.sent("setWebhook")) == 1

    with clock.at(clock.now() + timedelta(minutes=1)):
        announcer.once()
    hooked.channel.refresh_from_db()
    assert not hooked.channel.trouble and Bot.objects.get().hooked_at


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("work", [Announcer, Poller])
def test_one_process_works_with_a_bot(bot: Bot, api: BotApi, work: type[Asker]) -> None:
    """Whatever way: who is told to post while somebody still asks would answer neither."""
    bot.way = Way.WEBHOOK if work is Announcer else Way.POLLING
    bot.configured()

    def elsewhere() -> None:
        assert work(bot.pk, threading.Event()).once() == PAUSE
        connection.close()

    assert claim(LOCK, bot.pk)
    other = threading.Thread(target=elsewhere)
    other.start()
    other.join(20)

    assert not api.calls
    connection.close()


def test_what_leaves_says_nothing_of_what_comes_in(bot: Bot, api: BotApi) -> None:
    api.plan("getUpdates", 409, "Conflict")
    Poller(bot.pk, threading.Event()).once()
    bot.refresh_from_db()
    since = Channel.objects.get(pk=bot.channel_id).trouble_since
    bot.sent()
    found = TelegramSettings().attempt(bot.channel)

    channel = Channel.objects.get(pk=bot.channel_id)
    bot.refresh_from_db()
    assert "другая программа" in channel.trouble and channel.trouble_since == since and bot.tries == 1
    assert [bool(one.trouble) for one in found] == [False, True] and bot.next_try_at is None


def test_polling_takes_each_update_once(bot: Bot, api: BotApi) -> None:
    poller = Poller(bot.pk, threading.Event())
    api.hook = {"url": "https://elsewhere.test"}
    api.updates = [says("Раз"), says("Два")]
    assert poller.once() == 0.0
    last = says("Три")
    api.updates.append(last)
    poller.once()
    poller.once()
    inbox.work_all()

    assert [one.text for one in Message.objects.filter(direction="in")] == ["Раз", "Два", "Три"]
    assert api.sent("getUpdates")[-1].told["offset"] == last["update_id"] + 1 and not api.updates
    assert len(api.sent("deleteWebhook")) == 1


def test_DEDUP_what_was_stored_before_a_crash_is_known_again(bot: Bot, api: BotApi) -> None:
    api.updates = [says("Раз"), says("Два")]
    polling.store(bot, api.updates[:1])
    Bot.objects.update(offset=0, offset_at=None)
    Poller(bot.pk, threading.Event()).once()
    inbox.work_all()

    assert Message.objects.filter(direction="in").count() == 2


def test_after_a_quiet_week_numbers_begin_anew(bot: Bot, api: BotApi) -> None:
    bot.took(10**9)
    with clock.at(clock.now() + timedelta(days=7)):
        assert Bot.objects.get().next_update == 0
    assert Bot.objects.get().next_update == 10**9 + 1


@pytest.mark.parametrize(("code", "words"), [(409, "другая программа"), (401, "BotFather"), (500, "oops")])
def test_trouble_is_said_in_words_and_the_next_try_comes_later(bot: Bot, api: BotApi, code: int, words: str) -> None:
    api.plan("getUpdates", code, "oops")
    poller = Poller(bot.pk, threading.Event())
    poller.once()
    bot.refresh_from_db()
    bot.channel.refresh_from_db()
    assert words in bot.channel.trouble and bot.next_try_at
    assert poller.once() > 0 and len(api.sent("getUpdates")) == 1

    with clock.at(clock.now() + timedelta(minutes=1)):
        poller.once()
    bot.channel.refresh_from_db()
    assert not bot.channel.trouble


def test_a_paused_bot_and_one_without_a_token_ask_nothing(bot: Bot, api: BotApi) -> None:
    bot.channel.is_active = False
    bot.channel.save()
    Poller(bot.pk, threading.Event()).once()
    bot.channel.is_active = True
    bot.channel.save()
    Bot.objects.update(token_secret="")
    Poller(bot.pk, threading.Event()).once()

    assert not api.calls
