"""Answer with a page, or with the part of it that htmx asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or its `{% partialdef part %}` when the request comes from htmx and wants a fragment.

    422 is the status of a form with errors: htmx swaps it like any other answer.
    """
    name = f"{template}#{part}" if part and wants_part(request) else template
    response = render(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Request-Type"))
    return response


def come_again() -> HttpResponse:
    """Not now, but soon: our server asks again by itself, and only then tells the browser (`config.web.bridge`)."""
    response = HttpResponse(status=503, headers={"Retry-After": "1"})
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would call it an error, each time
    return response


def wants_part(request: HttpRequest) -> bool:
    """True for a htmx request whose target is not the whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Request-Type") != "full"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )
