"""What stands open now, counted from the requests themselves: whoever opens the list finds as many.

Readings would be some seconds behind, and what stands has no moment that puts it into a period.  How many stood open on
an earlier day is what stands now, without what came since and with what ended since.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Extract, TruncDate

from otklik.core.journal import clock
from otklik.desk.sla.models import Clock, Version
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.ticket import BY_AGE
from otklik.team.metrics.days import day_of, today, zone
from otklik.team.metrics.layer import carded, promising, workload
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How
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
OF_COMMITMENTS = ("sla.ahead", "sla.at_risk", *promising.SAFE)
"""These count commitments, and all others requests."""
MOMENTS = {
    "backlog.late": "due_at",
    **dict.fromkeys(OF_COMMITMENTS, "due_at"),
    **dict.fromkeys(promising.SAFE, "started_at"),
}
"""The moment by which the requests of a metric are told; of others when they were opened."""


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
    found, standing, day = {}, _open(question).count(), today()
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
        rows = promising.counted(rows)
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
    now, name = clock.now(), question.metric.id
    if question.metric.how == How.SAFE:
        return _narrowed(promising.recent(question), question)
    if name in OF_COMMITMENTS:
        rows: QuerySet[Any] = Clock.objects.live().filter(due_at__gte=now)
        rows = rows.filter(warned_at__isnull=False) if name == "sla.at_risk" else rows
    else:
        rows = Ticket.objects.hanging(now) if name == "hanging" else Ticket.objects.open()
    if name == "backlog.late":
        rows = rows.filter(due_at__lt=now)
    if name == "backlog.unanswered":
        rows = rows.filter(first_answer_at=None)
    return _narrowed(rows, question)


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
    if question.metric.how == How.COUNT:
        return {"n": Count("pk")}
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
    stands = _open(question).count()
    opened = _narrowed(Ticket.objects.filter(opened_at__gte=question.scope.end), question).count()
    ended = _narrowed(Ticket.objects.filter(due_at=None, ended_at__gte=question.scope.end), question).count()
    was = stands - opened + ended
    return Figure(question.metric, was, float(was))


def _moved(question: "Question", moment: str) -> Counter[date]:
    """How many were opened or ended on each day since the period began."""
    rows = _narrowed(Ticket.objects.filter(**{f"{moment}__gte": question.scope.start}), question)
    if moment == "ended_at":
        rows = rows.filter(due_at=None)
    days = rows.annotate(day=TruncDate(moment, tzinfo=zone())).order_by().values("day").annotate(n=Count("pk"))
    return Counter({row["day"]: row["n"] for row in days})
