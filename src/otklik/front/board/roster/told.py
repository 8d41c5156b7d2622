"""How many hours of people the coming week lacks: what the roster says of each day, added up (METRICS W5 to W8)."""

from collections import defaultdict
from datetime import date, timedelta

from otklik.core.recent import RecentBy
from otklik.core.staff.models import Team
from otklik.front.board.access import may_watch
from otklik.front.board.roster.need import came_to, needs
from otklik.team.metrics import forecasting
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.once import once
from otklik.team.metrics.layer.question import Question, by_side
from otklik.team.metrics.layer.told import Reading, tells
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.sureness import FEW
from otklik.team.shifts.models import Shift

HOUR = 3600
WEEKS_LOOKED_AT = 4
type _Of = tuple[date, frozenset[int] | None]
_lately: RecentBy[_Of, dict[int, float]] = RecentBy(forecasting.SECONDS, forecasting.KEPT)


def tell() -> None:
    tells("staffing.gap", now=_together, lines=_of_lines, may=may_watch)


def coming_monday() -> date:
    """Of the week that is told of, the same for all readers."""
    return today() + timedelta(days=7 - today().weekday())


def _together(scope: Scope) -> Reading | None:
    """Lines of which nothing is known yet are left out; of none at all nothing is told."""
    told = _of_lines(scope).values()
    return Reading(sum(one.n for one in told), sum(one.value or 0.0 for one in told)) if told else None


def _of_lines(scope: Scope) -> dict[int, Reading]:
    """Missing hours over the hours that need somebody."""
    known = None if scope.teams is None else tuple(sorted(scope.teams))
    return once(("staffing.gap", known), lambda: _reckoned(scope))


def _reckoned(scope: Scope) -> dict[int, Reading]:
    lines = Team.objects.active().select_related("calendar")
    lines = lines if scope.teams is None else lines.filter(pk__in=scope.teams)
    monday = coming_monday()
    days = [monday + timedelta(days=later) for later in range(7)]
    shifts, talks, some = _shifts(monday), _lengths(scope), list(lines)
    came = came_to(some)
    found: dict[int, Reading] = {}
    for line in some:
        hours = [hour for day in needs(line, days, shifts[line.pk], talks.get(line.pk), came) for hour in day.hours]
        needed = [hour for hour in hours if hour.need]
        if needed:
            found[line.pk] = Reading(len(needed), float(sum(hour.short for hour in needed) * HOUR))
    return found


def _shifts(monday: date) -> dict[int, list[Shift]]:
    """Of the week and of the night before it."""
    found: dict[int, list[Shift]] = defaultdict(list)
    some = Shift.objects.filter(day__gte=monday - timedelta(days=1), day__lt=monday + timedelta(days=7))
    for one in some.select_related("line__calendar"):
        found[one.line_id].append(one)
    return found


def _lengths(scope: Scope) -> dict[int, float]:
    """As `_talks`, for some minutes: they are of weeks."""
    known = None if scope.teams is None else frozenset(scope.teams)
    return _lately.get((today(), known), lambda: _talks(scope))


def _talks(scope: Scope) -> dict[int, float]:
    """Minutes of a call on each line in the last weeks, as the roster takes them."""
    tomorrow = today() + timedelta(days=1)
    past = Scope(midnight(tomorrow - timedelta(days=WEEKS_LOOKED_AT * 7)), midnight(tomorrow), scope.teams)
    told = by_side(Question(METRICS["aht"], past), "line")
    return {int(line): round(one.value / 60, 1) for line, one in told.items() if one.value and one.n >= FEW}
