"""Complaints by programs: filed, brought to their end, and known to nobody who may not know of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.care.complaints.models import Complaint, Filing
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {"words": "Обещали вчера, до сих пор тишина", "stated": "Не ответили в срок"}
WHYS = ["Ответ ушёл через день", "Заявка лежала без владельца", "Правило не знает о выходных"]


def filed(ask: Ask, ticket: Ticket, by: User, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = ask("post", "complaints", by, WORDS | {"ticket": ticket.number} | more).json()
    return told


def test_the_whole_way(ask: Ask, ticket: Ticket, pavel: Contact, boris: User, head: User, anna: User) -> None:
    body = WORDS | {"ticket": ticket.number, "risks": ["law"]}
    first, again = (ask("post", "complaints", boris, body, key="c") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content) and Complaint.objects.count() == 1
    one = first.json()
    assert (one["severity"], one["client"], one["ticket"], one["state"]) == (2, pavel.name, ticket.number, "received")
    home = f"complaints/{one['id']}"
    assert ask("post", f"{home}/inform", boris, {"how": "Позвонили"}).status_code == 409
    assert ask("post", f"{home}/acknowledge", boris, {"text": "Получили вашу жалобу"}).json()["state"] == "acknowledged"
    assert ticket.conversation.messages.filter(direction="out", text__contains="Получили вашу").exists()
    lines = {"severity": 2, "risks": ["law"], "lines": [ticket.team_id], "stated_cause": "people.load"}
    assert ask("post", f"{home}/assess", boris, lines).json()["lines"] == [ticket.team.name]
    again = ask("post", f"{home}/assess", boris, {"severity": 3}).json()
    kept = (again["severity"], again["risks"], again["lines"], again["stated_cause"])
    assert kept == (3, ["law"], [ticket.team.name], "people.load"), "what was not named stays"
    none: dict[str, Any] = {"severity": 2, "risks": [], "lines": [], "stated_cause": ""}
    bare = ask("post", f"{home}/assess", boris, none).json()
    assert (bare["risks"], bare["lines"], bare["stated_cause"]) == ([], [], "")
    assert ask("post", f"{home}/investigate", boris, {"login": "head"}).json()["investigator"]["login"] == "head"
    fact = {"text": "Письмо пришло в субботу", "source": "журнал"}
    assert ask("post", f"{home}/facts", boris, fact).json()["facts"][-1]["text"] == fact["text"]
    cause = {"whys": WHYS, "found": "Выходные не учтены", "cause": "process.missing"}
    assert ask("post", f"{home}/explain", head, cause).json()["found_cause"] == "process.missing"
    decision = {"decision": "upheld", "finding": "Не ответили в срок", "remedy": "Извинения", "how": "Позвонили"}
    assert ask("post", f"{home}/decide", head, decision).json()["state"] == "answered"
    assert ask("post", f"{home}/hear", boris, {"reaction": "agrees"}).json()["state"] == "agrees"
    assert ask("post", f"{home}/close", boris).status_code == 409, "it was upheld: measures and their effect first"
    due = (clock.now() + timedelta(days=5)).isoformat()
    measure = {"text": "Учесть выходные", "kind": "preventive", "owner": "anna", "due_at": due}
    running = ask("post", f"{home}/measures", boris, measure).json()
    assert running["state"] == "acting"
    done = ask("post", f"{home}/measures/{running['measures'][0]['id']}/done", anna, {"result": "Учтены"}).json()
    assert (done["state"], done["measures"][0]["result"]) == ("checking", "Учтены")
    assert ask("post", f"{home}/check", boris, {"helped": "helped"}).status_code == 409, "too early"
    assert ask("post", f"{home}/ask", boris, {"text": "Помогло ли?"}).status_code == 200
    assert ask("post", f"{home}/check", boris, {"helped": "not"}).json()["state"] == "acting"


def test_who_disagrees_goes_higher(ask: Ask, ticket: Ticket, boris: User, head: User, ilya: User, anna: User) -> None:
    one = filed(ask, ticket, boris)
    home = f"complaints/{one['id']}"
    for act, by, body in (
        ("acknowledge", boris, {"how": "Позвонили"}),
        ("assess", boris, {"severity": 1}),
        ("investigate", boris, {"login": "ilya"}),
        ("decide", ilya, {"decision": "not", "finding": "Ответили в срок", "how": "Позвонили"}),
        ("hear", boris, {"reaction": "disagrees", "words": "Нет"}),
        ("bodies", boris, {"bodies": "Роспотребнадзор"}),
        ("higher", boris, {"login": "head"}),
    ):
        assert ask("post", f"{home}/{act}", by, body).status_code == 200, act
    told = ask("get", home, head).json()
    assert (told["level"], told["investigator"]["login"], told["bodies"]) == (2, "head", "Роспотребнадзор")
    again = {"decision": "not", "finding": "x", "how": "x"}
    assert ask("post", f"{home}/decide", ilya, again).status_code == 403, "who decided first does not decide anew"
    assert ask("post", f"{home}/owner", boris, {"login": "head"}).json()["owner"]["login"] == "head"
    other = filed(ask, ticket, boris)
    assert ask("post", f"{home}/alike", boris, {"other": other["id"]}).json()["alike"] == [other["id"]]


def test_one_without_a_request(
    ask: Ask, ticket: Ticket, pavel: Contact, anna: User, vera: User, boris: User, line_one: Team
) -> None:
    anonymous = ask("post", "complaints", anna, WORDS | {"source": "letter", "line": line_one.pk})
    assert (anonymous.status_code, anonymous.json()["client"]) == (201, "")
    named = ask("post", "complaints", anna, WORDS | {"source": "phone", "contact_id": pavel.pk}).json()
    assert named["client"] == pavel.name and named["ticket"] is None
    for body, field in (
        ({"source": "talk"}, "source"),
        ({"source": "phone", "ticket": ticket.number}, "ticket"),
        ({"source": "phone", "line": 987654}, "line"),
        ({"source": "phone", "against": "nobody"}, "against"),
        ({"source": "phone", "received_at": (clock.now() + timedelta(days=1)).isoformat()}, "received_at"),
    ):
        told = ask("post", "complaints", anna, WORDS | body)
        assert (told.status_code, told.json()["field"]) == (422, field)
    foreign, none = (
        ask("post", "complaints", vera, WORDS | {"source": "phone", "contact_id": pk}) for pk in (pavel.pk, 987654)
    )
    assert foreign.status_code == 422 and foreign.content == none.content
    assert ask("post", "complaints", vera, WORDS | {"ticket": ticket.number}).status_code == 404


def test_nobody_hangs_a_complaint_on_themselves(
    ask: Ask, ticket: Ticket, anna: User, ilya: User, boris: User, line_two: Team
) -> None:
    """Who filed it knows of it; managed by an agent, it would be closed by them with nobody told."""
    for login in ("anna", "ilya"):
        told = ask("post", "complaints", anna, WORDS | {"ticket": ticket.number, "owner": login})
        assert (told.status_code, told.json()["field"]) == (422, "owner")
    told = ask("post", "complaints", anna, WORDS | {"ticket": ticket.number, "line": line_two.pk})
    assert (told.status_code, told.json()["field"]) == (422, "line")
    assert not Complaint.objects.exists()

    one = filed(ask, ticket, anna, owner="boris")
    assert one["owner"]["login"] == "boris" and one["line"] == ticket.team.name
    given = ask("post", f"complaints/{one['id']}/owner", boris, {"login": "anna"})
    assert (given.status_code, given.json()["field"]) == (422, "owner")
    assert Complaint.objects.get().owner == boris


def test_it_sounds_like_one_and_is_none(ask: Ask, ticket: Ticket, anna: User, vera: User) -> None:
    path = f"tickets/{ticket.number}/complaint/none"
    assert ask("post", path, anna).json() == {"ticket": ticket.number}
    assert ask("post", path, vera).status_code == 404


def test_ACCESS_1_who_it_is_about_knows_of_nothing(
    ask: Ask, ticket: Ticket, anna: User, ilya: User, vera: User, boris: User, head: User, quality: User
) -> None:
    one = filed(ask, ticket, boris, against="anna")
    home = f"complaints/{one['id']}"
    acts: dict[str, Any] = {
        "acknowledge": {"how": "x"},
        "assess": {"severity": 1},
        "investigate": {"login": "head"},
        "explain": {"whys": ["x"], "found": "x", "cause": "people.load"},
        "decide": {"decision": "not", "finding": "x", "how": "x"},
        "hear": {"reaction": "agrees"},
        "higher": {"login": "head"},
        "bodies": {"bodies": "x"},
        "measures": {"text": "x", "kind": "corrective", "owner": "head", "due_at": clock.now().isoformat()},
        "run": None,
        "ask": {"text": "x"},
        "check": {"helped": "not"},
        "close": None,
        "facts": {"text": "x", "source": "x"},
        "inform": {"how": "x"},
        "owner": {"login": "head"},
        "alike": {"other": one["id"]},
        "measures/1/done": {"result": "x"},
    }
    for user in (anna, ilya, vera):
        assert ask("get", home, user).content == ask("get", "complaints/987654", user).content
        assert ask("get", "complaints?show=all", user).json()["items"] == []
        for act, body in acts.items():
            assert ask("post", f"{home}/{act}", user, body).status_code == 404, act
    assert ask("get", home, quality).status_code == 200
    for act, body in acts.items():
        told = ask("post", f"{home}/{act}", quality, body)
        assert told.status_code == (404 if act == "measures/1/done" else 403), act
        assert ask("post", f"{home}/{act}", boris, body, scopes=("complaints:read",)).status_code == 403
    assert ask("get", "complaints", boris, scopes=("tickets:read",)).status_code == 403
    assert ask("post", f"{home}/owner", boris, {"login": "anna"}).json()["field"] == "owner"
    assert Complaint.objects.get().state == "received"


def test_only_what_was_read_is_changed(ask: Ask, ticket: Ticket, boris: User) -> None:
    one = filed(ask, ticket, boris)
    home = f"complaints/{one['id']}"
    tag = ask("get", home, boris)["ETag"]
    assert ask("post", f"{home}/facts", boris, {"text": "А", "source": "письмо"}, tag=tag).status_code == 200
    assert ask("post", f"{home}/facts", boris, {"text": "Б", "source": "письмо"}, tag=tag).status_code == 412
    cause = ask("post", f"{home}/assess", boris, {"severity": 1, "stated_cause": "нет такой"})
    assert (cause.status_code, cause.json()["field"]) == (422, "stated_cause")


@pytest.mark.usefixtures("kept_for_long")
def test_a_list_goes_on_and_costs_the_same(ask: Ask, ticket: Ticket, boris: User) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            Complaint.objects.file(Filing(**WORDS, ticket=ticket, contact=ticket.contact), by=boris)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ask("get", "complaints", boris).status_code == 200
        return len(seen)

    more(1)
    cost()
    before = cost()
    more(4)
    assert cost() == before
    for show in ("open", "mine", "late", "all"):
        found, path = [], f"complaints?show={show}&limit=2"
        while path:
            told = ask("get", path, boris).json()
            found += [one["id"] for one in told["items"]]
            path = f"complaints?show={show}&limit=2&cursor={told['next']}" if told["next"] else ""
        assert len(found) == len(set(found)) == (0 if show == "late" else 5), show
