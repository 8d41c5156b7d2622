"""One's own shifts as a file that calendar programs read (RFC 5545)."""

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from otklik.core.journal import clock
from otklik.core.staff.models import Organisation, User
from otklik.team.shifts.models import Shift
from otklik.team.shifts.models.shift import breaks_as_text

PAST = timedelta(days=30)


def calendar_of(person: User) -> bytes:
    """Published shifts of the last month and all that are ahead; moments stand in UTC, so each program shows its own.

    No names of colleagues and no words: an address may be found by others.
    """
    with translation.override(person.language):
        found = Calendar()
        found.add("prodid", "-//Otklik//Shifts//")
        found.add("version", "2.0")
        found.add("x-wr-calname", _("My shifts"))
        found.add("refresh-interval;value=duration", "PT1H")
        rows = Shift.objects.published().filter(person=person, ends_at__gt=clock.now() - PAST)
        host = Organisation.objects.current().address.partition("//")[2] or "otklik"
        for shift in rows.select_related("line__calendar").order_by("starts_at"):
            event = Event()
            event.add("uid", f"shift-{shift.pk}@{host}")
            event.add("dtstamp", shift.published_at)
            event.add("dtstart", shift.starts_at)
            event.add("dtend", shift.ends_at)
            event.add("summary", _("Shift: %(line)s") % {"line": shift.line.name})
            if shift.breaks:
                event.add("description", _("Break %(hours)s") % {"hours": breaks_as_text(shift.pauses, shift.zone)})
            found.add_component(event)
        return found.to_ical()
