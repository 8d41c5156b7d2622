"""Calls by programs: what a card of a call does, by who may do it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.calls.models import Call
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db
NUMBER = "+79135550142"


def call_of(near: Ticket, holder: User | None, **more: Any) -> Call:
    """An ended call of the line of this request, which belongs to none yet."""
    now = clock.now()
    told: dict[str, Any] = {"begun_at": now - timedelta(minutes=5), "answered_at": now - timedelta(minutes=4)}
    told |= {"ended_at": now, "talked": 200, "number": NUMBER, "answered_by": holder, "holder": holder}
    return Call.objects.create(channel=Channel.objects.get(), **{"team": near.team, **told, **more})


def test_a_call_gets_its_client_its_request_and_its_result(
    ask: Ask, ticket: Ticket, pavel: Contact, anna: User
) -> None:
    call = call_of(ticket, anna)
    (row,) = ask("get", "calls?owed=true", anna).json()["items"]
    assert (row["id"], row["state"], row["number"], row["can_act"]) == (call.pk, "over", NUMBER, True)
    said = ask("post", f"calls/{call.pk}/client", anna, {"contact_id": pavel.pk}).json()
    assert said["contact"]["id"] == pavel.pk and pavel.identities.filter(value=NUMBER).exists()
    filed = ask("post", f"calls/{call.pk}/ticket", anna, {"ticket": ticket.number}).json()
    assert filed["ticket"] == ticket.number
    kept = ask("put", f"calls/{call.pk}/draft", anna, {"note": "Перезвон", "base": ""}).json()
    assert kept["note"] == "Перезвон" and ask("get", f"calls/{call.pk}/draft", anna).json() == kept
    assert ask("put", f"calls/{call.pk}/draft", anna, {"note": "Другое", "base": ""}).status_code == 409

    body = {"result": "passed_on", "note": "Передали инженеру", "base": kept["saved_at"]}
    first, again = (ask("post", f"calls/{call.pk}/result", anna, body, key="r") for _ in range(2))
    assert first.status_code == 200 and first.content == again.content
    assert (first.json()["state"], first.json()["note"]) == ("concluded", "Передали инженеру")
    for act, told in (("result", body), ("client", {"contact_id": pavel.pk})):
        assert ask("post", f"calls/{call.pk}/{act}", anna, told).status_code == 409
    assert ask("get", "calls?owed=true", anna).json()["items"] == []
    assert ask("get", f"calls/{call.pk}/draft", anna).json()["saved_at"] == ""


def test_a_call_opens_a_request_of_its_own(ask: Ask, ticket: Ticket, anna: User) -> None:
    call = call_of(ticket, anna)
    told = ask("post", f"calls/{call.pk}/ticket", anna, {"name": "Пётр"}).json()
    assert told["ticket"] not in (None, ticket.number) and told["contact"]["name"] == "Пётр"


def test_what_cannot_be_said_names_its_field(ask: Ask, ticket: Ticket, anna: User) -> None:
    call = call_of(ticket, anna)
    for beside in ({"contact_id": ticket.contact_id}, {"name": "Пётр"}):
        both = ask("post", f"calls/{call.pk}/ticket", anna, {"ticket": ticket.number} | beside)
        assert (both.status_code, both.json()["field"]) == (422, *beside)
    undated = ask("post", f"calls/{call.pk}/result", anna, {"result": "promised", "note": "Ответим"})
    assert (undated.status_code, undated.json()["field"]) == (422, "until")
    assert ask("post", f"calls/{call.pk}/result", anna, {"result": "sold"}).status_code == 422
    Call.objects.filter(pk=call.pk).update(ended_at=None)
    assert ask("post", f"calls/{call.pk}/result", anna, {"result": "wrong"}).status_code == 409
    assert [one["id"] for one in ask("get", "calls/now", anna).json()] == [call.pk]


def test_only_what_was_read_is_changed(ask: Ask, ticket: Ticket, anna: User) -> None:
    call = call_of(ticket, anna)
    tag = ask("get", f"calls/{call.pk}", anna)["ETag"]
    call.file_under(ticket, by=anna)
    late = ask("post", f"calls/{call.pk}/result", anna, {"result": "wrong"}, tag=tag)
    assert late.status_code == 412 and not Call.objects.get(pk=call.pk).result


def test_ACCESS_1_a_call_of_another_line_is_not_there(
    ask: Ask, ticket: Ticket, pavel: Contact, anna: User, vera: User, ilya: User, quality: User
) -> None:
    call = call_of(ticket, anna, contact=pavel)
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("client", {"contact_id": pavel.pk}),
        ("ticket", {}),
        ("result", {"result": "wrong"}),
    )
    for act, body in acts:
        foreign, none = (ask("post", f"calls/{pk}/{act}", vera, body) for pk in (call.pk, 987654))
        assert (foreign.status_code, foreign.content) == (404, none.content)
        assert ask("post", f"calls/{call.pk}/{act}", ilya, body).status_code == 403, "a colleague's is read alone"
    assert ask("get", f"calls/{call.pk}", vera).status_code == 404
    assert ask("get", "calls", vera).json()["items"] == []
    assert [len(ask("get", "calls", user).json()["items"]) for user in (anna, ilya, quality)] == [1, 1, 1]
    assert ask("put", f"calls/{call.pk}/draft", ilya, {"note": "x"}).status_code == 403
    for scope in ("tickets:read", "calls:write"):
        assert ask("get", "calls", anna, scopes=(scope,)).status_code == 403
    own = call_of(ticket, vera, team=vera.teams.get())
    assert ask("post", f"calls/{own.pk}/ticket", vera, {"ticket": ticket.number}).status_code == 404
    assert ask("post", f"calls/{own.pk}/ticket", vera, {"contact_id": 987654}).status_code == 404


def test_pages_go_on_and_cost_the_same(ask: Ask, ticket: Ticket, anna: User, kept_for_long: None) -> None:
    made = [call_of(ticket, anna).pk for _ in range(3)]

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ask("get", "calls", anna).status_code == 200
        return len(seen)

    cost()
    before, found, path = cost(), [], "calls?limit=2"
    made += [call_of(ticket, anna, ticket=ticket).pk for _ in range(4)]
    assert cost() <= before + 1, "numbers of tickets are looked at together"
    while path:
        told = ask("get", path, anna).json()
        found += [one["id"] for one in told["items"]]
        path = f"calls?limit=2&cursor={told['next']}" if told["next"] else ""
    assert found == sorted(made, reverse=True)
