"""What stands open now, counted from the requests themselves: whoever opens the list finds as many.

Readings would be some seconds behind, and what stands has no moment that puts it into a period.  How many stood open on
an earlier day is what stands now, without what came since and with what ended since.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Extract, TruncDate

from otklik.core.journal import clock
from otklik.desk.sla.models import Clock, Version
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.ticket import BY_AGE
from otklik.team.metrics.days import day_of, midnight, today, zone
from otklik.team.metrics.layer import carded, promising, workload
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.once import once
from otklik.team.metrics.quantile import Quantile

if TYPE_CHECKING:
    from otklik.team.metrics.layer.question import Question

AGES = ((0, 1), (1, 3), (3, 7), (7, 14), (14, 30), (30, None))
"""Buckets of age in days: from, to (METRICS V12)."""
COLUMNS = {
    "line": "team",
    "agent": "owner",
    "channel": "channel_kind",
    "topic": "topic",
    "product": "product",
    "client": "contact__client",
}
COMMITMENTS, HANGING, REQUESTS = "commitments", "hanging", "requests"
OF_COMMITMENTS = ("sla.ahead", "sla.at_risk", *promising.SAFE)
"""These count commitments, and all others requests."""
MOMENTS = {
    "backlog.late": "due_at",
    **dict.fromkeys(OF_COMMITMENTS, "due_at"),
    **dict.fromkeys(promising.SAFE, "started_at"),
}
"""The moment by which the requests of a metric are told; of others when they were opened."""
BY_RANGES = """
SELECT day.place, told.n
FROM unnest(%s::timestamptz[], %s::timestamptz[]) WITH ORDINALITY AS several (begins, until, place),
    LATERAL (SELECT begins, coalesce(until, 'infinity') AS ends, place) AS day,
    LATERAL (SELECT count(*) AS n FROM ({rows}) AS one) AS told
"""
"""How many of these rows lie in each of several ranges of time; the last has no end."""


def figure(question: "Question") -> Figure:
    """As of now; of an earlier period how many were open at its end, where that can be told."""
    if question.metric.cards:
        return carded.figure(question)
    if is_over(question):
        return _as_it_was(question)
    if question.metric.how == How.DAYS:
        return workload.figure(question)
    if question.metric.how == How.SAFE:
        return promising.figure(question, _open(question))
    row = _open(question).aggregate(**_aggregates(question))
    return _figure(question, row)


def stands_now(question: "Question") -> bool:
    """Whether it is counted from what stands open at this moment, and from nothing else."""
    metric = question.metric
    return metric.stands and not (metric.as_of_now or metric.cards or metric.how == How.DAYS or is_over(question))


def together(asked: Mapping[int, "Question"]) -> dict[int, Figure]:
    """Of each of those that stand now, by its place; of one line and one side what is open is read once for all."""
    alike: dict[tuple[Hashable, Hashable, str], dict[int, Question]] = defaultdict(dict)
    for place, one in asked.items():
        alike[*_alike(one), _rows_of(one)][place] = one
    found: dict[int, Figure] = {}
    for (_teams, _only, what), some in alike.items():
        first = next(iter(some.values()))
        if len(some) == 1:
            found |= {place: figure(one) for place, one in some.items()}
        elif what == How.SAFE:
            told = promising.together(list(some.values()), partial(_narrowed, question=first))
            found |= dict(zip(some, told, strict=True))
        else:
            found |= _counted_together(some, _narrowed(_all_of(what), first))
    return found


def _counted_together(asked: Mapping[int, "Question"], rows: QuerySet[Any]) -> dict[int, Figure]:
    parts = {f"{name}_{place}": told for place, one in asked.items() for name, told in _aggregates(one).items()}
    row = rows.aggregate(**parts)
    return {
        place: _figure(one, {name: row[f"{name}_{place}"] for name in _aggregates(one)}) for place, one in asked.items()
    }


def is_over(question: "Question") -> bool:
    """Whether it asks of a period before now, of which little is known."""
    return question.scope.end <= clock.now()


def by_side(question: "Question", side: str) -> dict[str, Figure]:
    """As of now; nothing of an earlier period, as nobody knows who had what at its end."""
    if question.metric.cards:
        return carded.by_side(question, side)
    if is_over(question):
        return {}
    if question.metric.how == How.DAYS:
        return workload.by_side(question, side)
    if question.metric.how == How.SAFE:
        return promising.by_side(question, _open(question), _column(question, side))
    rows = _open(question).annotate(group=_column(question, side)).exclude(group=None).order_by()
    told = rows.values("group").annotate(**_aggregates(question))
    return {str(row["group"]): _figure(question, row) for row in told}


def by_day(question: "Question") -> dict[date, Figure]:
    """How many were open at the end of each day; only of the backlog, and no day that is still to come."""
    if question.metric.cards:
        return carded.by_day(question)
    if question.metric.id != "backlog":
        return {}
    opened, ended = _moved(question, "opened_at"), _moved(question, "ended_at")
    found, standing, day = {}, _stands(question), today()
    first, last = day_of(question.scope.start), day_of(question.scope.end)
    while day >= first:
        if day < last:
            found[day] = Figure(question.metric, standing, float(standing))
        standing += ended[day] - opened[day]
        day -= timedelta(days=1)
    return found


def by_age(question: "Question") -> list[int]:
    """How many are open in each bucket of `AGES`."""
    now = clock.now()
    buckets = {f"b{place}": Count("pk", filter=_of_age(place, now)) for place in range(len(AGES))}
    row = _open(question).aggregate(**buckets)
    return [row[f"b{place}"] for place in range(len(AGES))]


def behind(question: "Question", age: int | None = None) -> QuerySet[Any]:
    """Rows with the number `of_request` and the moment `at`, the oldest first; `age` is a bucket of `AGES`."""
    rows = _open(question)
    if question.metric.how == How.SAFE:
        rows = promising.counted(question, rows)
    if age is not None and question.metric.id not in OF_COMMITMENTS:
        rows = rows.filter(_of_age(age, clock.now()))
    number = "ticket_id" if question.metric.id in OF_COMMITMENTS else "pk"
    moment = F(MOMENTS.get(question.metric.id, "opened_at"))
    return rows.annotate(at=moment, of_request=F(number)).order_by("at", "pk")


def oldest(question: "Question") -> QuerySet[Ticket]:
    """What stands open, the oldest first, as `behind` has it: read by age from an index, and nothing sorted for ten."""
    return _narrowed(Ticket.objects.filter(BY_AGE), question).order_by("opened_at", "pk")


def _of_age(bucket: int, now: datetime) -> Q:
    least, most = AGES[bucket]
    rule = Q(opened_at__lte=now - timedelta(days=least))
    return rule if most is None else rule & Q(opened_at__gt=now - timedelta(days=most))


def _open(question: "Question") -> QuerySet[Any]:
    """Requests, or of commitments these."""
    what = _rows_of(question)
    if what == How.SAFE:
        return _narrowed(promising.recent(question), question)
    return _narrowed(_all_of(what).filter(_rule(question)), question)


def _rows_of(question: "Question") -> str:
    """What is read for it: these are the same for several metrics."""
    if question.metric.how == How.SAFE:
        return How.SAFE
    name = question.metric.id
    return COMMITMENTS if name in OF_COMMITMENTS else HANGING if name == HANGING else REQUESTS


def _all_of(what: str) -> QuerySet[Any]:
    now = clock.now()
    if what == COMMITMENTS:
        return Clock.objects.live().filter(due_at__gte=now)
    return Ticket.objects.hanging(now) if what == HANGING else Ticket.objects.open()


def _rule(question: "Question") -> Q:
    """Which of these count."""
    match question.metric.id:
        case "sla.at_risk":
            return Q(warned_at__isnull=False)
        case "backlog.late":
            return Q(due_at__lt=clock.now())
        case "backlog.unanswered":
            return Q(first_answer_at=None)
    return Q()


def _narrowed(rows: QuerySet[Any], question: "Question") -> QuerySet[Any]:
    if question.scope.teams is not None:
        rows = rows.filter(team__in=question.scope.teams)
    for side, key in question.only.items():
        rows = rows.annotate(**{f"of_{side}": _column(question, side)}).filter(**{f"of_{side}": key or None})
    return rows


def _column(question: "Question", side: str) -> Combinable:
    of_clocks = question.metric.id in OF_COMMITMENTS
    if side == "class":
        versions = Version.objects.filter(pk=OuterRef("class_version")).values("service_class")
        return F("version__service_class") if of_clocks else Subquery(versions[:1])
    return F(COLUMNS[side] if not of_clocks or side == "line" else f"ticket__{COLUMNS[side]}")


def _aggregates(question: "Question") -> dict[str, Any]:
    """Of rows which hold others, too, where several metrics are read together."""
    if question.metric.how == How.COUNT:
        return {"n": Count("pk", filter=_rule(question))}
    age = Extract(Value(clock.now()) - F("opened_at"), "epoch")
    if question.metric.how == How.LONGEST:
        return {"n": Count("pk"), "longest": Max(age)}
    return {"n": Count("pk"), "half": Quantile(age, 0.5), "most": Quantile(age, 0.9)}


def _figure(question: "Question", row: Mapping[str, Any]) -> Figure:
    if question.metric.how == How.COUNT:
        return Figure(question.metric, row["n"], float(row["n"]))
    if question.metric.how == How.LONGEST:
        return Figure(question.metric, row["n"], None if row["longest"] is None else float(row["longest"]))
    return Figure(question.metric, row["n"], row["half"], p90=row["most"])


def _as_it_was(question: "Question") -> Figure:
    if question.metric.id != "backlog":
        return Figure(question.metric, 0, None)
    if question.only and not _read(question, "opened_at", question.scope.end):
        opened, ended = _both_since(question)
    else:
        opened, ended = _since(question, "opened_at"), _since(question, "ended_at")
    was = _stands(question) - opened + ended
    return Figure(question.metric, was, float(was))


def _both_since(question: "Question") -> tuple[int, int]:
    """The same of one side in one walk: its index knows no moments, and each request is looked at."""
    since = {moment: Q(**{f"{moment}__gte": question.scope.end}) for moment in ("opened_at", "ended_at")}
    since["ended_at"] &= Q(due_at=None)
    rows = _narrowed(Ticket.objects.all(), question).filter(since["opened_at"] | since["ended_at"])
    told = rows.aggregate(**{moment: Count("pk", filter=rule) for moment, rule in since.items()})
    return told["opened_at"], told["ended_at"]


def _stands(question: "Question") -> int:
    """How many are open now."""
    return once(("open", *_alike(question)), _open(question).count)


def _since(question: "Question", moment: str) -> int:
    """How many were opened or ended since the period was over: of the days that the page has read, else counted."""
    end = question.scope.end
    days = _read(question, moment, end)
    if days is not None and midnight(day_of(end)) == end:
        return sum(n for day, n in days.items() if day >= day_of(end))
    return _moving(question, moment).filter(**{f"{moment}__gte": end}).count()


def _moved(question: "Question", moment: str) -> Counter[date]:
    """How many were opened or ended on each day since the period began, or an earlier one; read once for a page."""
    start = question.scope.start
    known = _read(question, moment, start)
    if known is None:
        known = _days_of_one_side(question, moment) if question.only else _days_of_ranges(question, moment)
        _kept(question, moment)[start] = known
    return known


def _days_of_one_side(question: "Question", moment: str) -> Counter[date]:
    """All are looked at once: an index of a side knows no moments."""
    rows = _moving(question, moment).filter(**{f"{moment}__gte": question.scope.start})
    days = rows.annotate(day=TruncDate(moment, tzinfo=zone())).order_by().values("day").annotate(n=Count("*"))
    return Counter({row["day"]: row["n"] for row in days})


def _days_of_ranges(question: "Question", moment: str) -> Counter[date]:
    """A range of the index for each day: to ask the calendar of a zone for the day of each moment costs five times as
    much.
    """
    begun = day_of(question.scope.start)
    days = [begun + timedelta(days=number) for number in range((today() - begun).days + 1)]
    begins = [max(question.scope.start, midnight(day)) for day in days]
    if not days or (question.scope.teams is not None and not question.scope.teams):
        return Counter()  # the period is still to come, or the reader has no line
    span = {f"{moment}__gte": RawSQL("day.begins", ()), f"{moment}__lt": RawSQL("day.ends", ())}
    statement, told = _moving(question, moment).filter(**span).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(BY_RANGES.format(rows=statement), [begins, [*begins[1:], None], *told])
        return Counter({days[place - 1]: n for place, n in cursor.fetchall()})


def _moving(question: "Question", moment: str) -> QuerySet[Ticket]:
    rows = _narrowed(Ticket.objects.all(), question)
    return rows.filter(due_at=None) if moment == "ended_at" else rows


def _read(question: "Question", moment: str, since: datetime) -> Counter[date] | None:
    """The days that this page has read already, where they begin no later."""
    return next((days for start, days in _kept(question, moment).items() if start <= since), None)


def _kept(question: "Question", moment: str) -> dict[datetime, Counter[date]]:
    return once(("moved", moment, *_alike(question)), dict[datetime, Counter[date]])


def _alike(question: "Question") -> tuple[Hashable, Hashable]:
    """Questions of the same lines, narrowed alike."""
    teams = None if question.scope.teams is None else tuple(sorted(question.scope.teams))
    return teams, tuple(sorted(question.only.items()))
