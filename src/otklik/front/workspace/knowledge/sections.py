"""Sections in order: each is renamed where it stands, a new one is added below."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from otklik.care.knowledge.models import Section
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Conflict
from otklik.front.workspace.knowledge.door import keeper
from otklik.front.workspace.knowledge.forms import SectionForm
from otklik.front.workspace.known import LARGEST

MOST = 100


@require_http_methods(["GET", "HEAD", "POST"])
def sections(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    keeper(request)
    found = Section.objects.filter(pk=min(pk, LARGEST)).first() if pk else Section()
    if found is None:
        raise Http404
    form = SectionForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("workspace:sections")
    rows = Section.objects.in_order().annotate(count=Count("articles"))[:MOST]
    context = {"rows": rows, "form": form, "changed": pk}
    return show(request, "workspace/knowledge/sections.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Only an empty one: articles never lose their place."""
    keeper(request)
    found = Section.objects.filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise Http404
    try:
        found.remove()
        messages.success(request, _("The section is removed."))
    except Conflict as error:
        messages.error(request, error.text)
    return redirect("workspace:sections")
