"""Letters that leave later, by programs: as the composer plans them, and as the card of the request shows them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment, Draft
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.departing import send_due
from otklik.desk.tickets.steps import Wait
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def tonight() -> datetime:
    return (clock.now() + timedelta(hours=3)).replace(microsecond=0)


@pytest.fixture
def body(ticket: Ticket, tonight: datetime) -> dict[str, Any]:
    later = (tonight + timedelta(days=2)).isoformat()
    said = {"text": "Доброе утро!", "leave_at": tonight.isoformat(), "next": "wait", "until": later}
    return said | {"seen": ticket.last_message_id}


def said(ticket: Ticket) -> list[str]:
    letters = ticket.conversation.messages.filter(direction="out", automatic="", taken_back_at=None)
    return [letter.new_text for letter in letters.order_by("pk")]


def test_a_letter_is_planned_once_read_and_leaves_at_its_moment(
    ask: Ask, ticket: Ticket, anna: User, ilya: User, body: dict[str, Any], tonight: datetime, time_machine: Any
) -> None:
    home = f"tickets/{ticket.number}/letters"
    made, again = (ask("post", home, anna, body, key="k") for _ in range(2))
    assert made.status_code == 201 and made.content == again.content and Draft.objects.count() == 1
    told = made.json()
    assert (told["own"], told["to"], told["next"], told["by"]["login"]) == (True, ["pavel@volga.test"], "wait", "anna")
    assert datetime.fromisoformat(told["leave_at"]) == tonight and said(ticket) == []
    (seen,) = ask("get", home, ilya).json()
    assert (seen["id"], seen["own"]) == (told["id"], False)
    assert ask("post", home, anna, body).status_code == 409, "one of each person"

    time_machine.move_to(tonight + timedelta(seconds=5))
    assert send_due() == 1 and said(ticket) == ["Доброе утро!"]
    assert ask("get", home, anna).json() == []
    assert Ticket.objects.get().status == "pending_client"


def test_its_words_and_its_moment_change_and_nothing_else(
    ask: Ask, ticket: Ticket, anna: User, body: dict[str, Any], tonight: datetime, time_machine: Any
) -> None:
    home = f"tickets/{ticket.number}/letters"
    file = Attachment.objects.upload(ticket.conversation, SimpleUploadedFile("a.txt", b"a"), anna)
    planned = ticket.send_later(
        "Раньше", tonight, by=anna, then=Wait(tonight + timedelta(days=1)), form={}, seen=body["seen"], files=[file]
    )
    Draft.objects.keep(ticket.conversation, anna, "reply", "начато", {})
    late = (tonight + timedelta(hours=1)).isoformat()
    told = ask("put", f"{home}/{planned.pk}", anna, {**body, "text": "Позже", "leave_at": late, "cc": ["c@volga.test"]})
    assert told.status_code == 200, told.json()
    assert (told.json()["id"], told.json()["text"], told.json()["cc"]) == (planned.pk, "Позже", ["c@volga.test"])
    assert Draft.objects.get(mode="reply").text == "начато", "what was begun meanwhile stays"

    time_machine.move_to(tonight + timedelta(minutes=5))
    assert send_due() == 0
    time_machine.move_to(tonight + timedelta(hours=1, seconds=5))
    assert send_due() == 1 and said(ticket) == ["Позже"]
    assert ticket.conversation.messages.get(direction="out", automatic="").attachments.get() == file
    assert ask("put", f"{home}/{planned.pk}", anna, body).status_code == 404, "it has left"


def test_a_change_is_answered_the_same_when_the_letter_has_left(
    ask: Ask, ticket: Ticket, anna: User, body: dict[str, Any], tonight: datetime, time_machine: Any
) -> None:
    home = f"tickets/{ticket.number}/letters"
    made = ask("post", home, anna, body).json()
    other = body | {"text": "Добрый вечер!"}
    changed = ask("put", f"{home}/{made['id']}", anna, other, key="k")
    assert changed.status_code == 200
    time_machine.move_to(tonight + timedelta(seconds=5))
    assert send_due() == 1 and said(ticket) == ["Добрый вечер!"]
    again = ask("put", f"{home}/{made['id']}", anna, other, key="k")
    assert (again.status_code, again.content) == (200, changed.content)
    assert ask("put", f"{home}/{made['id']}", anna, other, key="l").status_code == 404


def test_what_the_client_said_since_stops_a_change_that_has_not_read_it(
    ask: Ask, ticket: Ticket, anna: User, body: dict[str, Any], writes: Write
) -> None:
    home = f"tickets/{ticket.number}/letters"
    made = ask("post", home, anna, body).json()["id"]
    writes("Уже не надо!", token=ticket.conversation.token)
    unread = {name: value for name, value in body.items() if name != "seen"}
    for late in (body, unread):
        refused = ask("put", f"{home}/{made}", anna, late)
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:otklik:problem:newer-word")
    read = Ticket.objects.get(pk=ticket.pk).last_message_id
    assert ask("put", f"{home}/{made}", anna, body | {"seen": read}).json()["seen"] == read


def test_a_program_that_does_not_say_what_it_has_read_answers_what_is_there_now(
    ask: Ask, ticket: Ticket, anna: User, body: dict[str, Any], tonight: datetime, writes: Write, time_machine: Any
) -> None:
    home, last = f"tickets/{ticket.number}/letters", ticket.last_message_id
    unread = {name: value for name, value in body.items() if name != "seen"}
    made = ask("post", home, anna, unread).json()
    assert made["seen"] == last
    assert ask("put", f"{home}/{made['id']}", anna, unread | {"text": "Доброе!"}).json()["seen"] == last
    writes("Уже не надо!", token=ticket.conversation.token)
    time_machine.move_to(tonight + timedelta(seconds=5))
    assert send_due() == 0 and said(ticket) == []
    assert Draft.objects.get().mode == "reply", "its author reads the news first"


def test_what_its_person_has_begun_is_another_text_than_what_a_program_sends(
    ask: Ask, ticket: Ticket, anna: User, body: dict[str, Any]
) -> None:
    home = f"tickets/{ticket.number}"
    file = str(Attachment.objects.upload(ticket.conversation, SimpleUploadedFile("a.txt", b"a"), anna).key)
    answer = {"text": "Принято", "next": "wait", "until": body["until"]}
    for begun in ({"text": "начато", "form": {"files": [file]}}, {"text": "Принято", "form": {"files": [file]}}):
        Draft.objects.keep(ticket.conversation, anna, "reply", **begun)  # type: ignore[arg-type]
        made = ask("post", f"{home}/letters", anna, body).json()["id"]
        assert Draft.objects.get(mode="reply").form == begun["form"]
        assert ask("post", f"{home}/reply", anna, answer).status_code == 200
        assert Draft.objects.get(mode="reply").text == begun["text"]
        ask("post", f"{home}/letters/{made}/take-back", anna)
        body = body | {"seen": Ticket.objects.get(pk=ticket.pk).last_message_id}
    for path, sent in (("reply", answer), ("letters", body)):
        Draft.objects.keep(ticket.conversation, anna, "reply", f"{sent['text']}\n", {"next": "wait"})
        assert ask("post", f"{home}/{path}", anna, sent).status_code in (200, 201)
        assert not Draft.objects.filter(mode="reply").exists(), "it was the draft that was sent"


def test_it_is_taken_back_by_its_author_or_a_colleague(
    ask: Ask, client: Any, ticket: Ticket, anna: User, ilya: User, body: dict[str, Any]
) -> None:
    home = f"tickets/{ticket.number}/letters"
    made = ask("post", home, anna, {**body, "next": "promise", "promise": "проверим линию"}).json()["id"]
    assert ask("put", f"{home}/{made}", ilya, body).status_code == 403
    assert ask("post", f"{home}/{made}/take-back", ilya).json() == []
    assert Notice.objects.of(anna.pk)[0].urgent, "its author hears of it"
    draft = Draft.objects.get()
    assert (draft.mode, draft.text, draft.form["what"]) == ("reply", "Доброе утро!", "проверим линию")
    client.force_login(anna)
    page = client.get(f"/tickets/{ticket.number}/?compose=reply").content.decode()
    assert "Доброе утро!" in page and draft.form["other"] in page
    assert ask("post", f"{home}/{made}/take-back", anna).status_code == 404


def test_what_cannot_leave_is_refused_now(
    ask: Ask, ticket: Ticket, anna: User, body: dict[str, Any], tonight: datetime
) -> None:
    past, far = ((clock.now() + step).isoformat() for step in (timedelta(hours=-1), timedelta(days=200)))
    before = (tonight - timedelta(hours=1)).isoformat()
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"leave_at": past}, "leave_at"),
        ({"leave_at": far}, "leave_at"),
        ({"until": before}, "leave_at"),
        ({"until": None}, "until"),
        ({"next": "refuse"}, "reason"),
        ({"text": " "}, "text"),
        ({"to": ["нет"]}, "to.0"),
        ({"next": "aside"}, "next"),
    ]
    for change, field in wrong:
        refused = ask("post", f"tickets/{ticket.number}/letters", anna, body | change)
        assert refused.status_code == 422 and refused.json()["field"].startswith(field.partition(".")[0]), change
    assert not Draft.objects.exists()


def test_a_solution_and_a_refusal_wait_as_well(ask: Ask, ticket: Ticket, anna: User, body: dict[str, Any]) -> None:
    home = f"tickets/{ticket.number}/letters"
    solved = ask("post", home, anna, body | {"next": "resolve", "until": None, "summary": "Перезагрузили"}).json()
    assert (solved["next"], solved["until"]) == ("resolve", None)
    refusal = {"next": "refuse", "reason": "law", "explanation": "Нельзя", "alternatives": ["Иначе"], "text": ""}
    changed = ask("put", f"{home}/{solved['id']}", anna, body | refusal)
    assert changed.json()["next"] == "refuse" and Draft.objects.get().form["explanation"] == "Нельзя"


def test_of_a_colleague_no_more_is_read_than_beside_the_composer(
    ask: Ask, ticket: Ticket, anna: User, ilya: User, body: dict[str, Any]
) -> None:
    ask("post", f"tickets/{ticket.number}/letters", anna, body | {"text": "а" * 400})
    home = f"tickets/{ticket.number}/letters"
    assert [len(ask("get", home, user).json()[0]["text"]) for user in (anna, ilya)] == [400, 300]


def test_ACCESS_1_letters_of_whom_may_answer(
    ask: Ask, ticket: Ticket, anna: User, vera: User, quality: User, body: dict[str, Any], writes: Write
) -> None:
    home = f"tickets/{ticket.number}/letters"
    made = ask("post", home, anna, body).json()["id"]
    acts = [("get", home, None), ("post", home, body), ("put", f"{home}/{made}", body)]
    acts.append(("post", f"{home}/{made}/take-back", None))
    for method, path, said_ in acts:
        assert ask(method, path, vera, said_).status_code == 404, path
        assert ask(method, path, quality, said_).status_code == 403, path
        if method != "get":
            assert ask(method, path, anna, said_, scopes=("tickets:read",)).status_code == 403, path
    other = f"tickets/{writes('Ещё').number}/letters/{made}"
    assert ask("put", other, anna, body).status_code == ask("post", f"{other}/take-back", anna).status_code == 404
    assert Draft.objects.get().mode == "later"


def test_many_letters_cost_what_one_does(
    ask: Ask,
    ticket: Ticket,
    anna: User,
    ilya: User,
    boris: User,
    body: dict[str, Any],
    django_assert_max_num_queries: Any,
) -> None:
    home = f"tickets/{ticket.number}/letters"
    for count, user in enumerate((anna, ilya, boris), 1):
        ask("post", home, user, body)
        with django_assert_max_num_queries(8):
            assert len(ask("get", home, anna).json()) == count
