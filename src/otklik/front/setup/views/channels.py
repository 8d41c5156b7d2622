"""Channels: where clients find us, whether it works, and what to do if not."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.core.staff.models import Brand, Team
from otklik.desk.channels import settings
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.links import site_url
from otklik.front.setup import access
from otklik.front.setup.views.consent import back_address
from otklik.front.setup.views.page import secret_page, settings_page, told


@access.readers
def channels(request: HttpRequest) -> HttpResponse:
    found = list(Channel.objects.select_related("team").order_by("-is_active", "name"))
    context = {
        "channels": [(channel, settings.settings_of(channel.kind)) for channel in found],
        "kinds": settings.kinds(),
        "several_brands": Brand.objects.house().has_several,
        "troubled": [channel for channel in found if channel.trouble and channel.is_active],
    }
    return settings_page(request, "setup/channels.html", "channels", context)


@access.administrators
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """A new channel of a kind."""
    if not Team.objects.active().exists():
        messages.info(request, _("A channel needs a line that answers; make one first."))
        return redirect("setup:line_new")
    return _edit(request, kind, None)


@access.administrators
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Channel, pk=pk)
    return _edit(request, found.kind, found)


def _edit(request: HttpRequest, kind: str, found: Channel | None) -> HttpResponse:
    """Saved only when it works, or when the administrator insists."""
    known = settings.settings_of(kind)
    if known is None:
        raise Http404
    form = known.form(request.POST or None, channel=found)
    tried = []
    if request.method == "POST" and form.is_valid():
        tried = [] if "anyway" in request.POST else list(form.attempt())
        if not fails(tried) and "check" not in request.POST:
            saved = form.save()
            told(request, "channel", saved)
            if form.told_once:
                back = reverse("setup:channel", args=[saved.pk])
                template = "setup/channel_secret.html"
                return secret_page(request, template, "channels", saved.name, back, form.told_once)
            if known.missing_consent(saved):
                messages.success(request, _("Saved; now let Otklik in."))
                return redirect("setup:channel", saved.pk)
            messages.success(request, _("Saved; the channel works."))
            return redirect("setup:channels")
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    context = {
        "form": form,
        "kind": known,
        "channel": found,
        "tried": tried,
        "fails": fails(tried),
        "progress": known.progress(found) if found else None,
        "missing": known.missing_consent(found) if found else "",
        "back": back_address(),
        "site": site_url(),
    }
    return settings_page(request, "setup/channel.html", "channels", context, status)


@access.administrators
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the channel's page that asks for itself again while something long goes on."""
    found = get_object_or_404(Channel, pk=pk)
    known = settings.settings_of(found.kind)
    context = {"channel": found, "progress": known.progress(found) if known else None}
    return render(request, "setup/parts/progress.html", context)


@access.administrators
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop taking in what lies there, or go on."""
    found = get_object_or_404(Channel, pk=pk)
    known = settings.settings_of(found.kind)
    if known is None:
        raise Http404
    stopped = "stop" in request.POST
    known.hold(found, stopped)
    told(request, "channel", found, ["stopped" if stopped else "resumed"])
    return redirect("setup:channel", pk)


def fails(tried: Iterable[settings.Tried]) -> bool:
    return any(each.trouble for each in tried)


@access.administrators
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Try the stored settings now."""
    found = get_object_or_404(Channel, pk=pk)
    known = settings.settings_of(found.kind)
    tried = list(known.attempt(found)) if known else []
    for each in tried:
        if each.trouble:
            messages.error(request, f"{each.what}: {each.trouble}")
    if not fails(tried):
        messages.success(request, _("%(channel)s works.") % {"channel": found})
    return redirect("setup:channels")


@access.administrators
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a channel or open it again; its letters and requests stay."""
    found = get_object_or_404(Channel, pk=pk)
    found.is_active = not found.is_active
    found.save(update_fields=["is_active"])
    told(request, "channel", found, ["is_active"])
    closed = _("The channel is closed; nothing is taken in.")
    messages.success(request, _("The channel is open.") if found.is_active else closed)
    return redirect("setup:channels")
