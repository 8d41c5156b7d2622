"""The Date header, guarded."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)


def date_of(text: str, now: datetime | None = None) -> tuple[datetime | None, str]:
    """(aware date, "") or (None or the date, the defect: date_missing, date_unreadable, date_out_of_range)."""
    if not text:
        return None, "date_missing"
    try:
        fields = parsedate_tz(text[:200])
        if fields is None:
            return None, "date_unreadable"
        offset = fields[9] or 0
        zone = timezone(timedelta(seconds=offset)) if abs(offset) < 86_400 else UTC
        date = datetime(*fields[:5], min(fields[5], 59), tzinfo=zone)
        late = date > (now or datetime.now(UTC)) + AHEAD
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None, "date_unreadable"
    return date, "date_out_of_range" if late or date < OLDEST else ""
