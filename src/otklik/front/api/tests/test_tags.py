"""What a program has is not sent again, and nobody writes over what they have not seen: ETag and If-Match."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Program
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
