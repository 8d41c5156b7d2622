"""How an answer may begin, how sure a card is, by which keys letters are known: by programs."""

import pytest
from pysequoia import Tsk

from otklik.core.staff.models import User
from otklik.desk.clients.models import Confirmation, Contact, Opened, Opener
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(db: None) -> list[Opener]:
    Opener.objects.all().delete()
    texts = ("Рады знакомству, {name}!", "{name}, мы ещё не знакомы.")
    return [Opener.objects.create(language="ru", situation="first", text=text) for text in texts]


def test_a_line_is_offered_taken_and_gives_way_to_another(
    ask: Ask, ticket: Ticket, anna: User, lines: list[Opener], quality: User
) -> None:
    home = f"contacts/{ticket.contact_id}/openers"
    told = ask("get", f"{home}?ticket={ticket.number}", anna).json()
    assert {one["id"] for one in told} == {one.pk for one in lines}
    assert all(one["situation"] == "first" and "Павел" in one["text"] and "{" not in one["text"] for one in told)
    taken = ask("post", f"{home}/{told[0]['id']}/take", anna, {"ticket": ticket.number}, key="k")
    assert taken.json() == told[0] and Opened.objects.get().opener_id == told[0]["id"]
    again = ask("post", f"{home}/{told[0]['id']}/take", anna, {"ticket": ticket.number}, key="k")
    assert again.content == taken.content, "once for its key, though it fits no more"
    assert ask("post", f"{home}/{told[0]['id']}/take", anna, {"ticket": ticket.number}).status_code == 409
    assert [one["id"] for one in ask("get", f"{home}?ticket={ticket.number}", anna).json()] == [told[1]["id"]]
    assert ask("get", home, anna).json() == [], "who writes first does so in a request"
    assert ask("post", f"{home}/{told[1]['id']}/take", quality, {"ticket": ticket.number}).status_code == 403


def test_anothers_request_is_none(ask: Ask, ticket: Ticket, anna: User, vera: User, lines: list[Opener]) -> None:
    home = f"contacts/{ticket.contact_id}/openers"
    assert ask("get", f"{home}?ticket=987654", anna).status_code == 404
    assert ask("get", f"{home}?ticket={ticket.number}", vera).status_code == 404
    assert ask("post", f"{home}/987654/take", anna, {}).status_code == 404


def test_what_was_seen_of_a_card_is_confirmed(ask: Ask, ticket: Ticket, pavel: Contact, anna: User) -> None:
    Contact.objects.filter(pk=pavel.pk).update(address_as="Павел Ильич", time_zone="Europe/Samara")
    Confirmation.objects.all().delete()
    home = f"contacts/{pavel.pk}/still-true"
    read = ask("get", home, anna).json()
    known = {one["fact"]: one["value"] for one in read["facts"]}
    assert (known["address_as"], known["time_zone"], known["literacy"]) == ("Павел Ильич", "Europe/Samara", "")
    assert not any(one["confirmed_at"] for one in read["facts"])
    said = ask("post", home, anna, {"facts": ["address_as", "time_zone"], "seen": read["seen"]}).json()
    sure = {one["fact"]: one["confirmed_by"] for one in said["facts"] if one["confirmed_at"]}
    assert sure == {fact: {"login": "anna", "name": anna.name} for fact in ("address_as", "time_zone")}
    unknown = ask("post", home, anna, {"facts": ["literacy"], "seen": read["seen"]})
    assert (unknown.status_code, unknown.json()["field"]) == (422, "facts")
    Contact.objects.filter(pk=pavel.pk).update(address_as="Павел")
    late = ask("post", home, anna, {"facts": ["address_as"], "seen": read["seen"]})
    assert (late.status_code, late.json()["field"]) == (409, "seen")


def test_only_who_answers_clients_confirms_with_the_scope(
    ask: Ask, ticket: Ticket, anna: User, vera: User, quality: User
) -> None:
    home, body = f"contacts/{ticket.contact_id}/still-true", {"facts": ["address_as"], "seen": "x"}
    assert ask("post", home, anna, body, scopes=["tickets:read", "tickets:write"]).status_code == 403
    assert ask("post", home, quality, body).status_code == 403
    assert ask("get", home, vera).status_code == 404


def test_keys_of_a_person_are_kept_and_removed(ask: Ask, ticket: Ticket, anna: User, vera: User) -> None:
    made = Tsk.generate(user_id="Pavel <pavel@volga.test>")
    public = str(made.extract_certificate())
    home = f"contacts/{ticket.contact_id}/keys"
    kept = ask("post", home, anna, {"key": public}, key="k")
    assert kept.status_code == 201 and kept.json()["fingerprint"]
    assert kept.json()["name"] == "Pavel <pavel@volga.test>" and kept.json()["added_by"]["login"] == "anna"
    assert ask("post", home, anna, {"key": public}, key="k").content == kept.content
    for wrong in (str(made), "no key at all"):
        refused = ask("post", home, anna, {"key": wrong})
        assert (refused.status_code, refused.json()["field"]) == (422, "key")
    assert [one["id"] for one in ask("get", home, anna).json()] == [kept.json()["id"]]
    assert ask("get", home, vera).status_code == 404
    assert ask("post", f"{home}/{kept.json()['id']}/remove", anna).json() == []
    assert ask("post", f"{home}/{kept.json()['id']}/remove", anna).status_code == 404
