"""What a window gets and posts: once, by its secret alone, on its sites only, within limits."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from otklik.adapters.sitechat import limits
from otklik.adapters.sitechat.models import Asks, Chat, Line, Visitor
from otklik.adapters.sitechat.tests.conftest import SHOP, Window, a_file, sent
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.staff.policies import Limit
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Inbound
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait

pytestmark = pytest.mark.django_db


def test_a_message_is_a_request_and_stands_in_the_window(window: Window) -> None:
    answer = window.says("Не приходят письма\nс утра")

    ticket = Ticket.objects.select_related("contact").get()
    [line] = window.lines
    assert answer.status_code == 204 and not answer.cookies
    assert line["mine"] and line["text"] == "Не приходят письма\nс утра" == ticket.conversation.messages.get().text
    assert (ticket.channel_kind, ticket.contact.greeted) == ("chat", ""), "nobody is greeted by a number"
    assert window.visitor.digest != window.secret


def test_posted_again_it_is_one_message(window: Window) -> None:
    for _each in range(3):
        assert window.says("Раз", key="abcdefgh01").status_code == 204
    window.says("Два")

    assert [line["text"] for line in window.lines] == ["Раз", "Два"]
    assert Message.objects.count() == Inbound.objects.count() == 2 and Ticket.objects.count() == 1


def test_two_tabs_are_one_visitor_and_miss_nothing(chat: Chat, window: Window) -> None:
    other = Window(chat, window.secret)
    window.says("Из первой")
    seen = other.told()["lines"][-1]["id"]
    other.says("Из второй")

    assert [line["text"] for line in window.told(after=seen)["lines"]] == ["Из второй"]
    assert Visitor.objects.count() == 1 and Ticket.objects.count() == 1


def test_who_has_another_secret_sees_nothing(window: Window, another: Any, anna: User) -> None:
    window.says("Тайна", files=[a_file()])
    line = window.lines[0]["id"]
    stranger = another("b")

    assert stranger.lines == [] and stranger.told()["known"] is False
    assert stranger.client.get(f"{stranger.root}files/{line}/0/").status_code == 404
    for path, told in {"press": {"line": line, "data": "x"}, "end": {}, "seen": {"last": line}}.items():
        assert stranger.post(path, **told).status_code == 404
    stranger.says("Другое")
    assert [one["text"] for one in stranger.lines] == ["Другое"] and Ticket.objects.count() == 2
    assert (
        stranger.client.get(f"{stranger.root}files/{line}/0/", headers={"X-Chat-Secret": "b" * 64}).status_code == 404
    )


@pytest.mark.parametrize("secret", ["", "короткий", "A" * 64, "a" * 63, "a" * 65])
def test_a_secret_has_its_length(chat: Chat, secret: str) -> None:
    window = Window(chat)
    window.secret = secret.encode("ascii", "ignore").decode()
    assert window.says().status_code == 422 and not Visitor.objects.exists()


def test_another_site_may_neither_show_the_window_nor_post(window: Window, chat: Chat) -> None:
    page = window.client.get(window.root)
    policy = page.headers["Content-Security-Policy"]

    assert f"frame-ancestors 'self' {SHOP}" in policy and "X-Frame-Options" not in page.headers
    assert "nonce" not in policy and not page.cookies
    assert window.post("say", text="x", origin="https://evil.example").status_code == 403
    assert not Inbound.objects.exists()


def test_the_script_names_the_sites_and_sets_no_cookie(window: Window) -> None:
    answer = window.client.get(f"{window.root}widget.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin" and not answer.cookies
    assert SHOP in answer.content.decode() and '"SETTINGS"' not in answer.content.decode()


def test_a_chat_that_is_closed_is_nowhere(window: Window, chat: Chat) -> None:
    chat.channel.is_active = False
    chat.channel.save()

    for path in ("", "widget.js", "said/"):
        assert window.client.get(f"{window.root}{path}").status_code == 404
    assert window.post("say", text="x").status_code == 404
    assert Client().get("/chat/unknown/").status_code == 404


def test_too_many_messages_are_refused_and_a_repeated_one_is_none(
    window: Window, another: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OF_VISITOR", Limit(free=2, first=60, longest=600, forget=600))
    monkeypatch.setattr(limits, "SLOT", 10**9)
    told = [window.says(f"слово {number}").status_code for number in range(4)]

    assert told == [204, 204, 204, 429] or told == [204, 204, 429, 429]
    refused = window.post("say", text="ещё")
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0
    assert "Подождите" in refused.json()["error"]
    assert another("b").says().status_code == 204, "another visitor is not held up"


def test_new_visitors_from_one_network_are_counted(another: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NEW_FROM_NETWORK", Limit(free=2, first=60, longest=600, forget=600))
    monkeypatch.setattr(limits, "SLOT", 10**9)
    told = [another(sign).says().status_code for sign in "bcdef"]

    assert 429 in told and Visitor.objects.count() == told.count(204) < 5


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"text": "  \n"}, "Напишите"),
        ({"text": "я" * 4001}, "4000"),
        ({"files": [a_file("пусто.txt", b"")]}, "пустой"),
        ({"files": [a_file(f"{number}.txt") for number in range(6)]}, "больше 5"),
        ({"text": "x", "key": "!"}, "Обновите"),
        ({"text": "x", "email": "не адрес"}, "не адрес почты"),
        ({"text": "x", "email": "shop.example@shop.example"}, ""),
    ],
)
def test_what_is_wrong_is_said(window: Window, told: dict[str, Any], words: str) -> None:
    told.setdefault("text", "")
    answer = window.post("say", **told)
    if not words:
        assert answer.status_code == 204
        return
    assert answer.status_code == 422 and words in answer.json()["error"]
    assert not Visitor.objects.exists() and not Inbound.objects.exists()


def test_hostile_words_are_only_words(window: Window, anna: User) -> None:
    window.says("<img src=x onerror=alert(1)>\x00 \u202eabc\u2069 😀")
    said = window.lines[0]["text"]

    assert said.startswith("<img src=x") and "\x00" not in said and "\u202e" not in said
    assert Inbound.objects.get().state == "read"


def test_files_go_both_ways_and_are_never_shown_as_pages(
    window: Window, anna: User, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    window.says("Вот акт", files=[a_file("акт.html", b"<script>"), a_file("два.txt", b"2")])
    kept = Attachment.objects.order_by("pk")
    line = window.lines[0]

    assert [file.name for file in kept] == ["акт.html", "два.txt"]
    assert [file["name"] for file in line["files"]] == ["акт.html", "два.txt"]
    answer = window.client.get(f"{window.root}files/{line['id']}/0/", headers={"X-Chat-Secret": window.secret})
    assert answer.content == b"<script>" and answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_an_address_may_be_wanted_first(window: Window, chat: Chat) -> None:
    Chat.objects.update(asks_address=Asks.FIRST)

    refused = window.post("say", text="Вопрос")
    assert (refused.status_code, refused.json()["field"]) == (422, "email")
    assert window.says("Вопрос", email=" Anna@Home.Example ").status_code == 204
    assert window.says("Ещё").status_code == 204
    assert window.visitor.email == "anna@home.example" == window.told()["email"]


def test_who_asks_for_no_address_keeps_none(window: Window) -> None:
    Chat.objects.update(asks_address=Asks.NEVER)

    assert window.says("Вопрос", email="anna@home.example").status_code == 204
    assert window.post("address", email="anna@home.example").status_code == 204
    assert window.visitor.email == ""


def test_our_own_address_is_nobodys(window: Window, door: Any) -> None:
    answer = window.post("address", email=door.address)
    assert answer.status_code == 422 and "не наш" in answer.json()["error"] and not Visitor.objects.exists()


@pytest.mark.parametrize("keeps", [True, False])
def test_the_page_is_kept_only_where_the_setting_says_so(window: Window, keeps: bool) -> None:
    Chat.objects.update(keeps_page=keeps)
    window.says("Вопрос", page="https://shop.example/price?token=secret#top")

    remarks = Message.objects.get().remarks
    assert window.visitor.page == ("https://shop.example/price" if keeps else "")
    assert bool(remarks) is keeps and "secret" not in str(remarks)


def test_the_page_is_told_with_the_first_message_and_where_it_is_another(window: Window) -> None:
    Chat.objects.update(keeps_page=True)
    for page in ("price", "price", "pay", "price"):
        window.says("Вопрос", page=f"https://shop.example/{page}")

    told = [str(message.remarks) for message in Message.objects.order_by("pk")]
    assert ["/price" in told[0], told[1], "/pay" in told[2], "/price" in told[3]] == [True, "[]", True, True]


def test_an_answer_is_stored_and_shown_once_and_seen_when_it_was(window: Window, anna: User) -> None:
    from datetime import timedelta

    from otklik.core.journal import clock
    from otklik.desk.channels import outbox
    from otklik.desk.channels.models import Outbound
    from otklik.desk.tickets.steps import Wait

    window.says()
    ticket = Ticket.objects.get()
    ticket.reply("Уже **смотрим**", by=anna, then=Wait(clock.now() + timedelta(days=2)))
    sent()
    outbound = Outbound.objects.get()
    ours = window.lines[-1]

    assert (outbound.state, outbound.detail) == ("sent", "")
    assert not ours["mine"] and ours["by"] == "Анна Белова" and "<strong>смотрим</strong>" in ours["html"]
    Outbound.objects.update(state="ready")  # the worker died before it could say so
    outbox.send_due()
    assert len(window.lines) == 2 and Line.objects.count() == 2
    window.sees()
    outbound.refresh_from_db()
    assert outbound.detail == "seen"


def test_ACCESS_6_a_note_of_colleagues_comes_into_no_window(window: Window, anna: User) -> None:
    """Neither as a line nor among what the window is told when it asks anew."""
    window.says()
    ticket = Ticket.objects.get()
    ticket.note("ТАЙНА-7731 между собой", by=anna)
    ticket.reply("Смотрим", by=anna, then=Wait(clock.now() + timedelta(days=1)))
    ticket.note("ТАЙНА-7731 после", by=anna)
    outbox.send_due()
    told = json.dumps(window.told(), ensure_ascii=False)
    assert "Смотрим" in told and "ТАЙНА" not in told
