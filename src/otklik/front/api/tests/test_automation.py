"""Rules, macros and webhooks by programs."""

from typing import Any

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.automation.models import Endpoint, Firing, Macro, Rule
from otklik.desk.automation.running import Cause, run
from otklik.desk.automation.tests.receiver import is_genuine, receiver
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import ALL, Ask

pytestmark = pytest.mark.django_db
SCOPES = (*ALL, "automation:write")


def body(**more: Any) -> dict[str, Any]:
    return {
        **{"name": "Важное", "trigger": "event", "what": "opened"},
        **{"conditions": [{"fact": "priority", "how": "in", "value": ["2"]}], "acts": [{"act": "tag", "tags": "vip"}]},
        **more,
    }


def test_a_rule_is_made_tried_and_read(ask: Ask, ticket: Ticket, admin: User):
    made = ask("post", "rules", admin, body(), scopes=SCOPES, key="one")
    again = ask("post", "rules", admin, body(), scopes=SCOPES, key="one")
    assert made.status_code == 201 and made.json() == again.json() and Rule.objects.count() == 1
    rule = Rule.objects.get()

    assert ask("post", f"rules/{rule.pk}/preview", admin, scopes=SCOPES).json()["matched"] == 1
    tried = ask("post", f"rules/{rule.pk}/try/{ticket.number}", admin, scopes=SCOPES).json()
    assert tried["fits"] and tried["answers"][0]["told"] and tried["acts"] == ["add tags: vip"]
    assert not Firing.objects.exists()
    run(rule, ticket.pk, Cause("entry:1", "opened"))
    (log,) = ask("get", f"rules/{rule.pk}/log", admin, scopes=SCOPES).json()
    assert log["ticket"] == ticket.number and log["why"] == "opened"

    off = ask("post", f"rules/{rule.pk}/switch", admin, {"on": False}, scopes=SCOPES).json()
    assert off["state"] == "off"
    later = body(
        name="Утром",
        trigger="schedule",
        what="",
        days=[0],
        at_time="09:00",
        acts=[{"act": "priority", "priority": "4"}],
    )
    changed = ask("put", f"rules/{rule.pk}", admin, later, scopes=SCOPES).json()
    assert (changed["name"], changed["at_time"], changed["state"]) == ("Утром", "09:00:00", "on")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": "нет"}, "what"),
        ({"conditions": [{"fact": "нет", "how": "in", "value": []}]}, "conditions.0.fact"),
        ({"conditions": [{"fact": "priority", "how": "least", "value": 2}]}, "conditions.0.how"),
        ({"conditions": [{"fact": "priority", "how": "in", "value": ["9"]}]}, "conditions.0.value"),
        ({"acts": [{"act": "нет"}]}, "acts.0.act"),
        ({"acts": [{"act": "tag"}]}, "acts.0.tags"),
        ({"acts": []}, "acts"),
        ({"trigger": "since", "what": "waits", "minutes": 0}, "minutes"),
        ({"trigger": "schedule", "days": [9], "at_time": "09:00"}, "days"),
        ({"trigger": "schedule", "days": [1]}, "at_time"),
    ],
)
def test_what_cannot_be_a_rule_is_said_by_its_place(ask: Ask, admin: User, wrong: dict[str, Any], field: str):
    answer = ask("post", "rules", admin, body(**wrong), scopes=SCOPES)
    assert answer.status_code == 422 and answer.json()["field"].endswith(field), answer.json()
    assert not Rule.objects.exists()


def test_a_program_learns_what_rules_are_made_of(ask: Ask, admin: User, line_one: Team):
    told = ask("get", "rules/words", admin, scopes=SCOPES).json()
    assert {"opened", "breached", "score"} <= {one["name"] for one in told["events"]}
    line = next(one for one in told["facts"] if one["name"] == "line")
    assert line["hows"] == ["in", "out"] and {"name": str(line_one.pk), "label": line_one.name} in line["values"]
    assert any(one["name"] == "letter" and not one["in_macros"] for one in told["acts"])


def test_macros_are_applied_and_taken_back(ask: Ask, ticket: Ticket, admin: User, anna: User, ilya: User):
    acts = [{"act": "priority", "priority": 4}]
    made = ask("post", "macros", admin, {"name": "Срочно", "acts": acts, "text": "{{client}}!"}, scopes=SCOPES).json()
    assert [one["name"] for one in ask("get", "macros", anna).json()] == ["Срочно"]

    where = f"tickets/{ticket.number}/macro"
    applied = ask("post", where, anna, {"macro": made["id"]}, key="m").json()
    assert applied == ask("post", where, anna, {"macro": made["id"]}, key="m").json()
    assert applied["undoable"] and applied["text"].endswith("!") and applied["done"][0]["trouble"] == ""
    ticket.refresh_from_db()
    assert ticket.priority == 4
    assert ask("post", f"{where}/{applied['id']}/undo", ilya).status_code == 404
    assert ask("post", f"{where}/{applied['id']}/undo", anna).json() == {"stayed": []}
    assert ask("post", f"{where}/{applied['id']}/undo", anna).status_code == 409
    ticket.refresh_from_db()
    assert ticket.priority == 2

    letter = {"name": "Письмо", "acts": [{"act": "letter", "reply": 1}]}
    assert ask("post", "macros", admin, letter, scopes=SCOPES).json()["field"] == "acts.0.act"
    assert ask("post", where, anna, {"macro": 999}).status_code == 422
    changed = ask("put", f"macros/{made['id']}", admin, {"name": "Реже", "text": "а", "on": False}, scopes=SCOPES)
    assert changed.json()["acts"] == [] and Macro.objects.get().is_active is False


def test_webhooks_are_made_tested_and_looked_into(ask: Ask, admin: User, settings: Any):
    with receiver() as program:
        settings.EGRESS_ALLOW = [f"127.0.0.1:{program.server_address[1]}"]
        told = {"name": "Биллинг", "url": program.url, "events": ["opened"]}
        made = ask("post", "webhooks", admin, told, scopes=SCOPES).json()
        where = f"webhooks/{made['id']}"
        tested = ask("post", f"{where}/test", admin, scopes=SCOPES).json()
        assert tested["state"] == "delivered" and is_genuine(made["secret"], *program.got[0])
        renewed = ask("post", f"{where}/secret", admin, scopes=SCOPES).json()
        assert renewed["secret"] != made["secret"]
        assert ask("post", f"{where}/calls/{tested['id']}/again", admin, scopes=SCOPES).json()["state"] == "waiting"
        assert [one["id"] for one in ask("get", f"{where}/calls", admin, scopes=SCOPES).json()] == [tested["id"]]
        listed = ask("get", "webhooks", admin, scopes=SCOPES).content.decode()
        assert "secret" not in listed and renewed["secret"] not in listed
        off = ask("put", where, admin, {**told, "on": False}, scopes=SCOPES).json()
        assert off["state"] == "off" and ask("post", f"{where}/test", admin, scopes=SCOPES).status_code == 409
    for wrong in ({"url": "http://billing.example/"}, {"events": ["нет"]}, {"name": ""}):
        assert ask("post", "webhooks", admin, {**told, **wrong}, scopes=SCOPES).status_code == 422
    assert Endpoint.objects.count() == 1


@pytest.mark.parametrize("path", ["rules", "rules/words", "webhooks", "rules/1/log", "webhooks/1/calls"])
def test_ACCESS_1_only_administrators_with_the_scope(ask: Ask, admin: User, boris: User, path: str):
    assert ask("get", path, admin).status_code == 403
    assert ask("get", path, boris, scopes=SCOPES).status_code == 403
