"""Data panels in the settings: what other programs tell beside a request, how they are, and what a trial brings."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.core.journal import clock
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels import access as sight
from otklik.desk.automation.panels import asking, breaker, drawing
from otklik.desk.automation.panels.access import Beside
from otklik.desk.clients.sight import Place, looked
from otklik.desk.conversations.pages import Busy
from otklik.desk.tickets.models import Ticket, Topic
from otklik.front.setup import access
from otklik.front.setup.forms import DataPanelForm, SampleForm
from otklik.front.setup.views.page import secret_page, settings_page, told

PAGE = "setup/data_panel.html"
SHOWN = 4000
"""So many signs of what came are shown."""


@access.readers
def data_panels(request: HttpRequest) -> HttpResponse:
    rows = [(one, breaker.rests_until(one)) for one in Panel.objects.all()]
    return settings_page(request, "setup/data_panels.html", "data_panels", {"rows": rows})


@access.readers
def data_panel(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One panel, or a new one; the secret of a new one is shown at once and never again.

    The path of an address is a secret of its own with many programs: only an administrator reads it.
    """
    found = get_object_or_404(Panel, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:data_panels")
    name = found.name if found else ""
    form = DataPanelForm(request.POST or None, instance=found)
    if found and not access.can_change(request.user):
        form.initial["url"] = found.place
    if form.is_valid():
        return _saved(request, form, is_new=found is None)
    return _page(request, found, form, {"name": name}, 422 if form.is_bound else 200)


def _page(
    request: HttpRequest, found: Panel | None, form: DataPanelForm, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "panel": found,
        "name": found.name if found else "",
        "rests_until": breaker.rests_until(found) if found else None,
        "sample": SampleForm(),
        **more,
    }
    return settings_page(request, PAGE, "data_panels", context, status)


def _saved(request: HttpRequest, form: DataPanelForm, *, is_new: bool) -> HttpResponse:
    panel: Panel = form.save(commit=False)
    with transaction.atomic():
        secret = panel.renew_secret() if is_new else ""
        panel.keep(access.acting(request))
        told(request, "data panel", panel, form.changed_data)
    if secret:
        return _secret(request, panel, secret)
    messages.success(request, _("Saved."))
    return redirect("setup:data_panel", panel.pk)


def _secret(request: HttpRequest, panel: Panel, secret: str) -> HttpResponse:
    back = reverse("setup:data_panel", args=[panel.pk])
    return secret_page(request, "setup/data_panel_secret.html", "data_panels", panel.name, back, secret)


@access.administrators
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret; the one of before signs beside it for some days."""
    found = get_object_or_404(Panel, pk=pk)
    with transaction.atomic():
        secret = found.renew_secret()
        told(request, "data panel", found, ["secret"])
    return _secret(request, found, secret)


@access.administrators
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Panel, pk=pk)
    with transaction.atomic():
        told(request, "data panel", found, ["removed"])
        found.delete()
    messages.success(request, _("The panel is removed."))
    return redirect("setup:data_panels")


@access.administrators
@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it about one request now, and say everything: what was sent, what came, what is wrong with it."""
    found = get_object_or_404(Panel, pk=pk)
    sample = SampleForm(request.POST)
    ticket = None
    if sample.is_valid():
        rows = Ticket.objects.visible_to(access.acting(request)).select_related("team", "contact__client")
        ticket = rows.filter(pk=sample.cleaned_data["ticket"]).first()
        if ticket is None:
            sample.add_error("ticket", _("There is no such request."))
    form = DataPanelForm(instance=found)
    if ticket is None:
        return _page(request, found, form, {"sample": sample}, 422)
    looked(ticket.contact, Place.TICKET, by=access.acting(request))
    topics = frozenset(topic.pk for topic in Topic.objects.tree().path(ticket.topic_id))
    tried = _tried(found, Beside(ticket.contact, ticket, topics))
    found.refresh_from_db()
    more = {"sample": sample, "tried": tried, "rests_until": breaker.rests_until(found)}
    return _page(request, found, form, more)


def _tried(panel: Panel, beside: Beside) -> dict[str, Any]:
    """What the page shows of a trial."""
    tried: dict[str, Any] = {"ticket": beside.ticket, "fits": sight.fits(panel, beside), "at": clock.now()}
    try:
        if panel.kind == Panel.Kind.FRAME:
            address = asking.page_address(panel, beside)
            return tried | {"address": address, "parts": _parts(address)}
        talk = asking.try_out(panel, beside)
    except Busy:
        return tried | {"busy": True}
    except asking.Failed as failed:
        return tried | {"failed": failed}
    return tried | {
        "talk": talk,
        "head": "\n".join(f"{name}: {value}" for name, value in talk.head.items()),
        "body": _pretty(talk.body),
        "came": _pretty(talk.came),
        "is_cut": len(talk.came) > SHOWN,
        "failed": talk.failed,
        "shown": drawing.drawn(talk.content) if talk.content else None,
    }


def _parts(address: str) -> list[tuple[str, str]]:
    return [(name, values[0]) for name, values in parse_qs(urlsplit(address).query).items()]


def _pretty(content: bytes) -> str:
    """JSON in lines where it is some; whatever else as it is."""
    text = content[: SHOWN * 4].decode(errors="replace")[:SHOWN]
    try:
        return json.dumps(json.loads(content), ensure_ascii=False, indent=2)[:SHOWN]
    except (ValueError, RecursionError):
        return text
