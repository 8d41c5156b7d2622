"""Programs read whom we serve, and tell what happened to them."""

from typing import Any

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, ClientEvent, Contact, Membership, Product, Subscription
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def annas(ask: Ask, anna: User) -> Ask:
    return lambda method, path, body=None: ask(method, path, anna, body)


@pytest.fixture
def volgas(ticket: Ticket, pavel: Contact, volga: Client, anna: User) -> Client:
    Membership(contact=pavel, client=volga, position="директор", roles=["decision"]).put(by=anna)
    Subscription(client=volga, product=Product.objects.create(name="АТС"), plan="Бизнес", amount=1200).put(by=anna)
    return volga


def test_a_person_with_all_that_is_known(annas: Ask, volgas: Client, pavel: Contact) -> None:
    shown = annas("get", f"contacts/{pavel.pk}").json()

    assert (shown["name"], shown["organisation"]) == (pavel.name, "Волга")
    assert shown["memberships"][0]["roles"] == ["decision"] and shown["memberships"][0]["main"]
    assert shown["subscriptions"][0] | {"product": "АТС", "amount": "1200.00"} == shown["subscriptions"][0]
    assert "pavel@volga.test" in [one["value"] for one in shown["addresses"]]


def test_an_organisation_and_the_lists(annas: Ask, volgas: Client, pavel: Contact) -> None:
    assert annas("get", f"organisations/{volgas.pk}").json()["subscriptions"][0]["plan"] == "Бизнес"
    assert [one["id"] for one in annas("get", "organisations").json()] == [volgas.pk]
    assert [one["id"] for one in annas("get", "contacts?limit=1").json()] == [pavel.pk]


def test_ACCESS_1_those_of_another_line_are_not_there(
    annas: Ask, volgas: Client, writes: Write, line_two: Team
) -> None:
    theirs = writes(sender="boss@ural.test", sender_name="Борис")
    Ticket.objects.filter(pk=theirs.pk).update(team=line_two, owner=None)

    assert annas("get", f"contacts/{theirs.contact_id}").status_code == 404
    assert theirs.contact_id not in [one["id"] for one in annas("get", "contacts").json()]
    event = {"what": "renewal", "email": "boss@ural.test"}
    assert annas("post", "contacts/events", event).status_code == 422 and not ClientEvent.objects.exists()


def test_an_event_is_kept_once(annas: Ask, volgas: Client, pavel: Contact) -> None:
    event = {"what": "balance_low", "email": "Pavel@volga.test", "data": {"left": 120}, "external_id": "b-1"}

    first, again = annas("post", "contacts/events", event), annas("post", "contacts/events", event)

    assert (first.status_code, first.json()["new"], again.json()["new"]) == (201, True, False)
    assert ClientEvent.objects.get().contact == pavel


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"what": "Ой"}, "what"),
        ({"what": "ok", "email": "nobody@x.test", "contact_id": None}, "email"),
        ({"what": "ok", "organisation_id": 1}, "contact_id"),
        ({"what": "ok", "data": {str(number): number for number in range(51)}}, "data"),
    ],
)
def test_what_is_wrong_is_named(annas: Ask, volgas: Client, pavel: Contact, told: dict[str, Any], field: str) -> None:
    answer = annas("post", "contacts/events", {"contact_id": pavel.pk, **told})

    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert not ClientEvent.objects.exists()
