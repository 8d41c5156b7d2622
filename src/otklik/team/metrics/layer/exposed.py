"""What a rate of records is told for: contacts, months of clients, or time in which clients felt no incident.

Day by day, so that days add up to a period.  A day of which this is not known is none: what happened on it is left out
with it, or a rate would be of more than it is divided by (METRICS K1, I1).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Min, Q

from otklik.care.incidents.models import Incident
from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.team.metrics.days import day_of, midnight, today
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.models.card_sum import WHOLE, CardSum
from otklik.team.metrics.working import by_days

if TYPE_CHECKING:
    from otklik.team.metrics.layer.question import Question

BY_CLIENTS = "complaint.rate.clients"
MONTH = 365.25 / 12
"""Days: a client who is active on each of them is one month of a client."""
EXPOSED = (How.RATE, How.BETWEEN)

type Span = tuple[datetime, datetime]


def whole(question: "Question") -> float:
    """Contacts, months of clients, or seconds of operation in the period; 0 where it has none or nobody knows."""
    if _is_of_contacts(question):
        from otklik.team.metrics.layer import question as layer

        return layer.figure(_of_contacts(question)).n
    return sum(by_day(question).values())


def by_day(question: "Question") -> dict[date, float]:
    if _is_of_contacts(question):
        return _contacts(question, lambda layer, asked: layer.by_day(asked))
    return months_of_clients(question) if question.metric.id == BY_CLIENTS else _operating(question)


def by_side(question: "Question", side: str) -> dict[str, float]:
    """Of contacts alone: clients and incidents are of no line."""
    return _contacts(question, lambda layer, asked: layer.by_side(asked, side)) if _is_of_contacts(question) else {}


def is_whole(question: "Question") -> bool:
    """Whether it is asked of the whole department, as clients of all lines are counted together."""
    return question.scope.teams is None and not question.sides


def months_of_clients(question: "Question") -> dict[date, float]:
    """Of each day in whose night active clients were counted: their number over the days of a month (V24, K1).

    Of today as much as has passed of it, for as much has happened in it.
    """
    if not is_whole(question):
        return {}
    first, last = day_of(question.scope.start), day_of(question.scope.end)
    rows = CardSum.objects.filter(fact=WHOLE, day__gte=first, day__lt=last).values_list("day", "n")
    now, gone = today(), _gone_of_today()
    return {day: months for day, n in rows if (months := n / MONTH * (gone if day == now else 1.0))}


def _gone_of_today() -> float:
    begins, ends = midnight(today()), midnight(today() + timedelta(days=1))
    return (clock.now() - begins) / (ends - begins)


def _is_of_contacts(question: "Question") -> bool:
    return question.metric.how == How.RATE and question.metric.id != BY_CLIENTS


def _contacts[K](question: "Question", ask: Callable[..., Mapping[K, Figure]]) -> dict[K, float]:
    from otklik.team.metrics.layer import question as layer

    return {key: one.n for key, one in ask(layer, _of_contacts(question)).items()}


def _of_contacts(question: "Question") -> "Question":
    from otklik.team.metrics.layer.catalogue import METRICS

    return replace(question, metric=METRICS["repeat.rate"])


def _operating(question: "Question") -> dict[date, float]:
    """Seconds of each day, from the day on which the department began here, without those that clients felt."""
    began = Team.objects.aggregate(first=Min("created_at"))["first"]
    start, end = question.scope.start, min(question.scope.end, clock.now())
    if began is None or max(start, began) >= end:
        return {}
    start = max(start, began)
    felt = _felt(start, end)
    return {
        day: (ends - begins).total_seconds() - sum(_common(one, (begins, ends)) for one in felt)
        for day, begins, ends in by_days(start, end)
    }


def _felt(start: datetime, end: datetime) -> list[Span]:
    """When clients felt any incident, in order; what overlaps is one."""
    rows = Incident.objects.filter(Q(ended_at=None) | Q(ended_at__gt=start), started_at__lt=end)
    found: list[Span] = []
    for since, until in rows.order_by("started_at").values_list("started_at", "ended_at"):
        ends = until or end
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], ends)
        else:
            found.append((since, ends))
    return found


def _common(one: Span, other: Span) -> float:
    return max(0.0, (min(one[1], other[1]) - max(one[0], other[0])).total_seconds())
