"""Programs find duplicates, look at what merging would do, merge and undo."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.clients.models import CardField, Client, ClientMerging, Contact, Membership, Merging
from otklik.desk.clients.sight import Sight
from otklik.desk.tickets.models import Ticket
from otklik.front.api.merging import _told
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(writes: Write) -> Contact:
    writes("С другого адреса", sender="demidov@volga.test", sender_name="Демидов Павел")
    return Contact.objects.get(identities__value="demidov@volga.test")


def test_found_looked_at_merged_once_and_parted(ask: Ask, ticket: Ticket, twin: Contact, boris: User) -> None:
    [found] = ask("get", f"contacts/{ticket.contact_id}/duplicates", boris).json()
    assert (found["id"], found["can_merge"]) == (twin.pk, True) and found["reasons"]

    body = {"into": ticket.contact_id, "take": ["name"]}
    dry = ask("post", f"contacts/{twin.pk}/merge", boris, {**body, "dry_run": True}).json()
    assert (dry["id"], dry["facts"]["name"], dry["requests"]) == (None, twin.name, 1)
    assert not Merging.objects.exists()

    first, again = (ask("post", f"contacts/{twin.pk}/merge", boris, body, key="k") for _ in range(2))
    assert (first.status_code, first.json()) == (200, again.json())
    assert Ticket.objects.filter(contact=ticket.contact_id).count() == 2

    undo = f"mergings/{first.json()['id']}/undo"
    assert ask("post", undo, boris).json()["undone_at"]
    assert ask("post", undo, boris).status_code == 409
    assert Ticket.objects.filter(contact=twin).count() == 1


def test_fields_of_the_company_are_told_before_and_after(
    ask: Ask, ticket: Ticket, twin: Contact, boris: User, anna: User
) -> None:
    shop, floor = (CardField.objects.create(name=name) for name in ("Магазин", "Этаж"))
    secret = CardField.objects.create(name="День рождения", kind="date", is_personal=True)
    for field, holder, said in (
        (shop, ticket.contact, "Северный"),
        (shop, twin, "Южный"),
        (floor, twin, "2"),
        (secret, twin, "1990-01-02"),
    ):
        field.fill(holder, said, by=boris)
    body = {"into": ticket.contact_id, "take": [shop.place]}

    dry = ask("post", f"contacts/{twin.pk}/merge", boris, {**body, "dry_run": True}).json()["facts"]
    done = ask("post", f"contacts/{twin.pk}/merge", boris, body).json()

    assert dry == done["facts"]
    assert (dry[shop.place], dry[floor.place]) == ("Южный", "2") and "1990" in dry[secret.place]
    merging = Merging.objects.get()
    assert ask("post", f"mergings/{merging.pk}/undo", boris).json()["facts"][shop.place] == "Северный"
    told = _told(merging, merging.winner, merging.loser, {secret.place: "2 января 1990"}, Sight.of(anna))
    assert told["facts"] == {}, "what is hidden from a reader is absent"


def test_who_may_not(ask: Ask, ticket: Ticket, twin: Contact, anna: User, vera: User, quality: User) -> None:
    address, body = f"contacts/{twin.pk}/merge", {"into": ticket.contact_id}
    codes = [ask("post", address, user, body).status_code for user in (anna, vera, quality)]

    assert codes == [403, 404, 403]
    assert ask("get", f"contacts/{twin.pk}/duplicates", vera).status_code == 404
    assert ask("post", f"contacts/{twin.pk}/merge", anna, {"into": twin.pk}).status_code == 422
    assert not Merging.objects.exists()


@pytest.fixture
def other_volga(ticket: Ticket, writes: Write, boris: User) -> Client:
    volga = ticket.contact.client
    assert volga is not None
    Membership(contact=ticket.contact, client=volga, is_main=True).put(by=boris)
    found = Client.objects.create(name=f"ООО «{volga.name}»")
    other = writes("Счёт", sender="anna@volga-south.test")
    Membership(contact=other.contact, client=found, is_main=True).put(by=boris)
    return found


def test_organisations_found_looked_at_merged_once_and_parted(
    ask: Ask, ticket: Ticket, other_volga: Client, boris: User
) -> None:
    volga = ticket.contact.client_id
    [found] = ask("get", f"organisations/{volga}/duplicates", boris).json()
    assert (found["id"], found["can_merge"]) == (other_volga.pk, True) and found["reasons"]

    body = {"into": volga, "take": ["name"]}
    dry = ask("post", f"organisations/{other_volga.pk}/merge", boris, {**body, "dry_run": True}).json()
    assert (dry["id"], dry["facts"]["name"], dry["requests"]) == (None, other_volga.name, 1)

    first, again = (ask("post", f"organisations/{other_volga.pk}/merge", boris, body, key="k") for _ in range(2))
    assert (first.status_code, first.json()) == (200, again.json())
    assert ask("get", f"organisations/{other_volga.pk}", boris).status_code == 404

    undo = f"organisations/mergings/{first.json()['id']}/undo"
    assert ask("post", undo, boris).json()["undone_at"]
    assert ask("post", undo, boris).status_code == 409
    assert other_volga.contacts.count() == 1


def test_who_may_not_merge_organisations(
    ask: Ask, ticket: Ticket, other_volga: Client, anna: User, vera: User, quality: User
) -> None:
    address, body = f"organisations/{other_volga.pk}/merge", {"into": ticket.contact.client_id}
    codes = [ask("post", address, user, body).status_code for user in (anna, vera, quality)]

    assert codes == [403, 404, 403] and not ClientMerging.objects.exists()
    assert ask("post", address, anna, {"into": other_volga.pk}).status_code == 422
