"""The settings of a chat: what is wrong is said, nothing typed is lost, and the line for the site is given."""

from typing import Any

import pytest
from django.test import Client

from otklik.adapters.sitechat.models import Chat
from otklik.core.audit.models import Line
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel

pytestmark = pytest.mark.django_db


def form(team: Team, **told: str) -> dict[str, str]:
    typed = {"name": "Чат магазина", "team": str(team.pk), "sites": "https://shop.example/\nhttps://пример.рф"}
    typed |= {"language": "", "welcome_ru": "Добрый день!", "asks_address": "away", "leaves_after": "7"}
    return typed | {"keeps_page": "on"} | told


@pytest.fixture
def admins(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def test_a_chat_is_set_up_and_its_page_gives_the_line(admins: Client, line_one: Team, door: Channel) -> None:
    response = admins.post("/settings/channels/new/chat/", form(line_one))

    assert response.status_code == 302, response.content.decode()
    chat = Chat.objects.select_related("channel").get()
    assert chat.sites == ["https://shop.example", "https://xn--e1afmkfd.xn--p1ai"]
    assert (chat.channel.address, chat.leaves_after, chat.keeps_page) == ("shop.example", 7, True)
    page = admins.get(f"/settings/channels/{chat.channel_id}/").content.decode()
    assert f"https://desk.test/chat/{chat.key}/widget.js" in page and "Добрый день!" in page
    assert "онлайн-чат" in admins.get("/settings/channels/").content.decode().lower()
    assert Line.objects.exists()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"sites": ""}, "хотя бы один сайт"),
        ({"sites": "shop.example"}, "https://shop.example"),
        ({"sites": "http://shop.example"}, "https://shop.example"),
        ({"leaves_after": "1"}, "2"),
        ({"asks_address": "sometimes"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    admins: Client, line_one: Team, door: Channel, told: dict[str, str], words: str
) -> None:
    response = admins.post("/settings/channels/new/chat/", form(line_one, **told))

    page = response.content.decode()
    assert response.status_code == 422 and words in page and "Добрый день!" in page
    assert not Chat.objects.exists()


def test_without_a_mailbox_the_form_says_what_would_be_missing(admins: Client, line_one: Team) -> None:
    response = admins.post("/settings/channels/new/chat/", form(line_one))
    assert "Нет почтового ящика" in response.content.decode() and not Chat.objects.exists()

    assert admins.post("/settings/channels/new/chat/", form(line_one, asks_address="never")).status_code == 302


def test_two_chats_on_one_site_are_told_apart(admins: Client, line_one: Team, door: Channel) -> None:
    for _each in range(2):
        assert admins.post("/settings/channels/new/chat/", form(line_one)).status_code == 302
    assert len(set(Channel.objects.filter(kind="chat").values_list("address", flat=True))) == 2


def test_switched_off_it_is_gone_from_the_sites(admins: Client, chat: Chat, client: Any) -> None:
    admins.post(f"/settings/channels/{chat.channel_id}/switch/")
    assert Client().get(f"/chat/{chat.key}/widget.js").status_code == 404
