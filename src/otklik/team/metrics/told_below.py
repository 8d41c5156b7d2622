"""What rooms below this one tell of a period or of now, by the names of the layer (`layer.told`)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from otklik.care.complaints.models import Complaint
from otklik.care.incidents.access import may_see
from otklik.care.incidents.models import Incident
from otklik.care.knowledge import figures
from otklik.core.formulas.ladder import HourForecast
from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.tickets.models import Appeal, Change
from otklik.team.metrics import forecasting, watching
from otklik.team.metrics.days import day_of, midnight, today, zone
from otklik.team.metrics.layer.once import once
from otklik.team.metrics.layer.recorded import Item
from otklik.team.metrics.layer.told import Reading, count, share, tells
from otklik.team.metrics.models import Improvement
from otklik.team.metrics.scope import Scope

type Rows = Callable[[Scope], QuerySet[Any]]
type Error = Callable[[HourForecast], float | None]
ERRORS: dict[str, Error] = {
    "forecast.wape": lambda told: told["day_wape"],
    "forecast.wape.hour": lambda told: told["hour_wape"],
    "forecast.bias": lambda told: told["day_bias"],
    "forecast.mase": lambda told: told["day_mase"],
}


def tell() -> None:
    tells("change.lead", records=_carried_out)
    tells("change.failed", records=_ended)
    tells("changes.measured", records=_judged)
    tells("kb.selfservice", records=_helped)
    tells("kb.unmet", records=_searches)
    tells("kb.freshness", now=_fresh)
    tells("uptime", records=watching.worked)
    tells("client_availability", records=watching.for_clients)
    tells("error_budget", records=watching.left)
    tells("refusal.appeals", now=_number(_appeals), lines=_of_lines(_appeals, "ticket__team"))
    tells("complaint.open", now=_number(_complaints), lines=_of_lines(_complaints, "line"))
    tells("inc.open", now=_going_on)
    for name, error in ERRORS.items():
        tells(name, now=partial(_missed, error), lines=partial(_missed_by_line, error))


def _carried_out(scope: Scope) -> Iterator[Item]:
    for one in _changes(scope):
        if one.lead_time is not None and one.ended_at:
            yield Item(one.ended_at, one.pk, one.ticket.team_id, seconds=one.lead_time.total_seconds())


def _ended(scope: Scope) -> Iterator[Item]:
    for one in _changes(scope):
        if one.ended_at:
            yield Item(one.ended_at, one.pk, one.ticket.team_id, good=int(one.state != Change.State.DONE))


def _changes(scope: Scope) -> list[Change]:
    """Of the lines of the scope."""
    ended = Change.objects.filter(ended_at__gte=scope.start, ended_at__lt=scope.end).select_related("ticket")
    some = ended if scope.teams is None else ended.filter(ticket__team__in=scope.teams)
    return once(("changes", scope.start, scope.end, _known(scope)), lambda: list(some))


def _known(scope: Scope) -> tuple[int, ...] | None:
    return None if scope.teams is None else tuple(sorted(scope.teams))


def _judged(scope: Scope) -> Iterator[Item]:
    """On the day on which it may be judged; of improvements that the reader sees."""
    seen = Improvement.objects.all() if scope.viewer is None else Improvement.objects.visible_to(scope.viewer)
    for one in seen.filter(starts_on__lt=day_of(scope.end)):
        if one.is_ripe(clock.now()):
            yield Item(midnight(one.judged_on), one.pk, one.team_id, good=int(bool(one.decision)))


def _helped(scope: Scope) -> Iterator[Item]:
    """A sum for each day: nobody knows who read."""
    for one in figures.read(day_of(scope.start), day_of(scope.end) - timedelta(days=1)):
        yield Item(midnight(one.day), one.day.toordinal(), None, one.helped, one.all)


def _searches(scope: Scope) -> Iterator[Item]:
    """Of clients, a sum for each day: nobody knows who searched."""
    for one in figures.unmet(day_of(scope.start), day_of(scope.end) - timedelta(days=1)):
        yield Item(midnight(one.day), one.day.toordinal(), None, one.vain, one.all)


def _fresh(_scope: Scope) -> Reading:
    return share(*figures.fresh(today()))


def _number(rows: Rows) -> Callable[[Scope], Reading]:
    return lambda scope: count(rows(scope).count())


def _of_lines(rows: Rows, line: str) -> Callable[[Scope], dict[int, Reading]]:
    def told(scope: Scope) -> dict[int, Reading]:
        some = rows(scope).order_by().values_list(line).annotate(n=Count("pk"))
        return {pk: count(n) for pk, n in some}

    return told


def _appeals(scope: Scope) -> QuerySet[Any]:
    found = Appeal.objects.open()
    return found if scope.teams is None else found.filter(ticket__team__in=scope.teams)


def _complaints(scope: Scope) -> QuerySet[Any]:
    """All that the reader sees, as on their page, unless a line is asked for; to nobody's eyes those about nobody."""
    found = Complaint.objects.visible_to(scope.viewer) if scope.viewer else Complaint.objects.about_nobody()
    return found.open() if scope.line is None else found.open().filter(line=scope.line)


def _going_on(scope: Scope) -> Reading | None:
    knows = scope.viewer is None or may_see(scope.viewer)
    return count(Incident.objects.going_on().count()) if knows else None


def _missed(error: Error, scope: Scope) -> Reading:
    """Of the lines of the scope together, told as one."""
    return _reading(error, _told(scope)[None])


def _missed_by_line(error: Error, scope: Scope) -> dict[int, Reading]:
    return {line: _reading(error, one) for line, one in _told(scope).items() if line is not None and one["came"]}


def _told(scope: Scope) -> Mapping[int | None, HourForecast]:
    """By the days of the organisation, as all figures of the layer: the reader's own are those of the shift's page."""

    def read() -> Mapping[int | None, HourForecast]:
        with timezone.override(zone()):
            return forecasting.expected(_lines(scope), clock.now()).of

    return once(("forecast", _known(scope)), read)


def _reading(error: Error, told: HourForecast) -> Reading:
    """Over so many requests of the days that were tried: of few the error is chance."""
    value = error(told)
    return Reading(round(told["came"]) if value is not None else 0, value)


def _lines(scope: Scope) -> list[int]:
    """Those that there are: nothing is reckoned of, nor kept for, a number that somebody made up."""
    teams = Team.objects.active() if scope.teams is None else Team.objects.filter(pk__in=scope.teams)
    return list(teams.values_list("pk", flat=True))
