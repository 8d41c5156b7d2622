"""What a brand looks like: its picture and its colours, for letters, pages and whoever else asks."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from otklik.core.staff.models import Logo
from otklik.core.ui.accent import style_sheet

FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


class DigestConverter:
    """A part of an address that is the digest of a picture."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        if not re.fullmatch(self.regex, value):
            raise ValueError(value)
        return value


class ColourConverter(DigestConverter):
    """A part of an address that is a colour and nothing else."""

    regex = "[0-9a-f]{6}"


@require_safe
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """Mail programs load it from anywhere; its bytes never change under one address."""
    found = Logo.objects.filter(digest=digest).first()
    if found is None:
        raise Http404
    headers = {
        "Cache-Control": FOR_EVER,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(found.png), content_type="image/png", headers=headers)


@require_safe
def colours(request: HttpRequest, colour: str) -> HttpResponse:
    """Our tokens in another colour: the address says all, so nothing is asked of the database."""
    headers = {"Cache-Control": A_DAY, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(style_sheet(f"#{colour}"), content_type="text/css; charset=utf-8", headers=headers)
