"""What the rooms of the timeline share: a phrase, and words for what entries of the journal keep as numbers."""

from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from otklik.desk.tickets.models.states import RefusalReason
from otklik.front.workspace.queries.people import colleague

type Phrase = tuple[str, str, str]
"""Glyph, words, and the state that colours them."""


def name_of(person: int | None) -> str:
    found = colleague(person)
    return found.name if found else ""


def reason_of(value: str) -> str:
    """Of a refusal."""
    return str(RefusalReason(value).label) if value in RefusalReason.values else value


def moment(text: Any) -> datetime | None:
    return parse_datetime(text) if isinstance(text, str) else None
