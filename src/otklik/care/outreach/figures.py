"""How many events were told in time (METRICS V25): the room's own definition, for the layer of metrics."""

from datetime import date

from otklik.care.outreach.models import Upcoming
from otklik.core.journal import clock


def told_in_time(first: date, until: date) -> list[Upcoming]:
    """Events whose day has come in the span (`until` not included), with their fate; one statement.

    Dates that were moved, and what became known too late for a notice in time, are no events of it.
    """
    rows = Upcoming.objects.standing().filter(on__gte=first, on__lt=min(until, clock.house_today()))
    return [one for one in rows.with_fate().order_by("on", "pk") if one.was_predictable]
