"""What data panels tell, by programs: as the person would see it, with a scope of its own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from otklik.core.staff.models import Role, User
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels.kept import answers
from otklik.desk.automation.tests.source import Source, source
from otklik.desk.clients.models import Client, RestrictedAs
from otklik.desk.clients.sight import looks_at
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db
type Make = Callable[..., Panel]


@pytest.fixture
def program(settings: Any) -> Iterator[Source]:
    answers.forget()
    with source() as server:
        settings.EGRESS_ALLOW = [server.place]
        yield server


@pytest.fixture
def panel(program: Source) -> Make:
    def make(path: str = "panel", **told: Any) -> Panel:
        made = Panel(**{"name": "Биллинг", "url": program.at(path), **told})
        made.renew_secret()
        return made

    return make


def test_what_it_says_is_read_by_kinds(ask: Ask, ticket: Ticket, anna: User, panel: Make, program: Source) -> None:
    made = panel(opens=True)
    home = f"tickets/{ticket.number}/panels"
    assert ask("get", home, anna).json() == [{"id": made.pk, "name": "Биллинг", "kind": "json", "opens": True}]
    assert not program.got, "a list asks nobody"
    told = ask("get", f"{home}/{made.pk}", anna).json()
    rows = {one["label"]: one["value"] for one in told["content"]["rows"]}
    balance = rows["Баланс"]
    assert (balance["kind"], balance["amount"], balance["currency"]) == ("money", "-1200.50", "RUB")
    assert told["content"]["tables"][0]["heads"] and told["trouble"] == "" and len(program.got) == 1
    ask("get", f"{home}/{made.pk}", anna)
    assert len(program.got) == 1, "kept for some seconds"
    ask("get", f"{home}/{made.pk}?again=true", anna)
    assert len(program.got) == 2
    card = f"contacts/{ticket.contact_id}/panels/{made.pk}"
    assert ask("get", card, anna).json()["content"]["title"] == "Биллинг"


def test_what_fails_is_said_and_then_rests(ask: Ask, ticket: Ticket, anna: User, panel: Make, program: Source) -> None:
    made = panel("failing")
    home = f"tickets/{ticket.number}/panels/{made.pk}?again=true"
    said = [ask("get", home, anna).json() for _time in range(4)]
    assert [one["trouble"] for one in said] == [*["status"] * 3, "resting"] and said[3]["rest_until"]
    assert len(program.got) == 3 and all(one["content"] is None for one in said)


def test_the_address_of_a_page_is_told(ask: Ask, ticket: Ticket, anna: User, panel: Make, program: Source) -> None:
    made = panel(kind="frame", url="https://crm.example/card")
    told = ask("get", f"tickets/{ticket.number}/panels/{made.pk}", anna).json()
    assert told["address"].startswith("https://crm.example/card?otklik_data=") and told["content"] is None


def test_an_organisation_has_its_own_where_that_is_set(
    ask: Ask, ticket: Ticket, volga: Client, boris: User, panel: Make, program: Source
) -> None:
    ticket.contact.belong_to("Волга", by=boris)
    plain, own = panel(name="Без"), panel(name="С", on_organisations=True)
    home = f"organisations/{volga.pk}/panels"
    assert [one["id"] for one in ask("get", home, boris).json()] == [own.pk]
    assert ask("get", f"{home}/{plain.pk}", boris).status_code == 404
    assert ask("get", f"{home}/{own.pk}", boris).json()["content"] and len(program.got) == 1


def test_ACCESS_1_whom_it_is_not_for_hears_nothing_and_nobody_is_asked(
    ask: Ask, ticket: Ticket, anna: User, vera: User, panel: Make, program: Source
) -> None:
    hidden, shown = panel(roles=[Role.HEAD]), panel()
    home = f"tickets/{ticket.number}/panels"
    assert ask("get", f"{home}/{hidden.pk}", anna).content == ask("get", f"{home}/987654", anna).content
    assert ask("get", f"{home}/{shown.pk}", vera).status_code == 404
    assert ask("get", home, anna, scopes=["tickets:read", "automation:write"]).status_code == 403
    assert not program.got


def test_a_restricted_card_remembers_who_looked_at_it_so(
    ask: Ask, ticket: Ticket, anna: User, boris: User, panel: Make
) -> None:
    made = panel()
    ticket.contact.restrict(RestrictedAs.values[0], by=boris)
    ask("get", f"tickets/{ticket.number}/panels/{made.pk}", anna)
    assert next(one.data["place"] for one in looks_at(ticket.contact)) == "api"
