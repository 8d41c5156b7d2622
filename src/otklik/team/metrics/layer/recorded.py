"""Metrics of records: complaints and incidents, counted themselves, of those that the reader may see.

They are few, and a sum that everybody shares would tell of a complaint to the person it is about.  What counts how is
their rooms' own definition; here it is put into periods, lines and figures.  Records of a period are read once for all
metrics of it.  Where records say nothing, of a topic for instance, the figure is unknown and never zero.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from otklik.care.complaints import figures as complaints
from otklik.care.complaints.models import Complaint
from otklik.care.incidents import figures as incidents
from otklik.care.incidents.access import may_see
from otklik.care.incidents.models import Incident
from otklik.care.incidents.severity import Severity
from otklik.core.formulas import percentile, poisson_rate, wilson
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.days import day_of
from otklik.team.metrics.layer import exposed, told
from otklik.team.metrics.layer.beforehand import ahead, at_the_form
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.learned import learned
from otklik.team.metrics.layer.metric import TOLD_BY_ROOMS, How, Metric, Records
from otklik.team.metrics.layer.once import once, read_once
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.sureness import HIDDEN

if TYPE_CHECKING:
    from otklik.team.metrics.layer.question import Question

COUNTED_OF = {
    "complaint.rate": "came",
    exposed.BY_CLIENTS: "came",
    "complaint.ack": "acknowledged",
    "complaint.legal": "legal",
    "complaint.cycle": "took",
    "complaint.upheld": "upheld",
    "complaint.cause_shift": "shifted",
    "complaint.cause_coverage": "covered",
    "capa.done": "done",
    "capa.effective": "checked",
    "complaint.recurrence": "again",
    "complaint.recovery": "stayed",
}
"""What the room of complaints calls it."""
LAST_OF_EACH = ("capa.effective",)
"""Of a complaint that was checked twice in a period its last check counts; each period has a last one of its own."""
TIMES = {"inc.mttd": "mttd_s", "inc.mtta": "mtta_s", "inc.mttn": "mttn_s", "inc.mttr": "mttr_s"}
"""Keys of `formulas.incident_times`."""
OF_NOBODY = (Records.FORMS, Records.AHEAD)
"""Whoever may see figures sees all of these: they are about no colleague, and name no client."""
MINUTE = 60 * SECOND
MOMENTS = ("started_at", "detected_at", "declared_at", "told_at", "ended_at")
"""All that these take of an incident."""


@dataclass(frozen=True)
class Item:
    """One thing of a record that a figure counts: `good` of `of`, or a length in seconds."""

    at: datetime
    record: int
    line: int | None
    good: int = 0
    of: int = 1
    seconds: float | None = None


type Items = dict[str, list[Item]]
"""By the name of the metric."""


def figure(question: "Question") -> Figure:
    return together({0: question})[0]


def together(asked: Mapping[int, "Question"]) -> dict[int, Figure]:
    """The figure of each, by its place."""
    found: dict[int, Figure] = {}
    watched = {one.metric.id for one in asked.values() if one.metric.records == Records.WATCHED}
    names = {one.metric.id for one in asked.values()} - watched
    # Of one metric each period is read by itself: its course and its sides ask for the same one once more.
    whole = _meeting(one.scope for one in asked.values()) if len(names) > 1 else {}
    with read_once():
        for place, one in asked.items():
            if not _is_known(one):
                found[place] = Figure(one.metric, 0, None)
                continue
            is_watched = one.metric.id in watched
            items = _read(one, watched) if is_watched else _read_within(one, names, whole)
            found[place] = _figure(one.metric, _of(one, items), _exposed(one))
    return found


def _meeting(scopes: Iterable[Scope]) -> dict[Hashable, Scope]:
    """By whose they are, the time of all of them, where they meet in whole days: a period and the one before it."""
    of: dict[Hashable, list[Scope]] = defaultdict(list)
    for scope in scopes:
        of[_whose(scope)].append(scope)
    found = {}
    for whose, some in of.items():
        ordered = sorted(some, key=lambda scope: scope.start)
        last, meet = ordered[0].end, not any(scope.until for scope in some)
        for scope in ordered:
            last, meet = max(last, scope.end), meet and scope.start <= last
        if meet:
            found[whose] = replace(ordered[0], end=last)
    return found


def _whose(scope: Scope) -> Hashable:
    teams = None if scope.teams is None else tuple(scope.teams)
    return teams, scope.line, scope.for_all, scope.viewer and scope.viewer.pk


def _read_within(question: "Question", names: Collection[str], whole: Mapping[Hashable, Scope]) -> Items:
    """What is read of several periods at once, cut to its own.  Not for watched time: what is known of a component, a
    period decides.
    """
    scope = question.scope
    several = whole.get(_whose(scope))
    if several is None:
        return _read(question, names)
    items = _read(replace(question, scope=several), names).get(question.metric.id, [])
    return {question.metric.id: [item for item in items if scope.start <= item.at < scope.end]}


def by_side(question: "Question", side: str) -> dict[str, Figure]:
    """For each day, and of complaints for each line; other sides say nothing of records."""
    if side == "day":
        return {day.isoformat(): one for day, one in by_day(question).items()}
    if not question.metric.knows(side) or not _is_known(question):
        return {}
    of = exposed.by_side(question, side) if question.metric.how in exposed.EXPOSED else {}
    return _grouped(question, lambda item: str(item.line), of)


def by_day(question: "Question") -> dict[date, Figure]:
    if not _is_known(question) or question.metric.how == How.BETWEEN:  # no day tells how long it is between two
        return {}
    return _grouped(question, lambda item: day_of(item.at), _by_day(question))


def by_window(question: "Question", windows: Mapping[date, Collection[date]]) -> dict[date, Figure]:
    """For each day the figure of its days; records are read once, however many windows there are."""
    of = _by_day(question) if _is_known(question) else {}
    items: dict[date, list[Item]] = defaultdict(list)
    for item in _theirs(question, _read(question, {question.metric.id})) if _is_known(question) else ():
        items[day_of(item.at)].append(item)
    return {
        day: _figure(
            question.metric,
            _last(question.metric, [item for one in some for item in items.get(one, ())]),
            sum(of.get(one, 0) for one in some),
        )
        for day, some in windows.items()
    }


def behind(question: "Question") -> list[Item]:
    """What the figure is made of, newest first."""
    if not _is_known(question):
        return []
    return sorted(
        _of(question, _read(question, {question.metric.id})), key=lambda item: (item.at, item.record), reverse=True
    )


def by_severity(question: "Question") -> dict[Severity, tuple[Figure, list[float]]]:
    """Of incidents, by how severe each is said to be now: the figure, and the seconds of each where these are few
    (METRICS I1: a mean of fewer than five is a list).  Only of levels that had one.
    """
    if question.metric.records != Records.INCIDENTS or not _is_known(question):
        return {}
    items = behind(question)
    levels = dict(Incident.objects.filter(pk__in={one.record for one in items}).values_list("pk", "severity"))
    of = _exposed(question)
    found: dict[Severity, tuple[Figure, list[float]]] = {}
    for level in Severity:
        some = [one for one in items if levels.get(one.record) == level]
        if some:
            lengths = [one.seconds for one in some if one.seconds is not None]
            found[level] = _figure(question.metric, some, of), lengths if len(some) < HIDDEN else []
    return found


def _is_known(question: "Question") -> bool:
    """Whether the records can answer it, to this reader.

    A rate divides all complaints of the lines by all their contacts: who sees some of these complaints only, as people
    who lead nobody do, would be told a rate that is nobody's.
    """
    metric, scope = question.metric, question.scope
    if metric.records in TOLD_BY_ROOMS:
        return told.may_know(question)
    if not metric.knows(*question.sides) or (metric.id == exposed.BY_CLIENTS and not exposed.is_whole(question)):
        return False
    if metric.records == Records.INCIDENTS:
        return scope.viewer is None or may_see(scope.viewer)
    if metric.records in OF_NOBODY:
        return True
    if scope.viewer is None:
        return scope.for_all and metric.how != How.RATE
    return metric.how != How.RATE or scope.viewer.leads or scope.viewer.sees_everything


def _read(question: "Question", names: Collection[str]) -> Items:
    """What these metrics count; for the same reader and period kept while `read_once` lasts."""
    scope = question.scope
    of = scope.start, scope.end, scope.for_all, scope.viewer and scope.viewer.pk
    kind: Hashable = question.metric.records
    if question.metric.records in TOLD_BY_ROOMS:  # read together, and by themselves only of the lines of the scope
        kind = None if scope.teams is None else tuple(sorted(scope.teams))
    return once((kind, *of, frozenset(names)), lambda: _read_anew(question, names))


def _read_anew(question: "Question", names: Collection[str]) -> Items:
    if question.metric.records == Records.COMPLAINTS:
        return _complaints(question.scope, [name for name in COUNTED_OF if name in names])
    if question.metric.records in TOLD_BY_ROOMS:
        return {name: told.records(name, question.scope) for name in names if told.may_read(name, question.scope)}
    if question.metric.records == Records.FORMS:
        return _rows(at_the_form(question.scope, names))
    if question.metric.records == Records.AHEAD:
        return _rows(ahead(question.scope, names))
    return _incidents(question.scope, names)


def _of(question: "Question", items: Items) -> list[Item]:
    """What the figure of the whole period counts."""
    return _last(question.metric, _theirs(question, items))


def _last(metric: Metric, items: list[Item]) -> list[Item]:
    if metric.id not in LAST_OF_EACH:
        return items
    return list({item.record: item for item in sorted(items, key=lambda item: item.at)}.values())


def _theirs(question: "Question", items: Items) -> list[Item]:
    """All that the reader sees, as on the page of complaints, unless lines are asked for; a rate is of the lines whose
    contacts it is divided by.
    """
    some, scope = items.get(question.metric.id, []), question.scope
    if (line := question.only.get("line")) is not None:
        some = [item for item in some if str(item.line) == line]
    if question.metric.id == exposed.BY_CLIENTS:
        counted = _by_day(question)
        return [item for item in some if day_of(item.at) in counted]
    if scope.teams is None or (scope.line is None and question.metric.how != How.RATE):
        return some
    return [item for item in some if item.line in scope.teams]


def _complaints(scope: Scope, names: Collection[str]) -> Items:
    mine = Complaint.objects.visible_to(scope.viewer) if scope.viewer else Complaint.objects.about_nobody()
    counted = complaints.told_of(mine, scope.start, scope.end, [COUNTED_OF[name] for name in names])
    return {
        metric: [
            Item(one.at, one.complaint, one.line, int(one.good), seconds=one.took.total_seconds() if one.took else None)
            for one in counted[COUNTED_OF[metric]]
        ]
        for metric in names
    }


def _incidents(scope: Scope, names: Collection[str]) -> Items:
    """Anchored where they were declared; what goes on has no end yet and no time until it."""
    declared = Incident.objects.filter(declared_at__gte=scope.start, declared_at__lt=scope.end)
    rows = list(declared.only(*MOMENTS, "severity"))
    found: Items = defaultdict(list)
    gaps = incidents.gaps_of(rows) if "inc.cadence" in names else {}
    for one in rows:
        times: Mapping[str, float | None] = incidents.times(one)  # type: ignore[assignment]
        for metric, name in TIMES.items():
            if (seconds := times[name]) is not None:
                found[metric].append(Item(one.declared_at, one.pk, None, seconds=seconds))
        found["inc.mtbf"].append(Item(one.declared_at, one.pk, None))
        if between := gaps.get(one.pk):
            kept = sum(gap.kept for gap in between)
            found["inc.cadence"].append(Item(one.declared_at, one.pk, None, kept, len(between)))
    if not {"inc.client_told", "inc.client_ack"}.isdisjoint(names):
        heard = incidents.heard_of(rows)
        for one in rows:
            told_of = heard[one.pk]
            if told_of.affected:
                found["inc.client_told"].append(Item(one.declared_at, one.pk, None, told_of.told, told_of.affected))
            if told_of.told:
                answered = min(told_of.answered, told_of.told)
                found["inc.client_ack"].append(Item(one.declared_at, one.pk, None, answered, told_of.told))
    return found | _rows(learned(scope, names))


def _rows(found: Mapping[str, Iterable[tuple[datetime, int, bool]]]) -> Items:
    return {name: [Item(at, record, None, int(counts)) for at, record, counts in rows] for name, rows in found.items()}


def _grouped[K: (str, date)](
    question: "Question", key_of: Callable[[Item], K], of: Mapping[K, float]
) -> dict[K, Figure]:
    """What has contacts and no record has a rate, too: zero."""
    groups: dict[K, list[Item]] = defaultdict(list, {key: [] for key in of})
    for item in _of(question, _read(question, {question.metric.id})):
        groups[key_of(item)].append(item)
    return {key: _figure(question.metric, some, of.get(key, 0)) for key, some in groups.items()}


def _exposed(question: "Question") -> float:
    """What a rate is for in the whole period; of all else nothing."""
    if question.metric.how not in exposed.EXPOSED:
        return 0
    is_by_day = question.metric.id == exposed.BY_CLIENTS
    return sum(_by_day(question).values()) if is_by_day else exposed.whole(question)


def _by_day(question: "Question") -> Mapping[date, float]:
    if question.metric.how not in exposed.EXPOSED:
        return {}
    if question.metric.id != exposed.BY_CLIENTS:
        return exposed.by_day(question)
    scope = question.scope  # its days decide which complaints count, too
    return once(("clients", scope.start, scope.end, exposed.is_whole(question)), lambda: exposed.by_day(question))


def _figure(metric: Metric, items: Iterable[Item], of: float = 0) -> Figure:
    """`of` is what a rate is for: contacts, months of clients, seconds of operation."""
    some = list(items)
    match metric.how:
        case How.SHARE:
            good, n = sum(item.good for item in some), sum(item.of for item in some)
            share = wilson(good, n)
            return Figure(metric, n, share["p"], share["lo"], share["hi"], good=good)
        case How.PART:
            good, n = sum(item.good for item in some), sum(item.of for item in some)
            return _part(metric, good, n)
        case How.WORST:
            return _part(metric, *_worst(some))
        case How.COUNT:
            return Figure(metric, len(some), float(len(some)))
        case How.RATE:
            if not of:
                return Figure(metric, 0, None, good=len(some))
            rate = poisson_rate(len(some), of / 1000)
            return Figure(metric, round(of), rate["rate"], rate["lo"], rate["hi"], good=len(some))
        case How.BETWEEN:
            return _between(metric, len(some), of)
        case _:
            took = sorted(item.seconds for item in some if item.seconds is not None)
            if not took:
                return Figure(metric, 0, None)
            return Figure(metric, len(took), percentile(took, 0.5), p90=percentile(took, 0.9))


def _between(metric: Metric, n: int, seconds: float) -> Figure:
    """Time of operation over what happened in it, with the exact interval of such a rate; of nothing it is unknown."""
    if not (n and seconds > 0):
        return Figure(metric, n, None)
    rate = poisson_rate(n, seconds)
    return Figure(
        metric, n, seconds / n, 1 / rate["hi"] if rate["hi"] else None, 1 / rate["lo"] if rate["lo"] else None
    )


def _part(metric: Metric, good: int, whole: int) -> Figure:
    """Of all that there is, so without an interval; of watched time it is minutes that are said."""
    value = good / whole if whole else None
    if metric.records == Records.WATCHED:
        return Figure(metric, -(-whole // MINUTE), value, good=round(good / MINUTE))
    return Figure(metric, whole, value, good=good)


def _worst(items: Iterable[Item]) -> tuple[int, int]:
    """Good of all, of the record with the smallest part; (0, 0) of nothing."""
    sums: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for item in items:
        good, whole = sums[item.record]
        sums[item.record] = good + item.good, whole + item.of
    known = [one for one in sums.values() if one[1]]
    return min(known, key=lambda one: one[0] / one[1], default=(0, 0))
