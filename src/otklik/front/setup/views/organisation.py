"""The index of the settings, the organisation, the state of the system."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from otklik import __version__
from otklik.core.staff.models import Organisation, User
from otklik.core.staff.models.organisation import SecondFactor
from otklik.core.ui.phrase import translated
from otklik.front.setup import access
from otklik.front.setup.forms import OrganisationForm
from otklik.front.setup.views.page import settings_page, told

SUBJECTS = {
    "database": _lazy("database"),
    "disk": _lazy("disk"),
    "mail": _lazy("mail"),
    "queue": _lazy("jobs"),
    "settings": _lazy("settings"),
    "versions": _lazy("versions"),
}
"""What the doctor's questions are about."""
_examine: list[Callable[[], Iterable[Any]]] = []


def use_doctor(findings: Callable[[], Iterable[Any]]) -> None:
    """Who answers "is everything well?": objects with level (good, warning, bad), subject, words, remedy."""
    _examine[:] = [findings]


@access.readers
def index(request: HttpRequest) -> HttpResponse:
    return settings_page(request, "setup/index.html", "")


@access.readers
def organisation(request: HttpRequest) -> HttpResponse:
    """Name, address of the desk, language and zone, second factor."""
    current = Organisation.objects.own_copy()
    form = OrganisationForm(request.POST or None, instance=current)
    if form.is_valid():
        form.save()
        told(request, "organisation", current, form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:organisation")
    context = {"form": form, "organisation": current, **_strictness(current)}
    return settings_page(request, "setup/organisation.html", "organisation", context, 422 if form.is_bound else 200)


def _strictness(current: Organisation) -> dict[str, Any]:
    """Whom a stricter door would stop: people without a second factor."""
    bare = User.objects.filter(is_active=True).exclude(authenticator__type__in=["totp", "webauthn"])
    people = list(bare.order_by("name"))
    strict = Organisation(second_factor=SecondFactor.LEADS)
    return {"bare": people, "bare_leads": [person for person in people if strict.asks_second_factor(person)]}


@access.readers
def about(request: HttpRequest) -> HttpResponse:
    """The doctor's answers, the worst first."""
    order = {"bad": 0, "warning": 1, "good": 2}
    found = [finding for examine in _examine for finding in examine()]
    found.sort(key=lambda finding: order.get(finding.level, 0))
    counts = {level: sum(finding.level == level for finding in found) for level in order}
    rows = [
        {
            "level": finding.level,
            "subject": SUBJECTS.get(finding.subject, finding.subject),
            "words": translated(finding.words),
            "remedy": translated(finding.remedy),
        }
        for finding in found
    ]
    context = {"findings": rows, "counts": counts, "version": __version__}
    return settings_page(request, "setup/about.html", "about", context)
