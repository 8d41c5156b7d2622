"""Complaints of the tests."""

from collections.abc import Callable
from typing import Any

import pytest

from otklik.care.complaints.models import Complaint, Filing
from otklik.care.complaints.states import State
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

type File = Callable[..., Complaint]

WHYS = ["Ответ ушёл через день", "Заявка лежала без владельца", "Правило назначения не знает о выходных"]


@pytest.fixture
def file(boris: User, head: User) -> File:
    """`file(ticket, against=…)`: Pavel's complaint about a late answer, filed by the lead."""

    def make(ticket: Ticket | None = None, *, by: User = boris, upto: str = "", **told: Any) -> Complaint:
        usual: dict[str, Any] = {
            "words": "Обещали вчера, до сих пор тишина",
            "stated": "Не ответили в срок",
            "ticket": ticket,
        }
        usual |= {"contact": ticket.contact if ticket else None}
        made = Complaint.objects.file(Filing(**{**usual, **told}), by=by)
        return bring(made, upto, by=by, investigator=head) if upto else made

    return make


def bring(one: Complaint, upto: str, *, by: User, investigator: User, decision: str = "upheld") -> Complaint:
    """Through the stages until this one, as a calm case goes."""
    if one.state == upto:
        return one
    one.acknowledge(by=by, how="Позвонили")
    if upto == State.ACKNOWLEDGED:
        return one
    one.assess(by=by, severity=one.severity, risks=one.risks)
    if upto == State.ASSESSED:
        return one
    one.investigate(investigator, by=by)
    if upto == State.INVESTIGATING:
        return one
    one.explain(WHYS, "Выходные не учтены", "process.missing", by=investigator)
    one.decide(decision, by=investigator, finding="Мы не ответили в срок", remedy="Извинения", how="Позвонили")
    if upto == State.ANSWERED:
        return one
    one.hear("disagrees" if upto == State.DISAGREES else "agrees", by=by)
    return one
