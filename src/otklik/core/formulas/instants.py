"""Moments as whole microseconds, so that sums of working time are exact and never drift."""

from datetime import UTC, datetime, timedelta

type Instant = datetime | str

SECOND = 1_000_000
DAY = 86_400 * SECOND
ORIGIN = datetime(1, 1, 1, tzinfo=UTC)
"""A Monday, the first day that `datetime` knows; all counting starts here."""
_MICROSECOND = timedelta(microseconds=1)


def moment(value: Instant) -> datetime:
    """An aware datetime from itself or from ISO 8601 text; a moment without a zone is refused."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone")
    return value


def micros(value: Instant) -> int:
    """Microseconds of UTC since `ORIGIN`."""
    since = moment(value) - ORIGIN
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds


def from_micros(value: int) -> datetime:
    """The moment in UTC: arithmetic of `datetime` inside one other zone would forget about summer time."""
    try:
        return ORIGIN + value * _MICROSECOND
    except OverflowError:
        raise ValueError("the moment is beyond the calendar") from None


def span(seconds: float) -> int:
    """A length of time in microseconds; a negative one is refused."""
    if not 0 <= seconds < float("inf"):
        raise ValueError(f"a length of time cannot be {seconds}")
    return round(seconds * SECOND)


def elapsed(start: Instant, end: Instant) -> float:
    """Wall-clock seconds between two moments, counted in UTC."""
    return (micros(end) - micros(start)) / SECOND
