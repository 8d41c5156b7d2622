"""Incidents led by programs: declared, changed, told of, ended; by the rights of their pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.care.incidents import sending
from otklik.care.incidents.models import Incident
from otklik.care.incidents.models.update import GRACE
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact, Product
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {"title": "Не проходят звонки", "affects": "Звонки обрываются", "severity": 2}


@pytest.fixture
def incident(anna: User) -> Incident:
    return Incident.objects.declare(**WORDS, by=anna)


def soon(minutes: int = 20) -> str:
    return (clock.now() + timedelta(minutes=minutes)).isoformat()


def test_it_is_declared_once_and_led_to_its_end(ask: Ask, ticket: Ticket, anna: User, ilya: User, paper: Paper) -> None:
    first, again = (ask("post", "incidents", anna, WORDS, key="i") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content) and Incident.objects.count() == 1
    pk = first.json()["id"]
    home = f"incidents/{pk}"
    ask("post", "tickets/many/incident", anna, {"tickets": [ticket.pk], "incident": pk})
    assert [one["number"] for one in ask("get", f"{home}/tickets", anna).json()] == [ticket.number]

    tag = ask("get", home, anna)["ETag"]
    changed = ask("patch", home, anna, {"agreed": "Чиним"}, tag=tag)
    assert changed.json()["agreed"] == "Чиним" and ask("patch", home, anna, {"title": "x"}, tag=tag).status_code == 412
    assert ask("post", f"{home}/severity", ilya, {"severity": 1}).json()["severity"] == 1, "anybody raises it"
    assert ask("post", f"{home}/state", anna, {"state": "identified"}).json()["state"] == "identified"

    body = {"what": "Упал узел", "state": "mitigating", "next_at": soon()}
    look = ask("post", f"{home}/updates/preview", anna, body).json()
    assert (look["count"], look["sample_of"]) == (1, ticket.number) and "Упал узел" in look["sample"]
    assert ask("get", f"{home}/updates", anna).json() == []
    made, same = (ask("post", f"{home}/updates", anna, body, key="u") for _ in range(2))
    assert (made.status_code, made.content) == (201, same.content) and made.json()["going"]
    assert ask("post", f"{home}/updates", anna, body).status_code == 409, "the one before still goes out"
    with clock.at(clock.now() + 2 * GRACE):
        assert sending.send_due() == 1
    told = ask("get", f"{home}/updates/{made.json()['id']}", anna).json()
    assert (told["sent"], told["waiting"], told["going"]) == (1, 0, False)
    assert "Упал узел" in paper.letters[-1].text

    over = ask("post", f"{home}/updates", anna, {"what": "Узел поднят", "state": "resolved"}).json()
    assert over["next_at"] is None
    stopped = ask("post", f"{home}/updates/{over['id']}/stop", anna).json()
    assert (stopped["stopped"], ask("get", home, anna).json()["state"]) == (1, "mitigating"), "nobody was told"
    ask("post", f"{home}/updates", anna, {"what": "Узел поднят", "state": "resolved"})
    assert ask("post", f"{home}/close", anna, {"learned": "x"}).json()["field"] == "post_mortem", "it was an S1"
    done = {"learned": "Нужен запас", "post_mortem": "Один узел", "causes": ["узел без запаса"]}
    assert ask("post", f"{home}/close", anna, done).json()["state"] == "closed"
    more = ask("get", f"{home}/details", anna).json()
    assert (more["worst"], more["causes"], more["learned"]) == (1, ["узел без запаса"], "Нужен запас")


def test_what_changes_after_it(ask: Ask, incident: Incident, anna: User, ilya: User, boris: User) -> None:
    home, day = f"incidents/{incident.pk}/actions", (clock.today() + timedelta(days=7)).isoformat()
    made = ask("post", home, anna, {"text": "Второй узел", "owner": "ilya", "due_on": day}).json()
    assert (made["owner"]["login"], made["late"]) == ("ilya", False)
    end = f"{home}/{made['id']}/end"
    assert ask("post", end, ilya, {"result": "Стоит"}).json()["result"] == "Стоит"
    assert ask("post", end, boris, {"result": "Ещё"}).status_code == 409
    wrong = ask("post", home, anna, {"text": "x", "owner": "nobody", "due_on": day})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "owner")
    past = ask("post", home, anna, {"text": "x", "owner": "ilya", "due_on": "2020-01-01"})
    assert (past.status_code, past.json()["field"]) == (422, "due_on")


def test_whom_it_concerns(
    ask: Ask, incident: Incident, ticket: Ticket, pavel: Contact, anna: User, vera: User, head: User
) -> None:
    home = f"incidents/{incident.pk}"
    made = ask("post", f"{home}/findings", anna, {"contacts": [pavel.pk], "why": "тот же узел"})
    assert (made.status_code, made.json()["count"], made.json()["how"]) == (201, 1, "hand")
    assert [one["contact_id"] for one in ask("get", f"{home}/clients", anna).json()] == [pavel.pk]
    assert ask("get", f"{home}/clients", vera).json() == [], "names are for who knows them"
    stranger = Contact.objects.create(name="Чужой")
    for body, field in (
        ({"contacts": [pavel.pk, stranger.pk]}, "contacts"),
        ({"product": "Нет такого"}, "product"),
        ({"tag": "нет"}, "tag"),
        ({"tag": "x", "contacts": [pavel.pk]}, "product"),
    ):
        told = ask("post", f"{home}/findings", anna, body | {"why": "x"})
        assert (told.status_code, told.json()["field"]) == (422, field)
    Product.objects.create(name="АТС")
    assert ask("post", f"{home}/findings", anna, {"product": "АТС", "why": "x"}).status_code == 422, "nobody has it"
    assert ask("get", f"{home}/findings", head).json() == [made.json()]
    assert ask("post", f"{home}/findings/{made.json()['id']}/remove", anna).json() == []


def test_ACCESS_1_who_does_not_lead_it_changes_nothing(
    ask: Ask, incident: Incident, ilya: User, vera: User, quality: User, ticket: Ticket, anna: User
) -> None:
    home = f"incidents/{incident.pk}"
    acts: list[tuple[str, str, Any]] = [
        ("patch", "", {"title": "x"}),
        ("post", "/state", {"state": "monitoring"}),
        ("post", "/close", {"learned": "x"}),
        ("post", "/updates", {"what": "x", "state": "identified", "next_at": soon()}),
        ("post", "/updates/preview", {"what": "x", "state": "identified", "next_at": soon()}),
        ("post", "/actions", {"text": "x", "owner": "ilya", "due_on": clock.today().isoformat()}),
        ("post", "/findings", {"tag": "x", "why": "x"}),
    ]
    for method, path, body in acts:
        assert [ask(method, home + path, user, body).status_code for user in (ilya, vera, quality)] == [403] * 3, path
        assert ask(method, f"incidents/987654{path}", anna, body).status_code == 404
        assert ask(method, home + path, anna, body, scopes=("tickets:write", "incidents:read")).status_code == 403
    assert ask("post", "incidents", quality, WORDS).status_code == 403
    incident.attach(ticket, by=anna)
    assert ask("get", f"{home}/tickets", vera).json() == [], "a ticket of another line is not there"
    for path in ("details", "tickets", "updates", "actions", "findings", "clients"):
        assert ask("get", f"{home}/{path}", anna, scopes=("tickets:read",)).status_code == 403
        assert ask("get", f"incidents/987654/{path}", anna).status_code == 404
    other = Incident.objects.declare(**WORDS, by=anna)
    made = other.write(_words(), by=anna, key="k", state="identified")
    assert ask("post", f"{home}/updates/{made.pk}/stop", anna).status_code == 404, "an update of another incident"


def test_values_to_mend(ask: Ask, incident: Incident, anna: User) -> None:
    home = f"incidents/{incident.pk}"
    far = {"what": "x", "state": "identified", "next_at": soon(60 * 24 * 30)}
    for path, body, field in (
        ("/updates", far, "next_at"),
        ("/updates", far | {"what": ""}, "what"),
        ("/severity", {"severity": 4}, "reason"),
    ):
        told = ask("post", home + path, anna, body)
        assert (told.status_code, told.json()["field"]) == (422, field)
    assert ask("patch", home, anna, {"ended_at": soon(-1)}).status_code == 409
    assert ask("patch", home, anna, {"leader": "nobody"}).json()["field"] == "leader"
    assert ask("post", "incidents", anna, WORDS | {"severity": 5}).status_code == 422
    given = ask("patch", home, anna, {"leader": "anna", "title": "Не звонит"}).json()
    assert given["title"] == "Не звонит"


@pytest.mark.usefixtures("kept_for_long")
def test_updates_cost_the_same_however_many(ask: Ask, incident: Incident, anna: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ask("get", f"incidents/{incident.pk}/updates", anna).status_code == 200
        return len(seen)

    incident.write(_words(), by=anna, key="k0", state="identified", quiet=True)
    cost()
    before = cost()
    for number in range(3):
        incident.write(_words(), by=anna, key=f"k{number + 1}", state="identified", quiet=True)
    assert cost() == before


def _words() -> Any:
    from otklik.care.incidents.letters import Words

    return Words(what="Чиним", next_at=clock.now() + timedelta(minutes=20))
