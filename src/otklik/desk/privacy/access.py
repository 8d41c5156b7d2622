"""Who may ask for a client's data, who decides, who takes the file: the one place that says so."""

from typing import Any

from django.db.models import QuerySet

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.privacy.models import DataRequest
from otklik.desk.privacy.models.request import DECIDERS
from otklik.desk.tickets.access import contacts_known_to


def can_decide(user: Any) -> bool:
    """Administrators and heads let it happen, refuse, take files, put and lift holds."""
    return isinstance(user, User) and user.is_active and user.role in DECIDERS


def can_ask(user: Any, contact: Contact) -> bool:
    """Leads write down what a client of theirs asked for."""
    if can_decide(user):
        return True
    known = isinstance(user, User) and user.is_active and user.leads
    return known and contacts_known_to(user).filter(pk=contact.pk).exists()


def visible_to(user: User) -> "QuerySet[DataRequest]":
    """Deciders see all requests, leads those that they wrote down."""
    if can_decide(user):
        return DataRequest.objects.all()
    return DataRequest.objects.filter(by=user) if user.is_active and user.leads else DataRequest.objects.none()


def deciders() -> "QuerySet[User]":
    return User.objects.filter(is_active=True, role__in=DECIDERS)


def is_second(user: User, asked: DataRequest) -> bool:
    """An erasure is let happen by somebody else than who wrote it down."""
    return can_decide(user) and asked.by_id != user.pk


def may_alone(user: User, asked: DataRequest) -> bool:
    """Where nobody else could be the second person, a fresh sign-in stands in for them."""
    return can_decide(user) and asked.by_id == user.pk and not deciders().exclude(pk=user.pk).exists()
