"""Changes: which wait for approval, and how long they take from the question until they are carried out."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from otklik.core.staff.models import User
from otklik.core.ui.words import here
from otklik.desk.tickets.change_rights import right_of
from otklik.desk.tickets.models import Change
from otklik.front.board.period import View
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.naming import names

SHOWN = 100


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
        "lines": _lines(view),
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
