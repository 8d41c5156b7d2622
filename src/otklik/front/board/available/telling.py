"""The figures of availability of one month in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.status import figures
from otklik.care.status.figures import Availability, Budget, Moments, Record
from otklik.care.status.models import Check, Component
from otklik.care.status.states import State
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.team.metrics.layer import together
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

MINUTE = 60
OF_LAYER = ("uptime", "client_availability")


@dataclass(frozen=True)
class Row:
    """One component in the month."""

    component: Component
    state: State
    since: datetime | None
    found: Availability
    budget: Budget | None
    clients: int | None
    checks: Sequence[Check]
    faults: int

    @property
    def share(self) -> str:
        return percent(self.found.share)

    @property
    def left(self) -> str:
        return minutes(self.budget.remaining_s) if self.budget else ""

    @property
    def burn(self) -> str:
        return words.number(self.budget.burn, 1) if self.budget and self.budget.burn is not None else ""

    @property
    def misses(self) -> bool:
        """Whether the target of the month cannot be kept any more."""
        return self.budget is not None and self.budget.is_spent


def percent(share: float | None) -> str:
    told = figures.floored(share)
    return "" if told is None else f"{words.number(told, 3)}\N{NO-BREAK SPACE}%"


def minutes(seconds: float) -> str:
    """“43.2 min”; overspent is below zero."""
    return _("%(count)s min") % {"count": words.number(seconds / MINUTE, 1)}


def stats(rows: Sequence[Row], user: User, month: Moments) -> list[dict[str, Any]]:
    """The three figures of the month, each with what it rests on and its guard."""
    all_of = [row.found for row in rows]
    scope = Scope(*month, viewer=user)
    headline, weighed = (one.value for one in together.figures([Question(METRICS[name], scope) for name in OF_LAYER]))
    without = sum(not row.clients for row in rows)
    burning = [row for row in rows if row.budget]
    worst = max(burning, key=lambda row: row.budget.burn or 0 if row.budget else 0, default=None)
    planned = max((one.planned_share or 0 for one in all_of), default=0)
    spent = sum(row.misses for row in rows)
    return [
        {
            "label": _("Availability"),
            "value": percent(headline) or _("not enough data"),
            "pale": headline is None,
            "notes": [
                _("the worst component counts"),
                _("planned works took at most %(share)s") % {"share": words.percent(planned, 2)},
            ],
        },
        {
            "label": _("Availability for clients"),
            "value": percent(weighed) or _("not enough data"),
            "pale": weighed is None,
            "notes": [_clients(rows), *([_without(without)] if without else [])],
        },
        {
            "label": _("Downtime budget"),
            "value": worst.left if worst else _("not enough data"),
            "pale": worst is None,
            "notes": [
                *([_("left of “%(name)s”, the fastest to go") % {"name": worst.component.name}] if worst else []),
                *([_("pace %(pace)s") % {"pace": worst.burn}] if worst and worst.burn else []),
                *([_spent(spent)] if spent else []),
            ],
        },
    ]


def by_product(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Each product that has a component: as available as the worst of them."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row.component.product_id:
            found.setdefault(row.component.product_id, []).append(row)
    return [
        {
            "name": some[0].component.product.name if some[0].component.product else "",
            "share": percent(figures.headline(row.found for row in some)),
            "clients": some[0].clients or 0,
            "components": len(some),
        }
        for some in found.values()
    ]


def row_of(
    component: Component,
    known: Record,
    states: Mapping[int, tuple[State, datetime | None]],
    clients: Mapping[int, int],
    checks: Mapping[int, list[Check]],
) -> Row:
    state, since = states[component.pk]
    return Row(
        component,
        state,
        since,
        known.of(component),
        known.budget(component),
        clients.get(component.product_id, 0) if component.product_id else None,
        checks.get(component.pk, []),
        len(known.faults([component])),
    )


def months(today: date, first: date) -> list[date]:
    """From the first that is known, the newest first; at most two years."""
    return [one for one in figures.months_back(today, 24) if one >= first] or [today.replace(day=1)]


def _clients(rows: Iterable[Row]) -> str:
    known = sum({row.component.product_id: row.clients or 0 for row in rows if row.component.product_id}.values())
    said = ngettext("%(count)s client by products", "%(count)s clients by products", known)
    return said % {"count": words.number(known)}


def _without(count: int) -> str:
    said = ngettext(
        "%(count)s component without known clients is not in it",
        "%(count)s components without known clients are not in it",
        count,
    )
    return said % {"count": count}


def _spent(count: int) -> str:
    said = ngettext("%(count)s component is over its budget", "%(count)s components are over their budget", count)
    return said % {"count": count}
