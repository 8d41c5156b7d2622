"""Connecting a bot: its token proves itself, is stored sealed and never shown again."""

import threading
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from otklik.adapters.telegram import doctor
from otklik.adapters.telegram.announcing import Announcer
from otklik.adapters.telegram.models import Bot, Way
from otklik.adapters.telegram.tests.server import NAME, TOKEN, BotApi, running
from otklik.core import recent
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel

pytestmark = pytest.mark.django_db


def form(served: BotApi, team: Team, **told: str) -> dict[str, str]:
    typed = {"token": TOKEN, "name": "", "team": str(team.pk), "way": "polling", "api": served.url}
    return typed | {"greeting_ru": "Здравствуйте!", "acknowledges": "on"} | told


@pytest.fixture
def admins(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def test_a_bot_is_connected(admins: Client, api: BotApi, line_one: Team) -> None:
    response = admins.post("/settings/channels/new/telegram/", form(api, line_one))

    assert response.status_code == 302, response.content.decode()
    bot = Bot.objects.select_related("channel").get()
    assert (bot.channel.address, bot.name, bot.number, bot.token) == (f"@{NAME}", NAME, 70001, TOKEN)
    assert TOKEN not in bot.token_secret and bot.channel.checked_at
    page = admins.get(f"/settings/channels/{bot.channel_id}/").content.decode()
    assert TOKEN not in page and "Здравствуйте!" in page


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"token": ""}, "Введите токен"),
        ({"token": "привет"}, "Токен выглядит"),
        ({"api": "ftp://x"}, "api.telegram.org"),
        ({"api": "http://elsewhere.test"}, "OTKLIK_EGRESS_ALLOW"),
        ({"way": "webhook"}, "https"),
        ({"token": "70001:" + "x" * 35}, "не знает этого токена"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    admins: Client, api: BotApi, line_one: Team, told: dict[str, str], words: str, organisation: object
) -> None:
    if told.get("way"):
        from otklik.core.staff.models import Organisation

        Organisation.objects.update(site_url="http://desk.test")
        recent.forget()
    response = admins.post("/settings/channels/new/telegram/", form(api, line_one, **told))

    page = response.content.decode()
    assert response.status_code in (200, 422) and words in page and "Здравствуйте!" in page
    assert not Bot.objects.exists()


def test_the_token_stays_when_nothing_is_typed(admins: Client, api: BotApi, bot: Bot) -> None:
    told = form(api, bot.channel.team, token="", name="Бот", way="webhook")
    assert admins.post(f"/settings/channels/{bot.channel_id}/", told).status_code == 302

    bot.refresh_from_db()
    assert bot.token == TOKEN and bot.way == Way.WEBHOOK and bot.hook_proof and bot.hooked_at is None
    assert Channel.objects.get(pk=bot.channel_id).name == "Бот"


def test_one_bot_is_one_channel(admins: Client, api: BotApi, bot: Bot) -> None:
    response = admins.post("/settings/channels/new/telegram/", form(api, bot.channel.team))
    assert response.status_code == 422 and "уже есть" in response.content.decode()


def test_a_check_says_what_is_wrong(admins: Client, api: BotApi, bot: Bot) -> None:
    api.plan("getMe", 401, "Unauthorized")
    admins.post(f"/settings/channels/{bot.channel_id}/check/")
    bot.channel.refresh_from_db()
    assert "BotFather" in bot.channel.trouble

    admins.post(f"/settings/channels/{bot.channel_id}/check/")
    bot.channel.refresh_from_db()
    assert not bot.channel.trouble


@pytest.mark.parametrize(
    ("posting", "words"),
    [
        ({"url": "https://elsewhere.test/"}, "elsewhere.test"),
        ({"url": ""}, "другой адрес (—)"),
        ({"pending_update_count": 3, "last_error_message": "SSL error {certificate}"}, "SSL error"),
    ],
)
def test_a_check_says_why_nothing_is_posted_to_us(
    admins: Client, api: BotApi, bot: Bot, posting: dict[str, Any], words: str
) -> None:
    bot.way = Way.WEBHOOK
    bot.configured()
    [early] = doctor.examine()
    assert early.level == "bad" and "куда присылать" in early.words, "nobody has told Telegram yet"
    announcer = Announcer(bot.pk, threading.Event())
    announcer.once()
    assert [one.level for one in doctor.examine()] == ["good"]
    api.posting = posting

    page = admins.post(f"/settings/channels/{bot.channel_id}/check/", follow=True).content.decode()
    bot.channel.refresh_from_db()
    assert words in page and words in bot.channel.trouble
    [finding] = doctor.examine()
    assert finding.level == "bad" and words in finding.words

    api.posting = {}
    announcer.once()
    bot.channel.refresh_from_db()
    assert len(api.sent("setWebhook")) == 2 and not bot.channel.trouble


def test_an_old_fault_of_posting_is_none(admins: Client, api: BotApi, bot: Bot) -> None:
    bot.way = Way.WEBHOOK
    bot.configured()
    Announcer(bot.pk, threading.Event()).once()
    api.posting = {"pending_update_count": 0, "last_error_message": "Connection timed out"}
    admins.post(f"/settings/channels/{bot.channel_id}/check/")

    bot.channel.refresh_from_db()
    assert not bot.channel.trouble and [one.level for one in doctor.examine()] == ["good"]


def test_the_doctor_says_of_each_open_bot_whether_it_answers(api: BotApi, bot: Bot) -> None:
    assert [(one.level, "@svyaz_bot" in one.words) for one in doctor.examine()] == [("good", True)]
    api.plan("getMe", 401, "Unauthorized")
    assert [one.level for one in doctor.examine()] == ["bad"]
    bot.channel.is_active = False
    bot.channel.save()
    assert not list(doctor.examine())


def test_a_number_that_no_bot_has_is_no_token(admins: Client, api: BotApi, line_one: Team) -> None:
    response = admins.post("/settings/channels/new/telegram/", form(api, line_one, token="9" * 20 + ":" + "x" * 35))
    assert response.status_code == 422 and "Токен выглядит" in response.content.decode()


def test_another_bot_counts_from_its_own_numbers(admins: Client, api: BotApi, bot: Bot) -> None:
    """Whoever still asks for the old bot does not tell the new one how far it is."""
    old = Bot.objects.get()
    old.took(10**9)
    assert admins.post(f"/settings/channels/{bot.channel_id}/", form(api, bot.channel.team)).status_code == 302
    old.took(2 * 10**9)

    new = Bot.objects.get()
    assert (new.offset, new.offset_at, new.next_update) == (0, None, 0)


def test_the_stored_token_goes_to_no_other_server(admins: Client, api: BotApi, bot: Bot) -> None:
    with running() as other:
        settings.EGRESS_ALLOW.append(other.url.removeprefix("http://"))
        told = form(api, bot.channel.team, token="", api=other.url, name="Бот")
        response = admins.post(f"/settings/channels/{bot.channel_id}/", told)
        assert response.status_code == 422 and "введите его ещё раз" in response.content.decode()
        assert not other.calls and Bot.objects.get().api == api.url

        assert admins.post(f"/settings/channels/{bot.channel_id}/", told | {"token": TOKEN}).status_code == 302
    assert Bot.objects.get().api == other.url
