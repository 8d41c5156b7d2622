"""Details of requests: the fields of the form, for all or for a topic."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.desk.tickets.models import Field, Topic
from otklik.front.setup import access
from otklik.front.setup.forms import FieldForm
from otklik.front.setup.views.page import settings_page, told


@access.readers
def fields(request: HttpRequest) -> HttpResponse:
    tree = Topic.objects.tree()
    rows = [(field, tree.said(field.topic_id)) for field in Field.objects.all()]
    return settings_page(request, "setup/fields.html", "fields", {"rows": rows})


@access.readers
def field(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One field, or a new one."""
    found = get_object_or_404(Field, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:fields")
    name = found.name if found else ""
    form = FieldForm(request.POST or None, instance=found, tree=Topic.objects.tree())
    if form.is_valid():
        saved = form.save()
        told(request, "field", saved, form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:fields")
    context = {"form": form, "field": found, "name": name}
    return settings_page(request, "setup/field.html", "fields", context, 422 if form.is_bound else 200)


@access.administrators
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down in the form."""
    found = get_object_or_404(Field, pk=pk)
    found.step(-1 if request.POST.get("to") == "up" else 1)
    told(request, "field", found, ["position"])
    return redirect("setup:fields")
