"""Who comes in: everybody who works here reads; each act asks its own room."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User

LARGEST = 2**63 - 1


def reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def allowed(user: User, *rights: bool) -> None:
    if not all(rights):
        raise PermissionDenied


def found[T: Model](rows: QuerySet[T], pk: int) -> T:
    """Raises Http404 where there is none that the reader may see."""
    row = rows.filter(pk=min(pk, LARGEST)).first()
    if row is None:
        raise Http404
    return row


def done(request: HttpRequest, act: Callable[[], Any], back: str, pk: int | None = None) -> HttpResponse:
    """Do it and go back; a refusal is said there."""
    try:
        act()
    except Refused as error:
        messages.error(request, error.text)
    return redirect(back, *([pk] if pk is not None else []))
