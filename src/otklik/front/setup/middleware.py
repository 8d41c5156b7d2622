"""An untouched desk has one page: the wizard."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from otklik.core.staff.first_run import is_untouched

ELSEWHERE = ("/setup/", "/static/", "/api/", "/livez", "/readyz", "/ui/")


class FirstRunMiddleware:
    """Leads every page to the wizard while nobody works here; costs nothing once somebody does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ELSEWHERE) and is_untouched():
            return redirect("setup:start")
        return self.get_response(request)
