"""Drafts, notices and saved replies by programs: one's own, and what one may use."""

from typing import Any

import pytest

from otklik.core.journal.models import Entry, Notice
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import Team, User
from otklik.desk.conversations.models import Draft, SavedReply
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import ALL, Ask

pytestmark = pytest.mark.django_db


def test_a_draft_is_kept_read_and_thrown_away(ask: Ask, anna: User, ilya: User, ticket: Ticket) -> None:
    home = f"tickets/{ticket.number}/drafts"
    made = ask("put", f"{home}/reply", anna, {"text": "Здравствуйте", "to": ["pavel@volga.test"]})
    assert made.status_code == 200, made.json()
    assert (made.json()["to"], made.json()["text"]) == (["pavel@volga.test"], "Здравствуйте")
    ask("put", f"{home}/note", anna, {"text": "Проверить счёт"})

    assert [one["mode"] for one in ask("get", home, anna).json()] == ["note", "reply"]
    assert ask("get", home, ilya).json() == [], "nobody else's"
    left = ask("delete", f"{home}/note", anna)
    assert (left.status_code, [one["mode"] for one in left.json()]) == (200, ["reply"])
    assert ask("delete", f"{home}/note", anna).status_code == 404
    assert ask("delete", f"{home}/reply", ilya).status_code == 404 and Draft.objects.count() == 1


def test_what_a_person_types_meanwhile_is_not_written_over(ask: Ask, anna: User, ticket: Ticket) -> None:
    home = f"tickets/{ticket.number}/drafts/reply"
    base = ask("put", home, anna, {"text": "Начало"}).json()["saved_at"]
    form = {"next": "wait", "until": "other", "other": "2027-01-01T10:00", "files": []}
    ticket.keep_draft("Начало и конец", by=anna, mode="reply", form=form)

    for body in ({"text": "Своё"}, {"text": "Своё", "base": base}):
        late = ask("put", home, anna, body)
        assert (late.status_code, late.json()["type"]) == (409, "urn:otklik:problem:newer-draft")
    now = ask("get", f"tickets/{ticket.number}/drafts", anna).json()[0]["saved_at"]
    assert ask("put", home, anna, {"text": "Своё", "base": now}).status_code == 200
    assert (Draft.objects.get().text, Draft.objects.get().form) == ("Своё", form), "what else was chosen stays"


def test_a_draft_of_a_program_stands_in_the_composer(ask: Ask, client: Any, anna: User, ticket: Ticket) -> None:
    ask("put", f"tickets/{ticket.number}/drafts/reply", anna, {"text": "Готовый ответ из учётной системы"})
    client.force_login(anna)
    assert "Готовый ответ из учётной системы" in client.get(f"/tickets/{ticket.number}/?compose=reply").content.decode()


@pytest.mark.parametrize("body", [{"text": ""}, {"text": "  "}, {"text": "x", "to": ["нет"]}, {"text": "а" * 200_001}])
def test_what_is_no_draft(ask: Ask, anna: User, ticket: Ticket, body: dict[str, Any]) -> None:
    assert ask("put", f"tickets/{ticket.number}/drafts/reply", anna, body).status_code == 422
    assert ask("put", f"tickets/{ticket.number}/drafts/held", anna, {"text": "x"}).status_code == 422
    assert not Draft.objects.exists()


def test_ACCESS_1_drafts_of_whom_may_answer(ask: Ask, vera: User, quality: User, anna: User, ticket: Ticket) -> None:
    home = f"tickets/{ticket.number}/drafts"
    for user, status in ((vera, 404), (quality, 403)):
        assert ask("get", home, user).status_code == status
        assert ask("put", f"{home}/note", user, {"text": "x"}).status_code == status
    assert ask("put", f"{home}/note", anna, {"text": "x"}, scopes=("tickets:read",)).status_code == 403


@pytest.fixture
def told(anna: User, ilya: User) -> list[int]:
    """Three notices of Anna, the oldest first; and one of Ilya."""
    rows = [
        Notice.objects.tell([anna.pk], f"Н{number}", kind=NoticeKind.TASK, about="ticket", about_id=number)[0]
        for number in (1, 2, 3)
    ]
    Notice.objects.tell([ilya.pk], "Чужое", kind=NoticeKind.TASK)
    return [row.pk for row in rows]


def test_notices_are_read_in_pages_and_marked(ask: Ask, anna: User, ilya: User, told: list[int]) -> None:
    first = ask("get", "notices?limit=2", anna)
    following = first["Link"].split(">")[0].split("/api/v1/")[1]
    rows = [*first.json(), *ask("get", following, anna).json()]
    assert [row["text"] for row in rows] == ["Н3", "Н2", "Н1"] and not any(row["seen_at"] for row in rows)

    seen = [ask("post", f"notices/{told[0]}/seen", anna).json() for _ in range(2)]
    assert seen[0]["seen_at"] and seen[0] == seen[1], "twice is as once"
    assert ask("post", "notices/seen", anna, {"up_to": told[1]}, key="k").json() == {"seen": 1}
    assert ask("post", "notices/seen", anna, {"up_to": told[1]}, key="k").json() == {"seen": 1}
    assert [row["text"] for row in ask("get", "notices?unseen=true", anna).json()] == ["Н3"]
    assert [row["text"] for row in ask("get", "notices?ticket=2", anna).json()] == ["Н2"]
    assert ask("post", f"notices/{told[0]}/seen", ilya).status_code == 404
    assert Notice.objects.get(person=ilya).seen_at is None


def test_ACCESS_notices_need_scopes_of_their_own(ask: Ask, anna: User, told: list[int]) -> None:
    scopes = tuple(scope for scope in ALL if not scope.startswith("notices"))
    assert ask("get", "notices", anna, scopes=scopes).status_code == 403
    assert ask("post", f"notices/{told[0]}/seen", anna, scopes=(*scopes, "notices:read")).status_code == 403
    assert ask("post", "notices/seen", anna, {"up_to": 0}).status_code == 422


def test_a_saved_reply_is_written_read_found_and_removed(
    ask: Ask, anna: User, ilya: User, boris: User, ticket: Ticket
) -> None:
    body = {"name": "Счёт", "shortcut": "::Счет", "text": "Счёт во вложении"}
    mine, again = (ask("post", "saved-replies", anna, body, key="k") for _ in range(2))
    assert mine.status_code == 201 and again.content == mine.content, mine.json()
    told = {"shortcut": "счет", "line": None, "everybody": False, "can_change": True}
    assert mine.json() | told == mine.json()
    ours = ask("post", "saved-replies", boris, body | {"shortcut": "акт", "name": "Акт", "line": "Первая линия"}).json()

    assert [one["name"] for one in ask("get", "saved-replies", anna).json()] == ["Акт", "Счёт"]
    assert [one["name"] for one in ask("get", "saved-replies?query=сче", anna).json()] == ["Счёт"]
    assert [one["name"] for one in ask("get", "saved-replies", ilya).json()] == ["Акт"]
    address = f"saved-replies/{ours['id']}"
    assert ask("put", address, ilya, body).status_code == 403
    read = ask("get", address, boris)
    ours_too = {"name": "Акт", "text": "Акт во вложении", "line": "Первая линия"}
    assert ask("put", address, boris, ours_too, tag=read["ETag"]).json()["text"] == "Акт во вложении"
    assert ask("put", address, boris, ours_too, tag=read["ETag"]).status_code == 412
    assert ask("post", f"saved-replies/{mine.json()['id']}/remove", anna).json()["name"] == "Счёт"
    assert ask("get", f"saved-replies/{mine.json()['id']}", anna).status_code == 404
    whats = (
        Entry.objects.filter(kind="conversations.SavedReplyChanged").order_by("id").values_list("data__what", flat=True)
    )
    assert list(whats) == ["kept", "kept", "kept", "removed"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"text": " "}, "text"),
        ({"shortcut": "два слова"}, "shortcut"),
        ({"purpose": "warning"}, "purpose"),
        ({"line": "Первая линия"}, "line"),
        ({"everybody": True}, "everybody"),
    ],
)
def test_what_is_wrong_is_named(ask: Ask, anna: User, wrong: dict[str, Any], field: str) -> None:
    answer = ask("post", "saved-replies", anna, {"name": "Счёт", "text": "Счёт во вложении"} | wrong)
    assert (answer.status_code, answer.json()["field"]) == (422, field), answer.json()
    assert not SavedReply.objects.exists()


def test_ACCESS_1_texts_of_another_line_are_not_there(
    ask: Ask, anna: User, boris: User, vera: User, quality: User, line_two: Team
) -> None:
    theirs = SavedReply.objects.create(name="Вторая", text="x", team=line_two)
    alone = SavedReply.objects.create(name="Моё", text="x", owner=vera)
    for one in (theirs, alone):
        for user in (anna, boris):
            assert ask("get", f"saved-replies/{one.pk}", user).status_code == 404
            assert ask("put", f"saved-replies/{one.pk}", user, {"name": "x", "text": "x"}).status_code == 404
    assert ask("post", "saved-replies", boris, {"name": "x", "text": "x", "line": "Вторая линия"}).status_code == 422
    assert ask("get", "saved-replies", quality).status_code == 403


def test_wordings_are_written_read_and_left_alone(
    ask: Ask, anna: User, boris: User, ilya: User, ticket: Ticket
) -> None:
    formal = {"channel": "telegram", "tone": "formal", "text": "Здравствуйте!", "text_en": "Hello!"}
    chat = {"channel": "chat", "text": "Добрый день"}
    body = {"name": "Привет", "text": "Добрый день!", "line": "Первая линия"}
    full = body | {"wordings": [formal, chat], "keeper": "anna", "review_on": "2027-06-01"}
    made = ask("post", "saved-replies", boris, full).json()
    assert made["wordings"] == [formal, {"tone": "", "text_en": "", **chat}]
    assert (made["keeper"]["login"], made["review_on"]) == ("anna", "2027-06-01")
    address = f"saved-replies/{made['id']}"
    assert SavedReply.objects.get().said_to("ru", "telegram", "formal") == "Здравствуйте!"

    kept = ask("put", address, boris, body | {"text": "Иначе"}).json()
    assert (kept["text"], kept["wordings"], kept["keeper"]) == ("Иначе", made["wordings"], made["keeper"])
    fewer = ask("put", address, boris, body | {"wordings": [chat], "keeper": "", "review_on": None}).json()
    assert (len(fewer["wordings"]), fewer["keeper"], fewer["review_on"]) == (1, None, None)
    assert [one["wordings"] for one in ask("get", "saved-replies", ilya).json()] == [fewer["wordings"]]
    assert ask("put", address, boris, body | {"wordings": []}).json()["wordings"] == []


def test_what_is_no_wording(ask: Ask, anna: User, boris: User, ticket: Ticket) -> None:
    body = {"name": "Привет", "text": "Добрый день!"}
    chat = {"channel": "chat", "text": "x"}
    for wrong in ([{"text": "x"}], [chat, chat]):
        refused = ask("post", "saved-replies", anna, body | {"wordings": wrong})
        assert (refused.status_code, refused.json()["field"]) == (422, "wordings"), wrong
    assert ask("post", "saved-replies", anna, body | {"wordings": [chat | {"channel": "fax"}]}).status_code == 422
    assert ask("post", "saved-replies", anna, body | {"keeper": "boris"}).json()["field"] == "keeper", "leads say it"
    assert ask("post", "saved-replies", boris, body | {"keeper": "nobody"}).json()["field"] == "keeper"
    assert not SavedReply.objects.exists()
