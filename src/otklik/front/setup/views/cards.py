"""Cards of clients: fields of the company, and who sees what is personal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from otklik.desk.clients.models import CardField, Holds, Secrecy
from otklik.front.setup import access
from otklik.front.setup.forms import CardFieldForm, SecrecyForm
from otklik.front.setup.views.page import settings_page, told

CARDS = [(Holds.CONTACT, pgettext_lazy("clients", "People")), (Holds.CLIENT, gettext_lazy("Organisations"))]


@access.readers
def fields(request: HttpRequest) -> HttpResponse:
    rows = list(CardField.objects.all())
    groups = [(label, [one for one in rows if one.of == of]) for of, label in CARDS]
    context = {"groups_of_fields": [(label, ours) for label, ours in groups if ours]}
    return settings_page(request, "setup/card_fields.html", "card_fields", context)


@access.readers
def field(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One field, or a new one."""
    found = get_object_or_404(CardField, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:card_fields")
    name = found.name if found else ""
    form = CardFieldForm(request.POST or None, instance=found)
    if form.is_valid():
        told(request, "card_field", form.save(), form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:card_fields")
    context = {"form": form, "field": found, "name": name}
    return settings_page(request, "setup/card_field.html", "card_fields", context, 422 if form.is_bound else 200)


@access.administrators
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down on the card."""
    found = get_object_or_404(CardField, pk=pk)
    found.step(-1 if request.POST.get("to") == "up" else 1)
    told(request, "card_field", found, ["position"])
    return redirect("setup:card_fields")


@access.heads
def secrecy(request: HttpRequest) -> HttpResponse:
    """Which facts are personal, and which roles see them."""
    form = SecrecyForm(request.POST or None, instance=Secrecy.objects.current())
    if form.is_valid():
        told(request, "secrecy", form.save(), form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:secrecy")
    context = {
        "form": form,
        "fields": CardField.objects.filter(is_personal=True, is_active=True),
        "can_change": access.can_set_secrecy(request.user),
    }
    return settings_page(request, "setup/secrecy.html", "secrecy", context, 422 if form.is_bound else 200)
