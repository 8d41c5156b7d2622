"""The steps: code, company, administrator; then, already signed in, line, mail, working hours."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from otklik.core.staff import attempts, sessions
from otklik.core.staff.errors import NotAllowed, TooMany
from otklik.core.staff.first_run import first_administrator, needs_setup
from otklik.core.staff.models import OneTimeLink, Organisation, Purpose, Team, Throttle
from otklik.core.staff.models.organisation import SecondFactor
from otklik.desk.channels import settings as channel_settings
from otklik.front.setup.access import acting
from otklik.front.setup.forms.organisation import CompanyForm
from otklik.front.setup.views import channels
from otklik.front.setup.wizard.forms import AdministratorForm, FirstLineForm, FirstWeekForm, first_line
from otklik.front.setup.wizard.steps import (
    CODE,
    GOES_ON,
    after_the_administrator,
    before_the_administrator,
    step_page,
)


@never_cache
@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the code that the server printed; a link from the console carries it."""
    if not needs_setup():
        raise Http404
    code = (request.POST.get("code") or request.GET.get("code") or "").strip()
    trouble = _tried(request, code) if code else ""
    if code and not trouble:
        request.session[CODE] = code
        return redirect("setup:company")
    status = 422 if trouble else 200
    return render(request, "setup/wizard/start.html", {"trouble": trouble, "code": code}, status=status)


def _tried(request: HttpRequest, code: str) -> str:
    """What is wrong with a code, or ""."""
    try:
        Throttle.objects.attempt(attempts.setup(request))
    except TooMany as refusal:
        return _("Too many attempts. Wait %(seconds)s s.") % {"seconds": refusal.verdict.wait}
    if not OneTimeLink.objects.behind(code, Purpose.SETUP):
        return _("This is not the code, or it is older than a day. Restart the server for a new one.")
    Throttle.objects.forgive(attempts.setup(request))
    return ""


@before_the_administrator
def company(request: HttpRequest) -> HttpResponse:
    """Name, address, language, zone; may be skipped."""
    current = Organisation.objects.own_copy()
    here = request.build_absolute_uri("/").rstrip("/")
    form = CompanyForm(request.POST or None, instance=current, initial={"site_url": current.site_url or here})
    if form.is_valid():
        form.save()
        return redirect("setup:administrator")
    return step_page(request, "company", {"form": form}, 422 if form.is_bound else 200)


@before_the_administrator
def administrator(request: HttpRequest) -> HttpResponse:
    """The one step that cannot be skipped."""
    form = AdministratorForm(request.POST or None)
    if form.is_valid():
        try:
            person = first_administrator(request.session[CODE], **form.cleaned_data)
        except NotAllowed as refusal:
            messages.error(request, refusal.text)
            return redirect("account_login")
        del request.session[CODE]
        sessions.sign_in(request, person)
        request.session[GOES_ON] = True
        # Only now: the second step is asked from the next sign-in on, not in the middle of the set-up.
        organisation = Organisation.objects.own_copy()
        organisation.second_factor = SecondFactor.LEADS
        organisation.save(update_fields=["second_factor"])
        return redirect("setup:first_line")
    return step_page(request, "administrator", {"form": form}, 422 if form.is_bound else 200)


@after_the_administrator
def first_line_step(request: HttpRequest) -> HttpResponse:
    """Name and times of the first line; skipping takes the usual ones."""
    if "skip" in request.POST:
        first_line(acting(request))
        return redirect("setup:mail")
    form = FirstLineForm(request.POST or None, instance=Team.objects.active().first(), by=acting(request))
    if form.is_valid():
        form.save()
        return redirect("setup:mail")
    return step_page(request, "first_line", {"form": form}, 422 if form.is_bound else 200)


@after_the_administrator
def mail(request: HttpRequest) -> HttpResponse:
    """A mailbox, tried before it is saved; a server of our own; or later."""
    known = channel_settings.settings_of("email")
    if known is None or "skip" in request.POST:
        return redirect("setup:week")
    form = known.form(request.POST or None, team=first_line(acting(request)))
    tried: list[Any] = []
    if request.method == "POST" and form.is_valid():
        tried = [] if "anyway" in request.POST else list(form.attempt())
        if not channels.fails(tried) and "check" not in request.POST:
            form.save()
            return redirect("setup:week")
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    return step_page(
        request, "mail", {"form": form, "kind": known, "tried": tried, "fails": channels.fails(tried)}, status
    )


@after_the_administrator
def week(request: HttpRequest) -> HttpResponse:
    """When times run; then the desk is ready."""
    calendar = first_line(acting(request)).calendar
    form = FirstWeekForm(request.POST or None, calendar=calendar)
    if "skip" in request.POST:
        return _finish(request)
    if form.is_valid():
        with transaction.atomic():
            form.save()
        return _finish(request)
    return step_page(request, "week", {"form": form, "calendar": calendar}, 422 if form.is_bound else 200)


def _finish(request: HttpRequest) -> HttpResponse:
    del request.session[GOES_ON]
    messages.success(request, _("The desk is ready. Invite colleagues in Settings, People."))
    return redirect("/")
