"""From the JSON of an exchange to an event of a call."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.utils.dateparse import parse_datetime

from otklik.desk.calls.told import Kind, Told

AHEAD = timedelta(minutes=5)
"""A clock of an exchange that goes before ours by more is wrong."""
WITH_EXTENSION = (Kind.ANSWERED, Kind.TRANSFERRED, Kind.JOINED)
LENGTHS = {"id": 80, "call": 120, "number": 32, "extension": 16, "queue": 80, "recording": 500}


class Wrong(ValueError):
    """What the exchange told makes no sense; the text says which field and why, in English, for its developer."""


def read(body: bytes, now: datetime) -> tuple[str, Told]:
    """The identifier of the call and its event.  Raises Wrong."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Wrong("the body is no JSON") from error
    if not isinstance(told, dict):
        raise Wrong("the body is no JSON object")
    kind = told.get("event")
    if not isinstance(kind, str) or kind not in set(Kind):
        raise Wrong(f"event: one of {', '.join(Kind)}")
    fields = {name: _text(told, name) for name in LENGTHS}
    if not fields["call"]:
        raise Wrong("call: the identifier of the call is missing")
    if kind in WITH_EXTENSION and not fields["extension"]:
        raise Wrong("extension: the inner number is missing")
    if kind == Kind.RECORDED and not _is_address(fields["recording"]):
        raise Wrong("recording: an address that begins with https://")
    return fields["call"], Told(
        kind=Kind(kind),
        at=_moment(told, now),
        key=fields["id"] or sha256(body).hexdigest(),
        extension=fields["extension"],
        number=fields["number"],
        outward=_direction(told),
        queue=fields["queue"],
        address=fields["recording"] if kind == Kind.RECORDED else "",
    )


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name, "")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None:
        return ""
    if not isinstance(value, str) or "\0" in value or len(value) > LENGTHS[name]:
        raise Wrong(f"{name}: a text of {LENGTHS[name]} characters at most")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Wrong(f"{name}: half of a character") from error
    return value.strip()


def _moment(told: Mapping[str, Any], now: datetime) -> datetime:
    """With its zone, or nobody knows when it was."""
    said = told.get("at")
    try:
        at = parse_datetime(said) if isinstance(said, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Wrong("at: a moment with its zone, as 2026-11-29T10:15:30.250+03:00")
    if at > now + AHEAD:
        raise Wrong("at: lies in the future, check the clock of the exchange")
    if at < now - timedelta(days=31):
        raise Wrong("at: is older than a month")
    return at


def _direction(told: Mapping[str, Any]) -> bool | None:
    said = told.get("direction")
    if said not in (None, "", "in", "out"):
        raise Wrong("direction: in or out")
    return said == "out" if said else None


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and parts.username is None
