"""Business time the slow way: look at the clock on the wall every five minutes.

Deliberately written without any of the product's own arithmetic.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

STEP = timedelta(minutes=5)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def is_open(calendar: dict[str, Any], at: datetime) -> bool:
    wall = at.astimezone(ZoneInfo(calendar["tz"]))
    minute = wall.hour * 60 + wall.minute
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)
    return _covers(calendar, today, minute) or _covers(calendar, yesterday, minute + 24 * 60)


def _covers(calendar: dict[str, Any], day: date, minute: int) -> bool:
    windows = calendar["exceptions"].get(day.isoformat(), calendar["weekly"].get(NAMES[day.weekday()], []))
    for start, end in windows:
        begins, ends = _minutes(start), _minutes(end)
        if begins <= minute < (ends if ends > begins else ends + 24 * 60):
            return True
    return False


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def seconds(calendar: dict[str, Any], start: datetime, end: datetime) -> float:
    """Both moments must lie on the five-minute grid of UTC, start first."""
    total, at = 0, start.astimezone(UTC)
    while at < end:
        total += is_open(calendar, at)
        at += STEP
    return total * STEP.total_seconds()


def due(calendar: dict[str, Any], start: datetime, wanted: float) -> datetime:
    """The end of the step in which the wanted time is full; `wanted` is a positive multiple of the step."""
    at = start.astimezone(UTC)
    while wanted > 0:
        wanted -= STEP.total_seconds() if is_open(calendar, at) else 0
        at += STEP
    return at
