"""What the figure of a plan is made of: requests or records, each only where the reader may see it."""

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.front.board.measured import records
from otklik.front.board.measured.requests import requests, tickets_for
from otklik.team.indicators.measuring import question_of
from otklik.team.indicators.models import Frozen, Plan
from otklik.team.indicators.models.close import MOST_NAMED
from otklik.team.indicators.period import Period
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import recorded
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.telling import of_reading

PAGE = 50


def page_of(plan: Plan, period: Period, user: User, start: int) -> tuple[list[dict[str, Any]], bool]:
    """One row for each thing that is counted, newest first, and whether there are more."""
    asked, until = question_of(plan, period), start + PAGE + 1
    if asked.metric.records:
        items = recorded.behind(asked)[start:until]
        seen = records.named(asked.metric, {one.record for one in items}, user)
        rows = [
            {"record": seen.get(one.record), "at": words.stamp(one.at), "says": records.says(asked.metric, one)}
            for one in items
        ]
    else:
        rows = list(requests(asked.metric, list(layer.behind(asked)[start:until]), user))
    return rows[:PAGE], len(rows) > PAGE


def counted(user: User, kept: Frozen, start: int) -> list[dict[str, Any]]:
    """One row for each thing that was counted then; what it says today, where it is counted still."""
    some = kept.tickets[start : start + PAGE]
    seen, still = _shown(user, kept.plan.indicator.measured, set(some)), _said_today(kept, some)
    found = []
    for number in some:
        told = still.get(number, [])
        found.append({**seen.get(number, {}), "gone": not told, "says": told.pop(0) if told else ""})
    return found


def news(user: User, kept: Frozen) -> list[dict[str, Any]]:
    """What is counted today and was not then."""
    if not kept.tickets and kept.n:
        return []
    asked = question_of(kept.plan, kept.period)
    if asked.metric.records:
        today = [one.record for one in recorded.behind(asked)]
    else:
        today = list(layer.behind(asked).values_list("ticket_id", flat=True)[:MOST_NAMED])
    fresh = sorted((Counter(today) - Counter(kept.tickets)).elements())[:PAGE]
    seen = _shown(user, asked.metric, set(fresh))
    return [seen.get(number, {}) for number in fresh]


def _shown(user: User, metric: Metric, numbers: set[int]) -> dict[int, dict[str, Any]]:
    """Each of these that the reader may see, as a row shows it."""
    if metric.records:
        return {number: {"record": one} for number, one in records.named(metric, numbers, user).items()}
    return {number: {"ticket": one} for number, one in tickets_for(user, numbers).items()}


def _said_today(kept: Frozen, numbers: Collection[int]) -> dict[int, list[str]]:
    asked, found = question_of(kept.plan, kept.period), defaultdict[int, list[str]](list)
    if asked.metric.records:
        for one in recorded.behind(asked):
            found[one.record].append(records.says(asked.metric, one))
    else:
        for reading in layer.behind(asked).filter(ticket__in=set(numbers)):
            found[reading.ticket_id].append(of_reading(asked.metric, reading))
    return found
