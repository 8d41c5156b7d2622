"""Putting aside, ending without an answer, opening again, and leaving for later as unread."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.ui import words
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Seen, Ticket
from otklik.desk.tickets.steps import PutAside
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.composing import Composer
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.acts.going import leave
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

WITHOUT_ANSWER = {
    "no_answer": gettext_lazy("nobody waits for an answer"),
    "spam": gettext_lazy("spam"),
    "duplicate": gettext_lazy("the same request is open already"),
}


@act("GET", "POST")
def put_aside(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """What happens next and when; the ticket leaves the queue and comes back by itself."""
    composer = Composer(ticket, person(request), choice=Choice(next="aside"))
    if request.method == "GET":
        return dialog(request, ticket, "workspace/dialogs/put_aside.html", {"composer": composer})
    data = request.POST.copy()
    data["next"] = "aside"
    composer.choice = Choice.posted(data)
    try:
        step = composer.choice.step()
        assert isinstance(step, PutAside)
        ticket.put_aside(step, by=person(request))
    except Refused as error:
        composer.fail(error.field, error.text)
        return dialog(request, ticket, "workspace/dialogs/put_aside.html", {"composer": composer}, 422)
    return done(request, ticket, _("Put aside, comes back %(when)s") % {"when": words.at(step.until)})


@act("GET", "POST")
def close(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """End without an answer, and say why."""
    context = {"reasons": WITHOUT_ANSWER.items()}
    if request.method == "GET":
        return dialog(request, ticket, "workspace/dialogs/close.html", context)
    try:
        if (reason := request.POST.get("reason", "")) not in WITHOUT_ANSWER:
            raise Invalid(_("Choose why it needs no answer."), "reason")
        ticket.close(reason, by=person(request))
    except Refused as error:
        return dialog(request, ticket, "workspace/dialogs/close.html", {**context, "error": error}, 422)
    return done(request, ticket, _("Closed without an answer"))


@act("POST")
def reopen(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Back to work, the clock of an answer runs."""
    try:
        ticket.reopen_by(person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("The request is open again"))


@act("POST")
def unread(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """As if the client's last message had not been looked at; the person goes back to the queue."""
    before = (ticket.last_in_id or ticket.last_message_id or 1) - 1
    Seen.objects.update_or_create(user=person(request), ticket=ticket, defaults={"message_id": before})
    return leave(request, ticket)
