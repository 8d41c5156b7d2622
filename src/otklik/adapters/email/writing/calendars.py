"""The answer to an invitation as calendars want it (RFC 5546, 3.2.3)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from otklik.core.journal import clock
from otklik.desk.channels.port import EventAnswer

if TYPE_CHECKING:
    from icalendar import vCalAddress

PRODUCT = "-//Otklik//Otklik//EN"


def reply_calendar(answer: EventAnswer) -> str:
    """One attendee, the same UID and sequence, the same instance; a moment is the same in UTC as in any zone."""
    from icalendar import Calendar, Event

    told = answer.told
    event = Event()
    event.add("uid", answer.uid)
    event.add("sequence", answer.sequence)
    event.add("dtstamp", clock.now())
    for name, key in (("dtstart", "starts"), ("dtend", "ends"), ("recurrence-id", "recurrence_id")):
        if told.get(key):
            event.add(name, _moment(told[key]))
    if told.get("summary"):
        event.add("summary", told["summary"])
    event.add("organizer", _person(told["organizer"]["address"], told["organizer"]["name"]))
    attendee = _person(answer.attendee, answer.attendee_name)
    attendee.params["PARTSTAT"] = answer.answer.upper()
    event.add("attendee", attendee)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "REPLY")
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _moment(text: str) -> Any:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _person(address: str, name: str) -> "vCalAddress":
    from icalendar import vCalAddress

    person = vCalAddress(f"mailto:{address}")
    if name:
        person.params["CN"] = name
    return person
