"""One's own public page, reviews to answer and to look through, and the switch for the whole company."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from otklik.care.surveys.models import PublicPage, PublicPages, Review
from otklik.core.staff.models import User

MOST, MOST_PAGES = 50, 200


class PageForm(forms.ModelForm):
    class Meta:
        model = PublicPage
        fields = ("is_on", "shown_name", "slug", "has_portrait", "bio")
        widgets: ClassVar[dict[str, Any]] = {"bio": forms.Textarea(attrs={"rows": 4})}


@login_required
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The person's own words, and the last reviews that they may answer."""
    return _page(request, _person(request))


def _page(request: HttpRequest, user: User, *, trouble: str = "", typed: str = "", of: int = 0) -> HttpResponse:
    own = PublicPage.objects.all().of(user)
    form = PageForm(request.POST if request.method == "POST" and not trouble else None, instance=own)
    if form.is_bound and form.is_valid():
        form.save()
        return redirect("portal:my_page")
    context = {
        "form": form,
        "own": PublicPage.objects.filter(user=user).first(),
        "are_on": PublicPages.are_on(),
        "reviews": Review.objects.shown().filter(agent=user).with_marks().order_by("-id")[:MOST],
        "leads": user.leads,
        "trouble": trouble,
        "typed": typed,
        "of": of,
    }
    return render(request, "portal/my_page.html", context, status=422 if form.errors or trouble else 200)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Once, by whom it is about."""
    user = _person(request)
    found = Review.objects.filter(pk=pk, agent=user).first()
    if found is None:
        raise Http404
    typed = request.POST.get("reply", "")
    try:
        found.answer(typed, by=user)
    except ValidationError as error:
        return _page(request, user, trouble=error.messages[0], typed=typed[:2000], of=pk)
    return redirect("portal:my_page")


@login_required
@never_cache
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for the word of a lead, the oldest first, and whose pages there are."""
    user = _lead(request)
    mine = Review.objects.all().for_moderation_of(user)
    context = {
        "waiting": mine.waiting().with_marks().select_related("agent").order_by("id")[:MOST],
        "decided": mine.exclude(state=Review.State.WAITING).with_marks().select_related("agent").order_by("-id")[:MOST],
        "pages": PublicPage.objects.all().led_by(user)[:MOST_PAGES],
        "are_on": PublicPages.are_on(),
        "may_switch": _may_switch(user),
    }
    return render(request, "portal/reviews.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    user = _lead(request)
    found = Review.objects.all().for_moderation_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        found.moderate(request.POST.get("state", ""), by=user)
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from error
    return redirect("portal:reviews")


@login_required
@require_POST
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """A lead switches a page off, or lets it be again."""
    user = _lead(request)
    found = PublicPage.objects.all().led_by(user).filter(user=pk).first()
    if found is None:
        raise Http404
    found.is_blocked = "again" not in request.POST
    found.save(update_fields=["is_blocked"])
    return redirect("portal:reviews")


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    if not _may_switch(_person(request)):
        raise PermissionDenied
    PublicPages.objects.update_or_create(pk=1, defaults={"is_on": request.POST.get("on") == "yes"})
    return redirect("portal:reviews")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _lead(request: HttpRequest) -> User:
    user = _person(request)
    if not user.leads:
        raise PermissionDenied
    return user


def _may_switch(user: User) -> bool:
    """The head and the administrator."""
    return user.leads and user.sees_everything
