"""Notes of cards by programs: as on the card, in the name of the person of the token."""

from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.clients.models import CardNote, Client, Contact, Membership, Secrecy
from otklik.desk.clients.sight import looks_at
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(ticket: Ticket, pavel: Contact, volga: Client, boris: User) -> Contact:
    Membership(contact=pavel, client=volga).put(by=boris)
    return pavel


@pytest.fixture(params=["contacts", "organisations"])
def home(request: pytest.FixtureRequest, card: Contact) -> str:
    """The notes of a person, and of an organisation."""
    return f"{request.param}/{card.pk if request.param == 'contacts' else card.client_id}"


def test_a_note_is_written_pinned_changed_put_away_and_brought_back(ask: Ask, home: str, anna: User) -> None:
    body = {"text": "Звонить после обеда", "pinned": True}
    made, again = (ask("post", f"{home}/notes", anna, body, key="k") for _ in range(2))
    assert made.status_code == 201 and made.content == again.content and CardNote.objects.count() == 1
    told = made.json()
    assert (told["pinned"], told["own"], told["by"]["login"], told["changed_at"]) == (True, True, "anna", None)
    assert ask("get", home, anna).json()["note"] == "Звонить после обеда"

    note = f"{home}/notes/{told['id']}"
    changed = ask("patch", note, anna, {"text": "Звонить утром"}).json()
    assert (changed["text"], changed["pinned"]) == ("Звонить утром", True) and changed["changed_at"]
    assert ask("patch", note, anna, {"pinned": False}).json()["text"] == "Звонить утром"
    assert ask("get", home, anna).json()["note"] == ""

    gone, twice = (ask("post", f"{note}/archive", anna) for _ in range(2))
    assert gone.json()["archived_by"]["login"] == "anna" and twice.json() == gone.json()
    assert ask("get", f"{home}/notes", anna).json() == []
    assert [one["id"] for one in ask("get", f"{home}/notes?archived=true", anna).json()] == [told["id"]]
    refused = ask("patch", note, anna, {"pinned": True})
    assert (refused.status_code, refused.json()["field"]) == (422, "pinned")
    assert ask("post", f"{note}/back", anna).json()["archived_at"] is None


def test_they_stand_as_on_the_card_over_all_pages(ask: Ask, home: str, anna: User) -> None:
    for text, pinned in (("1", True), ("2", False), ("3", True), ("4", False)):
        ask("post", f"{home}/notes", anna, {"text": text, "pinned": pinned})
    rows, address = [], f"{home}/notes?limit=1"
    while address:
        answer = ask("get", address, anna)
        rows += answer.json()
        address = answer["Link"].split(">")[0].split("/api/v1/")[1] if "Link" in answer else ""
    assert [row["text"] for row in rows] == ["3", "1", "4", "2"]
    assert ask("get", home, anna).json()["note"] == "3"


def test_words_of_a_colleague_are_theirs(ask: Ask, home: str, anna: User, ilya: User) -> None:
    made = ask("post", f"{home}/notes", anna, {"text": "Моё"}).json()["id"]
    (seen,) = ask("get", f"{home}/notes", ilya).json()
    assert seen["own"] is False
    refused = ask("patch", f"{home}/notes/{made}", ilya, {"text": "Чужое", "pinned": True})
    assert (refused.status_code, refused.json()["field"]) == (422, "text")
    assert CardNote.objects.get().text == "Моё" and CardNote.objects.get().pinned_at is None, "all of it or nothing"
    assert ask("patch", f"{home}/notes/{made}", ilya, {"pinned": True}).json()["pinned"] is True


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "  "}, {"text": "а" * 4001}, {"text": "\0"}])
def test_what_is_no_note(ask: Ask, home: str, anna: User, body: dict[str, Any]) -> None:
    assert ask("post", f"{home}/notes", anna, body).status_code == 422 and not CardNote.objects.exists()


def test_PRIVACY_hidden_notes_are_neither_read_nor_written(ask: Ask, home: str, anna: User, boris: User) -> None:
    made = ask("post", f"{home}/notes", boris, {"text": "Тайна"}).json()["id"]
    Secrecy.objects.create(pk=1, facts=["note"])
    assert ask("get", f"{home}/notes", anna).json() == []
    for method, path in (("post", "notes"), ("patch", f"notes/{made}")):
        assert ask(method, f"{home}/{path}", anna, {"text": "x"}).status_code == 403
    assert ask("post", f"{home}/notes/{made}/archive", anna).status_code == 403
    assert [one["text"] for one in ask("get", f"{home}/notes", boris).json()] == ["Тайна"]


def test_ACCESS_1_who_may_not(ask: Ask, home: str, anna: User, vera: User, quality: User) -> None:
    made = ask("post", f"{home}/notes", anna, {"text": "Наше"}).json()["id"]
    for method, path in (("post", "notes"), ("patch", f"notes/{made}"), ("post", f"notes/{made}/archive")):
        assert ask(method, f"{home}/{path}", vera, {"text": "x"}).status_code == 404, path
        assert ask(method, f"{home}/{path}", quality, {"text": "x"}).status_code == 403, path
        narrow = ask(method, f"{home}/{path}", anna, {"text": "x"}, scopes=("tickets:read", "tickets:write"))
        assert narrow.status_code == 403, path
    assert ask("get", f"{home}/notes", vera).status_code == 404
    assert ask("get", f"{home}/notes", quality).status_code == 200
    assert CardNote.objects.get().text == "Наше" and CardNote.objects.get().archived_at is None


def test_ACCESS_1_a_note_of_another_card_is_not_there(ask: Ask, home: str, anna: User, boris: User) -> None:
    other = Contact.objects.create(name="Другой")
    foreign = CardNote(contact=other, text="Чужое")
    foreign.put(by=boris)
    for path in ("", "/archive", "/back"):
        method = "post" if path else "patch"
        assert ask(method, f"{home}/notes/{foreign.pk}{path}", anna, {"text": "x"}).status_code == 404
    foreign.refresh_from_db()
    assert (foreign.text, foreign.archived_at) == ("Чужое", None)


def test_a_card_is_written_on_only_as_it_was_read(ask: Ask, home: str, anna: User, boris: User) -> None:
    tag = ask("get", home, anna)["ETag"]
    ask("post", f"{home}/notes", boris, {"text": "Важнее", "pinned": True})
    assert ask("post", f"{home}/notes", anna, {"text": "x"}, tag=tag).status_code == 412
    assert CardNote.objects.count() == 1


def test_AUDIT_a_look_at_the_notes_of_a_restricted_card_is_written_down(
    ask: Ask, card: Contact, anna: User, boris: User
) -> None:
    card.restrict("vip", by=boris)
    ask("get", f"contacts/{card.pk}/notes", anna)
    assert [look.actor for look in looks_at(card)] == [anna]


def test_a_hundred_notes_cost_what_one_does(
    ask: Ask, card: Contact, anna: User, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 30):
        for number in range(count):
            CardNote(contact=card, text=f"Заметка {count} {number}").put(by=anna)
        with django_assert_max_num_queries(12):
            assert ask("get", f"contacts/{card.pk}/notes", anna).status_code == 200
