"""For who approves: statements of a month, schemes with what they would have paid, the table for the payroll."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.desk.imports import exporting, sheets
from otklik.front.board.paying import mixed, telling
from otklik.front.board.paying.forms import AnswerForm, LoweringForm
from otklik.front.board.planning.months import chosen_month, key_of, month_of
from otklik.front.board.planning.views import decider, months
from otklik.front.board.unknown import unknown
from otklik.team.indicators.access import may_approve, may_decide, may_see_money
from otklik.team.indicators.models import Close, Scheme, State, Statement
from otklik.team.indicators.period import Period, Span

MOST = 300


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The statements of a month, those that wait for a word first; drafts that could not be made, and why."""
    user = payer(request)
    month = chosen_month(request, Period.now(Span.MONTH).move(-1))
    known: Any = {"month": month_of}
    found = Statement.objects.visible_to(user).filter(close__month=month.first).told()
    rows = list(found.order_by("-state", "person__name", "pk")[: MOST + 1])
    context = {
        "unknown": unknown(request.GET, **known),
        "rows": [telling.short(one) for one in rows[:MOST]],
        "more": len(rows) > MOST,
        "close": Close.objects.of_month(month.first),
        "schemes": Scheme.objects.select_related("team", "approver")[:MOST],
        "may_decide": may_decide(user),
        "ready": any(one.state == State.APPROVED for one in rows),
        **months(month),
    }
    return render(request, "board/paying/index.html", context)


@login_required
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Make what is missing of a closed month; whoever has a statement keeps it."""
    decider(request)
    close = get_object_or_404(Close, pk=min(pk, 2**63 - 1), reopened_at=None)
    try:
        drafted = Statement.objects.draft(close)
    except Refused as error:
        messages.error(request, error.text)
        return redirect("board:closes")
    messages.success(request, _("Drafted: %(count)s.") % {"count": len(drafted.made)})
    for name, why in drafted.left.items():
        messages.warning(request, _("%(name)s: %(why)s.") % {"name": name, "why": "; ".join(why)})
    return redirect(f"{reverse('board:bonus')}?month={key_of(Period.of(Span.MONTH, close.month))}")


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Every number of a statement, and what may be done with it."""
    user = payer(request)
    return _page(request, user, statement_of(user, pk))


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    user = payer(request)
    statement = statement_of(user, pk)
    try:
        statement.approve(by=user)
    except Refused as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("Approved: %(name)s may read it.") % {"name": statement.person.name})
    return redirect("board:statement", statement.pk)


@login_required
@require_POST
def lower(request: HttpRequest, pk: int) -> HttpResponse:
    """A confirmed critical error, or a cut within the law; both empty take it back."""
    user, form = payer(request), LoweringForm(request.POST)
    statement = statement_of(user, pk)

    def act(told: dict[str, Any]) -> None:
        cut = {"cut": told["cut"] or 0, "salary": told["salary"]}
        statement.lower(critical=told["critical"], why=told["why"], by=user, **cut)

    return _done(request, user, statement, form, act, lowering=form)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """To a dispute: another amount, or why it stays."""
    user, form = payer(request), AnswerForm(request.POST)
    statement = statement_of(user, pk)

    def act(told: dict[str, Any]) -> None:
        statement.answer(told["answer"], amount=told["amount"], by=user)

    return _done(request, user, statement, form, act, answering=form)


@login_required
@never_cache
def table(request: HttpRequest) -> StreamingHttpResponse:
    """The approved statements of a month for the payroll, CSV or XLSX; who took it stands in the journal."""
    user, month, form = payer(request), month_of(request.GET.get("month", "")), request.GET.get("form", "csv")
    if month is None or form not in sheets.FORMS:
        raise BadRequest("unknown month or form")
    found = Statement.objects.visible_to(user).filter(close__month=month.first, state=State.APPROVED)
    header = (
        _("person"),
        _("login"),
        _("scheme"),
        _("from"),
        _("by the formula"),
        _("taken off"),
        _("to pay"),
        _("currency"),
    )
    rows = (
        [
            *(one.person.name, one.person.login, one.scheme.name, one.starts_on.isoformat()),
            *(one.payout, one.cut, one.amount, one.currency),
        ]
        for one in found.told().order_by("person__name", "pk").iterator(500)
    )
    write, kind = sheets.FORMS[form]
    noted = exporting.told(rows, what="bonus", form=form, query=key_of(month), by=user)
    response = StreamingHttpResponse(write(header, noted), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="bonus-{key_of(month)}.{form}"'
    return response


def payer(request: HttpRequest) -> User:
    """Whoever may look at other people's money."""
    assert isinstance(request.user, User)
    if not may_see_money(request.user):
        raise PermissionDenied
    return request.user


def statement_of(user: User, pk: int) -> Statement:
    rows = Statement.objects.visible_to(user).told()
    kept: Statement = get_object_or_404(rows, pk=min(pk, 2**63 - 1))
    return kept


def _done(
    request: HttpRequest,
    user: User,
    statement: Statement,
    form: Any,
    act: Callable[[dict[str, Any]], None],
    **forms: Form,
) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            return redirect("board:statement", statement.pk)
    return _page(request, user, statement_of(user, statement.pk), status=422, **forms)


def _page(request: HttpRequest, user: User, statement: Statement, status: int = 200, **forms: Form) -> HttpResponse:
    may = may_approve(user, statement.person_id, statement.scheme.approver_id)
    is_draft = may and statement.state == State.DRAFT
    lowered = {"critical": statement.gate is not None, "cut": statement.cut or None, "why": statement.cut_why}
    context = {
        **telling.whole(statement),
        "mixed": mixed.note(statement),
        "approving": is_draft,
        "lowering": forms.get("lowering") or (LoweringForm(initial=lowered) if is_draft else None),
        "open": "lowering" in forms,
        "answering": forms.get("answering") or (AnswerForm() if may and statement.waits_for_answer else None),
    }
    return render(request, "board/paying/one.html", context, status=status)
