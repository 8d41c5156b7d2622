"""How a person treats ours, as it is recorded: a block of their card and a stripe above the talk, for colleagues."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from otklik.desk.clients import conduct
from otklik.desk.clients.conduct import Restriction
from otklik.desk.clients.models import Contact

SHOWN = 5
COLUMN = """
    CASE WHEN c.conduct_since IS NOT NULL THEN (SELECT json_build_array(
        (SELECT json_build_array(r.mode, r.until) FROM clients_restriction r
            WHERE r.contact_id = c.id AND r.ended_at IS NULL AND r.until > %(now)s ORDER BY r.id LIMIT 1),
        EXISTS (SELECT FROM clients_abusereport a
            WHERE a.contact_id = c.id AND a.step = 'stop' AND a.decision = ''))) END"""
"""Of the statement that reads a request (`queries.one`): nothing is looked for where nothing was ever recorded."""


class Conduct(NamedTuple):
    """What holds for the client of a request, until when, and whether a lead has yet to look at a talk that stopped."""

    mode: str
    until: datetime | None
    waits: bool

    @classmethod
    def told(cls, found: Sequence[Any] | None) -> "Conduct | None":
        """None where nothing stands."""
        if not found or not any(found):
            return None
        mode, until = found[0] or ("", "")
        return cls(str(Restriction.Mode(mode).label) if mode else "", parse_datetime(until), bool(found[1]))


def context(request: HttpRequest, contact: Contact) -> dict[str, object] | None:
    """None for most people, without a statement."""
    if contact.conduct_since is None:
        return None
    reports = contact.abuse_reports.select_related("by", "decided_by").order_by("-id")
    return {"reports": list(reports[:SHOWN]), "restriction": conduct.standing_for(contact)}
