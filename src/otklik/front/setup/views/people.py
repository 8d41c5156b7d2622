"""People: list, invite, appoint, let go, help when a phone or a password is lost."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.core.staff import tasks
from otklik.core.staff.errors import NotAllowed
from otklik.core.staff.models import OneTimeLink, User
from otklik.core.staff.views.entry import desk_address
from otklik.desk.tickets.models import Ticket
from otklik.front.setup import access
from otklik.front.setup.access import acting
from otklik.front.setup.forms import NewPersonForm, PersonForm
from otklik.front.setup.views.page import settings_page, told

SHOWN = "invitation_shown"


@access.readers
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, or those who left."""
    gone = request.GET.get("who") == "gone"
    everybody = User.objects.annotate(
        safe=Count("authenticator", filter=Q(authenticator__type__in=["totp", "webauthn"])),
        invited=Exists(OneTimeLink.objects.get_queryset().living().filter(user=OuterRef("pk"), purpose="invite")),
    )
    shown = everybody.filter(is_active=not gone).prefetch_related("teams").order_by("name")
    here, left = Q(is_active=True), Q(is_active=False)
    counts = User.objects.aggregate(here=Count("pk", filter=here), gone=Count("pk", filter=left))
    return settings_page(request, "setup/people.html", "people", {"people": shown, "gone": gone, "counts": counts})


@access.administrators
def add(request: HttpRequest) -> HttpResponse:
    """A new person and their invitation: by mail, or a link shown once."""
    form = NewPersonForm(request.POST or None, by=acting(request))
    if form.is_valid():
        person = form.save()
        told(request, "person", person)
        return _invite(request, person, by_mail="show" not in request.POST)
    return settings_page(request, "setup/person_new.html", "people", {"form": form}, 422 if form.is_bound else 200)


@access.administrators
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: data, role, lines, and what to do when something is lost."""
    found = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST or None, instance=found, by=acting(request))
    if form.is_valid() and form.saved():
        told(request, "person", found, form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:person", pk)
    status = 422 if form.is_bound else 200
    found = User.objects.get(pk=pk)  # what stands in the database, whatever was typed
    return settings_page(request, "setup/person.html", "people", _about(request, found) | {"form": form}, status)


def _about(request: HttpRequest, found: User) -> dict[str, Any]:
    shown = request.session.pop(SHOWN, {})
    return {
        "person": found,
        "open_tickets": Ticket.objects.open().filter(owner=found).count(),
        "factors": list(found.authenticator_set.exclude(type="recovery_codes")),  # type: ignore[attr-defined]
        "waits": found.links.get_queryset().living().filter(purpose="invite").first(),
        "link": shown.get("link") if shown.get("person") == found.pk else "",
    }


@access.administrators
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Another invitation; it replaces the earlier one.  It also serves who cannot reset a password by mail."""
    return _invite(request, get_object_or_404(User, pk=pk), by_mail=request.POST.get("how") == "mail")


def _invite(request: HttpRequest, person: User, *, by_mail: bool) -> HttpResponse:
    by = acting(request)
    if by_mail and person.email:
        tasks.send_invitation.defer(person_id=person.pk, by_id=by.pk, desk=desk_address(request))
        messages.success(request, _("The invitation goes to %(address)s.") % {"address": person.email})
        return redirect("setup:person", person.pk)
    try:
        secret = person.invite(by=by)
    except NotAllowed as refusal:
        messages.error(request, refusal.text)
        return redirect("setup:person", person.pk)
    link = desk_address(request).rstrip("/") + reverse("staff:link", args=[secret])
    request.session[SHOWN] = {"person": person.pk, "link": link}
    return redirect("setup:person", person.pk)


@access.administrators
@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """The person leaves: every door is closed, their requests go back to the queues of their lines."""
    return _act(
        request,
        pk,
        lambda person: person.deactivate(by=acting(request)),
        _("%(name)s cannot sign in any more."),
    )


@access.administrators
@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda person: person.reactivate(by=acting(request)), _("%(name)s works here again."))


@access.administrators
@require_POST
def free(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factor away, for a lost phone."""
    done = _("%(name)s signs in with the password alone until a new second step is connected.")
    return _act(request, pk, lambda person: person.remove_second_factor(by=acting(request)), done)


def _act(request: HttpRequest, pk: int, verb: Any, done: str) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    try:
        verb(person)
    except NotAllowed as refusal:
        messages.error(request, refusal.text)
    else:
        messages.success(request, done % {"name": person})
    return redirect("setup:person", pk)
