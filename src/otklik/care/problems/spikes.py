"""More requests of a topic within an hour than chance makes (METRICS Q8).

Usual is the mean of the same weekday and hour in the last four to eight weeks; where these differ more than chance
does, the negative binomial with their variance.  Where none came in all of them, the mean is half a request in all
these weeks: nothing that was seen eight times is impossible.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import fmean, variance

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from otklik.care.problems import hints, telling
from otklik.care.problems.finding import FEWEST, FEWEST_CLIENTS, Row, clients_of
from otklik.care.problems.models import Candidate
from otklik.care.problems.states import Found
from otklik.core.formulas import overdispersed_spike
from otklik.core.journal import clock
from otklik.desk.tickets.models import Ticket

HOUR = timedelta(hours=1)
WEEKS, FEWEST_WEEKS = 8, 4
RARE = 0.001
QUIET = timedelta(hours=24)
"""One topic is told once within that time."""


def look() -> list[Candidate]:
    """At the last whole hour."""
    now = clock.now()
    end = now.replace(minute=0, second=0, microsecond=0)
    by_topic = _of_hour(end - HOUR, end)
    told = Candidate.objects.filter(found=Found.SPIKE, hour__gt=end - QUIET).values_list("topic", flat=True)
    many = {topic: rows for topic, rows in by_topic.items() if _is_many(rows) and topic not in set(told)}
    if not many:
        return []
    past = usual(many, end - HOUR)
    return [
        _keep(topic, rows, end - HOUR, mean, chance)
        for topic, rows in many.items()
        if topic in past
        for mean, chance in [judged(len(rows), past[topic])]
        if chance < RARE
    ]


def judged(count: int, past: list[int]) -> tuple[float, float]:
    """The usual number, and the probability of at least `count` by chance; `past` has four numbers or more."""
    mean = max(fmean(past), 0.5 / len(past))
    return mean, overdispersed_spike(count, mean, variance(past))["p"]


def usual(topics: Iterable[int], start: datetime) -> dict[int, list[int]]:
    """Of each topic how many came in this hour of this weekday in each of the last weeks; fewer than four say nothing.

    By the clock of the department, whatever summer time does meanwhile.
    """
    first = Ticket.objects.aggregate(first=Min("opened_at"))["first"]
    begins = [moment for week in range(1, WEEKS + 1) if (moment := _back(start, week)) and first and moment >= first]
    if len(begins) < FEWEST_WEEKS:
        return {}
    hours = Q()
    for begin in begins:
        hours |= Q(opened_at__gte=begin, opened_at__lt=begin + HOUR)
    came: Counter[tuple[int, int]] = Counter()
    found = _standing().filter(hours, topic__in=list(topics)).values_list("topic_id", "opened_at")
    for topic, at in found:
        came[topic, next(place for place, begin in enumerate(begins) if begin <= at < begin + HOUR)] += 1
    return {topic: [came[topic, place] for place in range(len(begins))] for topic in topics}


def _back(start: datetime, weeks: int) -> datetime:
    zone = timezone.get_default_timezone()
    there = timezone.localtime(start, zone).replace(tzinfo=None) - timedelta(weeks=weeks)
    return timezone.make_aware(there, zone)


def _standing() -> "QuerySet[Ticket]":
    found = Ticket.objects.filter(merged_into=None)
    for absorbed in hints.absorbed():
        found = found.exclude(pk__in=absorbed)
    return found


def _of_hour(start: datetime, end: datetime) -> dict[int, list[Row]]:
    found = _standing().filter(opened_at__gte=start, opened_at__lt=end, topic__isnull=False)
    by_topic: dict[int, list[Row]] = {}
    columns = ("pk", "topic_id", "product_id", "contact_id", "contact__client_id", "subject")
    for told in found.order_by("pk").values_list(*columns):
        by_topic.setdefault(told[1], []).append(Row(*told))
    return by_topic


def _is_many(rows: list[Row]) -> bool:
    """What wakes people is never less than a candidate of a month."""
    return len(rows) >= FEWEST and clients_of(rows) >= FEWEST_CLIENTS


@transaction.atomic
def _keep(topic: int, rows: list[Row], hour: datetime, mean: float, chance: float) -> Candidate:
    made = Candidate(found=Found.SPIKE, key=f"t{topic}:h{hour:%Y%m%d%H}", topic_id=topic)
    made.hour, made.usual, made.chance = hour, mean, chance
    made.keep([row.ticket for row in rows], clients_of(rows))
    lines = Ticket.objects.filter(pk__in=[row.ticket for row in rows]).values_list("team_id", flat=True)
    telling.tell_spike(made, set(lines))
    return made
