"""The doors of papers: whoever may open the page may take it away."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from otklik.core.paper import Busy, Paper, Unprintable, pdf
from otklik.core.paper.printing import MOST_ROWS
from otklik.core.staff.models import User
from otklik.front.board import shift
from otklik.front.board.access import may_watch
from otklik.front.board.improving import views as improving
from otklik.front.board.measured.narrowing import narrowed, viewed, within
from otklik.front.board.own import looking
from otklik.front.board.own.access import seen
from otklik.front.board.papers.department import of_department
from otklik.front.board.papers.of_board import of_board
from otklik.front.board.papers.of_improvement import of_improvement
from otklik.front.board.papers.of_metric import paper_of
from otklik.front.board.papers.of_money import of_month, of_statement
from otklik.front.board.papers.of_shift import of_shift
from otklik.front.board.papers.of_value import of_client, of_value
from otklik.front.board.paying import mine as my_pay
from otklik.front.board.paying import views as paying
from otklik.front.board.period import chosen
from otklik.front.board.planning import closing
from otklik.front.board.planning.months import key_of
from otklik.front.board.planning.views import watcher
from otklik.front.board.timing import timed
from otklik.front.board.value import one as value_of_one
from otklik.front.board.value import views as values
from otklik.team.indicators.period import Period, Span
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.naming import sides_for
from otklik.team.value import figures

NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


@login_required
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    view = within(chosen(request, user), narrowed(request.GET, user))
    return answered(request, f"figures-{view.now:%Y-%m-%d}", lambda: of_department(view, user))


@login_required
@never_cache
def metric(request: HttpRequest, name: str) -> HttpResponse:
    """From the side that the address names, with every row of it."""
    user = _person(request)
    if name not in METRICS:
        raise Http404
    found, side = METRICS[name], request.GET.get("by", "")
    view = within(viewed(request, user, found), narrowed(request.GET, user, found))
    side = side if side in sides_for(user, found) else "line"
    return answered(request, f"{name}-{view.now:%Y-%m-%d}", lambda: paper_of(user, view, found, side))


@login_required
@never_cache
def own_board(request: HttpRequest, pk: int) -> HttpResponse:
    """With the period that the address names."""
    user, found = _person(request), seen(request, pk)
    look = looking.chosen(request, found)
    return answered(request, f"board-{pk}-{look.period.last}", lambda: of_board(found, user, look))


@login_required
@never_cache
def month(request: HttpRequest, pk: int) -> HttpResponse:
    user, close = watcher(request), closing.close_of(request, pk)
    rows, more = closing.rows_of(user, close, MOST_ROWS)
    return answered(request, key_of(Period.of(Span.MONTH, close.month)), lambda: of_month(close, rows, more=more))


@login_required
@never_cache
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Of others, for whoever may see money."""
    kept = paying.statement_of(paying.payer(request), pk)
    return answered(request, f"bonus-{kept.starts_on:%Y-%m}-{kept.person.login}", lambda: of_statement(kept))


@login_required
@never_cache
def my_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """One of mine; it counts as read, as on the page."""
    user = _person(request)
    kept = my_pay.statement_of(user, pk)
    kept.see(by=user)
    return answered(request, f"bonus-{kept.starts_on:%Y-%m}", lambda: of_statement(kept))


@login_required
@never_cache
def value(request: HttpRequest) -> HttpResponse:
    """What clients are worth, in the currency and from the side that the address names."""
    user, known = values.seer(request), figures.currencies()
    if not known:
        raise Http404
    told = values.figures_of(request, user, values.currency_of(request, known))
    return answered(request, f"value-{told['currency']}", lambda: of_value(told))


@login_required
@never_cache
def client_value(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Of a named client; a look at their card."""
    holder, user, events = value_of_one.holder_of(request, kind, pk), _person(request), timed(request.GET).events
    return answered(request, f"value-{kind}-{pk}", lambda: of_client(value_of_one.told(user, holder, events=events)))


@login_required
@never_cache
def improvement(request: HttpRequest, pk: int) -> HttpResponse:
    kept, user, events = improving.found(request, pk), _person(request), timed(request.GET).events
    return answered(request, f"improvement-{pk}", lambda: of_improvement(improving.told(user, kept, events=events)))


@login_required
@never_cache
def shift_now(request: HttpRequest) -> HttpResponse:
    """The shift as it is at this moment, of the line that the address names."""
    user = _person(request)
    if not may_watch(user):
        raise PermissionDenied
    asked = shift.of_line(shift.asked(request, user))
    return answered(request, "shift", lambda: of_shift(shift.page_of(user, asked), asked))


def answered(
    request: HttpRequest, name: str, make: Callable[[], Paper], *, eyes: AbstractContextManager[None] | None = None
) -> HttpResponse:
    """The PDF as a file, made and set in these eyes or one's own; 503 and what to do when it cannot be made now."""
    try:
        with eyes or nullcontext():
            content = pdf(make())
    except (Busy, Unprintable) as trouble:
        soon = isinstance(trouble, Busy)
        response = render(request, "board/papers/not_now.html", {"soon": soon}, status=503)
        response.headers["Retry-After"] = "20"
        return response
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{NOT_IN_A_NAME.sub("-", name)}.pdf"'
    return response


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
