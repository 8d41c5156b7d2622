"""The door: who acts is known below, what was sent to the settings and what was refused leaves a line."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from otklik.core.audit import door
from otklik.core.audit.models import Outcome
from otklik.core.audit.writing import note_door

logger = logging.getLogger(__name__)

SAFE = ("GET", "HEAD", "OPTIONS")
# Doors behind which everything that is sent is privileged, those where it may be, and one that changes when it is read.
SETTINGS = ("/settings/", "/setup/")
PRIVILEGED = (*SETTINGS, "/me/security/", "/me/second-factor/", "/me/keys/", "/sign-in/", "/sign-out/")
OWN_PAGE = "/me/"
READ_AND_CHANGED = "/settings/channels/granted/"
REFUSALS = (403, 404)


class AuditMiddleware:
    """After the sign-in is known: an ordinary page, an answer and a letter pass without a statement."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with door.at(request) as call:
            response = self._answer(request)
            if outcome := _outcome(request, response):
                _write(request, outcome, call)
            return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if _may_be_privileged(request):
            _quietly(door.tell_database)
        try:
            return self.get_response(request)
        finally:
            _quietly(lambda: door.leave_database(request))


def _may_be_privileged(request: HttpRequest) -> bool:
    if request.method in SAFE:
        return request.path == READ_AND_CHANGED
    return request.path.startswith(PRIVILEGED) or request.path == OWN_PAGE


def _outcome(request: HttpRequest, response: HttpResponse) -> str:
    """Empty when nothing is to be written: pages that are read, lists that are not there, forms sent back."""
    sent_to_settings = request.method not in SAFE and request.path.startswith(SETTINGS)
    if response.status_code == 403 or (sent_to_settings and response.status_code in REFUSALS):
        return Outcome.REFUSED if _is_known(request) else ""
    return Outcome.DONE if sent_to_settings and response.status_code < 400 else ""


def _is_known(request: HttpRequest) -> bool:
    """Strangers who knock are for the log of the server; they could fill the trail."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated) or hasattr(request, "program")


def _write(request: HttpRequest, outcome: str, call: str) -> None:
    match = request.resolver_match
    about, named = (match.view_name, match.kwargs) if match else ("", {})
    about_id = "/".join(str(value) for key, value in named.items() if key not in UNTOLD)
    _quietly(lambda: note_door(about, about_id, outcome, call))


UNTOLD = ("signature", "secret", "key", "token")


def _quietly(act: Callable[[], None]) -> None:
    """The deed stands by now; what cannot be written about it is an error of ours, not of who did it."""
    try:
        act()
    except DatabaseError:
        logger.exception("the audit trail could not be written")
