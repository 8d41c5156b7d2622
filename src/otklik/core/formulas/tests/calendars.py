"""Random calendars and moments for properties: any windows, any exceptions, zones with odd clocks."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

ZONES = [
    "UTC",
    "Europe/Moscow",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Kathmandu",
]
START = datetime(2026, 1, 1, tzinfo=UTC)
EDGES = (
    "2026-02-15",
    "2026-03-08",
    "2026-03-22",
    "2026-03-29",
    "2026-04-05",
    "2026-10-04",
    "2026-10-25",
    "2026-11-01",
)
"""Dates on which some of these zones change their clocks."""

times = st.builds(lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.sampled_from(range(0, 60, 5)))
windows = st.lists(st.tuples(times, times | st.just("24:00")).map(list), max_size=3)
dates = st.sampled_from(EDGES) | st.dates(START.date(), START.date() + timedelta(days=364)).map(str)
near_edges = st.builds(
    lambda edge, minutes: datetime.fromisoformat(edge + "T00:00Z") + timedelta(minutes=5 * minutes),
    st.sampled_from(EDGES),
    st.integers(-400, 700),
)
moments = near_edges | st.integers(0, 365 * 288).map(lambda step: START + timedelta(minutes=5 * step))
any_moments = moments | st.datetimes(datetime(1975, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


def calendars(*, working: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Calendars of a year; `working` ones have an hour on Wednesday at least."""
    weekly = st.dictionaries(st.sampled_from(("mon", "tue", "wed", "thu", "fri", "sat", "sun")), windows)
    if working:
        weekly = weekly.map(lambda week: {**week, "wed": [*week.get("wed", []), ["10:00", "11:00"]]})
    return st.fixed_dictionaries(
        {
            "tz": st.sampled_from(ZONES),
            "weekly": weekly,
            "exceptions": st.dictionaries(dates, windows, max_size=6),
        }
    )
