"""A problem is changed by who owns it and by leads: its words, its state, its day."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from otklik.care.problems.access import may_decide
from otklik.care.problems.models import Problem
from otklik.care.problems.models.leading import FIELDS
from otklik.care.problems.states import State
from otklik.core.ui.forms import Refusable
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Changed, Refused
from otklik.front.workspace.door import person
from otklik.front.workspace.problems.door import back, led_by
from otklik.front.workspace.problems.economy import currency
from otklik.front.workspace.problems.forms import ChangeForm, CheckForm, KnownForm, LiveForm, RemoveForm

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Each difference is one line of the story; nobody writes over what they have not seen."""
    problem, user = led_by(request, number), person(request)
    form = ChangeForm(problem, request.POST or None, currency=currency())

    def keep() -> str:
        told = form.cleaned_data
        problem.correct({name: told[name] for name in FIELDS}, by=user, seen=told["seen"] or 0)
        if "wake_on" in told and told["wake_on"] != problem.wake_on:
            problem.put_off(told["wake_on"], by=user)
        if "owner" in told:
            problem.hand_to(told["owner"], by=user)  # who gives it away may correct nothing any more
        return _("Saved.")

    return _asked(request, problem, form, keep, {"title": _("Change the problem"), "act": _("Save")})


@require_http_methods(FORM)
def known(request: HttpRequest, number: int) -> HttpResponse:
    problem = led_by(request, number)
    form = KnownForm(request.POST or None, initial={"cause": problem.cause})

    def keep() -> str:
        problem.move(State.KNOWN, by=person(request), cause=form.cleaned_data["cause"])
        return _("Saved.")

    return _asked(request, problem, form, keep, {"title": _("The cause is known"), "act": _("Save")})


@require_http_methods(FORM)
def live(request: HttpRequest, number: int) -> HttpResponse:
    problem = led_by(request, number)
    if not may_decide(person(request)):
        raise PermissionDenied
    form = LiveForm(request.POST or None)

    def keep() -> str:
        problem.live_with(form.cleaned_data["reason"], form.cleaned_data["wake_on"], by=person(request))
        return _("Decided.")

    lead = _("It stays, by your decision: the reason and what it costs stand on its page.")
    return _asked(request, problem, form, keep, {"title": _("Live with it"), "act": _("Decide"), "lead": lead})


@require_http_methods(FORM)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Whose requests wait for it is shown before anybody is told."""
    problem = led_by(request, number)
    form, waiting = RemoveForm(request.POST or None), problem.waiting()
    if not any(one.owner_id for one in waiting):
        del form.fields["tell"]

    def keep() -> str:
        told = problem.remove(
            form.cleaned_data["result"], by=person(request), tell=form.cleaned_data.get("tell", False)
        )
        if not told:
            return _("Removed. In a month you look at what came of it.")
        said = ngettext("Removed; %(count)s person was told.", "Removed; %(count)s people were told.", told)
        return said % {"count": told}

    return _asked(request, problem, form, keep, {"title": _("It is removed"), "act": _("Removed"), "waiting": waiting})


@require_http_methods(FORM)
def check(request: HttpRequest, number: int) -> HttpResponse:
    problem = led_by(request, number)
    form = CheckForm(request.POST or None)

    def keep() -> str:
        problem.finish(form.cleaned_data["checked"], by=person(request))
        return _("It is over.")

    return _asked(request, problem, form, keep, {"title": _("What came of it"), "act": _("End it")})


@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """One press: it is looked into, or being removed."""
    problem, state = led_by(request, number), request.POST.get("state", "")
    if state not in (State.LOOKED, State.REMOVING):
        raise Http404
    try:
        problem.move(state, by=person(request))
    except Refused as error:
        messages.error(request, error.text)
    return back(problem)


def _asked(
    request: HttpRequest, problem: Problem, form: Refusable, keep: Callable[[], str], told: dict[str, Any]
) -> HttpResponse:
    """All of a form is kept, or none of it; what the problem refuses stands beside the field."""
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                said = keep()
        except Refused as error:
            form.refuse(error.text, error.field)
            problem.refresh_from_db()
            if isinstance(error, Changed) and isinstance(form, ChangeForm):
                form.stands_beside(problem)
                status = 409
        else:
            return back(problem, said, request)
    context = {"problem": problem, "form": form, **told}
    return show(request, "workspace/problems/form.html", context, status=status if form.errors else 200)
