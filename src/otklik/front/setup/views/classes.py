"""Service classes: what is promised, whether it can be kept, and to whom."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from otklik.core.journal import clock
from otklik.core.ui.words import date_of
from otklik.desk.sla.models import Agreement, ServiceClass, Version
from otklik.desk.sla.safe import advice
from otklik.desk.sla.worsening import first_day, worsenings
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Priority
from otklik.front.setup import access
from otklik.front.setup.forms import AgreementForm, ClassForm, PromiseForm
from otklik.front.setup.forms.publishing import PublishingForm
from otklik.front.setup.views.page import settings_page, told

SHOWN = 50
REASONS = {
    "history": gettext_lazy("The last 12 weeks would have kept it"),
    "forecast": gettext_lazy("As many requests end as come"),
    "occupancy": gettext_lazy("People are busy for at most 88 % of the time at the peak"),
    "people": gettext_lazy("Each line has two people at least"),
    "suppliers": gettext_lazy("Our suppliers are quicker than this"),
}
COLOURS = {
    "green": ("ok", gettext_lazy("It can be kept")),
    "amber": ("soon", gettext_lazy("Not all is proven")),
    "red": ("breach", gettext_lazy("It cannot be kept")),
}


@access.readers
def classes(request: HttpRequest) -> HttpResponse:
    versions = Version.objects.order_by("-number").prefetch_related("targets").select_related("calendar")
    found = (
        ServiceClass.objects.annotate(holders=Count("agreements"))
        .order_by("rank", "name")
        .prefetch_related(Prefetch("versions", versions, to_attr="all_versions"))
    )
    rows = [(each, *_shown(each.all_versions)) for each in found]
    return settings_page(request, "setup/classes.html", "classes", {"rows": rows})


def _shown(versions: list[Version]) -> tuple[Version | None, Any]:
    """The version that a list shows, with its times for usual requests: the one in force before a draft."""
    shown = next((each for each in versions if each.state == "in_force"), versions[0] if versions else None)
    return shown, shown and shown.target_of(Priority.NORMAL)


@access.readers
def service_class(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One class with its newest version, or a new one."""
    found = get_object_or_404(ServiceClass, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:classes")
    form = ClassForm(request.POST or None, instance=found, version=found.newest() if found else None)
    if form.is_valid():
        try:
            saved = form.write(access.acting(request))
        except Refused as error:
            form.add_error(None, error.text)
        else:
            told(request, "class", saved, form.changed_data)
            messages.success(request, _("Saved."))
            return redirect("setup:class", saved.pk)
    return class_page(request, found, form=form, status=422 if form.is_bound else 200)


@access.administrators
@require_POST
def begin_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that begins where the last version stands."""
    get_object_or_404(ServiceClass, pk=pk).begin_version(by=access.acting(request))
    return redirect("setup:class", pk)


@access.administrators
@require_POST
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the draft, or put the checked one in force."""
    found = get_object_or_404(ServiceClass, pk=pk)
    version = found.newest()
    if version is None or version.valid_from:
        return redirect("setup:class", pk)
    if request.POST.get("act") == "check":
        with suppress(Conflict):  # promised by somebody else a moment ago: the page shows it
            version.check_capacity()
        return redirect("setup:class", pk)
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return class_page(request, found, promise_form=form, status=422)
    try:
        version.put_in_force(
            by=access.acting(request),
            at=form.moment,
            accepted=form.cleaned_data["accepted"],
            override=form.cleaned_data["override"],
        )
    except Refused as error:
        form.add_error(error.field if isinstance(error, Invalid) else None, error.text)
        return class_page(request, found, promise_form=form, status=422)
    messages.success(request, _("Promised. It holds for requests that come from then on."))
    return redirect("setup:class", pk)


@access.administrators
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ServiceClass, pk=pk)
    found.withdraw()
    told(request, "class", found, ["withdrawn"])
    messages.success(request, _("Nobody is promised this any more; open requests keep what they were promised."))
    return redirect("setup:class", pk)


@access.administrators
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ServiceClass, pk=pk)
    form = AgreementForm(request.POST, service_class=found)
    if not form.is_valid():
        return class_page(request, found, agreement_form=form, status=422)
    agreement = form.make(access.acting(request))
    if found.in_force():
        messages.success(request, _from_when(agreement))
    else:
        messages.info(request, _("Saved. It holds when the class is promised: no version of it is in force."))
    return redirect("setup:class", pk)


def _from_when(agreement: Agreement) -> str:
    if agreement.starts_on <= clock.house_today():
        return _("Saved. It holds for requests that come from now on.")
    return _("Saved. It holds for requests that come from %(day)s on.") % {"day": date_of(agreement.starts_on)}


@access.administrators
@require_POST
def end_agreement(request: HttpRequest, pk: int, agreement: int) -> HttpResponse:
    found = get_object_or_404(Agreement, pk=agreement, service_class=pk)
    found.end(clock.house_today(), by=access.acting(request))
    return redirect("setup:class", pk)


def class_page(
    request: HttpRequest,
    found: ServiceClass | None,
    *,
    form: ClassForm | None = None,
    promise_form: PromiseForm | None = None,
    agreement_form: AgreementForm | None = None,
    publishing_form: PublishingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    version = found.newest() if found else None
    today = clock.house_today()
    agreements = found.agreements.not_over(today) if found else Agreement.objects.none()
    rows = agreements.select_related("client", "contact", "product", "channel").order_by("-id")
    context = {
        "form": form or ClassForm(instance=found, version=version),
        "class": found,
        "version": version,
        "check": _check(version),
        "advice": list(advice(version)) if version and version.share < 100 else [],
        "pause_hours": round(version.pause_limit.total_seconds() / 3600) if version else 0,
        "promise_form": promise_form or PromiseForm(),
        "agreement_form": agreement_form or (AgreementForm(service_class=found) if found else None),
        "publishing_form": publishing_form or PublishingForm(instance=found),
        "can_publish": access.can_set_secrecy(request.user),
        "worse": [str(point) for point in worsenings(version)] if version and version.valid_from is None else [],
        "first_day": first_day(),
        "agreements": rows[:SHOWN],
        "more": max(0, agreements.count() - SHOWN),
        "versions": found.versions.order_by("-number")[:SHOWN] if found else [],
    }
    return settings_page(request, "setup/service_class.html", "classes", context, status)


def _check(version: Version | None) -> dict[str, Any] | None:
    """What the check of capacity found, in words."""
    if version is None or not version.found:
        return None
    found = version.found
    state, says = COLOURS[found["colour"]]
    return {
        **found,
        "state": state,
        "says": says,
        "reasons": [(REASONS[each["name"]], each["ok"]) for each in found.get("reasons", ())],
        "promised": version.share / 100,
    }
