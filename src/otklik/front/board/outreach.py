"""What is ahead of clients in the next weeks, who was written to, and who has to be called."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.forms.widgets import CheckboxInput
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from otklik.care.outreach import writing
from otklik.care.outreach.access import may_see, may_set, may_write
from otklik.care.outreach.models import OutreachPolicy, Upcoming
from otklik.care.outreach.showing import fate_of, named_event
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.team.metrics.layer.catalogue import METRICS

PAGE = 50
WEEKS = timedelta(days=28)
"""So much of the past is shown: what was missed there can still be made good by a call."""


class PolicyForm(ModelForm):
    class Meta:
        model = OutreachPolicy
        fields = ("writes", "begin_days", "lead_days")
        widgets = {"writes": CheckboxInput(attrs={"role": "switch"})}


@login_required
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?day=` begins with that day, `?after=` goes on behind a row; without either it begins today."""
    return _page(request, _user(request))


@login_required
@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A person has it written now; the contact policy holds for them as well."""
    user = _user(request)
    if not may_write(user):
        raise PermissionDenied
    if not Upcoming.objects.filter(pk=min(pk, 2**63 - 1)).exists():
        raise Http404
    why = writing.write(pk, by=user)
    if why:
        messages.error(request, _("Not written: %(why)s") % {"why": writing.said(why)})
    else:
        messages.success(request, _("Written: the letter is on its way"))
    return redirect("board:ahead")


@login_required
@require_POST
def settings(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    if not may_set(user):
        raise PermissionDenied
    form = PolicyForm(request.POST, instance=OutreachPolicy.objects.current())
    if not form.is_valid():
        return _page(request, user, form, status=422)
    form.save()
    messages.success(request, _("Saved"))
    return redirect("board:ahead")


def _page(request: HttpRequest, user: User, form: PolicyForm | None = None, status: int = 200) -> HttpResponse:
    today, policy = clock.house_today(), OutreachPolicy.objects.current()
    first = max(_day(request.GET.get("day", "")) or today, today - WEEKS * 13)
    rows = Upcoming.objects.standing().filter(on__gte=first).order_by("on", "pk")
    if after := _after(request.GET.get("after", "")):
        rows = rows.filter(on__gte=after[0]).exclude(on=after[0], pk__lte=after[1])
    some = list(rows.with_fate()[: PAGE + 1])
    more = some[PAGE - 1] if len(some) > PAGE else None
    context = {
        "rows": [_told(one, user, today) for one in some[:PAGE]],
        "more": f"{more.on.isoformat()}.{more.pk}" if more else "",
        "first": first,
        "is_past": first < today,
        "past": today - WEEKS,
        "policy": policy,
        "form": form or (PolicyForm(instance=policy) if may_set(user) else None),
        "is_wrong": form is not None,
        "metric": METRICS["proactive.coverage"],
    }
    return render(request, "board/outreach.html", context, status=status)


def _told(row: Upcoming, user: User, today: Any) -> dict[str, Any]:
    state = "ok" if row.is_covered else "breach" if row.failed else "soon" if row.on <= today else ""
    who = f"/clients/contact/{row.contact_id}/" if row.contact_id else f"/clients/organisation/{row.client_id}/"
    return {
        "row": row,
        "name": named_event(row),
        "fate": fate_of(row),
        "state": state,
        "address": who,
        "may_write": row.told_at is None and row.on >= today and may_write(user),
    }


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)
    if not may_see(user):
        raise PermissionDenied
    return user


def _day(said: str) -> Any:
    try:
        return parse_date(said)
    except ValueError:
        return None


def _after(said: str) -> tuple[Any, int] | None:
    day, _dot, number = said.partition(".")
    found = _day(day)
    return (found, int(number)) if found and number.isascii() and number.isdecimal() and len(number) < 18 else None
