"""The menu around a page as ready HTML.

It is the same for a person from page to page until a counter changes, so it is drawn once and kept: a page pays a few
dozen microseconds for it instead of a millisecond.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from otklik.core.ui.frame import Menu, menu
from otklik.core.ui.markup import ready

KEEP = 1000
PLACE = "@csrf@"
_kept: dict[Any, tuple[str, str]] = {}


def before(context: Context) -> SafeString:
    """The side menu and what its buttons open; stands before the content."""
    return ready(_shell(context["request"])[0].replace(PLACE, str(context.get("csrf_token", ""))))


def after(context: Context) -> SafeString:
    """The phone's bar and the palette; stands after the content."""
    return ready(_shell(context["request"])[1])


def _shell(request: HttpRequest) -> tuple[str, str]:
    drawn: tuple[str, str] | None = getattr(request, "_ui_shell", None)
    if drawn is None:
        drawn = request._ui_shell = _known(request, menu(request))  # type: ignore[attr-defined]
    return drawn


def _known(request: HttpRequest, entries: Menu) -> tuple[str, str]:
    user: Any = request.user
    face = (user.pk, user.name, user.portrait, user.title, getattr(user, "role", ""))
    key = (get_language(), face, entries.state)
    if settings.DEBUG or key not in _kept:
        if len(_kept) >= KEEP:
            _kept.clear()
        _kept[key] = _drawn(user, entries)
    return _kept[key]


def _drawn(user: Any, entries: Menu) -> tuple[str, str]:
    context = {"menu": entries, "person": user, "token": PLACE}
    return render_to_string("ui/parts/side.html", context), render_to_string("ui/parts/bottom.html", context)
