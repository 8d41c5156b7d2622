"""To which values of which sides an address narrows a figure: a topic, a person, a channel."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest

from otklik.core.staff.models import User
from otklik.front.board.period import View, chosen
from otklik.front.board.unknown import Known
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.naming import SIDES, is_key, may_narrow, names_for, sides_of

NOBODY = "0"
"""In an address: what has nothing on that side; only of service classes."""


def narrowed(asked: Mapping[str, Any], user: User, metric: Metric | None = None) -> dict[str, str]:
    """The sides of an address that name a row of theirs, of all metrics or those that one knows; the line is a part of
    the view itself.
    """
    told = {side: str(asked.get(side, "")) for side in _sides(metric)}
    return {
        side: "" if key == NOBODY and side == "class" else key
        for side, key in told.items()
        if key and is_key(side, key) and may_narrow(user, side, key)
    }


def within(view: View, only: Mapping[str, str]) -> View:
    """The view narrowed to these."""
    return replace(view, only=only, narrowed=addressed(only))


def known(user: User, metric: Metric | None = None) -> dict[str, Known]:
    """What an address may say of these sides: nothing of those that the metric does not know."""
    vain: dict[str, Known] = {side: () for side in SIDES if side != "line"}
    return vain | {side: partial(_fits, user, side) for side in _sides(metric)}


def offered(user: User, metric: Metric | None = None) -> list[str]:
    """The sides that a page of figures can be narrowed by."""
    return [side for side in _sides(metric) if side == "agent" or side in sides_of(user)]


def viewed(request: HttpRequest, user: User, metric: Metric) -> View:
    """The view of an address; one of a metric that knows no lines is of all of them."""
    return chosen(request, user, lined=metric.knows("line"))


def addressed(only: Mapping[str, str]) -> dict[str, str]:
    """As an address says it."""
    return {side: key or NOBODY for side, key in only.items()}


def called(only: Mapping[str, str], reader: User) -> list[str]:
    """In words, for somebody who may have typed the numbers."""
    return [f"{SIDES[side]}: {names_for(reader, side, [key])[key] if key else '—'}" for side, key in only.items()]


def _sides(metric: Metric | None) -> list[str]:
    return [side for side in SIDES if side != "line" and (metric is None or metric.knows(side))]


def _fits(user: User, side: str, key: str) -> bool:
    return is_key(side, key) and may_narrow(user, side, key)
