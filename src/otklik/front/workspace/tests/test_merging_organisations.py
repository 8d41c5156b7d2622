"""A lead finds a duplicate of an organisation, looks at both sides, merges and parts them; others see what they may."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, ClientMerging, Contact, Different, Membership
from otklik.desk.clients.models.moving import UNDOABLE
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

type SitsAt = Callable[[User], Browser]


@pytest.fixture(autouse=True)
def _speaks_for_volga(ticket: Ticket, volga: Client, boris: User) -> None:
    Membership(contact=ticket.contact, client=volga, is_main=True).put(by=boris)


@pytest.fixture
def twin(volga: Client, writes: Write, boris: User) -> Client:
    twin = Client.objects.create(name=f"ООО «{volga.name}»", website="https://volga.test/")
    other = writes("Счёт", sender="anna@volga-south.test", sender_name="Анна")
    Membership(contact=other.contact, client=twin, is_main=True).put(by=boris)
    return twin


def merge_page(volga: Client, twin: Client) -> str:
    return f"/clients/organisation/{volga.pk}/merge/{twin.pk}/"


def test_the_card_proposes_with_reasons(volga: Client, twin: Client, sits_at: SitsAt, boris: User) -> None:
    browser = sits_at(boris)
    assert (
        f"/clients/organisation/{volga.pk}/duplicates/"
        in browser.get(f"/clients/organisation/{volga.pk}/").content.decode()
    )
    page = browser.get(f"/clients/organisation/{volga.pk}/duplicates/").content.decode()

    assert "Возможно, та же организация" in page
    assert "организационной формы" in page and "Это разные организации" in page
    assert merge_page(volga, twin) in page


def test_merged_and_parted(volga: Client, twin: Client, sits_at: SitsAt, boris: User) -> None:
    browser, was = sits_at(boris), volga.name
    page = browser.get(merge_page(volga, twin)).content.decode()
    assert "https://volga.test/" in page and "людей: 1" in page

    browser.post(merge_page(volga, twin), {"name": "other"})

    merging = ClientMerging.objects.get()
    volga.refresh_from_db()
    assert (volga.name, volga.website) == (twin.name, "https://volga.test/")
    old = browser.get(f"/clients/organisation/{twin.pk}/")
    assert (old.status_code, old["Location"]) == (302, f"/clients/organisation/{volga.pk}/")
    assert "Объединён с" in browser.get(f"/clients/organisation/{volga.pk}/").content.decode()
    undo = f"/clients/organisation/merging/{merging.pk}/undo/"
    assert undo in browser.get(f"/clients/organisation/{volga.pk}/duplicates/").content.decode()

    browser.post(undo)

    volga.refresh_from_db()
    assert volga.name == was and twin.contacts.count() == 1
    assert browser.get(f"/clients/organisation/{twin.pk}/").status_code == 200
    assert browser.post(undo).status_code == 403


def test_an_agent_merges_only_what_is_sure(volga: Client, twin: Client, annas: Browser) -> None:
    assert annas.get(merge_page(volga, twin)).status_code == 403
    Client.objects.filter(pk__in=[volga.pk, twin.pk]).update(tax_number="6100000001")

    assert annas.get(merge_page(volga, twin)).status_code == 200
    assert annas.post(merge_page(volga, twin)).status_code == 302


def test_an_agent_does_not_merge_requests_that_they_may_not_see(
    volga: Client, twin: Client, annas: Browser, line_two: Team, writes: Write, boris: User
) -> None:
    Client.objects.filter(pk__in=[volga.pk, twin.pk]).update(tax_number="6100000001")
    hidden = writes("Чужое", sender="anna@volga-south.test", subject="Другое")
    Ticket.objects.filter(pk=hidden.pk).update(team=line_two)

    assert annas.post(merge_page(volga, twin)).status_code == 403
    assert not ClientMerging.objects.exists()


def test_who_knows_neither_learns_nothing(
    volga: Client, twin: Client, sits_at: SitsAt, vera: User, quality: User
) -> None:
    browser = sits_at(vera)
    for address in (merge_page(volga, twin), f"/clients/organisation/{volga.pk}/duplicates/"):
        assert browser.get(address).status_code == 404
    assert sits_at(quality).post(merge_page(volga, twin)).status_code == 403
    assert not ClientMerging.objects.exists()


def test_parting_is_for_30_days(volga: Client, twin: Client, sits_at: SitsAt, boris: User) -> None:
    merging = ClientMerging.objects.merge(volga, twin, by=boris)
    ClientMerging.objects.filter(pk=merging.pk).update(at=clock.now() - UNDOABLE)

    assert sits_at(boris).post(f"/clients/organisation/merging/{merging.pk}/undo/").status_code == 403


def test_the_list_forgets_what_is_different(volga: Client, twin: Client, sits_at: SitsAt, boris: User) -> None:
    browser, address = sits_at(boris), "/clients/duplicates/?show=organisations"
    assert "volga.test" in browser.get(address).content.decode()

    said = browser.post(f"/clients/organisation/{volga.pk}/different/{twin.pk}/", {"from": "list"})

    assert said["Location"] == address and Different.objects.get().kind == "client"
    assert "volga.test" not in browser.get(address).content.decode()


def test_nobody_gives_a_person_to_an_organisation_that_they_do_not_know(ticket: Ticket, annas: Browser) -> None:
    hidden = Client.objects.create(name="Чужая")
    Membership.objects.create(contact=Contact.objects.create(name="Чужой"), client=hidden, is_main=True)
    card = f"/clients/contact/{ticket.contact_id}/"

    assert annas.post(f"{card}client/", {"value": "чужая"}).status_code == 422
    assert annas.post(f"{card}rows/organisations/", {"edit": "new", "organisation": "Чужая"}).status_code == 422
    assert not Membership.objects.filter(contact=ticket.contact, client=hidden).exists()
    assert annas.post(f"{card}rows/organisations/", {"edit": "new", "organisation": "Новая"}).status_code == 302


def test_a_card_that_may_not_be_opened_is_no_link(ticket: Ticket, volga: Client, annas: Browser, boris: User) -> None:
    """A colleague of the client whose main organisation is another one, of whom no request is known."""
    elsewhere = Client.objects.create(name="Другая")
    colleague = Contact.objects.create(name="Коллега")
    for client, is_main in ((elsewhere, True), (volga, False)):
        Membership(contact=colleague, client=client, is_main=is_main).put(by=boris)

    for page in (annas.get(f"/clients/contact/{colleague.pk}/"), annas.get("/clients/")):
        words = page.content.decode()
        assert "Другая" in words and f"/clients/organisation/{elsewhere.pk}/" not in words
        assert f"/clients/organisation/{volga.pk}/" in words
    assert annas.get(f"/clients/organisation/{elsewhere.pk}/").status_code == 404
