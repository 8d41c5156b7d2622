"""A lead finds a duplicate, looks at both sides, merges and parts them; others see what they may."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact, Different, Merging
from otklik.desk.clients.models.moving import UNDOABLE
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

type SitsAt = Callable[[User], Browser]


@pytest.fixture
def twin(writes: Write) -> Contact:
    writes("С другого адреса", sender="demidov@volga.test", sender_name="Демидов Павел")
    return Contact.objects.get(identities__value="demidov@volga.test")


@pytest.fixture
def pavel(ticket: Ticket) -> Contact:
    return ticket.contact


def merge_page(pavel: Contact, twin: Contact) -> str:
    return f"/clients/contact/{pavel.pk}/merge/{twin.pk}/"


def test_the_card_proposes_with_reasons(pavel: Contact, twin: Contact, sits_at: SitsAt, boris: User) -> None:
    page = sits_at(boris).get(f"/clients/contact/{pavel.pk}/duplicates/").content.decode()

    assert twin.name in page
    assert "volga.test" in page
    assert merge_page(pavel, twin) in page


def test_merged_and_parted(pavel: Contact, twin: Contact, sits_at: SitsAt, boris: User) -> None:
    browser = sits_at(boris)
    assert twin.name in browser.get(merge_page(pavel, twin)).content.decode()

    browser.post(merge_page(pavel, twin), {"name": "other"})

    merging = Merging.objects.get()
    pavel.refresh_from_db()
    assert pavel.name == twin.name
    old = browser.get(f"/clients/contact/{twin.pk}/")
    assert (old.status_code, old["Location"]) == (302, f"/clients/contact/{pavel.pk}/")
    undo = f"/clients/merging/{merging.pk}/undo/"
    assert undo in browser.get(f"/clients/contact/{pavel.pk}/duplicates/").content.decode()

    browser.post(undo)

    assert Ticket.objects.filter(contact=twin).count() == 1
    assert browser.get(f"/clients/contact/{twin.pk}/").status_code == 200
    assert browser.post(undo).status_code == 403


def test_an_agent_merges_only_what_is_sure(pavel: Contact, twin: Contact, annas: Browser) -> None:
    assert annas.get(merge_page(pavel, twin)).status_code == 403
    for contact, value in ((pavel, "+79135550101"), (twin, "89135550101")):
        contact.identities.create(kind="phone", value=value)

    assert annas.get(merge_page(pavel, twin)).status_code == 200
    assert annas.post(merge_page(pavel, twin)).status_code == 302


def test_an_agent_does_not_merge_requests_that_they_may_not_see(
    pavel: Contact, twin: Contact, annas: Browser, line_two: Team, writes: Write
) -> None:
    for contact, value in ((pavel, "+79135550101"), (twin, "89135550101")):
        contact.identities.create(kind="phone", value=value)
    hidden = writes("Чужое", sender="demidov@volga.test", subject="Другое")
    Ticket.objects.filter(pk=hidden.pk).update(team=line_two)

    assert annas.post(merge_page(pavel, twin)).status_code == 403
    assert not Merging.objects.exists()


def test_who_knows_neither_learns_nothing(
    pavel: Contact, twin: Contact, sits_at: SitsAt, vera: User, quality: User
) -> None:
    browser = sits_at(vera)
    for address in (merge_page(pavel, twin), f"/clients/contact/{pavel.pk}/duplicates/"):
        assert browser.get(address).status_code == 404
    assert browser.get("/clients/duplicates/").status_code == 403
    assert sits_at(quality).post(merge_page(pavel, twin)).status_code == 403
    assert not Merging.objects.exists()


def test_parting_is_for_30_days(pavel: Contact, twin: Contact, sits_at: SitsAt, boris: User) -> None:
    merging = Merging.objects.merge(pavel, twin, by=boris)
    Merging.objects.filter(pk=merging.pk).update(at=clock.now() - UNDOABLE)

    assert sits_at(boris).post(f"/clients/merging/{merging.pk}/undo/").status_code == 403


def test_the_list_is_for_leads_and_forgets_who_is_different(
    pavel: Contact, twin: Contact, sits_at: SitsAt, boris: User, anna: User
) -> None:
    browser = sits_at(boris)
    assert twin.name in browser.get("/clients/duplicates/").content.decode()

    browser.post(f"/clients/contact/{pavel.pk}/different/{twin.pk}/", {"from": "list"})

    assert Different.objects.count() == 1
    assert twin.name not in browser.get("/clients/duplicates/").content.decode()
    assert sits_at(anna).get("/clients/duplicates/").status_code == 403
