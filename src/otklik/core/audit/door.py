"""Through which door somebody acts now, and who that is."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from otklik.core.audit.models import DoorKind

ADDRESS = 45
NOWHERE = {"door": DoorKind.DATABASE.value, "actor": None, "program": None, "address": "", "session": "", "call": ""}


@dataclass(frozen=True)
class Standing:
    """Who stands at the door; the session by a digest, so that the trail opens none."""

    door: str
    actor: int | None = None
    program: int | None = None
    address: str = ""
    session: str = ""
    call: str = ""


_request: ContextVar[tuple[HttpRequest, str] | None] = ContextVar("request", default=None)


@contextmanager
def at(request: HttpRequest) -> Iterator[str]:
    """What happens inside came by this request; yields the name of the call."""
    call = secrets.token_hex(8)
    token = _request.set((request, call))
    try:
        yield call
    finally:
        _request.reset(token)


def here() -> dict[str, Any]:
    """Who acts now, as far as it is known: at the console and in jobs nobody is."""
    found = _request.get()
    return asdict(standing(*found)) if found else dict(NOWHERE)


def standing(request: HttpRequest, call: str) -> Standing:
    program = getattr(request, "program", None)
    user = getattr(request, "user", None)
    session = getattr(getattr(request, "session", None), "session_key", None) or ""
    return Standing(
        door=DoorKind.API if program or request.path.startswith("/api/") else DoorKind.PAGE,
        actor=getattr(user, "pk", None),
        program=program.pk if program else None,
        address=request.META.get("REMOTE_ADDR", "")[:ADDRESS],
        session=hashlib.sha256(session.encode()).hexdigest()[:16] if session else "",
        call=call,
    )


def tell_database() -> None:
    """From now on the watched tables know who acts.

    A pooler that cannot keep prepared statements does not keep such a word either, or keeps it for somebody else.
    """
    if found := _request.get():
        found[0].told_database = True  # type: ignore[attr-defined]
        _say(json.dumps(asdict(standing(*found))))


def tell_console(words: str) -> None:
    """A command of the program acts: `otklik user`."""
    _say(json.dumps({**NOWHERE, "door": DoorKind.CONSOLE.value, "session": words[:16]}))


def leave_database(request: HttpRequest) -> None:
    """The connection goes on to whoever comes next."""
    if getattr(request, "told_database", False):
        _say("")


def _say(words: str) -> None:
    if settings.PREPARED:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('otklik.door', %s, false)", [words])
