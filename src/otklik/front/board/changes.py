"""Changes: which wait for approval, and how long they take from the question until they are carried out."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from otklik.core.formulas.quantiles import percentile
from otklik.core.staff.models import User
from otklik.core.ui.words import here
from otklik.desk.tickets.change_rights import right_of
from otklik.desk.tickets.models import Change
from otklik.front.board.period import View

SHOWN = 100


@dataclass(frozen=True)
class Led:
    """Of one line in the period: how many were carried out and rolled back, and the lead times of the former."""

    name: str
    done: int
    rolled_back: int
    median: float | None
    nine_of_ten: float | None

    @property
    def failed(self) -> float:
        """The share of those that ended."""
        return self.rolled_back / (self.done + self.rolled_back)


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
    """Those with a change that ended in the period, by name."""
    ended = _seen(view).filter(ended_at__gte=view.scope.start, ended_at__lt=view.scope.end)
    found: dict[str, list[Change]] = defaultdict(list)
    for change in ended.select_related("ticket__team"):
        found[change.ticket.team.name].append(change)
    return [_led(name, changes) for name, changes in sorted(found.items())]


def _led(name: str, changes: list[Change]) -> Led:
    spans = [span.total_seconds() for one in changes if (span := one.lead_time)]
    done = sum(one.state == Change.State.DONE for one in changes)
    return Led(name, done, len(changes) - done, percentile(spans, 0.5), percentile(spans, 0.9))
