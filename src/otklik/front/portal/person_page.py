"""The public page of a person: who answered, how it was rated, what clients let us show."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from otklik.care.surveys.models import PublicPage, Review
from otklik.care.surveys.rating import ratings_of
from otklik.core.staff.errors import TooMany
from otklik.core.staff.models import Brand, Organisation, Throttle
from otklik.core.staff.policies import Limit, network_of

PAGE = 20
LOOKS = Limit(free=60, first=10, longest=60, forget=60)
"""A network may look at so many pages before it has to wait; after a quiet minute all is forgotten."""


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """What is switched off, by anybody, is the same 404 as what never was."""
    try:
        Throttle.objects.attempt({f"people {network_of(request.META.get('REMOTE_ADDR', ''))}": LOOKS})
    except TooMany as error:
        return _hidden(HttpResponse(status=429, headers={"Retry-After": str(error.verdict.wait)}))
    with translation.override(Organisation.objects.current().language):
        context: dict[str, Any] = {"brand": Brand.objects.house().usual}
        page = PublicPage.objects.shown().filter(slug=slug).first()
        if page is None:
            return _hidden(render(request, "portal/person_over.html", context, status=404))
        shown = Review.objects.shown().filter(agent=page.user).with_marks().order_by("-id")
        before = request.GET.get("before", "")
        if before.isdecimal() and len(before) < 18:
            shown = shown.filter(pk__lt=int(before))
        some = list(shown[: PAGE + 1])
        context |= {
            "page": page,
            "ratings": ratings_of(page.user),
            "reviews": some[:PAGE],
            "next": some[PAGE - 1].pk if len(some) > PAGE else None,
        }
        return _hidden(render(request, "portal/person.html", context))


def _hidden(response: HttpResponse) -> HttpResponse:
    """In no index and no shared cache: a page that is switched off is gone at once."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response
