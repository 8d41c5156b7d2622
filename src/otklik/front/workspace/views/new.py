"""A request filed in the client's name: they called, or stood at the counter."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from otklik.core.ui.show import wants_part
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.door import person
from otklik.front.workspace.forms import NewRequestForm

SHORT = 80
"""Letters of a subject that nobody wrote."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not user.answers:
        raise PermissionDenied(_("You may read requests but not file them."))
    if request.method != "POST":
        form = NewRequestForm(user, initial={"address": request.GET.get("address", "")[:320]})
        return render(request, "workspace/new.html", {"form": form})
    form = NewRequestForm(user, request.POST)
    if form.is_valid() and not form.cleaned_data["subject"]:
        form = _with_subject(form, request)
    ticket = _filed(form, request) if form.is_valid() else None
    if ticket is None:
        return render(request, "workspace/new.html", {"form": form}, status=422)
    address = reverse("workspace:ticket", args=[ticket.number])
    if wants_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _with_subject(form: NewRequestForm, request: HttpRequest) -> NewRequestForm:
    """How the words begin stands as the subject, to be looked at: the client reads it in every letter (UI-38)."""
    data = request.POST.copy()
    data["subject"] = Truncator(" ".join(form.cleaned_data["text"].split())).chars(SHORT)
    looked_at = NewRequestForm(person(request), data)
    said = _("There was no subject: the first words stand there now. Change them, or file it so.")
    looked_at.add_error("subject", said)
    return looked_at


def _filed(form: NewRequestForm, request: HttpRequest) -> Ticket | None:
    try:
        return Ticket.open_by(person(request), **form.cleaned_data)
    except Invalid as error:
        form.add_error(error.field or None, error.text)
        return None
