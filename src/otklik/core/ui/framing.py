"""Pages of ours in a window on somebody else's site: who may show them, and the script that opens the window.

Only the sites that are named may frame such a page, and the browser asks us for that with every page of it.  It has no
cookie of ours, so what it posts proves itself in another way; the Origin must be our own.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP, build_policy


def framable(response: HttpResponse, sites: Sequence[str], **more: Sequence[str]) -> HttpResponse:
    """Shown by these sites and by nobody else; `more` are sources of its policy, as `img_src`."""
    policy: dict[str, Any] = {
        **settings.SECURE_CSP,
        "frame-ancestors": [CSP.SELF, *sites],
        "script-src": [CSP.SELF],
        **{name.replace("_", "-"): list(sources) for name, sources in more.items()},
    }
    response.headers["Content-Security-Policy"] = build_policy(policy)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.xframe_options_exempt = True  # that header cannot name sites; the policy above does
    return response


def script(body: bytes, seconds: int) -> HttpResponse:
    """What a site includes; it knows nothing of the site or its visitor."""
    headers = {
        "Cache-Control": f"public, max-age={seconds}",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=headers)


def is_of_another_site(request: HttpRequest) -> bool:
    """Whether a page of somebody else posts this."""
    return request.headers.get("Origin", "") not in ("", f"{request.scheme}://{request.get_host()}")
