"""Changes: which wait for approval, and how long they take from the question until they are carried out."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from otklik.core.staff.models import User
from otklik.core.ui.words import here
from otklik.desk.tickets.change_rights import right_of
from otklik.desk.tickets.models import Change
from otklik.front.board.measured import telling
from otklik.front.board.period import View
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.naming import names
from otklik.team.metrics.layer.together import figures

SHOWN = 100
SHOWN_WHOLE = ("change.lead", "change.failed")


@dataclass(frozen=True)
class Led:
    """Of one line in the period: `failed` of those that ended, and the lead times of those that were carried out."""

    name: str
    failed: Figure
    lead: Figure | None

    @property
    def done(self) -> int:
        return self.failed.n - self.rolled_back

    @property
    def rolled_back(self) -> int:
        return self.failed.good or 0


def page_of(view: View, user: User) -> dict[str, Any]:
    waiting = _seen(view).filter(state=Change.State.ASKED).select_related("ticket__team", "by", "asked_by")
    return {
        "now": here(view.now),
        "waiting": [(one, right_of(user, one) is not None) for one in waiting.order_by("asked_at", "id")[:SHOWN]],
        "whole": _whole(view),
        "lines": _lines(view),
    }


def _whole(view: View) -> list[dict[str, Any]]:
    """Of all lines, beside the days they are compared with; none where no change ended on either side."""
    asked = [view.ask(METRICS[name]) for name in SHOWN_WHOLE]
    now, was = figures(asked), figures([one for each in asked if (one := view.before(each))])
    if not any(one.n for one in (*now, *was)):
        return []
    return [_told(view, *pair) for pair in zip_longest(now, was)]


def _told(view: View, now: Figure, before: Figure | None) -> dict[str, Any]:
    return {
        "label": now.metric.name,
        "address": f"{reverse('board:metric', args=[now.metric.id])}?{view.query}",
        "value": telling.shown(now),
        "pale": now.status != "ok",
        "made_of": telling.of_how_many(now),
        "was": telling.was(before, now) if before else "",
        "state": telling.state(now, before) if before else "",
    }


def _seen(view: View) -> QuerySet[Change]:
    if view.scope.teams is None:
        return Change.objects.all()
    return Change.objects.filter(ticket__team__in=view.scope.teams)


def _lines(view: View) -> list[Led]:
    """Those with a change that ended in the period, by name, as the layer counts them."""
    failed, lead = (layer.by_side(view.ask(METRICS[name]), "line") for name in ("change.failed", "change.lead"))
    called = names("line", failed)
    return sorted((Led(called[key], one, lead.get(key)) for key, one in failed.items()), key=lambda one: one.name)
