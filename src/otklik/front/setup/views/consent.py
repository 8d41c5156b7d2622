"""Letting us into a mailbox on the page of its provider, and coming back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from otklik.desk.channels import settings
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.links import site_url
from otklik.front.setup import access
from otklik.front.setup.views.page import told

KEPT = "channel_consent"


def back_address() -> str:
    """Where the provider sends the administrator; it is registered there letter by letter."""
    return f"{site_url()}{reverse('setup:channel_granted')}"


@access.administrators
@require_GET
def connect(request: HttpRequest, pk: int) -> HttpResponse:
    """Away to the provider.  A link and no form: a form of ours may lead to no other site."""
    found = get_object_or_404(Channel, pk=pk)
    known = settings.settings_of(found.kind)
    try:
        consent = known.ask_consent(found, back_address()) if known else None
    except ValueError as error:
        messages.error(request, str(error))
        consent = None
    if consent is None:
        return redirect("setup:channel", pk)
    request.session[KEPT] = {"channel": pk, "kept": dict(consent.kept)}
    return redirect(consent.url)


@access.administrators
@require_GET
def granted(request: HttpRequest) -> HttpResponse:
    """Back from the provider; what we asked for is tried at once."""
    begun: dict[str, Any] | None = request.session.pop(KEPT, None)
    found = Channel.objects.filter(pk=begun["channel"]).first() if begun else None
    known = settings.settings_of(found.kind) if found else None
    if begun is None or found is None or known is None:
        messages.error(request, _("This answer does not belong to the question that was asked last. Begin again."))
        return redirect("setup:channels")
    try:
        known.take_consent(found, begun["kept"], request.GET.dict())
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("setup:channel", found.pk)
    told(request, "channel", found, ["grant"])
    _try(request, known, found)
    return redirect("setup:channels")


def _try(request: HttpRequest, known: settings.ChannelSettings, found: Channel) -> None:
    troubles = [f"{each.what}: {each.trouble}" for each in known.attempt(found) if each.trouble]
    for words in troubles:
        messages.error(request, words)
    if not troubles:
        messages.success(request, _("%(channel)s is connected and works.") % {"channel": found})
