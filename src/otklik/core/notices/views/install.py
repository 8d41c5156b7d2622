"""What makes the product installable: the manifest and the service worker, at the root so that they cover all pages."""

from functools import cache

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

ICONS = (("ui/icon-192.png", "192x192", "any"), ("ui/icon-512.png", "512x512", "any maskable"))


@require_safe
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, colours and icons; public, and the same for everybody."""
    told = {
        "id": "/",
        "name": _("Otklik"),
        "short_name": _("Otklik"),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#006080",
        "icons": [
            {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *({"src": static(src), "sizes": size, "type": "image/png", "purpose": to} for src, size, to in ICONS),
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """It keeps no page: requests and clients' letters stay out of the cache of a browser."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@cache
def _script() -> str:
    found = finders.find("notices/worker.js")
    assert isinstance(found, str)
    with open(found, encoding="utf-8") as file:
        return file.read()
