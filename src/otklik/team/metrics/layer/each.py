"""The same metric of several people or lines at once, in a number of statements that does not grow with them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.question import SIDES, Question


def each(question: Question, side: str, keys: Collection[str], *, bounds: bool = True) -> dict[str, Figure]:
    """Of each of these keys, also of one without readings; with `bounds` exact medians have their interval, too."""
    found = layer.by_side(question, side)
    nothing = layer.nothing(question)
    told = {key: found.get(key, nothing) for key in keys}
    if not bounds or question.metric.how != How.MEDIAN or question.metric.records:
        return told
    exact = [key for key, figure in told.items() if figure.exact and figure.n]
    ordered = _ordered(question, side, exact)
    return told | {key: _bounded(told[key], ordered[key]) for key in exact}


def tickets_of_each(question: Question, side: str, keys: Collection[str]) -> dict[str, list[int]]:
    """The requests behind each figure, one number for each reading, newest first."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = layer.behind(question).filter(**{f"{SIDES[side]}__in": keys})
    for key, ticket in rows.values_list(SIDES[side], "ticket_id"):
        found[str(key)].append(ticket)
    return found


def _ordered(question: Question, side: str, keys: Collection[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    rows = layer.behind(question).filter(**{f"{SIDES[side]}__in": keys}).order_by("value")
    for key, value in rows.values_list(SIDES[side], "value"):
        found[str(key)].append(value)
    return found


def _bounded(figure: Figure, ordered: list[int]) -> Figure:
    place = layer.place_of_bound(len(ordered))
    if place < 1:
        return figure
    return replace(figure, lo=ordered[place - 1] / SECOND, hi=ordered[-place] / SECOND)
