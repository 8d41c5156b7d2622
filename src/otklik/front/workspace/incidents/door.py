"""Who comes in, and to which incident."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from otklik.care.incidents.access import may_declare, may_lead, may_see
from otklik.care.incidents.models import Incident
from otklik.care.status.access import may_write
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Refused
from otklik.front.workspace.door import person


def reader(request: HttpRequest) -> User:
    user = person(request)
    if not may_see(user):
        raise PermissionDenied
    return user


def writer(request: HttpRequest) -> User:
    """Who declares, attaches and raises."""
    user = person(request)
    if not may_declare(user):
        raise PermissionDenied
    return user


def incident_of(request: HttpRequest, number: int) -> Incident:
    """The one of an address; 404 for one that is not there."""
    reader(request)
    return get_object_or_404(Incident.objects.select_related("leader"), pk=min(number, 2**63 - 1))


def led_by(request: HttpRequest, number: int) -> Incident:
    """The same, for its leader and leads alone; who merely reads gets 403."""
    incident = incident_of(request, number)
    if not may_lead(person(request), incident):
        raise PermissionDenied
    return incident


def may_publish(user: User, incident: Incident) -> bool:
    """Put it on the status page: who leads it, and who writes there."""
    return may_lead(user, incident) or may_write(user)


def back(incident: Incident, said: str = "", request: HttpRequest | None = None) -> HttpResponse:
    """To its page, with a word of what was done."""
    if said and request is not None:
        messages.success(request, said)
    return redirect("workspace:incident", incident.number)


def refused(request: HttpRequest, incident: Incident, error: Refused) -> HttpResponse:
    """A form of one press has nothing to be drawn anew: the page says why not."""
    messages.error(request, error.text)
    return redirect("workspace:incident", incident.number)
