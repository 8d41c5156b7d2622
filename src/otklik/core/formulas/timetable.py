"""What a calendar says, read from plain data and checked: zone, weekly windows, dated exceptions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from re import fullmatch
from typing import Any
from zoneinfo import ZoneInfo

from otklik.core.formulas.instants import DAY, SECOND

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

type Windows = tuple[tuple[int, int], ...]
"""Half-open windows of one date, microseconds after its midnight; an end past 24:00 is the next morning."""


class CalendarError(ValueError):
    """A calendar that cannot be read; `code` and `value` say what is wrong, for a message in another language."""

    def __init__(self, code: str, value: object, message: str) -> None:
        super().__init__(f"{message}: {value!r}")
        self.code, self.value = code, value


@dataclass(frozen=True, slots=True)
class Timetable:
    """Windows of seven weekdays, Monday first, and of the dates that differ (day 0 is `ORIGIN`)."""

    zone: ZoneInfo
    week: tuple[Windows, ...]
    exceptions: Mapping[int, Windows]

    def windows(self, day: int) -> Windows:
        """The windows that begin on a date, in order; a night shift belongs to the date on which it begins."""
        return self.exceptions.get(day, self.week[day % 7])


def read(calendar: Mapping[str, Any]) -> Timetable:
    """`{"tz", "weekly": {"mon": [["09:00", "18:00"]]}, "exceptions": {"2026-06-12": []}}`; CalendarError if wrong."""
    exceptions = _mapping(calendar.get("exceptions") or {})
    return Timetable(
        zone(calendar.get("tz")),
        read_week(calendar.get("weekly") or {}),
        {day_number(day): read_windows(windows) for day, windows in exceptions.items()},
    )


def read_week(weekly: object) -> tuple[Windows, ...]:
    """Seven weekdays, Monday first; a day that is not named is free."""
    week = _mapping(weekly)
    for name in set(week) - set(WEEKDAYS):
        raise CalendarError("weekday", name, "not a day of the week")
    return tuple(read_windows(week.get(day, ())) for day in WEEKDAYS)


def zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError):
        raise CalendarError("zone", name, "not a time zone") from None


def day_number(day: str | date) -> int:
    try:
        return (day if isinstance(day, date) else date.fromisoformat(day)).toordinal() - 1
    except (TypeError, ValueError):
        raise CalendarError("date", day, "not a date") from None


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CalendarError("table", value, "not a table of days")
    return value


def read_windows(pairs: object) -> Windows:
    """The windows of one date, joined where they touch."""
    if not isinstance(pairs, list | tuple):
        raise CalendarError("window", pairs, "not a list of windows")
    return merged(map(read_window, pairs))


def read_window(pair: object) -> tuple[int, int]:
    """A window whose end is not after its start runs past midnight."""
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise CalendarError("window", pair, "not a pair of times")
    start, end = map(time_of_day, pair)
    if start == DAY:
        raise CalendarError("time", pair[0], "a window cannot begin at")
    return start, end if end > start else end + DAY


def time_of_day(text: object) -> int:
    """Microseconds after midnight of "09:30", "09:30:15" or "24:00"."""
    found = fullmatch(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?|24:00(?::00)?", str(text))
    if not found:
        raise CalendarError("time", text, "not a time of day")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if found[1] is None:
        return DAY
    return (hours * 3600 + minutes * 60 + seconds) * SECOND


def merged(windows: Iterable[tuple[int, int]]) -> Windows:
    """The same time without overlaps and without empty windows, in order."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif start < end:
            result.append((start, end))
    return tuple(result)
