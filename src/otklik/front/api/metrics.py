"""Metrics for programs: the definitions and the figures of the pages."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError

from otklik.front.api.auth import person, reading
from otklik.front.api.doors import answers
from otklik.front.api.schemas.metrics import FigureOut, MeasuredOut, MetricOut
from otklik.team.metrics.days import midnight
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.naming import is_key, names, sides_for
from otklik.team.metrics.layer.question import BY_DAY, Question
from otklik.team.metrics.scope import Scope

router = Router(tags=["metrics"])
LONGEST = timedelta(days=3 * 366)
NO_CLASS = "0"
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


@router.get("", auth=reading, response=answers(list[MetricOut]), operation_id="list_metrics")
def list_metrics(request: HttpRequest) -> Any:
    """Every metric with its definition."""
    return [
        {
            "id": one.id,
            **{name: str(getattr(one, name)) for name in ("name", "says", "formula", "anchor", "clock")},
            **{"unit": one.unit.value, "better": one.better.value, "pair": list(one.pair)},
            "short": one.standard.short if one.standard else "",
        }
        for one in METRICS.values()
    ]


@router.get("/{name}", auth=reading, response=answers(MeasuredOut), operation_id="get_metric")
def get_metric(
    request: HttpRequest,
    name: str,
    since: date,
    until: date,
    by: str = Query("", description="day, line, agent, channel, topic, class, product or client"),
    line: str = "",
    agent: str = "",
    channel: str = "",
    topic: str = "",
    service_class: str = Query("", alias="class", description="0: where the line's own times held"),
    product: str = "",
    client: str = "",
) -> Any:
    """The figure of a period, days of the organisation's zone, both included; `by` breaks it down, the rest narrow it.

    Of the person's own lines unless they look at the whole department; people are compared by who leads them only.
    """
    user = person(request)
    if name not in METRICS:
        raise HttpError(404, "not found")
    sides = sides_for(user, METRICS[name])
    if by not in ("", BY_DAY, *sides):
        raise HttpError(422, "by is day or a side that the metric has; people and organisations are for those who lead")
    told = {"line": line, "agent": agent, "channel": channel, "topic": topic}
    told |= {"class": service_class, "product": product, "client": client}
    only = {side: key for side, key in told.items() if key}
    if not all(side in sides and is_key(side, key) for side, key in only.items()):
        raise HttpError(
            422, "the rest are keys of rows, of sides that the metric has; people and organisations are for who leads"
        )
    if only.get("class") == NO_CLASS:
        only["class"] = ""
    asked = Question(METRICS[name], Scope.visible_to(user, *_days(since, until)), only)
    rows = layer.by_side(asked, by) if by else {}
    called = {key: key for key in rows} if by in ("", BY_DAY) else names(by, rows)
    return {
        **{"metric": name, "since": since, "until": until, "by": by},
        "figure": figure_row(layer.figure(asked)),
        "rows": [{"key": key, "name": called[key], **figure_row(one)} for key, one in sorted(rows.items())],
    }


def _days(since: date, until: date) -> tuple[datetime, datetime]:
    if not FIRST <= since <= until <= LAST or until - since > LONGEST:
        raise HttpError(422, "until is not before since, not more than three years later, and both are of this century")
    return midnight(since), midnight(until + timedelta(days=1))


def figure_row(figure: Figure) -> dict[str, Any]:
    told = {name: getattr(figure, name) for name in FigureOut.model_fields}
    return told | {"wordings": len(figure.wordings)}
