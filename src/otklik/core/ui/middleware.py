"""The reader's own language and time zone for the whole request, and when it began."""

import time
from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation


class ReaderMiddleware:
    """Activate `user.language` and `user.time_zone`; stands after the one that finds the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.began = time.time()  # type: ignore[attr-defined]
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        request.LANGUAGE_CODE = language = getattr(user, "language", "") or translation.get_language() or "en"
        with translation.override(language), timezone.override(zone(getattr(user, "time_zone", ""))):
            return self.get_response(request)


def zone(name: str) -> ZoneInfo | None:
    """The time zone of a name, or None (the server's) where the name is unknown."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
