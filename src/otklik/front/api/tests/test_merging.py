"""Programs find duplicates, look at what merging would do, merge and undo."""

from typing import Any

import pytest

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    CardField,
    CardNote,
    Client,
    ClientMerging,
    Contact,
    Different,
    Membership,
    Merging,
)
from otklik.desk.clients.sight import Sight, looks_at
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


def test_who_is_somebody_else_is_proposed_no_more(
    ask: Ask, ticket: Ticket, twin: Contact, anna: User, vera: User, quality: User
) -> None:
    home, told = f"contacts/{ticket.contact_id}", {"other": twin.pk}
    assert ask("post", f"{home}/different", vera, told).status_code == 404
    assert ask("post", f"{home}/different", quality, told).status_code == 403
    assert ask("post", f"{home}/different", anna, {"other": ticket.contact_id}).json()["field"] == "other"
    assert [one["id"] for one in ask("get", f"{home}/duplicates", anna).json()] == [twin.pk]
    first, again = (ask("post", f"{home}/different", anna, told, key="k") for _ in range(2))
    assert first.json() == again.json() == [] and ask("get", f"{home}/duplicates", anna).json() == []
    assert Different.objects.count() == 1


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


def test_a_dry_run_says_what_merging_does_and_the_page_shows(
    ask: Ask, client: Any, ticket: Ticket, twin: Contact, boris: User
) -> None:
    """Notes, positions and organisations, where the two differ in each; nothing of it stays."""
    pavel, volga = ticket.contact, Client.objects.get()
    don = Client.objects.create(name="Дон")
    Membership(contact=pavel, client=volga, position="директор").put(by=boris)
    Membership(contact=twin, client=don, position="юрист").put(by=boris)
    pavel.change("note", "Звонить после обеда", by=boris)
    CardNote(contact=twin, text="Не закреплена").put(by=boris)
    twin.change("note", "Любит кратко", by=boris)

    for take in ([], ["client"], ["position"], ["client", "name"]):
        body, before = {"into": pavel.pk, "take": take}, rows()
        dry = ask("post", f"contacts/{twin.pk}/merge", boris, {**body, "dry_run": True}).json()
        assert rows() == before, "nothing of it stays"
        done = ask("post", f"contacts/{twin.pk}/merge", boris, body).json()
        same = ("facts", "notes", "requests", "into", "merged")
        assert {name: dry[name] for name in same} == {name: done[name] for name in same}, take
        assert (dry["id"], dry["until"]) == (None, None)
        assert dry["facts"]["client"] == ("Дон" if "client" in take else "Волга")
        ask("post", f"mergings/{done['id']}/undo", boris)

    assert dry["notes"] == ["Любит кратко", "Звонить после обеда"] and dry["facts"]["note"] == dry["notes"][0]
    client.force_login(boris)
    page = client.get(f"/clients/contact/{pavel.pk}/merge/{twin.pk}/").content.decode()
    assert "<br><br>".join(dry["notes"]) in page


def rows() -> list[Any]:
    """What merging writes, and what the journal knows."""
    found: list[Any] = [
        Merging.objects.count(),
        Entry.objects.count(),
        Ticket.objects.order_by("pk").values_list("contact"),
    ]
    found += [CardNote.objects.order_by("pk").values_list("contact", "pinned_at"), Contact.objects.values_list()]
    return [one if isinstance(one, int) else sorted(map(str, one)) for one in found]


def test_mergings_are_listed_for_who_may_undo_them(
    ask: Ask, ticket: Ticket, twin: Contact, boris: User, anna: User, vera: User
) -> None:
    made = ask("post", f"contacts/{twin.pk}/merge", boris, {"into": ticket.contact_id}).json()
    home = f"contacts/{ticket.contact_id}/mergings"
    (row,) = ask("get", home, boris).json()
    assert (row["id"], row["merged"], row["by"]["login"], row["can_undo"]) == (made["id"], twin.pk, "boris", True)
    assert [one["can_undo"] for one in ask("get", home, anna).json()] == [False]
    assert ask("get", home, vera).status_code == 404
    ask("post", f"mergings/{row['id']}/undo", boris)
    (undone,) = ask("get", home, boris).json()
    assert undone["undone_at"] and undone["can_undo"] is False


def test_AUDIT_a_dry_run_is_a_look_at_both(ask: Ask, ticket: Ticket, twin: Contact, boris: User) -> None:
    twin.restrict("vip", by=boris)
    body = {"into": ticket.contact_id, "dry_run": True}
    assert ask("post", f"contacts/{twin.pk}/merge", boris, body).status_code == 200
    assert [look.actor for look in looks_at(twin)] == [boris]


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
