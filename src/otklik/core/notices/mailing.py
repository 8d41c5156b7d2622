"""When a letter gathers what was not looked at."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.notices.models import Digest, Letter, PersonChoice
from otklik.core.notices.standing import chosen_of, lines_of
from otklik.core.staff.models import Availability, Team, User

WITHIN = timedelta(hours=2)
"""A beginning of a shift that the desk has slept through for longer is over."""
MORNING = 9
"""Where no line says when work begins."""


def write_due() -> int:
    """Write to everybody whose moment has come; returns how many letters went out."""
    now = clock.now()
    told = Notice.objects.unseen().filter(mailed_at=None).values("person")
    people = list(User.objects.filter(pk__in=told, is_active=True).exclude(email="").order_by("pk"))
    habits = dict(PersonChoice.objects.filter(person__in=people).values_list("person", "digest"))
    lines = lines_of(people)
    due = [(one, _slot(one, lines[one.pk], habits.get(one.pk, Digest.MORNING), now)) for one in people]
    chosen = chosen_of(one.pk for one, slot in due if slot)
    return sum(Letter.objects.write(one, slot, chosen[one.pk]) for one, slot in due if slot)


def _slot(person: User, lines: Iterable[Team], digest: str, now: datetime) -> datetime | None:
    """The moment whose letter is due, None when none is."""
    if digest == Digest.MORNING:
        return began(person, lines, now)
    if digest == Digest.HOURLY and person.availability_at(now) in (Availability.AWAY, Availability.OFF):
        return now.replace(minute=0, second=0, microsecond=0)
    return None


def began(person: User, lines: Iterable[Team], now: datetime) -> datetime | None:
    """The first opening of the person's lines today, when it was at most two hours ago.

    Calendars count in their own zone, so a night in which the clocks turn moves nothing.
    """
    zone = ZoneInfo(person.time_zone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    openings = [line.calendar.working_time().next_opening(midnight) for line in lines]
    opening = min(openings, default=midnight.replace(hour=MORNING))
    if opening == midnight:  # a line that never closes has no morning of its own
        opening = midnight.replace(hour=MORNING)
    return opening if opening <= now < opening + WITHIN else None
