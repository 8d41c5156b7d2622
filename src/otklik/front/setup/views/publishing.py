"""Whether everybody may read a class: the head says so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.desk.sla.models import ServiceClass
from otklik.desk.tickets.errors import Refused
from otklik.front.setup import access
from otklik.front.setup.forms.publishing import PublishingForm
from otklik.front.setup.views.classes import class_page
from otklik.front.setup.views.page import told


@access.heads
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the words of the public page, and publish it or take it back; a class that was never promised is no page."""
    found = get_object_or_404(ServiceClass, pk=pk)
    form, act = PublishingForm(request.POST, instance=found), request.POST.get("act")
    if form.is_valid() and act == "publish" and found.in_force() is None:
        form.add_error(None, _("Nobody is promised this class now, so there is nothing to publish: promise it first."))
    was = found.published_at is not None
    if form.is_valid():
        try:
            found.publish({"publish": True, "hide": False}.get(act or "", was))
        except Refused as error:
            form.add_error(None, error.text)
    if not form.is_valid():
        return class_page(request, get_object_or_404(ServiceClass, pk=pk), publishing_form=form, status=422)
    changed = [*form.changed_data, *(["published"] if was != (found.published_at is not None) else [])]
    told(request, "class", found, changed)
    messages.success(
        request, _("Everybody can read it now.") if found.published_at else _("Saved. Nobody can read it.")
    )
    return redirect("setup:class", pk)
