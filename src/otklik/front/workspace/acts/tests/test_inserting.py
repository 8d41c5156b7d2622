"""Fields and numbers of requests that are put into a text by their name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.clients.models import CardAnswer, CardField, Client, Contact, Holds, Secrecy
from otklik.desk.tickets.models import Field, Pin, Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Browser]


def offered(browser: Browser, ticket: Ticket, query: str = "") -> dict[str, dict[str, str]]:
    told = browser.get(f"/tickets/{ticket.number}/insert/fields/{query}")
    assert told.status_code == 200
    return {one["id"]: one for one in told.json()["fields"]}


def test_each_field_has_its_value_in_the_language_of_the_client(client_of: SignIn, anna: User, ticket: Ticket) -> None:
    told = offered(client_of(anna), ticket)

    assert next(iter(told)) == "number" and told["number"]["value"] == f"№ {ticket.number}"
    assert told["client dative"]["value"] == "Павлу Демидову"
    assert told["organisation"]["value"] == "Волга" and told["subject"]["value"] == "Звонок"
    assert told["promise"]["value"] == "" and told["promise"]["hole"] == "{{срок}}"

    ticket.contact.language = "en"
    ticket.contact.save()
    assert offered(client_of(anna), ticket)["promise"]["hole"] == "{{promise}}"
    assert offered(client_of(anna), ticket, "?mode=note")["promise"]["hole"] == "{{срок}}"  # colleagues read it


def test_the_date_that_the_answer_promises_is_a_value(
    client_of: SignIn, anna: User, ticket: Ticket, tonight: str
) -> None:
    told = offered(client_of(anna), ticket, f"?next=promise&promise_until={tonight.replace('+', '%2B')}")
    assert told["promise"]["value"]
    assert offered(client_of(anna), ticket, "?next=promise&promise_until=never")["promise"]["value"] == ""


def test_fields_of_the_company_are_offered_as_far_as_the_reader_sees_them(
    client_of: SignIn, anna: User, boris: User, ticket: Ticket, pavel: Contact, volga: Client
) -> None:
    contract = Field.objects.create(name="Договор")
    empty = Field.objects.create(name="Номер [линии]")
    ticket.fill({contract.pk: "12-44"}, by=anna)
    hall = CardField.objects.create(name="Зал", of=Holds.CLIENT)
    secret = CardField.objects.create(name="Паспорт", of=Holds.CONTACT, is_personal=True)
    CardAnswer.objects.create(field=hall, client=volga, value="Б")
    CardAnswer.objects.create(field=secret, contact=pavel, value="4509 123456")
    policy = Secrecy.objects.current()
    policy.open_to = ["lead"]
    policy.save()

    told = offered(client_of(anna), ticket)
    assert told[f"request-{contract.pk}"]["value"] == "12-44" and told[f"card-{hall.pk}"]["value"] == "Б"
    assert told[f"request-{empty.pk}"] == {
        "id": f"request-{empty.pk}",
        "name": "Номер линии",
        "value": "",
        "hole": "{{Номер линии}}",
    }
    assert f"card-{secret.pk}" not in told
    assert offered(client_of(boris), ticket)[f"card-{secret.pk}"]["value"] == "4509 123456"


def test_a_value_makes_neither_markup_nor_a_link(client_of: SignIn, anna: User, ticket: Ticket, pavel: Contact) -> None:
    pavel.name, ticket.subject = "[Павел](https://evil.test) <b>", "Срочно\n`код`"
    pavel.save()
    ticket.save()
    told = offered(client_of(anna), ticket)

    assert not set("[]<>`\n") & set(told["client"]["value"] + told["subject"]["value"])


def test_requests_of_the_client_are_offered_as_far_as_the_reader_sees_them(
    client_of: SignIn, anna: User, vera: User, ticket: Ticket, writes: Write, line_two: Any
) -> None:
    other = writes("Ещё одно", subject="Второе")
    foreign = writes("Чужое", subject="Чужое")
    Ticket.objects.filter(pk=foreign.pk).update(team=line_two)
    strange = writes("Иван", subject="От Ивана", sender="ivan@don.test", sender_name="Иван")
    Pin.objects.create(user=anna, ticket=strange)
    annas = client_of(anna)

    replied = annas.get(f"/tickets/{ticket.number}/insert/requests/?mode=reply").json()["requests"]
    assert [one["id"] for one in replied] == [ticket.pk, other.pk]  # of another client nothing goes to this one
    assert replied[1] == {"id": other.pk, "name": f"№ {other.pk}", "title": "Второе", "text": f"№ {other.pk}"}

    noted = annas.get(f"/tickets/{ticket.number}/insert/requests/?mode=note").json()["requests"]
    assert [one["id"] for one in noted] == [ticket.pk, other.pk, strange.pk]
    assert noted[2]["text"] == f"[№ {strange.pk}](https://desk.test/tickets/{strange.pk}/)"


def test_who_may_not_write_gets_neither(client_of: SignIn, vera: User, quality: User, ticket: Ticket) -> None:
    for what in ("fields", "requests"):
        assert client_of(vera).get(f"/tickets/{ticket.number}/insert/{what}/").status_code == 404
        assert client_of(quality).get(f"/tickets/{ticket.number}/insert/{what}/").status_code == 403
