"""Programs make, change and find people and organisations: as far as the person behind them could by hand."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal.models import Entry
from otklik.core.staff.models import ApiCall, User
from otklik.desk.clients.models import Client, Contact, Identity, Membership, Secrecy
from otklik.desk.clients.sight import looks_at
from otklik.desk.imports.models import ExternalId
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def volgas(ticket: Ticket, pavel: Contact, volga: Client, boris: User) -> Client:
    Membership(contact=pavel, client=volga).put(by=boris)
    pavel.refresh_from_db()
    return volga


@pytest.fixture
def olga(volgas: Client) -> dict[str, Any]:
    return {"email": "Olga@Volga.test", "name": "Ольга", "organisation_id": volgas.pk, "external_id": "c-7"}


def test_a_person_is_made_once_and_found(ask: Ask, anna: User, volgas: Client, olga: dict[str, Any]) -> None:
    body = olga | {"position": "бухгалтер", "literacy": 2, "tags": ["VIP", " vip "], "language": "ru"}

    made, again = (ask("post", "contacts", anna, body, key="k") for _ in range(2))

    assert made.status_code == 201 and again.content == made.content, made.json()
    card = made.json()
    said = {"name": "Ольга", "position": "бухгалтер", "literacy": 2, "tags": ["vip"], "organisation_id": volgas.pk}
    assert card | said == card and [one["value"] for one in card["addresses"]] == ["olga@volga.test"]
    ways = ("email=OLGA@volga.test", "email=olga%2Bshop@volga.test", "external_id=c-7", f"organisation_id={volgas.pk}")
    for way in ways:
        rows = ask("get", f"contacts?{way}&fields=id,name", anna).json()
        assert {"id": card["id"], "name": "Ольга"} in rows, way
    assert ask("get", "contacts?external_id=c-7&source=crm", anna).json() == []
    assert Entry.objects.about("contact", card["id"]).filter(actor=anna, data__field="address_added").exists()
    assert Identity.objects.get(value="olga@volga.test").added_by == anna


def test_AUDIT_each_call_of_a_key_is_written_down(ask: Ask, anna: User, volgas: Client, olga: dict[str, Any]) -> None:
    pk = ask("post", "contacts", anna, olga).json()["id"]
    ask("patch", f"contacts/{pk}", anna, {"position": "юрист"})
    ask("patch", f"contacts/{pk}", anna, {"position": "юрист"}, scopes=("tickets:read", "tickets:write"))

    calls = list(ApiCall.objects.order_by("id").values_list("operation", "status"))
    assert calls == [("POST contacts", 201), (f"PATCH contacts/{pk}", 200), (f"PATCH contacts/{pk}", 403)]


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"email": "не адрес"}, 422, "email"),
        ({"email": "pavel@volga.test"}, 409, "email"),
        ({"email": "help@desk.test"}, 422, "email"),
        ({"language": "xx"}, 422, "language"),
        ({"time_zone": "Mars/Base"}, 422, "time_zone"),
        ({"literacy": 6}, 422, "literacy"),
        ({"reach_hours": "ночью"}, 422, "reach_hours"),
        ({"tags": ["ы" * 41]}, 422, "tags.0"),
        ({"organisation_id": 987654}, 422, "organisation_id"),
        ({"organisation_id": None}, 422, "organisation_id"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_made(
    ask: Ask, anna: User, olga: dict[str, Any], wrong: dict[str, Any], status: int, field: str
) -> None:
    answer = ask("post", "contacts", anna, olga | wrong)

    assert (answer.status_code, answer.json()["field"].removeprefix("body.")) == (status, field), answer.json()
    assert Contact.objects.count() == 1 and not ExternalId.objects.exists()


def test_an_identifier_names_one(ask: Ask, anna: User, head: User, olga: dict[str, Any], volgas: Client) -> None:
    first = ask("post", "contacts", anna, olga).json()
    twice = ask("post", "contacts", anna, olga | {"email": "second@volga.test"})
    assert (twice.status_code, twice.json()["field"]) == (409, "external_id")
    assert not Identity.objects.filter(value="second@volga.test").exists()
    other = ask("post", "contacts", anna, olga | {"email": "second@volga.test", "source": "crm"})
    assert other.status_code == 201
    named = ask("patch", f"organisations/{volgas.pk}", anna, {"external_id": "c-7"})
    assert named.status_code == 200, "an organisation is called something else than a person"
    assert [one["id"] for one in ask("get", "organisations?external_id=c-7", anna).json()] == [volgas.pk]
    Contact.objects.filter(pk=first["id"]).update(merged_into=other.json()["id"])
    rows = ask("get", "contacts?external_id=c-7", head).json()
    assert [one["id"] for one in rows] == [other.json()["id"]], "whom they were merged into"


def test_who_makes_whom(
    ask: Ask, anna: User, boris: User, vera: User, quality: User, head: User, olga: dict[str, Any]
) -> None:
    told = [ask("post", "contacts", user, olga).status_code for user in (quality, vera)]
    alone = olga | {"organisation_id": None}
    told += [ask("post", "contacts", user, alone).status_code for user in (anna, boris, head)]
    assert told == [403, 422, 422, 422, 201]
    made = [ask("post", "organisations", user, {"name": "Урал"}).status_code for user in (anna, quality, head, head)]
    assert made == [403, 403, 201, 409]


def test_all_of_a_change_or_nothing_of_it(ask: Ask, anna: User, pavel: Contact, volgas: Client) -> None:
    address = f"contacts/{pavel.pk}"
    read = ask("get", address, anna)

    wrong = ask("patch", address, anna, {"position": "директор", "reach_hours": "25-99"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "reach_hours")
    assert ask("get", address, anna)["ETag"] == read["ETag"]
    body = {"position": "директор", "reach_hours": "9-18", "literacy": None}
    changed = ask("patch", address, anna, body, tag=read["ETag"])
    assert (changed.status_code, changed.json()["reach_hours"]) == (200, "09:00-18:00")
    late = ask("patch", address, anna, {"position": "сторож"}, tag=read["ETag"])
    assert late.status_code == 412 and ask("get", address, anna).json()["position"] == "директор"
    assert ask("patch", address, anna, {"name": " "}).status_code == 422
    before = Entry.objects.about("contact", pavel.pk).count()
    assert ask("patch", address, anna, {"position": "директор"}).status_code == 200
    assert Entry.objects.about("contact", pavel.pk).count() == before, "what says the same is no change"


def test_an_organisation_is_changed_and_found(ask: Ask, anna: User, boris: User, volgas: Client) -> None:
    address = f"organisations/{volgas.pk}"
    body = {
        "website": "https://www.volga-shop.test/ru",
        "tax_number": "5404123987",
        "manager": "Boris",
        "tags": ["опт"],
    }
    changed = ask("patch", address, anna, body)
    assert changed.status_code == 200 and changed.json()["manager"] == "boris"
    for way in ("domain=volga-shop.test", "domain=volga.test", "tax_number=5404123987", "tag=ОПТ", "query=волг"):
        assert [one["id"] for one in ask("get", f"organisations?{way}", anna).json()] == [volgas.pk], way
    for way in ("domain=olga-shop.test", "domain=volga-shop", "tax_number=1", "tag=розница"):
        assert ask("get", f"organisations?{way}", anna).json() == [], way
    nobody = ask("patch", address, anna, {"manager": "nobody"})
    assert (nobody.status_code, nobody.json()["field"]) == (422, "manager")
    assert ask("patch", address, anna, {"manager": None}).json()["manager"] is None


def test_a_mailbox_of_everybody_finds_no_organisation(ask: Ask, anna: User, volgas: Client) -> None:
    Identity.objects.filter(contact__client=volgas).update(value="volga@gmail.com")
    assert ask("get", "organisations?domain=gmail.com", anna).json() == []


def test_a_telephone_is_found_however_it_is_written(ask: Ask, anna: User, boris: User, ticket: Ticket) -> None:
    Identity.objects.create(contact=ticket.contact, kind="phone", value="+79135550142")
    for written in ("%2B79135550142", "8 (913) 555-01-42"):
        assert len(ask("get", f"contacts?phone={written}", boris).json()) == 1
    Secrecy.objects.create(pk=1, facts=["phones"])
    told = [len(ask("get", "contacts?phone=89135550142", user).json()) for user in (anna, boris)]
    assert told == [0, 1], "a hidden number is found by nobody"


def test_PRIVACY_what_is_hidden_is_neither_told_nor_guessed(
    ask: Ask, anna: User, boris: User, pavel: Contact, volgas: Client
) -> None:
    Secrecy.objects.create(pk=1, facts=["note", "tax_number", "interests"])
    pavel.change("interests", "рыбалка", by=boris)
    volgas.change("tax_number", "5404123987", by=boris)

    assert "рыбалка" not in ask("get", f"contacts/{pavel.pk}", anna).content.decode()
    for guess in ("5404123987", "1"):
        assert ask("patch", f"organisations/{volgas.pk}", anna, {"tax_number": guess}).status_code == 403
    assert ask("get", "organisations?tax_number=5404123987", anna).json() == []
    assert ask("patch", f"contacts/{pavel.pk}", anna, {"note": "Первая запись"}).status_code == 200, "nothing was there"
    assert ask("patch", f"contacts/{pavel.pk}", anna, {"note": "Вторая"}).status_code == 403
    assert ask("patch", f"organisations/{volgas.pk}", boris, {"tax_number": "1"}).status_code == 200


def test_ACCESS_1_those_of_another_line_are_not_there(ask: Ask, vera: User, pavel: Contact, volgas: Client) -> None:
    email = pavel.email
    for path in (f"contacts?email={email}", f"contacts?organisation_id={volgas.pk}", "organisations?query=волг"):
        assert ask("get", path, vera).json() == []
    assert ask("patch", f"contacts/{pavel.pk}", vera, {"position": "x"}).status_code == 404
    assert ask("patch", f"organisations/{volgas.pk}", vera, {"note": "x"}).status_code == 404


def test_AUDIT_a_restricted_card_remembers_who_changed_it(ask: Ask, anna: User, boris: User, volgas: Client) -> None:
    volgas.restrict("secrecy", by=boris)
    ask("get", "organisations?query=волг", anna)
    assert looks_at(volgas) == [], "a name in a list is no look"
    ask("patch", f"organisations/{volgas.pk}", anna, {"note": "Звонить утром"})
    assert [look.actor for look in looks_at(volgas)] == [anna]


def test_only_what_was_asked_for_is_read(ask: Ask, anna: User, pavel: Contact, volgas: Client) -> None:
    address = f"contacts/{pavel.pk}"
    with CaptureQueriesContext(connection) as whole:
        ask("get", address, anna)
    with CaptureQueriesContext(connection) as part:
        told = ask("get", f"{address}?fields=name,note", anna)
    assert told.json() == {"name": pavel.name, "note": ""} and told["ETag"].startswith("W/")
    assert len(part) <= len(whole) - 4
    assert ask("get", f"{address}?fields=password", anna).status_code == 400


def test_pages_of_a_narrowed_list_follow_each_other(ask: Ask, anna: User, volgas: Client) -> None:
    for number in range(3):
        one = Contact.objects.recognise("email", f"n{number}@volga.test", name=f"Н{number}")
        Membership(contact=one, client=volgas).put(by=anna)
    first = ask("get", f"contacts?organisation_id={volgas.pk}&query=Н&limit=2", anna)
    following = first["Link"].split(">")[0].split("/api/v1/")[1]
    names = [one["name"] for one in (*first.json(), *ask("get", following, anna).json())]
    assert names == ["Н0", "Н1", "Н2"]
