"""Metrics of time at work, counted from the log of it and from published shifts: of whom the reader may see it, and of
lines that all may see.

One's own log is one's own whatever lines it was for: who changed lines still reads it where no line is asked for.

They are sums of whole microseconds, so days add up to a period.  Before the log began, and where it says nothing, of a
topic for instance, the figure is unknown and never zero.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from otklik.core.formulas import occupancy
from otklik.core.staff.models import Availability, User
from otklik.team.metrics import covering, rostering, working
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How, Metric, Records, Unit
from otklik.team.metrics.sureness import HIDDEN
from otklik.team.metrics.working import Spent

if TYPE_CHECKING:
    from otklik.team.metrics.layer.question import Question

MINUTE = 60 * SECOND
KEPT = ("adherence", "conformance", "utilisation")
"""Of shifts what the log of work tells as well."""
STATE_OF: dict[str, Availability | None] = {
    "presence.calls": None,
    "presence.ready": Availability.READY,
    "presence.busy": Availability.BUSY,
    "presence.break": Availability.BREAK,
}
"""Of time at work the state that counts while nobody talks; None are calls, whatever the state."""
BY_RULES = ("roster.violations", "hours.over")


class Part(NamedTuple):
    """`part` of `whole` microseconds; of a person of several lines it is the time of each of them."""

    day: date
    lines: Collection[int]
    person: int | None
    channel: str
    part: int
    whole: int
    shift: int = 0
    """Of the roster, which one."""


def figure(question: "Question") -> Figure:
    return _figure(question.metric, _parts(question, by_days=False))


def by_side(question: "Question", side: str) -> dict[str, Figure]:
    if side == "day":
        return {day.isoformat(): one for day, one in by_day(question).items()}
    if not question.metric.knows(side):
        return {}
    teams = question.scope.teams
    keys: dict[str, Callable[[Part], Iterable[object]]] = {
        "line": lambda one: [line for line in one.lines if teams is None or line in teams],
        "agent": lambda one: [one.person],
        "channel": lambda one: [one.channel],
    }
    found = _grouped(question, lambda one: map(str, keys[side](one)), by_days=False)
    return {key: one for key, one in found.items() if side not in question.only or question.only[side] == key}


def by_day(question: "Question") -> dict[date, Figure]:
    return _grouped(question, lambda one: [one.day])


def counted_shifts(question: "Question") -> list[Part]:
    """What a figure of the roster is made of, newest first."""
    return sorted(_parts(question), key=lambda one: (one.day, one.shift), reverse=True)


def by_window(question: "Question", windows: Mapping[date, Collection[date]]) -> dict[date, Figure]:
    """For each day the figure of its days; the log is read once, however many windows there are."""
    days: dict[date, list[Part]] = defaultdict(list)
    for one in _parts(question):
        days[one.day].append(one)
    return {
        day: _figure(question.metric, [one for each in some for one in days.get(each, ())])
        for day, some in windows.items()
    }


def _parts(question: "Question", *, by_days: bool = True) -> list[Part]:
    """Of time at work those of all days in one, where no days are asked for: tens of them instead of thousands."""
    metric, scope, only = question.metric, question.scope, question.only
    if not metric.knows(*question.sides) or question.is_foreign:
        return []
    if metric.records == Records.STINTS:
        if scope.viewer is None:
            return []
        read = working.spent if by_days else working.spent_in_all
        found = _of_stints(metric, read(scope.start, scope.end, scope.viewer))
    elif metric.records == Records.ROSTER:
        found = _of_shifts(metric, scope.start, scope.end, scope.viewer) if scope.viewer else []
    else:
        found = [
            Part(one.day, [one.line], None, one.channel, one.there, one.published)
            for one in covering.covered(scope.start, scope.end, scope.teams)
        ]
    if metric.is_private:
        found = [one for one in found if _is_theirs(question, one.person, one.lines)]
    return [one for one in found if _is_asked(one, only)]


def _is_theirs(question: "Question", person: int | None, lines: Collection[int]) -> bool:
    """Whether it is of the lines that are asked for, or one's own where none is."""
    scope = question.scope
    own = None if "line" in question.sides else scope.viewer and scope.viewer.pk
    return scope.teams is None or person == own or not set(scope.teams).isdisjoint(lines)


def paused(question: "Question") -> list[tuple[str | None, float]]:
    """Seconds of breaks by their reason, the longest first; together they are what `presence.break` counts.

    Reasons are for planning: of all that is asked for together, or of oneself, and of no other single person.  One that
    fewer than five people had (METRICS C1) is told as None together with its like, last; nothing is told of fewer
    than five people in all, unless oneself is the only one.
    """
    scope, person, line = question.scope, question.only.get("agent"), question.only.get("line")
    reader = scope.viewer
    if reader is None or question.is_foreign or not question.metric.knows(*question.sides):
        return []
    if person and person != str(reader.pk):
        return []
    sums: dict[str, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    for one in working.paused(scope.start, scope.end, reader):
        of_line = not line or int(line) in one.lines
        if of_line and person in (None, str(one.person)) and _is_theirs(question, one.person, one.lines):
            sums[one.reason][one.person] += one.lasted
    people = {person for of in sums.values() for person in of}
    enough = 1 if people == {reader.pk} else HIDDEN
    if len(people) < enough:
        return []
    told = [(reason, sum(of.values()) / SECOND) for reason, of in sums.items() if len(of) >= enough]
    rest = sum(sum(of.values()) for of in sums.values() if len(of) < enough) / SECOND
    told = sorted((pair for pair in told if pair[1]), key=lambda pair: (-pair[1], pair[0]))
    return [*told, *([(None, rest)] if rest else [])]


def _of_stints(metric: Metric, spent: Iterable[Spent]) -> list[Part]:
    if metric.id == "occupancy":
        return [
            Part(one.day, one.lines, one.person, "", one.handling, one.handling + one.waiting)
            for one in working.worked(spent)
        ]
    state = STATE_OF[metric.id]
    return [
        Part(
            one.day,
            one.lines,
            one.person,
            "",
            one.talked if state is None else one.lasted - one.talked if one.state == state else 0,
            one.lasted,
        )
        for one in spent
    ]


def _of_shifts(metric: Metric, start: datetime, end: datetime, reader: User) -> list[Part]:
    """Each shift that is over: minutes of its plan, or, of broken rules, the shift itself."""
    rows = rostering.rostered(start, end, reader, logged=metric.id in KEPT)
    told = rostering.broken(start, end, reader) if metric.id in BY_RULES else {}
    found = []
    for one in rows:
        if not one.planned or (metric.id == "utilisation" and not one.by_phone):
            continue
        broken, over = told.get(one.shift, ([], 0.0))
        part, whole = {
            "adherence": (one.kept, one.planned),
            "conformance": (one.worked, one.planned),
            "utilisation": (one.handled, one.planned),
            "roster.violations": (len(broken), 1),
            "hours.over": (round(over * 3600 * SECOND), one.planned),
            "hours.night": (one.night * SECOND, one.planned),
        }[metric.id]
        found.append(Part(one.day, [one.line], one.person, "", part, whole, one.shift))
    return found


def _is_asked(one: Part, only: Mapping[str, str]) -> bool:
    said = {"line": set(map(str, one.lines)), "agent": {str(one.person)}, "channel": {one.channel}}
    return all(key in said[side] for side, key in only.items())


def _grouped[K: Hashable](
    question: "Question", keys: Callable[[Part], Iterable[K]], *, by_days: bool = True
) -> dict[K, Figure]:
    groups: dict[K, list[Part]] = defaultdict(list)
    for one in _parts(question, by_days=by_days):
        for key in keys(one):
            groups[key].append(one)
    return {key: found for key, some in groups.items() if (found := _figure(question.metric, some)).n}


def _figure(metric: Metric, parts: Collection[Part]) -> Figure:
    """Of minutes, which are no sample: without an interval."""
    part, whole = sum(one.part for one in parts), sum(one.whole for one in parts)
    if metric.unit == Unit.BREACHES:
        return Figure(metric, whole, float(part) if whole else None, good=part)
    if metric.records == Records.ROSTER:
        n = -(-whole // MINUTE)
        value = (part / SECOND if metric.how == How.TOTAL else part / whole) if whole else None
        return Figure(metric, n, value, good=round(part / MINUTE))
    share = occupancy(part / SECOND, (whole - part) / SECOND)
    return Figure(metric, -(-whole // MINUTE), share, good=round(part / MINUTE))
