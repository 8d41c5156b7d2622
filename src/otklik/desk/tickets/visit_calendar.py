"""A visit for the client's calendar: a file beside the letter; a newer one of the same visit takes its place."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from otklik.core.journal import clock
from otklik.desk.tickets.links import site_url

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Visit

NAME = "visit.ics"
MEDIA_TYPE = "text/calendar"


def calendar_of(visit: "Visit", title: str) -> bytes:
    """Neither the door to the request, since calendars are shared, nor the route.

    `METHOD:PUBLISH` asks for no answer by mail.
    """
    from icalendar import Calendar, Event  # large, and only letters of visits need it

    event = Event()
    event.add("uid", f"visit-{visit.pk}@{urlsplit(site_url()).hostname or 'otklik'}")
    event.add("sequence", visit.times_told)
    event.add("dtstamp", clock.now())
    event.add("dtstart", visit.starts_at)
    event.add("dtend", visit.ends_at)
    event.add("summary", title)
    event.add("location", visit.place)
    calendar = Calendar()
    calendar.add("prodid", "-//Otklik//visits//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
