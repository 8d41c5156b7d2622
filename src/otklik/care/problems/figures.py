"""What a problem costs, what its removal brings, and what came of it (METRICS Q6, Q7, K6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import inf

from django.db.models import Count, Q, QuerySet

from otklik.care.problems.models import Linked, Problem
from otklik.core.formulas import fisher_exact, fix_once, rate_ratio
from otklik.core.formulas.rates import RateRatio
from otklik.core.formulas.repeats import FixOnce
from otklik.core.journal import clock
from otklik.desk.tickets.models import Ticket

MONTH = timedelta(days=30)
HORIZON = 12
"""Months over which the net of a removal is told."""
FEWEST = 10
"""Requests before and after together; of fewer nothing is concluded."""
SURE = 0.05


@dataclass(frozen=True)
class Weight:
    """Requests and clients in all, and requests of the last month; once it is removed, of the month before that."""

    requests: int
    clients: int
    month: int


class Outcome(StrEnum):
    EARLY = "early"
    FEW = "few"
    FEWER = "fewer"
    ANYWAY = "anyway"
    SAME = "same"
    MORE = "more"


@dataclass(frozen=True)
class Effect:
    """Requests of the problem in the month before and in the `days` after its removal, and those of the rest of its
    topic; each with the ratio of the rates and its interval.  `against` is the probability of a difference of the two
    changes by chance, None where the topic or its rest is not known.
    """

    before: int
    after: int
    days: float
    change: RateRatio
    rest_before: int | None
    rest_after: int | None
    rest: RateRatio | None
    against: float | None
    outcome: Outcome

    @property
    def fell_more(self) -> bool:
        return _fell_more(self.change, self.rest)


def weight(problem: Problem) -> Weight:
    """Requests that were joined to another one are that one."""
    until = problem.removed_at or clock.now()
    found = problem.linked.filter(ticket__merged_into=None).aggregate(
        requests=Count("pk"),
        organisations=Count("ticket__contact__client", distinct=True),
        people=Count("ticket__contact", distinct=True, filter=Q(ticket__contact__client=None)),
        month=Count("pk", filter=Q(ticket__opened_at__gt=until - MONTH, ticket__opened_at__lte=until)),
    )
    return Weight(found["requests"], found["organisations"] + found["people"], found["month"])


def payback(problem: Problem, each: float | None, month: int) -> FixOnce | None:
    """Of a removal whose price and effect are told, where it is known what a contact costs; else None."""
    if each is None or problem.fix_cost is None or problem.effect is None:
        return None
    return fix_once(float(problem.fix_cost), each, month, problem.effect / 100, HORIZON)


def effect(problem: Problem) -> Effect | None:
    """None before it is removed, and while no time has passed since."""
    at, now = problem.removed_at, clock.now()
    if at is None or now <= at:
        return None
    end = min(now, at + MONTH)
    days, month = (end - at) / timedelta(days=1), MONTH / timedelta(days=1)
    mine = Ticket.objects.filter(pk__in=Linked.objects.filter(problem=problem).values("ticket"), merged_into=None)
    before, after = _counted(mine, at, end)
    change = rate_ratio(before, month, after, days)
    rest_before = rest_after = against = rest = None
    if problem.topic_id:
        others = Ticket.objects.filter(topic=problem.topic_id, merged_into=None).exclude(pk__in=mine.values("pk"))
        rest_before, rest_after = _counted(others, at, end)
        rest = rate_ratio(rest_before, month, rest_after, days)
        if rest_before + rest_after:
            against = fisher_exact(before, after, rest_before, rest_after)["p"]
    outcome = _judged(before + after, days, change, rest, against)
    return Effect(before, after, days, change, rest_before, rest_after, rest, against, outcome)


def _judged(count: int, days: float, change: RateRatio, rest: RateRatio | None, against: float | None) -> Outcome:
    """Fewer, surely, and more than the rest of the topic fell; what fell with the rest, or less, fell anyway."""
    if days < MONTH / timedelta(days=1):
        return Outcome.EARLY
    if count < FEWEST:
        return Outcome.FEW
    if change["lo"] is not None and change["lo"] > 1:
        return Outcome.MORE
    if change["hi"] is None or change["hi"] >= 1:
        return Outcome.SAME
    helped = against is None or (against < SURE and _fell_more(change, rest))
    return Outcome.FEWER if helped else Outcome.ANYWAY


def _fell_more(change: RateRatio, rest: RateRatio | None) -> bool:
    """Fisher's test says that two changes differ, not which of them is greater.  From nothing it grew endlessly."""
    mine = inf if change["rr"] is None else change["rr"]
    return rest is None or rest["rr"] is None or mine < rest["rr"]


def _counted(rows: "QuerySet[Ticket]", at: datetime, end: datetime) -> tuple[int, int]:
    found = rows.aggregate(
        before=Count("pk", filter=Q(opened_at__gte=at - MONTH, opened_at__lt=at)),
        after=Count("pk", filter=Q(opened_at__gte=at, opened_at__lt=end)),
    )
    return found["before"], found["after"]
