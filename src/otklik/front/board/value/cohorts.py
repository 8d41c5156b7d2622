"""Cohorts on the page: heads, and the revenue they brought at first, gross and net."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from otklik.core.formulas.retention import RevenueRetention
from otklik.core.ui.charts import Pale
from otklik.front.board.value import telling
from otklik.team.metrics.sureness import HIDDEN
from otklik.team.value.cohorts import Kept, revenue_of_cohorts
from otklik.team.value.figures import Population

KINDS: dict[str, str | LazyText] = {
    "clients": gettext_lazy("Clients"),
    "gross": gettext_lazy("Revenue kept, gross"),
    "net": gettext_lazy("Revenue kept, net"),
}

type Row = tuple[str, list[float | None]]


def kind_of(request: HttpRequest) -> str:
    asked = request.GET.get("of", "")
    return asked if asked in KINDS else "clients"


def rows(found: Population, currency: str, kind: str) -> list[Row]:
    """In per cent for the heat map, with how many clients each row is; of fewer than five nothing is coloured."""
    if kind == "clients":
        return [
            (_named(month.year, month.month, size), [_cell(one, size) for one in shares])
            for month, size, shares in found.cohorts()
        ]
    return [(_name(one), [_cell(_share(told, kind), one.clients) for told in one.months]) for one in _revenue(currency)]


def plain_revenue(currency: str) -> list[tuple[Any, ...]]:
    """For the table to take away."""
    return [
        (one.came_in or _("All together"), one.clients, str(KINDS[kind]), *(_share(told, kind) for told in one.months))
        for one in _revenue(currency)
        for kind in ("gross", "net")
    ]


def _revenue(currency: str) -> list[Kept]:
    return revenue_of_cohorts(currency)


def _share(told: RevenueRetention | None, kind: str) -> float | None:
    if told is None:
        return None
    return told["grr"] if kind == "gross" else told["nrr"]


def _cell(share: float | None, clients: int) -> float | None:
    if share is None:
        return None
    return Pale(100 * share) if clients < HIDDEN else 100 * share


def _name(one: Kept) -> str:
    if one.came_in is None:
        return f"{pgettext('cohorts', 'All')} · {one.clients}"
    return _named(one.came_in.year, one.came_in.month, one.clients)


def _named(year: int, month: int, size: int) -> str:
    return f"{telling.named(year, month)} · {size}"
