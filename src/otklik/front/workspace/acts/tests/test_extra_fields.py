"""ACCESS-4 over forms: an act does the same with 56 more fields as without them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import Membership, User
from otklik.desk.clients.models import CardNote, Client, Contact, Identity, Subscription
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Promise, Task, Ticket
from tests.fixtures.extra_fields import EXTRA

pytestmark = pytest.mark.django_db

WATCHED: dict[Any, tuple[str, ...]] = {
    Ticket: (),
    User: (),
    Membership: ("user", "team"),
    Contact: (),
    Client: (),
    Identity: ("contact", "kind", "value"),
    CardNote: ("contact", "text", "by"),
    Subscription: ("contact", "client", "product", "state", "amount"),
    Message: ("direction", "author", "contact", "text", "html", "to", "cc", "automatic"),
    Promise: ("ticket", "until", "done_at", "moved_at", "taken_back_at"),
    Task: ("ticket", "text", "executor", "done_at"),
}
"""Whose columns are compared: all of them, or those that hold no number of a new row."""
NUMBERS = ("last_message_id", "version", "undo")
"""Numbers of new rows, also inside of what is kept for taking the act back."""


def state() -> dict[str, list[dict[str, Any]]]:
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in NUMBERS}
            for row in model._default_manager.order_by("pk").values(*names)
        ]
        for model, names in WATCHED.items()
    }


@pytest.fixture
def forms(ticket: Ticket, pavel: Contact, anna: User, ilya: User, promise: dict[str, Any], tonight: str) -> Any:
    """Addresses and what their forms send; the third is what a form has by a name of the list."""
    place, card = f"/tickets/{ticket.number}/", f"/clients/contact/{pavel.pk}/"
    return [
        (f"{place}reply/", promise, ()),
        (f"{place}note/", {"note": "Проверил", "key": "n1"}, ()),
        (f"{place}assign/", {"owner": ilya.pk}, ()),
        (f"{place}aside/", {"aside_what": "склад", "aside_until": tonight, "aside_agreed": "on"}, ()),
        (f"{place}labels/", {"tags": "Филиал"}, ()),
        (f"{place}priority/", {"priority": "4"}, ()),
        (f"{place}upset/", {"upset": "on"}, ()),
        (f"{place}tasks/", {"text": "Позвонить", "executor": ilya.pk, "due": tonight}, ()),
        (f"{place}people/", {"address": "olga@volga.test"}, ()),
        (f"{place}watch/", {}, ()),
        (f"{place}pin/", {}, ()),
        (f"{card}position/", {"value": "Директор"}, ()),
        (f"{card}name/", {"value": "Павел Иванович"}, ()),
        (f"{card}addresses/", {"address": "+79135550142", "kind": "phone"}, ()),
    ]


def test_ACCESS_4_fields_that_no_form_has_change_nothing_in_any_act(
    forms: list[tuple[str, dict[str, Any], tuple[str, ...]]], anna: User, client_of: Callable[[User], Browser]
) -> None:
    """Each is done with and without them at the same moment, and both leave the same behind."""
    assert len(EXTRA) >= 56
    annas, now, told, changed = client_of(anna), clock.now(), [], 0

    def outcome(address: str, sent: dict[str, Any]) -> tuple[int, Any]:
        with clock.at(now), transaction.atomic():
            status = annas.post(address, sent, headers={"HX-Request": "true"}).status_code
            left = state()
            transaction.set_rollback(True)
        return status, left

    with clock.at(now):
        before = state()
    for address, sent, own in forms:
        more = {name: said(value) for name, value in EXTRA.items() if name not in {*sent, *own}}
        plain, extra = outcome(address, sent), outcome(address, {**sent, **more})
        changed += plain[0] < 400 and plain[1] != before
        if extra != plain and not (extra[0] in (400, 422) and extra[1] == before):
            differs = {name for name in plain[1] if plain[1][name] != extra[1][name]}
            told.append(f"{address}: {plain[0]} {extra[0]} {differs}")
        if plain[0] >= 400:
            told.append(f"{address}: the form itself is refused with {plain[0]}")
    assert not told, "\n".join(told)
    assert changed >= 10, "acts that are really done"


def said(value: object) -> Any:
    """As a form would send it."""
    if value is None:
        return ""
    return [str(one) for one in value] if isinstance(value, list) else "on" if value is True else str(value)
