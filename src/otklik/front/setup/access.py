"""Who sees the settings and who changes them: the one place that decides."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from otklik.core.audit.access import can_read
from otklik.core.staff.models import Role, User
from otklik.desk.tickets.models import Ticket

type View = Callable[..., HttpResponseBase]


def can_see(user: Any) -> bool:
    """Leads and heads read, so that they know by which rules they work."""
    return isinstance(user, User) and user.is_active and user.leads


def can_change(user: Any) -> bool:
    return isinstance(user, User) and user.is_active and user.administers


def can_set_secrecy(user: Any) -> bool:
    """Which roles see what is personal of clients: the head decides, and the administrator."""
    return isinstance(user, User) and user.is_active and user.role in (Role.HEAD, Role.ADMIN)


def can_read_audit(user: Any) -> bool:
    return isinstance(user, User) and can_read(user)


def visible_in_log[Row: Model](rows: QuerySet[Row], user: User) -> QuerySet[Row]:
    """Of what was done to tickets only the part that the person may see; what is about no ticket stays."""
    if user.sees_everything:
        return rows
    return rows.filter(Q(ticket=None) | Q(ticket__in=Ticket.objects.visible_to(user)))


def readers(view: View) -> View:
    """A page leads may open and only administrators may send; nobody else learns that it exists."""
    return _guarded(view, can_change)


def heads(view: View) -> View:
    """A page leads may open; the head and administrators may send."""
    return _guarded(view, can_set_secrecy)


def _guarded(view: View, may_send: Callable[[Any], bool]) -> View:
    @login_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **details: Any) -> HttpResponseBase:
        if not can_see(request.user) or (request.method == "POST" and not may_send(request.user)):
            raise Http404
        return view(request, *arguments, **details)

    return guarded


def administrators(view: View) -> View:
    """A page for administrators alone."""

    @login_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **details: Any) -> HttpResponseBase:
        if not can_change(request.user):
            raise Http404
        return view(request, *arguments, **details)

    return guarded


def auditors(view: View) -> View:
    """The audit trail, for administrators and the head."""

    @login_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **details: Any) -> HttpResponseBase:
        if not can_read_audit(request.user):
            raise Http404
        return view(request, *arguments, **details)

    return guarded


def acting(request: HttpRequest) -> User:
    """The person behind a guarded view."""
    assert isinstance(request.user, User)
    return request.user
