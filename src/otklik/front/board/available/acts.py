"""What leads write on the status page: states with words, notes, works ahead, outages that were forgotten."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.care.status.errors import Refused
from otklik.care.status.models import Component, Outage, Report, Works
from otklik.core.journal import clock
from otklik.core.ui import words
from otklik.core.ui.forms import Refusable
from otklik.front.board.available.forms import NoteForm, OutageForm, ReportForm, WithdrawForm, WorksForm
from otklik.front.board.available.views import seer, writer

LARGEST = 2**63 - 1


@login_required
@never_cache
def new_report(request: HttpRequest) -> HttpResponse:
    """`?component=` is chosen already: from its row."""
    user = writer(request)
    chosen = request.GET.get("component", "")
    begun = {"began_at": _minute(), "components": [chosen] if chosen.isdecimal() else []}
    form = ReportForm(request.POST or None, initial=begun)

    def keep() -> HttpResponse:
        told = form.cleaned_data
        made = Report.objects.publish(
            form.said("title"),
            form.said("text"),
            told["components"],
            told["state"],
            by=user,
            began_at=min(told["began_at"], clock.now()),
            reason=told["reason"],
            key=told["key"],
        )
        return redirect("board:status_report", made.pk)

    more = {"title": _("State of a component"), "act": _("Put it on the page")}
    return _kept(request, form, keep, _("It stands on the page."), **more)


@login_required
@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Its words as everybody reads them, and the next ones."""
    user, one = seer(request), get_object_or_404(Report, pk=min(pk, LARGEST))
    form = NoteForm(one.goes_on, request.POST or None)
    if request.method == "POST":
        user = writer(request)
        if form.is_valid():
            try:
                one.say(form.cleaned_data["stage"], form.text, by=user, key=form.cleaned_data["key"])
            except Refused as error:
                form.refuse(error.text, error.field)
            else:
                messages.success(request, _("It stands on the page."))
                return redirect("board:status_report", one.pk)
    context = {
        "now": words.here(),
        "report": one,
        "notes": one.notes.select_related("by"),
        "outages": one.outages.select_related("component__group").order_by("pk"),
        "form": form,
        "may_write": user.leads,
    }
    return render(request, "board/available/report.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether what the clients of its incident are told stands on the page by itself."""
    writer(request)
    one = get_object_or_404(Report.objects.exclude(incident=None), pk=min(pk, LARGEST))
    one.follows = "follow" in request.POST
    one.save(update_fields=["follows"])
    messages.success(request, _("Saved."))
    return redirect("board:status_report", one.pk)


@login_required
@never_cache
def new_outage(request: HttpRequest) -> HttpResponse:
    user, chosen = writer(request), request.GET.get("component", "")
    form = OutageForm(request.POST or None, initial={"component": chosen if chosen.isdecimal() else None})

    def keep() -> HttpResponse:
        told = form.cleaned_data
        component: Component = told.pop("component")
        Outage.objects.begin(component, told.pop("state"), source=Outage.Source.HAND, by=user, **told)
        return redirect("board:availability_of", component.pk)

    more = {"title": _("An outage that was forgotten"), "act": _("Write down")}
    return _kept(request, form, keep, _("It counts from now on."), **more)


@login_required
@never_cache
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = writer(request)
    outage = get_object_or_404(Outage.objects.select_related("component__group"), pk=min(pk, LARGEST))
    form = WithdrawForm(request.POST or None)

    def keep() -> HttpResponse:
        outage.withdraw(form.cleaned_data["why"], by=user)
        return redirect("board:availability_of", outage.component_id)

    more = {"title": _("Withdraw an outage"), "act": _("Withdraw"), "about": outage}
    return _kept(request, form, keep, _("It counts no more."), **more)


@login_required
@never_cache
def new_works(request: HttpRequest) -> HttpResponse:
    user = writer(request)
    form = WorksForm(request.POST or None)

    def keep() -> HttpResponse:
        told = form.cleaned_data
        moments = told["begins_at"], told["ends_at"]
        title, text = form.said("title"), form.said("text")
        Works.objects.announce(title, text, told["components"], *moments, by=user, key=told["key"])
        return redirect("board:availability")

    more = {"title": _("Planned works"), "act": _("Announce")}
    return _kept(request, form, keep, _("They are announced."), **more)


@login_required
@require_POST
def end_works(request: HttpRequest, pk: int) -> HttpResponse:
    return _pressed(request, get_object_or_404(Works, pk=min(pk, LARGEST)).end, _("The works are over."))


@login_required
@require_POST
def cancel_works(request: HttpRequest, pk: int) -> HttpResponse:
    return _pressed(request, get_object_or_404(Works, pk=min(pk, LARGEST)).cancel, _("The works are cancelled."))


def _pressed(request: HttpRequest, act: Callable[..., None], said: str) -> HttpResponse:
    try:
        act(by=writer(request))
    except Refused as error:
        messages.error(request, error.text)
    else:
        messages.success(request, said)
    return redirect("board:availability")


def _kept(
    request: HttpRequest, form: Refusable, keep: Callable[[], HttpResponse], said: str, **more: Any
) -> HttpResponse:
    """All of a form is kept, or none of it; what is refused stands beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                answer = keep()
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            messages.success(request, said)
            return answer
    context = {"form": form, **more}
    return render(request, "board/available/form.html", context, status=422 if form.errors else 200)


def _minute() -> Any:
    return clock.now().replace(second=0, microsecond=0)
