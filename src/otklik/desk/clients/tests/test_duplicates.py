"""Who may be the same: found by what people write differently, with reasons, and never too boldly."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.staff.models import User
from otklik.desk.clients.duplicates import (
    SURE,
    WORTH,
    mailbox_of,
    names_alike,
    of_client,
    of_contact,
    phone_of,
    plain_name,
)
from otklik.desk.clients.models import Client, Contact, Different

pytestmark = pytest.mark.django_db


def known(name: str, *addresses: str, client: Client | None = None) -> Contact:
    contact = Contact.objects.create(name=name, client=client)
    for value in addresses:
        kind = "email" if "@" in value else "phone"
        contact.identities.create(kind=kind, value=value)
    return contact


@pytest.mark.parametrize("written", ["+7 913 555-01-01", "8 (913) 555-01-01", "79135550101", "9135550101"])
def test_a_phone_is_one_however_it_is_written(written: str) -> None:
    assert phone_of(written) == "+79135550101"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Павел Демидов", "Демидов Павел"),
        ("Пётр Королёв", "Петр Королев"),
        ("Павел Демидов", "Pavel Demidov"),
        ("Алексей Щукин", "Aleksey Shchukin"),
        ("П. Демидов", "Павел Демидов"),
        ("Лена Орлова", "Елена Орлова"),
        ("Павел Демидов", "Павел Сергеевич Демидов"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert names_alike(one, other) > 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [("Павел Демидов", "Павел Орлов"), ("Павел", "Павел Демидов"), ("a@b.test", "a@c.test"), ("", "Павел")],
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert names_alike(one, other) < 0.8


def test_a_mailbox_as_its_host_understands_it() -> None:
    assert mailbox_of("p.avel+desk@googlemail.com") == mailbox_of("pavel@gmail.com")
    assert mailbox_of("p.avel@volga.test") != mailbox_of("pavel@volga.test")


def test_the_same_phone_and_name_are_sure_and_say_why() -> None:
    pavel = known("Павел Демидов", "+79135550101")
    twin = known("Demidov Pavel", "8 (913) 555-01-01")
    twin.identities.update(value="89135550101")

    [found] = of_contact(pavel)

    assert found.other == twin
    assert found.score >= SURE
    assert "+79135550101" in found.reasons[0]


def test_the_same_name_in_one_organisation_is_worth_a_look() -> None:
    volga = Client.objects.create(name="Волга")
    pavel = known("Павел Демидов", "pavel@volga.test", client=volga)
    twin = known("П. Демидов", "demidov@volga-south.test", client=volga)

    [found] = of_contact(pavel)

    assert found.other == twin
    assert WORTH <= found.score < SURE


def test_letters_that_changed_places() -> None:
    pavel, twin = known("a", "demidov@volga.test"), known("b", "deimdov@volga.test")

    assert [one.other for one in of_contact(pavel)] == [] or of_contact(pavel)[0].other == twin
    assert of_contact(known("c", "orlova.k@volga.test")) == []


def test_namesakes_at_a_public_host_are_not_proposed() -> None:
    known("Павел Демидов", "demidov77@mail.ru")

    assert of_contact(known("Павел Демидов", "pavel-d@mail.ru")) == []


def test_who_is_said_to_be_another_is_not_proposed_again(boris: User) -> None:
    pavel, twin = known("Павел Демидов", "+79135550101"), known("Павел Демидов", "89135550101")
    Different.objects.say("contact", twin.pk, pavel.pk, by=boris)
    Different.objects.say("contact", pavel.pk, twin.pk, by=boris)

    assert of_contact(pavel) == []
    assert of_contact(twin) == []


def test_an_organisation_without_its_legal_form() -> None:
    assert plain_name("ООО «Дон-Телеком»") == plain_name("Дон Телеком, ЗАО")
    don = Client.objects.create(name="ООО «Дон-Телеком»")
    same = Client.objects.create(name="Дон-Телеком")
    Client.objects.create(name="Телеком")

    assert [one.other for one in of_client(don)] == [same]


def test_organisations_by_number_site_and_mail() -> None:
    don = Client.objects.create(name="Дон", tax_number="6100000001", website="https://www.don.test/")
    by_number = Client.objects.create(name="Рога и копыта", tax_number="6100000001")
    by_site = Client.objects.create(name="Ростов", website="don.test")
    by_mail = Client.objects.create(name="Тихий")
    known("Анна Белова", "anna@don-mail.test", client=don)
    known("Пётр Ким", "petr@don-mail.test", client=by_mail)
    known("Иван Ли", "ivan@mail.ru", client=Client.objects.create(name="Чужой"))
    known("Яна Ли", "yana@mail.ru", client=don)

    found = {one.other: one.score for one in of_client(don)}

    assert set(found) == {by_number, by_site, by_mail}
    assert found[by_number] >= SURE > found[by_site] >= WORTH


def test_two_taxpayer_numbers_are_two_organisations() -> None:
    don = Client.objects.create(name="ООО «Дон»", tax_number="6100000001")
    Client.objects.create(name="ЗАО «Дон»", tax_number="6100000002")

    assert of_client(don) == []


def test_a_name_in_other_letters_and_with_a_slip() -> None:
    vetrova = Client.objects.create(name="Пекарня Ветрова")
    slip = Client.objects.create(name="Пекарня «Вертова», ИП")

    assert [one.other for one in of_client(vetrova)] == [slip]


def test_every_question_is_served_by_an_index() -> None:
    volga = Client.objects.create(name="Волга")
    pavel = known("Павел Демидов", "pavel@volga.test", "+79135550101", client=volga)
    known("Демидов Павел", "89135550101")
    with CaptureQueriesContext(connection) as asked:
        of_contact(pavel)
        of_client(volga)

    assert len(asked) < 24
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + query["sql"])
            plan = "\n".join(line for (line,) in cursor.fetchall())
        for table in ("clients_contact", "clients_identity"):
            assert f"Seq Scan on {table}" not in plan, plan
