"""The page of value, its tables to take away, and the margin by which money is told."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache

from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Product
from otklik.desk.imports import sheets
from otklik.desk.sla.models import ServiceClass
from otklik.front.board.noting.marking import by_span, during, lettered, marks
from otklik.front.board.timing import timed
from otklik.front.board.unknown import unknown
from otklik.front.board.value import buyers, cohorts, lasting, telling
from otklik.front.board.value.definitions import DEFINITIONS
from otklik.front.board.value.example import school
from otklik.front.board.value.forms import PolicyForm
from otklik.team.metrics import days
from otklik.team.value import figures
from otklik.team.value.access import may_see, may_see_one, may_set
from otklik.team.value.counting import months_before
from otklik.team.value.effect import FEWEST, effect
from otklik.team.value.figures import Population
from otklik.team.value.lasting import compared
from otklik.team.value.models import Counted, Course, Policy

SIDES = {
    "plan": pgettext_lazy("of a product", "Plan"),
    "product": gettext_lazy("Product"),
    "class": gettext_lazy("Class"),
    "line": gettext_lazy("Line"),
}
NAMED = {"product": Product, "class": ServiceClass, "line": Team}
MOST = 50
"""Segments on the page; the table to take away has all."""
FEW = 5
"""Of a smaller segment only its size is told."""


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    user, known = seer(request), figures.currencies()
    context: dict[str, Any] = {
        "known": known,
        "may_set": may_set(user),
        "may_see_one": may_see_one(user),
        "example": school(),
        "definitions": DEFINITIONS,
        "buyers": buyers.told(),
        "counted": Counted.objects.filter(pk=1).first(),
        "unknown": unknown(
            request.GET, currency=known, by=SIDES, of=cohorts.KINDS, changed=lasting.month_of, events=("off",)
        ),
    }
    if known:
        context |= figures_of(request, user, currency_of(request, known))
    return render(request, "board/value/index.html", context)


def figures_of(request: HttpRequest, user: User, currency: str) -> dict[str, Any]:
    """What is shown of a currency, on the page and on paper."""
    today, policy, side, timing = days.today(), Policy.objects.current(), side_of(request), timed(request.GET)
    found, months = figures.population(currency, today), figures.courses(currency)
    worth = figures.worth(found, months, policy)
    segments, year = _segments(currency, side, policy), figures.over_a_year(months)
    happened = lettered(during(user, *_of_course(months)) if months and timing.events else [])
    of, changed = cohorts.kind_of(request), lasting.chosen(request, today)
    return {
        "timing": timing,
        "happened": happened,
        "marks": marks(happened, by_span([one.month for one in months])),
        "currency": currency,
        "stats": [
            {"label": _("Clients now"), **telling.of_base_size(found)},
            {"label": _("Churn of the year"), **telling.of_churn(found.year)},
            {"label": _("A client stays"), **telling.of_kept(found)},
            {"label": _("Value of a client"), **telling.of_worth(worth, currency)},
            {"label": _("Value of the base"), **telling.of_base(worth, currency)},
        ],
        "margin_known": policy.margin is not None,
        "course": telling.course(months),
        "months": telling.month_rows(months, currency)[:12],
        "year": {"grr": telling.share(year["grr"]), "nrr": telling.share(year["nrr"])},
        "curve": telling.curve(found),
        "kinds": cohorts.KINDS,
        "of": of,
        "cohorts": cohorts.rows(found, currency, of),
        "lasting": lasting.told(compared(found, changed), currency),
        "changed": changed,
        "changes": lasting.months(today),
        "columns": [str(later) for later in range(12)],
        "sides": SIDES,
        "side": side,
        "segments": segments[:MOST],
        "more": max(0, len(segments) - MOST),
        "effect": telling.of_effect(effect()),
        "fewest": FEWEST,
    }


@login_required
@never_cache
def policy(request: HttpRequest) -> HttpResponse:
    """The margin and the discount: the head and the administrator say them."""
    if not may_set(seer(request)):
        raise PermissionDenied
    form = PolicyForm(request.POST or None, instance=Policy.objects.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("board:value")
    return render(request, "board/value/policy.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
def table(request: HttpRequest, what: str) -> StreamingHttpResponse:
    """Months, the curve, cohorts or segments, every row, as CSV or XLSX."""
    seer(request)
    if what not in TABLES:
        raise Http404
    known, form = figures.currencies(), request.GET.get("form", "csv")
    if form not in sheets.FORMS:
        raise BadRequest("unknown form")
    header, rows = TABLES[what](currency_of(request, known), side_of(request))
    write, kind = sheets.FORMS[form]
    response = StreamingHttpResponse(write(header, rows), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="value-{what}.{form}"'
    return response


type Table = tuple[tuple[str, ...], Iterator[tuple[object, ...]]]


def _months_table(currency: str, side: str) -> Table:
    header = (_("Month"), _("At the start"), _("Left"), _("Came"), _("Revenue kept, gross"), _("Revenue kept, net"))
    rows = (
        (one.month, one.started, one.started - one.stayed, one.came, *figures.of_revenue(one).values(), one.paid)
        for one in figures.courses(currency)
    )
    return (*header, _("Paid")), rows


def _curve_table(currency: str, side: str) -> Table:
    header = (_("Age, months"), _("Watched"), _("Left"), _("Still there"), _("Standard error"))
    rows = figures.population(currency, days.today()).curve
    return header, ((one["t"], one["n"], one["d"], one["S"], one["se"]) for one in rows)


def _cohorts_table(currency: str, side: str) -> Table:
    header = (_("Came in"), _("Clients"), *(str(later) for later in range(12)))
    rows = figures.population(currency, days.today()).cohorts()
    return header, ((month, size, *shares) for month, size, shares in rows)


def _revenue_table(currency: str, side: str) -> Table:
    """Gross and net, a row for each cohort and both of them."""
    header = (_("Came in"), _("Clients"), _("Revenue"), *(str(later) for later in range(12)))
    rows = cohorts.plain_revenue(currency)
    return header, iter(rows)


def _segments_table(currency: str, side: str) -> Table:
    header = (str(SIDES[side]), _("Clients now"), _("Churn of the year"), _("A client stays"), _("Value of a client"))
    rows = _segments(currency, side, Policy.objects.current())
    return header, ((one["name"], one["clients"], *one["plain"]) for one in rows)


TABLES: dict[str, Callable[[str, str], Table]] = {
    "months": _months_table,
    "curve": _curve_table,
    "cohorts": _cohorts_table,
    "revenue": _revenue_table,
    "segments": _segments_table,
}


def _segments(currency: str, side: str, policy: Policy) -> list[dict[str, Any]]:
    """One row for each; of fewer than five clients nothing but how many (METRICS C1)."""
    found = figures.segments(currency, side, days.today())
    called = _names(side, found)
    return [_segment(called.get(key, key) or _("not known"), one, currency, policy) for key, one in found.items()]


def _segment(name: str, found: Population, currency: str, policy: Policy) -> dict[str, Any]:
    worth = figures.worth_by_price(found, policy)
    hidden = found.known < FEW
    known = (None, None, None) if hidden else (found.year.share, worth.months, worth.client)
    low, high = found.year.interval
    return {
        "name": name,
        "clients": found.clients,
        "hidden": hidden,
        "churn": telling.share(known[0]),
        "sure": telling.between(telling.share(low), telling.share(high)) if known[0] is not None else "",
        "months": telling.months(known[1]),
        "worth": telling.money(known[2], currency),
        "plain": known,
    }


def _names(side: str, keys: dict[str, Population]) -> dict[str, str]:
    model: Any = NAMED.get(side)
    if model is None:
        return {}
    numbers = [int(key) for key in keys if key.isdecimal()]
    return {str(one.pk): one.name for one in model.objects.filter(pk__in=numbers)}


def _of_course(months: list[Course]) -> tuple[date, date]:
    """The first and the last day of the months of a chart."""
    return months[0].month, months_before(months[-1].month, -1) - timedelta(days=1)


def seer(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not may_see(request.user):
        raise PermissionDenied
    return request.user


def currency_of(request: HttpRequest, known: list[str]) -> str:
    asked = request.GET.get("currency", "")
    return asked if asked in known else next(iter(known), "")


def side_of(request: HttpRequest) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in SIDES else "plan"
