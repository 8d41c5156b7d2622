"""Every request of a person who is signed in: is the session still good, and is anything owed first?"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.core.staff import sessions

ALWAYS_OPEN = ("/sign-in/", "/sign-out/", "/me/second-factor/", "/me/security/", "/static/")
PRIVATE = "private, no-store"


class SessionRulesMiddleware:
    """Ends sessions that lived too long, leads those who owe a second factor to it, keeps pages out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = person = get_user(request)  # the person, not Django's door to them that each look opens anew
        if not person.is_authenticated:
            response = self.get_response(request)
            if "Authorization" in request.headers:  # what a program reads is as private
                response.headers.setdefault("Cache-Control", PRIVATE)
            return response
        if sessions.is_over(request, person):
            sessions.go(request, person, unseen=True)
            logout(request)
            messages.info(request, _("You were signed out because the session was long. Sign in again."))
            return self.get_response(request)
        if not request.path.startswith(ALWAYS_OPEN) and sessions.owes_second_factor(request, person):
            return _first_the_second_factor(request)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", PRIVATE)
        return response


def _first_the_second_factor(request: HttpRequest) -> HttpResponse:
    """A page is led there; fragments, streams and programs are refused."""
    where = reverse("staff:security")
    wants_page = "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers
    if request.method == "GET" and wants_page:
        return redirect(where)
    return HttpResponse(status=403, headers={"HX-Redirect": where})
