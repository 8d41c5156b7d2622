"""Programs read and fill the fields of cards; what is hidden from a person is hidden from their programs."""

from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.clients.models import CardField, Client, Contact, Identity, Membership, Product, Secrecy, Subscription
from otklik.desk.clients.sight import looks_at
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db

PHONE = "+79135550142"


@pytest.fixture
def shop(db: None) -> CardField:
    return CardField.objects.create(name="Магазин", kind="choice", options=["Северный", "Южный"])


@pytest.fixture
def card(ticket: Ticket, pavel: Contact, volga: Client, boris: User) -> Contact:
    Membership(contact=pavel, client=volga).put(by=boris)
    pavel.change("note", "Любит короткие ответы", by=boris)
    volga.change("tax_number", "5404123987", by=boris)
    Identity.objects.create(contact=pavel, kind="phone", value=PHONE)
    Subscription(client=volga, product=Product.objects.create(name="АТС"), amount=31_777).put(by=boris)
    return pavel


@pytest.fixture
def secret(card: Contact, boris: User) -> CardField:
    """A birthday, and everything else that may be personal is."""
    Secrecy.objects.create(pk=1, facts=["phones", "interests", "note", "money", "tax_number"])
    field = CardField.objects.create(name="День рождения", kind="date", is_personal=True)
    field.fill(card, "1987-03-14", by=boris)
    return field


def test_fields_are_listed_filled_and_read(ask: Ask, card: Contact, shop: CardField, anna: User) -> None:
    branches = CardField.objects.create(name="Филиалов", kind="number", of="client")
    (row,) = ask("get", "contacts/fields", anna).json()
    assert (row["id"], row["options"], row["personal"]) == (shop.pk, ["Северный", "Южный"], False)

    filled = ask("post", f"contacts/{card.pk}/details", anna, {"values": {str(shop.pk): "Южный"}})
    theirs = ask("post", f"organisations/{card.client_id}/details", anna, {"values": {str(branches.pk): 7}})

    assert filled.status_code == theirs.status_code == 200
    assert [(one["id"], one["value"]) for one in filled.json()["details"]] == [(shop.pk, "Южный")]
    assert theirs.json()["details"][0]["value"] == 7
    assert ask("get", f"contacts/{card.pk}", anna).json()["details"] == filled.json()["details"]
    taken = ask("post", f"contacts/{card.pk}/details", anna, {"values": {str(shop.pk): None}})
    assert taken.json()["details"][0]["value"] is None


def test_all_answers_or_none(ask: Ask, card: Contact, shop: CardField, anna: User, quality: User) -> None:
    address = f"contacts/{card.pk}/details"
    link = CardField.objects.create(name="Досье", kind="link")
    values = {str(shop.pk): "Южный", str(link.pk): "не ссылка"}

    wrong = ask("post", address, anna, {"values": values})

    assert (wrong.status_code, wrong.json()["field"]) == (422, link.place)
    assert ask("post", address, anna, {"values": {"987654": "x"}}).status_code == 422
    assert ask("post", address, quality, {"values": {str(shop.pk): "Южный"}}).status_code == 403
    assert shop.present(card) is None


def test_a_card_is_changed_only_as_it_was_read(
    ask: Ask, client: Any, card: Contact, shop: CardField, anna: User
) -> None:
    read = ask("get", f"contacts/{card.pk}", anna)
    shop.fill(card, "Северный", by=anna)
    headers = {"Authorization": read.wsgi_request.headers["Authorization"], "If-Match": read["ETag"]}

    answer = client.post(
        f"/api/v1/contacts/{card.pk}/details",
        {"values": {str(shop.pk): "Южный"}},
        content_type="application/json",
        headers=headers,
    )

    assert answer.status_code == 412 and shop.present(card) == "Северный"
    headers["If-Match"] = answer["ETag"]
    again = client.post(
        f"/api/v1/contacts/{card.pk}/details",
        {"values": {str(shop.pk): "Южный"}},
        content_type="application/json",
        headers=headers,
    )
    assert again.status_code == 200 and shop.present(card) == "Южный"


@pytest.mark.parametrize(("who", "open_"), [("anna", False), ("quality", False), ("boris", True), ("admin", True)])
def test_PRIVACY_every_door_by_role(
    who: str, open_: bool, request: pytest.FixtureRequest, ask: Ask, card: Contact, secret: CardField
) -> None:
    user = request.getfixturevalue(who)
    paths = (f"contacts/{card.pk}", f"organisations/{card.client_id}", "contacts", "organisations")
    told = "".join(str(ask("get", path, user).json()) for path in paths)

    for fact in (PHONE, "короткие", "1987-03-14", "31777", "5404123987"):
        assert (fact in told) is open_, fact
    hidden = ask("get", f"contacts/{card.pk}", user).json()["hidden"]
    assert hidden == ([] if open_ else ["phones", "interests", "note", "money", secret.place])


def test_PRIVACY_duplicates_and_merging_of_organisations(
    ask: Ask, card: Contact, secret: CardField, boris: User, anna: User
) -> None:
    """Reasons and answers are without the taxpayer number and the note; what is hidden is not taken either."""
    same = Client.objects.create(name="ООО «Волга»", tax_number="5404123987", note="Платят позже")
    Membership(contact=card, client=same).put(by=boris)
    contract = CardField.objects.create(name="Договор", of="client", is_personal=True)
    for number, holder in enumerate((card.client, same)):
        contract.fill(holder, f"СМ-{number}", by=boris)  # type: ignore[arg-type]
    merge = {"into": card.client_id, "take": [contract.place, "note"]}
    for user, is_open in ((anna, False), (boris, True)):
        told = str(ask("get", f"organisations/{same.pk}/duplicates", user).json())
        told += str(ask("post", f"organisations/{same.pk}/merge", user, merge | {"dry_run": True}).json())
        assert [fact in told for fact in ("5404123987", "Платят позже")] == [is_open, is_open]

    assert ask("post", f"organisations/{same.pk}/merge", anna, merge).status_code == 200
    assert contract.present(card.client) == "СМ-0"  # type: ignore[arg-type]


def test_a_program_says_why_too(ask: Ask, card: Contact, secret: CardField, anna: User, quality: User) -> None:
    address, body = f"contacts/{card.pk}/reveal", {"names": ["phones", secret.place], "reason": "Обзвон"}

    shown = ask("post", address, anna, body)

    values = shown.json()["values"]
    assert values["phones"] == PHONE and "1987" in values[secret.place]
    (look,) = looks_at(card)
    assert (look.actor, look.data["names"], look.data["place"]) == (anna, ["phones", secret.place], "api")
    assert ask("post", address, quality, body).status_code == 403
    for wrong in ({"names": ["phones"], "reason": " "}, {"names": ["password"], "reason": "x"}):
        assert ask("post", address, anna, wrong).status_code == 422
    assert len(looks_at(card)) == 1


def test_what_is_hidden_is_not_written_over(ask: Ask, card: Contact, secret: CardField, anna: User) -> None:
    answer = ask("post", f"contacts/{card.pk}/details", anna, {"values": {str(secret.pk): "1990-01-01"}})

    assert answer.status_code == 403 and secret.present(card) == "1987-03-14"


def test_AUDIT_a_restricted_card_knows_who_read_it(
    ask: Ask, card: Contact, anna: User, boris: User, quality: User, admin: User
) -> None:
    address = f"contacts/{card.pk}"
    assert ask("post", f"{address}/restricted", anna, {"why": "vip"}).status_code == 403
    assert ask("post", f"{address}/restricted", boris, {"why": "vip"}).json()["restricted"] == "vip"
    assert ask("post", f"{address}/restricted", boris, {"why": "king"}).status_code == 422

    ask("get", address, anna)
    ask("get", f"{address}/duplicates", quality)  # names alone are no look
    twin = Contact.objects.recognise("email", "demidov@volga.test", name="Демидов Павел")
    twin.restrict("vip", by=boris)
    ask("post", f"{address}/merge", admin, {"into": twin.pk, "dry_run": True})
    assert [entry.actor for entry in looks_at(twin)] == [admin]

    rows = ask("get", f"{address}/looks", boris).json()
    assert {(row["login"], row["place"]) for row in rows} == {("anna", "api"), ("boris", "api"), ("admin", "api")}
    for user in (anna, quality):
        assert ask("get", f"{address}/looks", user).status_code == 403


def test_AUDIT_a_restricted_organisation_knows_who_read_it(
    ask: Ask, card: Contact, anna: User, boris: User, quality: User
) -> None:
    assert card.client is not None
    address = f"organisations/{card.client_id}"
    assert ask("post", f"{address}/restricted", anna, {"why": "vip"}).status_code == 403
    assert ask("post", f"{address}/restricted", boris, {"why": "secrecy"}).json()["restricted"] == "secrecy"
    assert ask("post", f"{address}/restricted", boris, {"why": "employee"}).status_code == 422

    for user, read in ((anna, address), (quality, f"contacts/{card.pk}")):
        assert ask("get", read, user).status_code == 200

    rows = ask("get", f"{address}/looks", boris).json()
    assert {(row["login"], row["place"]) for row in rows} == {("anna", "api"), ("boris", "api"), ("quality", "api")}


def test_ACCESS_1_those_of_another_line_are_not_there(ask: Ask, card: Contact, secret: CardField, vera: User) -> None:
    body = {"names": ["phones"], "reason": "Надо", "values": {}, "why": "vip"}
    for act in ("details", "reveal"):
        assert ask("post", f"contacts/{card.pk}/{act}", vera, body).status_code == 404
        assert ask("post", f"organisations/{card.client_id}/{act}", vera, body).status_code == 404
    assert ask("post", f"contacts/{card.pk}/restricted", vera, body).status_code == 404
    assert not looks_at(card)
