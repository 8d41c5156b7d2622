"""Webhooks: other programs that hear of requests, and what came of each call."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.desk.automation import calling
from otklik.desk.automation.models import Delivery, Endpoint
from otklik.front.setup import access
from otklik.front.setup.forms import WebhookForm
from otklik.front.setup.views.page import secret_page, settings_page, told

SHOWN = 50


@access.readers
def webhooks(request: HttpRequest) -> HttpResponse:
    dead = Count("deliveries", Q(deliveries__state=Delivery.State.DEAD))
    waiting = Count("deliveries", Q(deliveries__state=Delivery.State.WAITING))
    rows = Endpoint.objects.annotate(dead=dead, waiting=waiting).order_by("name", "id")
    return settings_page(request, "setup/webhooks.html", "webhooks", {"rows": rows})


@access.readers
def webhook(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One webhook with what was sent to it, or a new one; the secret of a new one is shown at once and never again.

    The path of an address is a secret of its own with many programs: only an administrator reads it.
    """
    found = get_object_or_404(Endpoint, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:webhooks")
    name = found.name if found else ""
    form = WebhookForm(request.POST or None, instance=found)
    if found and not access.can_change(request.user):
        form.initial["url"] = found.place
    if form.is_valid():
        return _saved(request, form, is_new=found is None)
    context: dict[str, Any] = {"form": form, "webhook": found, "name": name, **_calls(request, found)}
    return settings_page(request, "setup/webhook.html", "webhooks", context, 422 if form.is_bound else 200)


def _saved(request: HttpRequest, form: WebhookForm, *, is_new: bool) -> HttpResponse:
    endpoint: Endpoint = form.save(commit=False)
    endpoint.events = form.cleaned_data["events"]
    secret = endpoint.renew_secret() if is_new else ""
    endpoint.keep(access.acting(request))
    if "is_active" in form.changed_data:
        endpoint.switch(endpoint.is_active)
    told(request, "webhook", endpoint, form.changed_data)
    if secret:
        return _secret(request, endpoint, secret)
    messages.success(request, _("Saved."))
    return redirect("setup:webhook", endpoint.pk)


def _secret(request: HttpRequest, endpoint: Endpoint, secret: str) -> HttpResponse:
    back = reverse("setup:webhook", args=[endpoint.pk])
    return secret_page(request, "setup/webhook_secret.html", "webhooks", endpoint.name, back, secret)


def _calls(request: HttpRequest, endpoint: Endpoint | None) -> dict[str, Any]:
    if endpoint is None:
        return {}
    sent = access.visible_in_log(Delivery.objects.filter(endpoint=endpoint), access.acting(request))
    newest = sent.order_by("-id").select_related("ticket")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 18:
        newest = newest.filter(pk__lt=int(before))
    rows = list(newest[: SHOWN + 1])
    return {"calls": rows[:SHOWN], "next": rows[SHOWN - 1].pk if len(rows) > SHOWN else None}


@access.administrators
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret; the one of before signs beside it for some days."""
    found = get_object_or_404(Endpoint, pk=pk)
    with transaction.atomic():
        secret = found.renew_secret()
        told(request, "webhook", found, ["secret"])
    return _secret(request, found, secret)


@access.administrators
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Endpoint, pk=pk)
    found.switch(request.POST.get("on") == "on")
    told(request, "webhook", found, ["is_active"])
    return redirect("setup:webhook", pk)


@access.administrators
@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it now and say what it answered."""
    found = get_object_or_404(Endpoint, pk=pk)
    if found.state != "on":
        messages.error(request, _("This webhook is switched off."))
        return redirect("setup:webhook", pk)
    delivery = calling.test(found)
    well = calling.call(delivery.pk)
    delivery.refresh_from_db()
    last = delivery.last or {}
    if well:
        messages.success(request, _("It answered: %(status)s.") % {"status": last.get("status")})
    elif last.get("status"):
        messages.error(request, _("It answered %(status)s instead of 200.") % {"status": last["status"]})
    else:
        messages.error(request, _("It did not answer: %(detail)s.") % {"detail": last.get("detail", "")})
    return redirect("setup:webhook", pk)


@access.administrators
@require_POST
def again(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """The same bytes once more."""
    found = get_object_or_404(Delivery, pk=delivery, endpoint=pk)
    calling.again(found)
    if found.endpoint.state == "on":
        messages.success(request, _("It is sent again."))
    else:
        messages.info(request, _("It is sent again when the webhook is switched on."))
    return redirect("setup:webhook", pk)


@access.administrators
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Endpoint, pk=pk)
    with transaction.atomic():
        told(request, "webhook", found, ["removed"])
        found.delete()
    messages.success(request, _("The webhook is removed."))
    return redirect("setup:webhooks")
