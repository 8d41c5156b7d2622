"""One review: the card that is filled in, and what the person, who decides and the coach do with it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from otklik.care.quality import access
from otklik.care.quality.models import Review
from otklik.care.quality.states import State
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.front.workspace.door import person
from otklik.front.workspace.quality import forms, lists
from otklik.front.workspace.quality.page import context_of

PAGE = "workspace/quality/review.html"


def review_of(request: HttpRequest, pk: int) -> Review:
    """The review of an address; 404 where the reader may not know of it."""
    found = lists.with_people(Review.objects.visible_to(person(request)))
    row = found.select_related("version__scorecard", "decider", "calibration").filter(pk=min(pk, 2**63 - 1)).first()
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, pk: int, status: int = 200, **more: Any) -> HttpResponse:
    """Read anew: a refused act may have locked and changed the row at hand."""
    return show(request, PAGE, context_of(review_of(request, pk), person(request), **more), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; what is posted is kept, and published when nothing is missing."""
    found, user = review_of(request, pk), person(request)
    if request.method != "POST":
        return show(request, PAGE, context_of(found, user))
    if not access.can_score(user, found):
        raise PermissionDenied
    try:
        _keep(request, found, user)
        found.publish(by=user)
    except Refused as error:
        return _page(request, pk, 422, problem=(error.field, error.text))
    messages.success(request, _done(found))
    following = lists.following(user)
    return redirect("workspace:review", following.pk) if following else redirect("workspace:reviews")


def _done(found: Review) -> str:
    if found.calibration_id:
        return _("Your marks are counted; you see those of the others when everybody has scored.")
    return _("Published: %(name)s can read it.") % {"name": found.agent.name}


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What is written so far; 409 where it is published meanwhile."""
    found, user = review_of(request, pk), person(request)
    try:
        _keep(request, found, user)
    except Conflict:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def _keep(request: HttpRequest, found: Review, user: User) -> None:
    told = forms.told_of(request.POST, found)
    found.keep(told, comment=request.POST.get("comment", ""), praise=request.POST.get("praise", ""), by=user)


@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    found, user, form = review_of(request, pk), person(request), forms.SkipForm(request.POST)
    if not access.can_score(user, found):
        raise PermissionDenied
    if form.is_valid():
        try:
            found.skip(form.cleaned_data["why"], by=user)
            messages.success(request, _("It is put away, with the reason."))
            return redirect("workspace:reviews")
        except Refused as error:
            form.refuse(error.text, error.field)
    return _page(request, pk, 422, skip=form)


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """To somebody else: to review, or to decide what is disputed."""
    found, user = review_of(request, pk), person(request)
    if not access.can_give(user, found):
        raise PermissionDenied
    form = forms.GiveForm(found, request.POST)
    if form.is_valid():
        act = found.give_dispute if found.state == State.DISPUTED else found.hand_over
        try:
            act(form.told, by=user)
            messages.success(request, _("%(name)s has it now and is told.") % {"name": form.told.name})
            return redirect("workspace:reviews")
        except Refused as error:
            form.refuse(error.text, "person")
    return _page(request, pk, 422, give=form)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = review_of(request, pk), person(request)
    if user.pk != found.agent_id:
        raise PermissionDenied
    try:
        found.accept(by=user)
        messages.success(request, _("Thank you, it is noted that you have read it."))
    except Refused as error:
        messages.error(request, error.text)
    return redirect("workspace:review", pk)


@require_POST
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    found, user, form = review_of(request, pk), person(request), forms.DisputeForm(request.POST)
    if user.pk != found.agent_id:
        raise PermissionDenied
    if form.is_valid():
        try:
            found.dispute(form.cleaned_data["reason"], by=user)
            messages.success(request, _("%(name)s decides, and you will be told.") % {"name": found.decider})
            return redirect("workspace:review", pk)
        except Refused as error:
            if not access.can_answer(user, found):
                messages.error(request, error.text)
                return redirect("workspace:review", pk)
            form.refuse(error.text, error.field)
    return _page(request, pk, 422, dispute=form)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks that hold from now on are named `ruled-7`; what is not named stays."""
    found, user, form = review_of(request, pk), person(request), forms.DecideForm(request.POST)
    if not access.can_decide(user, found):
        raise PermissionDenied
    ruled = {one.pk: request.POST.get(f"ruled-{one.pk}", "")[:1] for one in found.version.criteria.all()}
    if form.is_valid():
        try:
            found.decide(ruled, form.cleaned_data["words"], by=user)
            messages.success(request, _("Decided: both are told."))
            return redirect("workspace:review", pk)
        except Refused as error:
            form.refuse(error.text, error.field)
    return _page(request, pk, 422, decide=form, ruled=ruled)


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """A step of coaching."""
    found, user = review_of(request, pk), person(request)
    if not access.can_coach(user, found):
        raise PermissionDenied
    form = forms.StepForm(found, user, request.POST)
    if form.is_valid():
        try:
            found.agree(*form.told, by=user)
            messages.success(request, _("Agreed: both see it."))
            return redirect("workspace:review", pk)
        except Refused as error:
            form.refuse(error.text, error.field)
    return _page(request, pk, 422, step=form)


@require_POST
def finish(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    found, user = review_of(request, pk), person(request)
    row = found.steps.filter(pk=min(step, 2**63 - 1)).first()
    if row is None:
        raise Http404
    if not access.can_finish(user, row):
        raise PermissionDenied
    row.finish(by=user)
    return redirect("workspace:review", pk)
