"""From which day to which a page looks, and with which days it compares: chosen freely, kept in the address."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.days import zone

LONGEST = 400
"""Days of a period that an address names by its first and last day."""
EARLIEST, LATEST = 2000, 2099
"""Years."""
NAMES = ("first", "last", "against", "was_first", "was_last")
"""What an address says of all this."""
BEGUN = time(microsecond=1)
"""At midnight sharp a day has begun."""
EVENTS, OFF = "events", "off"
"""Charts are without what happened meanwhile."""


class Against(models.TextChoices):
    """With what a period is compared; `PERIOD` is the usual, and an address does not name it."""

    PERIOD = "period", _("the period before")
    YEAR = "year", _("the same days a year ago")
    OWN = "own", _("days of my own")
    OFF = "off", pgettext_lazy("compared with", "nothing")


@dataclass(frozen=True)
class Days:
    """Both included; of the last one only what was before `until`, where that is given."""

    first: date
    last: date
    until: datetime | None = None

    def a_year_ago(self, now: datetime) -> "Days":
        """Of days that are not over yet the same part: a day that has begun is compared until the same time of it."""
        then, here = Days(_a_year_ago(self.first), _a_year_ago(self.last)), now.astimezone(zone())
        if not self.first <= here.date() <= self.last:
            return then
        today = _a_year_ago(here.date())
        return Days(then.first, today, datetime.combine(today, max(here.time(), BEGUN), zone()))


@dataclass(frozen=True)
class Timing:
    """`own` are the days that the address names itself, `was` those it compares with, None where it names none;
    `events` says whether charts mark what happened.

    `typed` is what stood in the fields, `wrong` says what is wrong with it and what to do, `vain` names it.
    """

    own: Days | None
    against: Against
    was: Days | None
    typed: dict[str, str]
    wrong: list[str]
    vain: list[str]
    events: bool = True

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(one.value, str(one.label)) for one in Against]

    @property
    def is_chosen(self) -> bool:
        """Whether anything but the usual was asked for."""
        return bool(self.own or self.wrong) or self.against != Against.PERIOD

    @property
    def named(self) -> dict[str, str]:
        """As an address says it, without what is usual."""
        found = {"first": self.own.first.isoformat(), "last": self.own.last.isoformat()} if self.own else {}
        if self.against != Against.PERIOD:
            found["against"] = self.against.value
        if self.was:
            found |= {"was_first": self.was.first.isoformat(), "was_last": self.was.last.isoformat()}
        if not self.events:
            found[EVENTS] = OFF
        return found

    def base(self, days: Days, now: datetime) -> Days | None:
        """With which days these are compared; None with nothing, or with those right before."""
        if self.against == Against.YEAR:
            return days.a_year_ago(now)
        return self.was


USUAL = Timing(None, Against.PERIOD, None, {}, [], [])


def timed(asked: QueryDict) -> Timing:
    """What an address says of days; what makes no sense is left out and told."""
    typed = {name: str(asked.get(name, ""))[:40] for name in NAMES}
    own, wrong = _days(typed["first"], typed["last"])
    vain = [f"{name}={typed[name]}" for name in ("first", "last") if typed[name] and own is None]
    against = Against(typed["against"]) if typed["against"] in Against.values else Against.PERIOD
    if typed["against"] and typed["against"] not in Against.values:
        vain.append(f"against={typed['against']}")
    told, was = [wrong] if wrong else [], None
    if against == Against.OWN:
        was, trouble = _days(typed["was_first"], typed["was_last"])
        trouble = trouble or ("" if was else gettext("Say with which days to compare: their first and their last."))
        told += [trouble] if trouble else []
        against = against if was else Against.PERIOD
    if asked.get(EVENTS, OFF) not in (OFF, ""):
        vain.append(f"{EVENTS}={asked[EVENTS][:40]}")
    return Timing(own, against, was, typed, told, vain, asked.get(EVENTS) != OFF)


def _days(first: str, last: str) -> tuple[Days | None, str]:
    """The days, or what is wrong with them; of two empty fields nothing is wrong."""
    if not first and not last:
        return None, ""
    if not (first and last):
        return None, gettext("Name both days: the first and the last.")
    days = [_day(text) for text in (first, last)]
    if days[0] is None or days[1] is None:
        return None, gettext("There is no such day: choose it in the calendar, or write it as 2026-01-31.")
    found = Days(days[0], days[1])
    if found.first > found.last:
        return None, gettext("The first day is after the last: exchange them.")
    if (found.last - found.first).days >= LONGEST:
        return None, gettext("That is more than %(most)s days: choose a shorter time.") % {"most": LONGEST}
    return found, ""


def _day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and EARLIEST <= found.year <= LATEST else None


def _a_year_ago(day: date) -> date:
    """Of the 29th of February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
