"""Headers that stand on every answer, whoever made it: page, fragment, error, file, stream."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
STATIC = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    **ALWAYS,
}


class HeadersMiddleware:
    """Adds what Django's own middleware does not; a view may set its own value."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if "HX-Request" in request.headers:
            patch_vary_headers(response, ["HX-Request"])
        return response


def on_static(headers: dict[str, str], path: str, url: str) -> None:
    """For servestatic: the same rules for style sheets, scripts and pictures."""
    headers.update(STATIC)
