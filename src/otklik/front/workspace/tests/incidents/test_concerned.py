"""The page of whom an incident concerns: found by a form, shown to who knows them, looked at before letters leave."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.care.incidents.models import Concerned, Finding, Incident
from otklik.care.incidents.models.finding import How
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Identity, Product, Subscription
from otklik.desk.tickets.models import SavedList, Ticket
from otklik.front.workspace.incidents import updating
from otklik.front.workspace.tests.incidents.pages import seen_in, told
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]


@pytest.fixture
def two(writes: Write) -> list[Ticket]:
    return [
        writes("Обрыв", sender=f"{name}@volga.test", sender_name=name, subject="Обрыв") for name in ("alla", "vova")
    ]


@pytest.fixture
def incident(anna: User, boris: User, two: list[Ticket]) -> Incident:
    return Incident.objects.declare(
        title="Нет звонков", affects="Звонки обрываются", severity=2, by=anna, leader=boris, tickets=two
    )


@pytest.fixture
def zoya(db: None) -> Contact:
    """Nobody of the line knows her: she has no request."""
    contact = Contact.objects.create(name="Зоя <b>Тихая</b>", tags=["юг"])
    Identity.objects.create(contact=contact, kind="email", value="zoya@somewhere.test")
    return contact


def of(incident: Incident) -> str:
    return f"/incidents/{incident.pk}/clients/"


def test_each_question_finds(
    sits_at: SitsAt, boris: User, incident: Incident, two: list[Ticket], zoya: Contact
) -> None:
    phones, lead = Product.objects.create(name="Телефония"), sits_at(boris)
    Subscription.objects.create(contact=zoya, product=phones)
    Ticket.objects.filter(pk=two[0].pk).update(tags=["узел"])
    saved = SavedList.objects.keep(boris, "Узел", "all", "tag:узел")
    volga = Client.objects.create(name="Волга-Связь")
    Contact.objects.filter(pk=two[1].contact_id).update(client=volga)
    for how, given in (("product", phones.pk), ("tag", "юг"), ("list", saved.pk)):
        answer = lead.post(of(incident), {"how": how, how: given, "why": "Узел"})
        assert answer.status_code == 302, answer.content.decode()[:2000]

    found = {row.finding.how: row.contact_id for row in Concerned.objects.all()}
    assert found == {"product": zoya.pk, "tag": zoya.pk, "list": two[0].contact_id}
    assert set(Finding.objects.values_list("source", flat=True)) == {"Телефония", "юг", "Узел"}


def test_names_are_those_of_people_whom_one_knows(
    sits_at: SitsAt, boris: User, incident: Incident, two: list[Ticket], zoya: Contact, head: User
) -> None:
    Identity.objects.create(contact=two[0].contact, kind="phone", value="89001112233")
    lines = f"{two[1].contact.email.upper()}\n\n +7 900 111-22-33 \nzoya@somewhere.test\nНикто"
    refused = sits_at(boris).post(of(incident), {"how": "hand", "names": lines, "why": "Узел"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "zoya@somewhere.test, Никто" in page and not Finding.objects.exists()
    assert "+7 900 111-22-33" in page, "nothing typed is lost"

    Client.objects.create(name="Никто")
    assert sits_at(head).post(of(incident), {"how": "hand", "names": lines, "why": "Узел"}).status_code == 302
    people = Concerned.objects.filter(contact__isnull=False).values_list("contact", flat=True)
    assert set(people) == {zoya.pk, *(ticket.contact_id for ticket in two)}
    assert str(Concerned.objects.get(contact=None).client) == "Никто"


@pytest.mark.parametrize("how", How.values)
def test_what_is_missing_is_said_beside_its_field(sits_at: SitsAt, boris: User, incident: Incident, how: str) -> None:
    answer = sits_at(boris).post(of(incident), {"how": how, "why": "Узел"})
    assert answer.status_code == 422 and "По этому их ищут" in answer.content.decode()
    assert sits_at(boris).post(of(incident), {"how": how}).status_code == 422


def test_a_reader_sees_those_whom_they_know(
    annas: Browser, sits_at: SitsAt, boris: User, head: User, incident: Incident, two: list[Ticket], zoya: Contact
) -> None:
    incident.concern(How.HAND, by=boris, why="Их узел", people=[zoya.pk, two[0].contact_id])
    page, all_ = annas.get(of(incident)).content.decode(), sits_at(head).get(of(incident)).content.decode()

    assert two[0].contact.name in page and "Тихая" not in page and "Ещё 1 клиент" in page and "Их узел" in page
    assert "Зоя &lt;b&gt;Тихая" in all_ and "Ещё 1" not in all_


def test_who_does_not_lead_it_reads_alone(
    sits_at: SitsAt, ilya: User, boris: User, incident: Incident, zoya: Contact
) -> None:
    finding, _count = incident.concern(How.HAND, by=boris, why="Узел", people=[zoya.pk])
    browser, leave = sits_at(ilya), f"{of(incident)}{finding.pk}/leave-out/"

    assert 'name="how"' not in browser.get(of(incident)).content.decode()
    assert browser.post(of(incident), {"how": "tag", "tag": "юг", "why": "x"}).status_code == 403
    assert browser.post(leave).status_code == 403
    assert sits_at(boris).post(f"{of(incident)}999/leave-out/").status_code == 404
    assert sits_at(boris).post(leave).status_code == 302 and not Concerned.objects.exists()


def test_the_look_names_those_without_a_request(
    sits_at: SitsAt, boris: User, head: User, incident: Incident, zoya: Contact
) -> None:
    incident.concern(How.HAND, by=boris, why="Узел", people=[zoya.pk])
    page = sits_at(boris).post(f"/incidents/{incident.pk}/update/", told()).content.decode()
    assert "Отправить 3 письма" in page and "1 — клиенту без обращения" in page
    Incident.objects.get(pk=incident.pk).affected.all().delete()
    mine = sits_at(boris).post(f"/incidents/{incident.pk}/update/", told()).content.decode()
    assert "Тихая" not in mine, "they do not know her, so her letter is not theirs to read"
    page = sits_at(head).post(f"/incidents/{incident.pk}/update/", told()).content.decode()
    assert "Так прочитает Зоя &lt;b&gt;Тихая" in page

    sits_at(head).post(f"/incidents/{incident.pk}/update/", told(seen=seen_in(page)))
    story = sits_at(head).get(f"/incidents/{incident.pk}/").content.decode()
    assert "1 клиенту без обращения" in story and "Касается ещё 1 клиента" in story


def test_the_look_takes_many_in_portions(
    sits_at: SitsAt, head: User, incident: Incident, two: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere, *people = [Contact.objects.create(name=name) for name in ("Никуда", "Анфиса", "Пётр", "Раиса")]
    for one in people:
        Identity.objects.create(contact=one, kind="email", value=f"n{one.pk}@somewhere.test")
    incident.concern(How.HAND, by=head, why="Узел", people=[one.pk for one in (nowhere, *people)])
    two[0].close("spam", by=head)
    two[1].close("spam", by=head)
    monkeypatch.setattr(updating, "AT_ONCE", 1)
    page = sits_at(head).post(f"/incidents/{incident.pk}/update/", told()).content.decode()

    assert "Отправить 3 письма" in page and "3 — клиентам без обращения" in page and "Так прочитает Анфиса" in page
    assert all(f"№ {ticket.number}" in page for ticket in two) and "Обращение завершено" in page
    assert "Адрес не известен" in page


def test_the_page_says_how_many_and_asks_no_more_for_many(
    sits_at: SitsAt, head: User, incident: Incident, django_assert_num_queries: Any, kept_for_long: None
) -> None:
    first = Contact.objects.create(name="Первая")
    incident.concern(How.HAND, by=head, why="Узел", people=[first.pk])
    browser = sits_at(head)
    assert re.search(
        r"Клиенты и организации</span><b class=\"num\">3<", browser.get(f"/incidents/{incident.pk}/").content.decode()
    )
    browser.get(of(incident))
    with CaptureQueriesContext(connection) as asked:
        browser.get(of(incident))
    many = Contact.objects.bulk_create([Contact(name=f"Клиент {place}") for place in range(120)])
    incident.concern(How.HAND, by=head, why="Узел", people=[one.pk for one in many])

    with django_assert_num_queries(len(asked)):
        page = browser.get(of(incident)).content.decode()
    after = re.search(r"after=(\d+)", page)
    assert after and page.count("data-row>") == 50
    assert (
        "Клиент 119" in browser.get(of(incident), {"after": Concerned.objects.order_by("-pk")[5].pk}).content.decode()
    )
    assert browser.get(of(incident), {"after": "x"}).status_code == 200


def test_a_saved_list_finds_what_its_reader_sees(
    sits_at: SitsAt, boris: User, incident: Incident, two: list[Ticket], writes: Write, line_two: object
) -> None:
    Ticket.objects.update(tags=["узел"])
    Ticket.objects.filter(pk=two[1].pk).update(team=line_two, owner=None)
    saved = SavedList.objects.keep(boris, "Узел", "all", "tag:узел")
    assert sits_at(boris).post(of(incident), {"how": "list", "list": saved.pk, "why": "Узел"}).status_code == 302

    assert list(Concerned.objects.values_list("contact", flat=True)) == [two[0].contact_id]
