"""Answering through the door of the agents."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db


def replies() -> Any:
    return Message.objects.filter(direction="out", automatic="")


def test_a_reply_with_a_promise_is_sent_and_can_be_undone(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], tonight: str
) -> None:
    answer = post(anna, ticket, "reply", **promise)

    assert answer.status_code == 200
    assert 'class="sentbar"' in answer.content.decode() and answer["HX-Reswap"] == "afterbegin"
    assert f'"number": {ticket.number}' in answer["HX-Trigger"]
    ticket.refresh_from_db()
    assert (ticket.next_step, ticket.due_at, ticket.owner) == (
        "keep_promise",
        datetime.fromisoformat(tonight),
        anna,
    )
    assert Outbound.objects.get(kind="reply").not_before > clock.now() + timedelta(seconds=10)


def test_without_scripts_the_same_form_leads_back_to_the_ticket(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any]
) -> None:
    answer = post(anna, ticket, "reply", plain=True, view="view=mine&seg=client", **promise)

    assert answer.status_code == 302
    assert answer["Location"] == f"/tickets/{ticket.number}/?view=mine&seg=client"


def test_send_and_next_goes_on_in_the_same_list(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any]
) -> None:
    answer = post(anna, ticket, "reply", after="next", view="view=line", **promise)

    assert answer["HX-Redirect"] == f"/queue/line/next/?after={ticket.number}"


def test_DEDUP_3_a_double_click_sends_once(ticket: Ticket, anna: User, post: Post, promise: dict[str, Any]) -> None:
    first, second = (post(anna, ticket, "reply", **promise) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert replies().count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"text": "  "}, "e-text"),
        ({"next": ""}, "e-next"),
        ({"promise_until": "other", "promise_other": ""}, "e-promise_until"),
        ({"promise_until": "other", "promise_other": "2020-01-01T10:00"}, "e-promise_until"),
        ({"promise_until": "never"}, "e-promise_until"),
        ({"to": ["not an address"]}, "e-to"),
        ({"to": "pavel@volga.test", "cc_more": "olga@volga.test, two\r\nBcc: x@evil.test"}, "e-cc"),
    ],
)
def test_what_is_missing_is_said_in_place_and_the_text_is_kept(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], told: dict[str, Any], field: str
) -> None:
    answer = post(anna, ticket, "reply", **{**promise, **told})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{field}"' in page and f'aria-describedby="{field}"' in page
    assert told.get("text", "Проверяем маршрут.") in page
    assert not replies().exists()


def test_a_written_date_is_the_agents_own_clock(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any]
) -> None:
    anna.time_zone = "Asia/Novosibirsk"
    anna.save()
    day = clock.now() + timedelta(days=3)

    post(
        anna,
        ticket,
        "reply",
        **{**promise, "promise_until": "other", "promise_other": f"{day:%Y-%m-%d}T15:00"},
    )

    ticket.refresh_from_db()
    assert ticket.due_at and f"{ticket.due_at:%Y-%m-%d %H:%M}" == f"{day:%Y-%m-%d} 08:00"


REFUSAL = {
    "text": "Здравствуйте!",
    "next": "refuse",
    "reason": "outside",
    "explanation": "Роутер обслуживает ваш провайдер.",
    "alternatives": ["Созвонимся втроём"],
}


def test_a_refusal_goes_out_with_its_cause_and_the_ways_round(
    ticket: Ticket, anna: User, post: Post, paper: Paper
) -> None:
    post(anna, ticket, "reply", **REFUSAL)

    ticket.refresh_from_db()
    assert ticket.status == "refused"
    said = replies().get().text
    assert "Роутер обслуживает ваш провайдер." in said and "- Созвонимся втроём" in said


@pytest.mark.parametrize("missing", ["reason", "explanation", "alternatives"])
def test_an_incomplete_refusal_never_leaves(ticket: Ticket, anna: User, post: Post, missing: str) -> None:
    answer = post(anna, ticket, "reply", **{**REFUSAL, missing: " "})

    assert answer.status_code == 422 and f'id="e-{missing}"' in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.is_open and not replies().exists()


def test_one_more_way_round_is_asked_for_without_scripts(ticket: Ticket, anna: User, post: Post) -> None:
    page = post(anna, ticket, "reply", plain=True, act="offer", **REFUSAL).content.decode()

    assert page.count('name="alternatives"') == 2 and "Созвонимся втроём" in page


def test_what_the_client_wrote_meanwhile_stops_the_reply(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], writes: Write
) -> None:
    first = ticket.conversation.messages.order_by("id").first()
    assert first
    writes("Уже заработало!", references=[first.external_id])

    answer = post(anna, ticket, "reply", **promise)

    page = answer.content.decode()
    assert answer.status_code == 409 and not replies().exists()
    assert "Уже заработало!" in page and "Проверяем маршрут." in page
    newest = ticket.conversation.messages.latest("id").pk
    assert f'name="anyway" value="{newest}"' in page

    assert post(anna, ticket, "reply", **promise, anyway=newest).status_code == 200
    assert replies().count() == 1


def test_after_reading_the_news_the_same_text_can_be_sent(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], writes: Write
) -> None:
    first = ticket.conversation.messages.order_by("id").first()
    assert first
    writes("Ещё вопрос", references=[first.external_id])

    page = post(anna, ticket, "reply", **promise, act="edit").content.decode()

    assert f'name="seen" value="{ticket.conversation.messages.latest("id").pk}"' in page
    assert "Проверяем маршрут." in page and not replies().exists()


def test_a_colleagues_answer_stops_mine_and_mine_can_be_dropped(
    ticket: Ticket, anna: User, ilya: User, post: Post, promise: dict[str, Any]
) -> None:
    post(ilya, ticket, "reply", **{**promise, "text": "Уже чиню", "key": "k2"})
    Draft.objects.keep(ticket.conversation, anna, "reply", "Проверяем маршрут.", {})

    assert post(anna, ticket, "reply", **promise).status_code == 409
    dropped = post(anna, ticket, "reply", **promise, act="discard")

    assert "Проверяем маршрут." not in dropped.content.decode()
    assert [message.text for message in replies()] == ["Уже чиню"] and not Draft.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "Акт во вложении.",
        "Здравствуйте, [имя]!",
        "Здравствуйте, {{client.name}}!",
        "Вернусь с ответом через час.",
    ],
)
def test_what_looks_forgotten_is_asked_once(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], text: str
) -> None:
    told = {**promise, "text": text}
    assert post(anna, ticket, "reply", **told).status_code == 422
    assert not replies().exists()

    assert post(anna, ticket, "reply", **told, sure="on").status_code == 200
    assert replies().get().text == text


@pytest.mark.parametrize(("mark", "counted"), [({}, True), ({"not_away": "on"}, False)])
def test_whoever_is_sent_elsewhere_is_asked_about_and_the_author_may_say_why(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], mark: dict[str, str], counted: bool
) -> None:
    told = {**promise, "text": "Обратитесь в отдел продаж."}
    asked = post(anna, ticket, "reply", **told)
    assert asked.status_code == 422 and 'name="not_away"' in asked.content.decode()

    assert post(anna, ticket, "reply", **told, **mark, sure="on").status_code == 200
    assert Entry.objects.get(kind="tickets.Answered").data["sent_away"] is counted


def test_everybody_of_the_letter_gets_the_answer(
    pavel: object, writes: Write, anna: User, post: Post, promise: dict[str, Any]
) -> None:
    ticket = writes("Нас двое", to=["help@desk.test"], cc=["Ольга <olga@volga.test>", "help+abc@desk.test"])

    post(anna, ticket, "reply", **{**promise, "seen": ticket.last_message_id})

    assert Outbound.objects.get(kind="reply").recipients == ["pavel@volga.test", "olga@volga.test"]


def test_somebody_taken_out_of_the_letter_does_not_get_it(
    pavel: object, writes: Write, anna: User, post: Post, promise: dict[str, Any]
) -> None:
    ticket = writes("Нас двое", cc=["olga@volga.test"])
    told = {**promise, "seen": ticket.last_message_id, "to": "pavel@volga.test", "cc_more": "new@volga.test"}

    page = post(anna, ticket, "reply", **told, act="offer").content.decode()
    assert "data-left-out" in page
    post(anna, ticket, "reply", **told)

    assert Outbound.objects.get(kind="reply").recipients == ["pavel@volga.test", "new@volga.test"]


def test_ACCESS_1_a_ticket_of_another_line_does_not_exist(
    ticket: Ticket, vera: User, post: Post, promise: dict[str, Any]
) -> None:
    acts = [
        "reply",
        "note",
        "draft",
        "preview",
        "files",
        "take",
        "assign",
        "handover",
        "aside",
        "close",
        "reopen",
    ]
    acts += [
        "unread",
        "presence",
        f"undo/{ticket.last_message_id}",
        f"messages/{ticket.last_message_id}/again",
    ]

    assert {post(vera, ticket, act, **promise).status_code for act in acts} == {404}
    assert {post(vera, Ticket(pk=10**9), act, **promise).status_code for act in acts} == {404}


def test_a_quality_controller_reads_but_does_not_write(
    ticket: Ticket, quality: User, post: Post, promise: dict[str, Any]
) -> None:
    for act in ("reply", "note", "draft", "files", "take", "assign", "handover", "aside", "close", "unread"):
        assert post(quality, ticket, act, **promise).status_code == 403

    assert not replies().exists()
    assert post(quality, ticket, "presence", doing="writes").status_code == 200


def test_ACCESS_4_fields_that_no_form_has_change_nothing(
    ticket: Ticket, anna: User, ilya: User, post: Post, promise: dict[str, Any]
) -> None:
    extra = {"owner": ilya.pk, "owner_id": ilya.pk, "team": 99, "status": "closed", "opened_at": "2001-01-01"}
    extra |= {
        "undo": 0,
        "by": ilya.pk,
        "author": ilya.pk,
        "due_at": "2001-01-01",
        "version": 999,
        "automatic": "auto",
    }

    post(anna, ticket, "reply", **promise, **extra)

    after = Ticket.objects.get(pk=ticket.pk)
    assert (after.owner, after.team, after.status) == (anna, ticket.team, "open")
    assert replies().get().author == anna


def test_the_text_reaches_the_client_as_it_was_typed(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], paper: Paper
) -> None:
    anna.undo_seconds = 0
    anna.save()

    post(anna, ticket, "reply", **{**promise, "text": "Проверяем **маршрут**.\n\n- раз\n- два"})
    outbox.send_due()

    assert "Проверяем **маршрут**." in bytes(paper.sent[-1].raw).decode()
    assert "<strong>маршрут</strong>" in replies().get().html


def test_an_empty_refusal_shows_nothing_of_a_begun_one(
    ticket: Ticket, anna: User, post: Post, client_of: Callable[[User], Client]
) -> None:
    begun = {"next": "refuse", "explanation": "тайное слово", "act": "offer", "text": "Ответ"}

    written = post(anna, ticket, "reply", **begun).content.decode()
    empty = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()

    assert "тайное слово" in written and "тайное слово" not in empty
    assert empty.count('name="alternatives"') == 1 and empty.count("<option value=") > 3


def test_a_text_that_was_pasted_with_what_no_database_keeps_is_sent_without_it(
    ticket: Ticket, anna: User, promise: dict[str, Any], post: Post, paper: Paper, client_of: Callable[[User], Client]
) -> None:
    assert post(anna, ticket, "draft", text="Прове\x00ряем", mode="reply").status_code < 300
    assert post(anna, ticket, "reply", **{**promise, "text": "Прове\x00ряем"}).status_code == 200
    assert paper.letters[-1].text.startswith("Проверяем")
    assert client_of(anna).get(f"/tickets/{ticket.number}/", {"view": "\x00", "card": "\x00"}).status_code == 200
