"""The alerts that a reader may look at, and the one that an address names."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from otklik.core.staff.models import User
from otklik.team.alerts.access import may_change, may_watch
from otklik.team.alerts.models import Alert


def watcher(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    return request.user


def seen(user: User, pk: int) -> Alert:
    rows = Alert.objects.visible_to(user).in_use().select_related("team", "owner")
    return get_object_or_404(rows, pk=min(pk, 2**63 - 1))


def own(user: User, pk: int) -> Alert:
    """One that the person may change."""
    alert = seen(user, pk)
    if not may_change(user, alert):
        raise PermissionDenied
    return alert
