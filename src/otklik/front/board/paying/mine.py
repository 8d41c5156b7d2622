"""One's own: how the month goes, the statements that were approved, and a word against one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.front.board.paying import mixed, telling
from otklik.front.board.paying.forms import DisputeForm
from otklik.front.board.planning.rows import groups
from otklik.team.indicators.models import Indicator, Plan, Statement
from otklik.team.indicators.period import Period, Span

SHOWN = 36


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """My indicators of the running period, and my statements, the newest first."""
    user, now = _person(request), Period.now(Span.MONTH)
    mine = Indicator.objects.filter(person=user)
    plans = [plan for span in Span for plan in Plan.objects.in_force(mine, Period.of(span, now.first))]
    found = Statement.objects.seen_by(user).told()[:SHOWN]
    context = {"month": now.first, "groups": groups(plans, now), "rows": [telling.short(one) for one in found]}
    return render(request, "board/paying/mine.html", context)


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One of mine, every number of it; that I have read it is known from then on."""
    user = _person(request)
    statement = statement_of(user, pk)
    statement.see(by=user)
    return _page(request, statement, DisputeForm())


@login_required
@require_POST
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """I do not agree, and say why."""
    user, form = _person(request), DisputeForm(request.POST)
    statement = statement_of(user, pk)
    if form.is_valid():
        try:
            statement.dispute_it(form.cleaned_data["words"], by=user)
        except Refused as error:
            form.refuse(error)
        else:
            return redirect("board:my_statement", statement.pk)
    return _page(request, statement_of(user, pk), form, status=422)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def statement_of(user: User, pk: int) -> Statement:
    kept: Statement = get_object_or_404(Statement.objects.seen_by(user).told(), pk=min(pk, 2**63 - 1))
    return kept


def _page(request: HttpRequest, statement: Statement, form: DisputeForm, status: int = 200) -> HttpResponse:
    context = {**telling.whole(statement), "mixed": mixed.note(statement), "form": form}
    return render(request, "board/paying/my_one.html", context, status=status)
