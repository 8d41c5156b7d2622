"""What a part of time is made of: the log of who was at work, or the hours in which nobody was."""

from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import Stint, Team, User
from otklik.core.ui import words
from otklik.team.metrics import covering, working
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.covering import Gap
from otklik.team.metrics.layer import attended
from otklik.team.metrics.layer.attended import Part
from otklik.team.metrics.layer.metric import How, Metric, Records, Unit
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.telling import value
from otklik.team.shifts.models import Shift
from otklik.team.shifts.telling import hours_of

MOST = 200
"""The newest; nobody reads more of them in a list."""


def told(asked: Question) -> dict[str, Any]:
    """What the page shows: `rows`, how many there are and how many of these are too old for it.

    A log is its person's and their leads' own.  Hours with nobody there tell as much of a line with one person, so
    they are for leads as well.
    """
    reader = asked.scope.viewer
    if asked.metric.records == Records.STINTS:
        return _stints(asked, reader) if reader else _page([], 0)
    if asked.metric.records == Records.ROSTER:
        return _shifts(asked, reader) if reader else _page([], 0)
    return _gaps(asked) if reader and reader.leads else {**_page([], 0), "for_leads": True}


def _page(rows: list[dict[str, Any]], count: int) -> dict[str, Any]:
    return {"rows": rows, "count": count, "more": count - len(rows)}


def _stints(asked: Question, reader: User) -> dict[str, Any]:
    known = working.recorded(asked.scope.start, asked.scope.end)
    if known is None:
        return _page([], 0)
    found = Stint.objects.seen_by(reader).meeting(*known)
    if asked.scope.teams is not None:
        of_lines = Q(lines__overlap=list(asked.scope.teams))
        found = found.filter(of_lines if "line" in asked.sides else of_lines | Q(user=reader))
    if state := attended.STATE_OF.get(asked.metric.id):
        found = found.filter(state=state)
    if person := asked.only.get("agent"):
        found = found.filter(user=person)
    some = list(found.select_related("user").order_by("-since", "-pk")[:MOST])
    lines = dict(Team.objects.values_list("pk", "name"))
    return _page([_stint(one, lines) for one in some], found.count())


def _stint(one: Stint, lines: dict[int, str]) -> dict[str, Any]:
    return {
        "name": one.user.name,
        "person": one.user,
        "state": one.said,
        "lines": ", ".join(lines[line] for line in one.lines if line in lines),
        "since": one.since,
        "until": one.until,
        "lapsed": one.lapsed,
        "says": words.span(((one.until or clock.now()) - one.since).total_seconds()),
    }


def _shifts(asked: Question, reader: User) -> dict[str, Any]:
    """Each shift that the figure counts, with what it adds to it."""
    told = attended.counted_shifts(asked)
    some = told[:MOST]
    shifts = Shift.objects.filter(pk__in=[one.shift for one in some]).select_related("person", "line__calendar")
    known = {one.pk: one for one in shifts}
    return _page([_shift(asked.metric, one, known[one.shift]) for one in some if one.shift in known], len(told))


def _shift(metric: Metric, one: Part, shift: Shift) -> dict[str, Any]:
    if metric.unit == Unit.BREACHES:
        says = words.number(one.part)
    else:
        says = value(metric, one.part / SECOND) if metric.unit == Unit.HOURS else words.span(one.part / SECOND)
        if metric.how == How.PART:
            says = _("%(part)s of %(whole)s") % {"part": says, "whole": words.span(one.whole / SECOND)}
    return {"name": shift.person.name, "lines": shift.line.name, "hours": hours_of(shift), "says": says}


def _gaps(asked: Question) -> dict[str, Any]:
    scope = asked.scope
    found = covering.gaps(scope.start, scope.end, scope.teams, asked.only.get("channel", ""))
    return _page([_gap(one) for one in islice(found, MOST)], len(found))


def _gap(one: Gap) -> dict[str, Any]:
    return {"name": one.line.name, "since": one.since, "until": one.until, "says": words.span(one.seconds)}
