"""Who may come in, and to which request: the same 404 for what is missing and for what is not theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import one
from otklik.front.workspace.queries.standing import Reader

type Page = Callable[..., HttpResponseBase]


def staff(view: Page) -> Page:
    """A page of the workspace: signed in, never kept by a cache."""

    @login_required
    @never_cache
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        return view(request, *args, **named)

    return entered


def person(request: HttpRequest) -> User:
    """The colleague behind a request that passed `staff`."""
    assert isinstance(request.user, User)
    return request.user


def ticket_of(request: HttpRequest, number: int) -> Ticket:
    """The request with this number if the reader may see it.  Raises Http404 otherwise."""
    found = one.ticket(number, Reader.of(person(request)))
    if found is None:
        raise Http404
    return found
