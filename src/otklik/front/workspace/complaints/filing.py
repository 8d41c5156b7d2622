"""A talk becomes a complaint, or somebody says that it is none; a complaint without a talk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from otklik.care.complaints import suggesting
from otklik.core.ui import words
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, done
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.complaints.file_forms import LONGEST_STATED, FileForm, NewForm
from otklik.front.workspace.door import person

TEMPLATE = "workspace/complaints/file.html"


@act("GET", "POST")
def complain(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The last words of the client stand in it already; those that were chosen on the page come in their place."""
    user = person(request)
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, {"form": FileForm(None, user, ticket, initial=_known(ticket))})
    form = FileForm(request.POST, user, ticket)
    made = None
    if form.is_valid():
        try:
            made = form.file()
        except Refused as error:
            form.refuse(error.text, error.field)
    if made is None:
        return dialog(request, ticket, TEMPLATE, {"form": form}, 422)
    told = {"number": made.number, "when": words.date_of(made.legal_due)}
    return done(request, ticket, _("Complaint № %(number)s, answer by law by %(when)s") % told, about=True)


@act("POST")
def dismiss(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """It sounds like a complaint and is none."""
    suggesting.is_none(ticket, by=person(request))
    return done(request, ticket, _("Not asked again until there are new words"))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """On paper, by voice, or from somebody who does not name themselves."""
    form = NewForm(request.POST or None, person(request))
    if form.is_valid():
        try:
            made = form.file()
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            messages.success(request, _("The complaint is filed; its clocks run."))
            return redirect("workspace:complaint", made.pk)
    return show(request, "workspace/complaints/new.html", {"form": form}, status=422 if form.is_bound else 200)


def _known(ticket: Ticket) -> dict[str, object]:
    theirs = ticket.conversation.messages.living().filter(direction="in", contact=ticket.contact_id)
    last = theirs.order_by("-id").defer("search", "html").first()
    told: dict[str, object] = {"stated": ticket.subject[:LONGEST_STATED]}
    return {**told, "words": last.new_text.strip()[:1000], "message": last.pk} if last else told
