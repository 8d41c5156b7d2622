"""Forwarding outside, from the dialog."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from otklik.core.staff.models import Role, User
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import IncomingFile
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

type Signed = Callable[[User], Client]


def first_of(ticket: Ticket) -> Message:
    return ticket.conversation.messages.order_by("id")[0]


@pytest.fixture
def told(ticket: Ticket) -> dict[str, Any]:
    """What a filled-in dialog sends."""
    return {
        "to": "sales@supplier.test",
        "subject": "Деталь",
        "text": "Есть?",
        "messages": first_of(ticket).pk,
        "key": "k",
    }


def test_the_clients_last_letter_is_chosen_beforehand(ticket: Ticket, anna: User, client_of: Signed) -> None:
    ticket.note("Только нам", by=anna)
    page = client_of(anna).get(f"/tickets/{ticket.number}/forward/").content.decode()
    assert f'value="{first_of(ticket).pk}" checked' in page and f'value="Fwd: {ticket.subject}"' in page
    assert page.count('name="messages"') == 1 and "Только нам" not in page


def test_an_emptied_subject_is_asked_about_once(ticket: Ticket, anna: User, post: Post, told: dict[str, Any]) -> None:
    """UI-38: the usual one stands there to be looked at, and one more press sends."""
    answer = post(anna, ticket, "forward", **{**told, "subject": " "})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Темы не было" in page and f'value="Fwd: {ticket.subject}"' in page
    assert not Outbound.objects.filter(kind="forward").exists()

    assert post(anna, ticket, "forward", **{**told, "subject": f"Fwd: {ticket.subject}"}).status_code == 204
    assert Message.objects.get(outbound__kind="forward").subject == f"Fwd: {ticket.subject}"


def test_it_leaves_and_can_be_taken_back(ticket: Ticket, anna: User, post: Post, told: dict[str, Any]) -> None:
    answer = post(anna, ticket, "forward", **told)
    said = Message.objects.get(outbound__kind="forward")
    assert answer.status_code == 204 and f"undo/{said.pk}/" in answer["HX-Trigger"]
    assert (said.to, said.subject) == (["sales@supplier.test"], "Деталь")
    assert Outbound.objects.get(kind="forward").state == "ready"

    back = post(anna, ticket, f"undo/{said.pk}")
    assert back.status_code == 204 and Outbound.objects.get(kind="forward").state == "cancelled"


def test_what_was_taken_back_stands_in_the_dialog_again(
    ticket: Ticket, anna: User, post: Post, told: dict[str, Any], client_of: Signed
) -> None:
    post(anna, ticket, "forward", **told)
    post(anna, ticket, f"undo/{Message.objects.get(outbound__kind='forward').pk}", text="Ответ клиенту")
    page = client_of(anna).get(f"/tickets/{ticket.number}/forward/").content.decode()
    assert 'value="sales@supplier.test" checked' in page and ">Есть?</textarea>" in page
    talk = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert ">Есть?</textarea>" not in talk


def test_several_get_it_and_some_a_copy(ticket: Ticket, anna: User, post: Post, told: dict[str, Any]) -> None:
    told |= {"to": ["sales@supplier.test", "two@supplier.test"], "cc": "boss@supplier.test"}
    more = {"to_more": "Олег <oleg@supplier.test>", "cc_more": "x@supplier.test, two@supplier.test"}
    answer = post(anna, ticket, "forward", **told, **more)
    said = Message.objects.get(outbound__kind="forward")
    assert said.to == ["sales@supplier.test", "two@supplier.test", "oleg@supplier.test"]
    assert said.cc == ["boss@supplier.test", "x@supplier.test"] and "x@supplier.test" in answer["HX-Trigger"]
    assert next(iter(json.loads(answer["HX-Trigger"]))) == "draft:clear"


def test_it_is_kept_while_it_is_typed_and_stands_there_again(
    ticket: Ticket, anna: User, post: Post, told: dict[str, Any], tonight: str, client_of: Signed, writes: Write
) -> None:
    writes("Второе", token=ticket.conversation.token)
    second = ticket.conversation.messages.order_by("id")[2]
    aside = {"next": "aside", "aside_until": tonight}
    kept = post(anna, ticket, "forward/draft", **told, **aside, cc_more="boss@supplier.test")
    assert kept.status_code == 200
    page = client_of(anna).get(f"/tickets/{ticket.number}/forward/?message={second.pk}").content.decode()
    assert 'value="sales@supplier.test" checked' in page and 'value="boss@supplier.test" checked' in page
    assert ">Есть?</textarea>" in page and 'value="Деталь"' in page and f'value="{kept.json()["at"]}"' in page
    assert f'value="{first_of(ticket).pk}" checked' in page and f'value="{second.pk}" checked' in page
    assert 'value="aside" checked' in page

    anew = post(anna, ticket, "forward", act="discard").content.decode()
    assert anew.startswith("<form") and "supplier.test" not in anew and not Draft.objects.exists()


def test_another_window_is_not_overwritten(ticket: Ticket, anna: User, post: Post, told: dict[str, Any]) -> None:
    first = post(anna, ticket, "forward/draft", **told, base="").json()["at"]
    assert post(anna, ticket, "forward/draft", **{**told, "text": "Иначе"}, base="").status_code == 409
    assert post(anna, ticket, "forward/draft", **{**told, "text": "Дальше"}, base=first).status_code == 200
    assert Draft.objects.get().text == "Дальше"


def test_nothing_typed_is_no_draft(ticket: Ticket, anna: User, post: Post, told: dict[str, Any]) -> None:
    post(anna, ticket, "forward/draft", **told)
    base = Draft.objects.get().saved_at.isoformat()
    post(anna, ticket, "forward/draft", **{**told, "to": "", "text": " "}, base=base)
    assert not Draft.objects.exists()


def test_reminding_puts_it_aside_for_them(
    ticket: Ticket, anna: User, post: Post, told: dict[str, Any], tonight: str
) -> None:
    post(anna, ticket, "forward", **told, next="aside", aside_until=tonight)
    ticket.refresh_from_db()
    assert ticket.status == "scheduled" and "sales@supplier.test" in ticket.next_note


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"to": ""}, "e-to"),
        ({"to": "кто-то"}, "e-to"),
        ({"cc_more": "кто-то"}, "e-cc"),
        ({"text": ""}, "e-text"),
        ({"messages": ""}, "e-messages"),
        ({"to": "", "next": "aside", "aside_until": "2099-01-01T00:00:00Z"}, "e-to"),
        ({"next": "aside", "aside_until": "2020-01-01T00:00:00Z"}, "e-aside_until"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    ticket: Ticket, anna: User, post: Post, told: dict[str, Any], wrong: dict[str, str], field: str
) -> None:
    answer = post(anna, ticket, "forward", **{**told, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422 and f'id="{field}"' in page and 'value="Деталь"' in page
    assert not Outbound.objects.filter(kind="forward").exists()


@pytest.mark.parametrize("address", ["pavel@volga.test", "help@desk.test", "help+1@desk.test"])
def test_the_client_and_ourselves_are_asked_about_once(
    ticket: Ticket, anna: User, post: Post, told: dict[str, Any], address: str
) -> None:
    told["to" if address.startswith("help") else "cc"] = address
    answer = post(anna, ticket, "forward", **told)
    assert answer.status_code == 422 and 'name="sure"' in answer.content.decode()
    assert post(anna, ticket, "forward", **told, sure="on").status_code == 204


def test_files_are_ticked_beforehand_and_their_size_is_said(
    ticket: Ticket, anna: User, post: Post, told: dict[str, Any], settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    content = [IncomingFile("a.txt", "text/plain", b"a" * 3000), IncomingFile("b.txt", "text/plain", b"b" * 5000)]
    Attachment.objects.keep_all(first_of(ticket), content)
    a, b = first_of(ticket).attachments.order_by("id")
    page = post(anna, ticket, "forward", **told, act="look").content.decode()
    assert page.count('name="file"') == 2 and f'value="{b.key}" checked' in page and page.startswith("<div")

    post(anna, ticket, "forward", **told, shown=[str(a.key), str(b.key)], file=[str(a.key)])
    assert Message.objects.get(outbound__kind="forward").attachments.get().name == "a.txt"

    settings.UPLOAD_BYTES = 4000
    refused = post(anna, ticket, "forward", **{**told, "key": "other"})
    assert refused.status_code == 422 and 'id="e-files"' in refused.content.decode()


def test_the_whole_conversation_is_that_with_the_client(
    ticket: Ticket, anna: User, post: Post, told: dict[str, Any]
) -> None:
    ticket.note("Только нам", by=anna)
    ticket.forward("Другому поставщику", by=anna, to=["x@else.test"], messages=[first_of(ticket).pk])
    post(anna, ticket, "forward", **{**told, "messages": "", "whole": "on"})
    raw = bytes(Message.objects.get(subject="Деталь").outbound.raw).decode()  # type: ignore[union-attr]
    assert first_of(ticket).text.strip() in raw and "Только нам" not in raw and "Другому" not in raw


def test_unticking_the_whole_leaves_what_was_ticked_by_hand(
    ticket: Ticket, anna: User, post: Post, told: dict[str, Any], writes: Write
) -> None:
    writes("Второе", token=ticket.conversation.token)
    page = post(anna, ticket, "forward", **told, whole="on", act="look").content.decode()
    assert page.count('name="messages"') == 3 and page.count(" checked disabled") == 2
    page = post(anna, ticket, "forward", **told, act="look").content.decode()
    assert page.count('name="messages"') == 2 and page.count(" checked") == 1


def test_who_only_reads_forwards_nothing(ticket: Ticket, anna: User, post: Post, told: dict[str, Any]) -> None:
    anna.role = Role.QUALITY
    anna.save()
    assert post(anna, ticket, "forward", **told).status_code == 403
    assert not Outbound.objects.filter(kind="forward").exists()


def test_the_story_names_it_and_the_key_opens_it(
    ticket: Ticket, anna: User, post: Post, told: dict[str, Any], client_of: Signed
) -> None:
    post(anna, ticket, "forward", **told)
    page = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert "1 сообщение переслано третьей стороне" in page and "переслано, клиент этого не видит" in page
    assert 'data-key="forward"' in page and f"forward/?message={first_of(ticket).pk}" in page
