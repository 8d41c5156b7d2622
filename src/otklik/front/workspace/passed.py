"""What stands above the conversation while it matters: the words of the other line, and for whom somebody answers."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from otklik.desk.routing.models.handover import SEVERAL
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries.people import colleague, line_name

COLUMN = """
    (SELECT json_build_object('question', h.question, 'tried', h.tried, 'expected', h.expected, 'by', h.by_id,
        'source', h.source_id, 'target', h.target_id, 'late_at', h.late_at, 'accepted', h.accepted_at IS NOT NULL,
        'returned_by', h.returned_by_id, 'reason', h.return_reason,
        'returns', (SELECT count(*) FROM routing_handover r WHERE r.ticket_id = t.id AND r.returned_at IS NOT NULL))
        FROM routing_handover h WHERE h.ticket_id = t.id AND h.answer_id IS NULL ORDER BY h.id DESC LIMIT 1),
    (SELECT json_build_object('person', d.person_id, 'until', a.until)
        FROM routing_delegation d JOIN staff_absence a ON a.id = d.absence_id
        WHERE d.ticket_id = t.id AND d.over_at IS NULL ORDER BY d.id DESC LIMIT 1)"""
"""Both, of one ticket `t`; a part of the statement of the page."""


@dataclass(frozen=True)
class Passed:
    """A hand-over that the client has not been answered after: to be accepted, accepted, or returned."""

    question: str
    tried: str
    expected: str
    by: str
    source: str
    target: str
    late_at: datetime | None
    is_accepted: bool
    is_here: bool
    returned_by: str
    reason: str
    is_frequent: bool


@dataclass(frozen=True)
class StandsIn:
    """Whose request it is while they are away."""

    name: str
    until: datetime | None


def passed_of(ticket: Ticket) -> Passed | None:
    told = _told(ticket, "passed")
    if not told or not ticket.is_open:
        return None
    return Passed(
        **{name: told[name] for name in ("question", "tried", "expected", "reason")},
        by=_name(told["by"]) or _("a rule"),
        source=line_name(told["source"]),
        target=line_name(told["target"]),
        late_at=parse_datetime(told["late_at"]),
        is_accepted=told["accepted"],
        is_here=told["target"] == ticket.team_id and told["returned_by"] is None,
        returned_by=_name(told["returned_by"]),
        is_frequent=told["returns"] >= SEVERAL,
    )


def stands_in(ticket: Ticket) -> StandsIn | None:
    told = _told(ticket, "delegated")
    return StandsIn(_name(told["person"]), parse_datetime(told["until"])) if told and ticket.is_open else None


def _told(ticket: Ticket, name: str) -> dict[str, Any] | None:
    value = getattr(ticket, name, None)
    return json.loads(value) if isinstance(value, str) else value


def _name(person: int | None) -> str:
    found = colleague(person)
    return found.name if found else ""
