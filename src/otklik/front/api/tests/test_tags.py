"""What a program has is not sent again, and nobody writes over what they have not seen: ETag and If-Match."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.care.complaints.models import Complaint, Filing
from otklik.care.incidents.models import Incident
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Program
from otklik.front.api.tests.test_calls import call_of
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def test_what_the_program_has_is_not_sent_again(annas: Program, ticket: Ticket, anna: User) -> None:
    path = f"tickets/{ticket.number}"
    tag = annas("get", path)["ETag"]
    same = annas("get", path, If_None_Match=tag)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)

    ticket.note("Новое", by=anna)
    assert annas("get", path, If_None_Match=tag).status_code == 200


def test_a_ticket_that_changed_is_not_changed_over_it(annas: Program, ticket: Ticket, anna: User) -> None:
    path = f"tickets/{ticket.number}"
    tag = annas("get", path)["ETag"]
    ticket.tag(["срочно"], by=anna)

    late = annas("post", f"{path}/tags", {"tags": ["счёт"]}, If_Match=tag)

    assert late.status_code == 412 and late.json()["type"] == "urn:otklik:problem:changed"
    assert late["ETag"] == annas("get", path)["ETag"] != tag
    assert Ticket.objects.get(pk=ticket.pk).tags == ["срочно"]
    assert annas("post", f"{path}/tags", {"tags": ["счёт"]}, If_Match=late["ETag"]).status_code == 200


def test_the_tag_changes_with_everything_that_a_reader_sees(
    annas: Program, ticket: Ticket, anna: User, writes: Write
) -> None:
    def now() -> str:
        tag: str = annas("get", f"tickets/{ticket.number}")["ETag"]
        return tag

    seen = [now()]
    for change in (
        lambda: ticket.note("x", by=anna),
        lambda: ticket.plan(["позвонить"], executor=anna, due_at=None, by=anna),
        lambda: ticket.tick(ticket.tasks.get(), done=True, by=anna),
        lambda: writes("Ещё", token=ticket.conversation.token),
        lambda: Outbound.objects.update(state="sent"),
    ):
        change()
        seen.append(now())
    assert len(set(seen)) == len(seen)


def test_a_change_done_under_its_key_is_answered_though_the_tag_is_old(annas: Program, ticket: Ticket) -> None:
    path = f"tickets/{ticket.number}"
    tag = annas("get", path)["ETag"]
    first, again = (annas("post", f"{path}/note", {"text": "x"}, If_Match=tag, Idempotency_Key="one") for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200) and first.content == again.content
    assert annas("post", f"{path}/note", {"text": "x"}, If_Match=tag, Idempotency_Key="two").status_code == 412


def test_part_of_a_ticket_has_no_tag_to_lock_with(annas: Program, ticket: Ticket) -> None:
    weak = annas("get", f"tickets/{ticket.number}?fields=number")["ETag"]
    assert weak.startswith("W/")
    assert annas("post", f"tickets/{ticket.number}/note", {"text": "x"}, If_Match=weak).status_code == 412
    assert annas("post", f"tickets/{ticket.number}/note", {"text": "x"}, If_Match="*").status_code == 200
    assert annas("post", "tickets/many/take", {"tickets": [ticket.number]}, If_Match="*").status_code == 412


def test_an_incident_is_held_as_its_own_acts_do(annas: Program, anna: User) -> None:
    """Rows that name it are written meanwhile: a stronger lock would wait for each of them."""
    incident = Incident.objects.declare(title="Лежит", affects="Нет связи", severity=2, by=anna)
    with CaptureQueriesContext(connection) as told:
        annas("post", f"incidents/{incident.pk}/state", {"state": "identified"}, If_Match="*")
    locks = [one["sql"] for one in told if re.search(r"incidents_incident.* FOR (NO KEY )?UPDATE", one["sql"])]
    assert locks and all("FOR NO KEY UPDATE" in one for one in locks)


@pytest.mark.parametrize("what", ["rules", "macros", "lists", "webhooks", "panels", "people/absences"])
def test_other_objects_are_locked_the_same_way(admins: Program, admin: User, what: str) -> None:
    bodies: dict[str, Any] = {
        "rules": {"name": "П", "trigger": "event", "what": "opened", "acts": [{"act": "tag", "tags": "vip"}]},
        "macros": {"name": "М", "text": "Здравствуйте"},
        "lists": {"name": "С", "query": "tag:vip"},
        "webhooks": {"name": "В", "url": "https://hooks.test/x", "events": ["opened"]},
        "panels": {"name": "П", "url": "https://billing.test/x"},
        "people/absences": {"until": (clock.now() + timedelta(days=2)).isoformat(), "person": admin.login},
    }
    made = bodies[what]
    one = admins("post", what, made)
    assert one.status_code == 201, one.content
    path = f"{what}/{one.json()['id']}"
    change = {
        "rules": ("put", path, made | {"name": "П2"}),
        "macros": ("put", path, made | {"name": "М2"}),
        "lists": ("post", f"{path}/remove", {}),
        "webhooks": ("put", path, made | {"name": "В2"}),
        "panels": ("put", path, made | {"name": "П2"}),
        "people/absences": ("post", f"{path}/end", {}),
    }[what]
    tag = admins("get", path)["ETag"]

    assert admins(*change, If_Match='"another"').status_code == 412
    assert admins("get", path, If_None_Match=tag).status_code == 304
    assert admins(*change, If_Match=tag).status_code == 200


def test_one_person_is_read(admins: Program, anna: User) -> None:
    one = admins("get", f"people/of/{anna.login}")
    assert one.json()["login"] == "anna" and one["ETag"]
    assert admins("get", "people/of/nobody").status_code == 404


def test_what_cannot_be_read_before_is_not_compared(admins: Program) -> None:
    one = admins("post", "boards", {"name": "Утро"}).json()["id"]
    assert admins("post", f"boards/{one}/remove").status_code == 200
    told = admins("post", f"boards/{one}/back", If_Match="*")
    assert told.status_code == 412 and "nothing is read" in told.json()["detail"]
    assert admins("post", f"boards/{one}/back").status_code == 200


def held(program: Program, path: str, body: Any = None) -> list[str]:
    """The tables of which an act holds rows, in this order."""
    with CaptureQueriesContext(connection) as told:
        answer = program("post", path, body, If_Match="*")
    assert answer.status_code == 200, answer.content
    locks = [one["sql"] for one in told if re.search(r" FOR (NO KEY )?UPDATE", one["sql"])]
    return [re.sub(r'^SELECT .*? FROM "?(\w+)"? .*$', r"\1", one, flags=re.DOTALL) for one in locks]


def test_a_complaint_is_held_after_its_talk_which_may_go_on_elsewhere(
    annas: Program, ticket: Ticket, writes: Write, boris: User
) -> None:
    survivor = writes("Ещё раз")
    one = Complaint.objects.file(Filing("Слова", "Суть", ticket=ticket, contact=ticket.contact), by=boris)
    ticket.merge_into(survivor, by=boris)
    told = held(Program(boris), f"complaints/{one.pk}/acknowledge", {"text": "Получили вашу жалобу"})
    first = told.index("complaints_complaint")
    assert told[:first] == ["tickets_ticket"] * 2, "that of the complaint and the one in which it goes on"


def test_a_call_is_held_after_the_request_under_which_it_is_filed(
    annas: Program, ticket: Ticket, writes: Write, anna: User
) -> None:
    call = call_of(ticket, anna)
    told = held(annas, f"calls/{call.pk}/ticket", {"ticket": ticket.number})
    assert told[:2] == ["tickets_ticket", "calls_call"]


def test_an_incident_is_held_after_its_letters_when_they_are_stopped(
    annas: Program, ticket: Ticket, anna: User
) -> None:
    incident = Incident.objects.declare(title="Лежит", affects="Нет связи", severity=2, by=anna, tickets=[ticket])
    soon = (clock.now() + timedelta(minutes=30)).isoformat()
    made = annas("post", f"incidents/{incident.pk}/updates", {"what": "x", "state": "identified", "next_at": soon})
    told = held(annas, f"incidents/{incident.pk}/updates/{made.json()['id']}/stop")
    assert told[:3] == ["incidents_told", "incidents_update", "incidents_incident"]
