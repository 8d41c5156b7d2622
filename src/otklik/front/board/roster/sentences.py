"""What is said of shifts: hours, what is broken, who is away."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.staff.models import Absence
from otklik.core.ui import words
from otklik.team.shifts.checking import Away, Broken, Works
from otklik.team.shifts.models import Shift
from otklik.team.shifts.telling import hours_of


def span_of(shift: Shift) -> str:
    """On the wall of the line, short: 9–18, 9:30–18."""
    start, end = (at.astimezone(shift.zone) for at in (shift.starts_at, shift.ends_at))
    return "–".join(f"{at:%H:%M}".removeprefix("0").removesuffix(":00") for at in (start, end))


def figure(hours: float) -> str:
    """8, 7,5: whole hours without a fraction."""
    return words.number(hours, 0 if round(hours, 1).is_integer() else 1)


def broken(one: Broken) -> str:
    """The rule in a few words, with the figure that breaks it."""
    hours = figure(one.hours)
    match one.code:
        case "LAW_91_OVER_NORM":
            return _("%(hours)s h over the norm of the accounting period (art. 91)") % {"hours": hours}
        case "LAW_103_TWO_SHIFTS":
            return _("two shifts in a row (art. 103)")
        case "LAW_108_BREAK" if one.hours:
            return _("a break of %(hours)s h: half an hour to two are due (art. 108)") % {"hours": hours}
        case "LAW_108_BREAK":
            return _("no break in a shift of more than four hours (art. 108)")
        case "LAW_110_WEEKLY_REST":
            return _("no 42 hours of rest in the week (art. 110)")
        case "POLICY_MIN_REST":
            return _("only %(hours)s h of rest before it") % {"hours": hours}
    return one.code


def away(one: Absence) -> str:
    return _("away until %(when)s") % {"when": words.stamp(one.until)}


def away_then(one: Away) -> str:
    since, until = (words.stamp(at) for at in one.span)
    return _("is away from %(since)s until %(until)s") % {"since": since, "until": until}


def works(one: Works) -> str:
    return _("works then already: %(line)s, %(hours)s") % {"line": one.shift.line, "hours": hours_of(one.shift)}


def short_of(count: int) -> str:
    return ngettext("%(count)s person short", "%(count)s people short", count) % {"count": words.number(count)}
