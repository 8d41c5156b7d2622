"""The doors of papers: whoever may open the page may take it away."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from otklik.core.paper import Busy, Paper, Unprintable, pdf
from otklik.core.paper.printing import MOST_ROWS
from otklik.core.staff.models import User
from otklik.front.board.measured.narrowing import narrowed, viewed, within
from otklik.front.board.own import looking
from otklik.front.board.own.access import seen
from otklik.front.board.papers.department import of_department
from otklik.front.board.papers.of_board import of_board
from otklik.front.board.papers.of_metric import paper_of
from otklik.front.board.papers.of_money import of_month, of_statement
from otklik.front.board.paying import mine as my_pay
from otklik.front.board.paying import views as paying
from otklik.front.board.period import chosen
from otklik.front.board.planning import closing
from otklik.front.board.planning.months import key_of
from otklik.front.board.planning.views import watcher
from otklik.team.indicators.period import Period, Span
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.naming import sides_for

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
