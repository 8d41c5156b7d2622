"""Invitations (RFC 5545, 5546): what a calendar part says, as plain data.

The library is imported when the first such part is met: it costs 80 ms of processor time and most letters have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from otklik.adapters.email.parse.charsets import clean
from otklik.adapters.email.parse.parsed import Attendee, Event, Recurrence

if TYPE_CHECKING:
    from otklik.adapters.email.parse.body import File

LARGEST = 512 * 1024  # bytes of one calendar
PARTS = 5  # calendars of one letter
EVENTS = 20
ATTENDEES = 100
TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
METHODS = frozenset({"PUBLISH", "REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER"})
_FOLD = re.compile(rb"\r?\n[ \t]")
_ZONE = re.compile(rb"(?is)\nBEGIN:VTIMEZONE(.*?)\nEND:VTIMEZONE")
_RULE = re.compile(rb"(?im)^(?:X?RRULE|EXRULE)\b[^:]*:(.*)$")
_CALM = re.compile(
    rb"(?i)(?:(?:FREQ=YEARLY|(?:INTERVAL|COUNT|BYMONTH|BYMONTHDAY|WKST|BYDAY|UNTIL)=[\w+,-]*"
    rb"|BY(?:HOUR|MINUTE|SECOND)=\d+)(?:;|\s*\Z))*\Z"
)


class NotACalendar(Exception):
    """The part says it is a calendar, but no event can be read from it."""


def is_calendar(file: File) -> bool:
    return file.media_type in TYPES or file.name.lower().endswith((".ics", ".vcs"))


def events_of(files: Iterable[File]) -> tuple[tuple[Event, ...], bool]:
    """(events, whether some calendar could not be read).  The same calendar twice, as many send it, counts once."""
    found: dict[tuple[str, str, str], Event] = {}
    broken = False
    for file in [file for file in files if is_calendar(file)][:PARTS]:
        try:
            for event in read(file.content, file.part.params.get("method", "")):
                found.setdefault((event.uid, event.recurrence_id, event.method), event)
        except MemoryError:
            raise
        except Exception:  # the library raises many kinds for what foreign programs write
            broken = True
    return tuple(found.values())[:EVENTS], broken


def read(content: bytes, method: str = "") -> list[Event]:
    """The events of one calendar.  Raises NotACalendar, and whatever the library raises."""
    if len(content) > LARGEST or not calm(content):
        raise NotACalendar
    from icalendar import Calendar

    events = []
    for calendar in Calendar.from_ical(content, multiple=True):
        says = str(calendar.get("METHOD") or method).upper()
        says = says if says in METHODS else ""
        events += [_event(event, says) for event in calendar.walk("VEVENT")[:EVENTS] if event.get("DTSTART")]
    if not events and b"VEVENT" in content.upper():
        raise NotACalendar
    return events


def calm(content: bytes) -> bool:
    """A zone whose rule would name every second of a year costs minutes to count: honest ones change once a year."""
    unfolded = _FOLD.sub(b"", content).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return all(_CALM.match(rule[1]) for zone in _ZONE.finditer(b"\n" + unfolded) for rule in _RULE.finditer(zone[1]))


def _event(event: Any, method: str) -> Event:
    starts, floating = _moment(event.get("DTSTART"))
    ends, _floating = _moment(event.get("DTEND"))
    if starts and not ends and (length := getattr(event.get("DURATION"), "dt", None)):
        ends = _later(starts, length)
    if not starts:
        raise NotACalendar
    organizer = event.get("ORGANIZER")
    organizer = organizer[0] if isinstance(organizer, list) else organizer
    again, _floating = _moment(event.get("RECURRENCE-ID"))
    return Event(
        method=method,
        uid=_text(event, "UID", 500),
        sequence=_sequence(event.get("SEQUENCE")),
        recurrence_id=again,
        status=_text(event, "STATUS", 20).upper(),
        summary=_text(event, "SUMMARY", 300),
        location=_text(event, "LOCATION", 500),
        description=_text(event, "DESCRIPTION", 4_000),
        address=_link(event),
        starts=starts,
        ends=ends,
        floating=floating,
        organizer=_person(organizer),
        attendees=tuple(_person(one) for one in _listed(event.get("ATTENDEE"))[:ATTENDEES]),
        recurrence=_recurrence(event.get("RRULE")),
    )


def _moment(prop: Any) -> tuple[str, bool]:
    """(in UTC as 2026-05-14T07:00:00+00:00, or 2026-05-14 for a whole day; whether it is of no zone at all)."""
    value = getattr(prop, "dt", None)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return value.isoformat(), True
        return value.astimezone(UTC).isoformat(), False
    return (value.isoformat() if isinstance(value, date) else ""), False


def _later(starts: str, length: timedelta) -> str:
    if "T" in starts:
        return (datetime.fromisoformat(starts) + length).isoformat()
    return (date.fromisoformat(starts) + length).isoformat()


def _text(event: Any, name: str, most: int) -> str:
    value = event.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return clean(str(value or ""))[:most].strip()


def _sequence(value: Any) -> int:
    try:
        return max(0, min(int(value or 0), 2**31 - 1))
    except (TypeError, ValueError):
        return 0


def _link(event: Any) -> str:
    """Where to meet by video: only what surely is a web address."""
    for name in ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "URL"):
        value = _text(event, name, 1_000)
        if re.match(r"https?://[^\s<>\"]+\Z", value):
            return value
    return ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _person(value: Any) -> Attendee:
    if value is None:
        return Attendee()
    params = getattr(value, "params", {})
    address = clean(str(value)).strip()
    address = address[7:] if address.lower().startswith("mailto:") else address
    says = str(params.get("PARTSTAT", "")).upper()[:20]
    return Attendee(clean(str(params.get("CN", "")))[:200], address[:320] if "@" in address else "", says)


def _recurrence(rule: Any) -> Recurrence | None:
    rule = rule[0] if isinstance(rule, list) and rule else rule
    if not rule:
        return None
    if not isinstance(rule, dict) or "FREQ" not in rule:
        return Recurrence("", simple=False)  # written in a way that nobody can read: that it repeats is still true
    until = (rule.get("UNTIL") or [None])[0]
    others = {"BYSETPOS", "BYYEARDAY", "BYWEEKNO", "BYHOUR", "BYMINUTE", "BYSECOND", "BYMONTH", "BYMONTHDAY"}
    return Recurrence(
        frequency=str(rule["FREQ"][0]).lower(),
        interval=int((rule.get("INTERVAL") or [1])[0]),
        count=int((rule.get("COUNT") or [0])[0]),
        until=until.isoformat() if isinstance(until, date) else "",
        days=tuple(str(day).upper() for day in rule.get("BYDAY") or ()),
        simple=not others & set(rule),
    )
