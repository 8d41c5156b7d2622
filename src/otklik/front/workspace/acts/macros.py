"""Macros on a request: choose one, see what it does, apply it, take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.core.ui.show import wants_part
from otklik.desk.automation import applying, words
from otklik.desk.automation.models import Application, Macro
from otklik.desk.conversations import placeholders
from otklik.desk.conversations.markdown import to_html
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, announce, changed, done, failed
from otklik.front.workspace.acts.draft import below_draft
from otklik.front.workspace.acts.going import ticket_page
from otklik.front.workspace.acts.showing import again, dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/macros.html"


@dataclass(frozen=True)
class Offered:
    """A macro with what it would do here."""

    macro: Macro
    acts: list[str]
    text: SafeString
    looked: Sequence[Mapping[str, str]] = ()
    """How each act would go on this request, once that was asked for."""


@act("GET", "POST")
def apply(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The list with what each does; the chosen one is done at once, its text waits in the composer.

    With `look` nothing is done: the chosen one says how each of its acts would go here.
    """
    usable = list(Macro.objects.usable_by(person(request)).offered_for(ticket))
    chosen = request.POST.get("macro", "")
    offered = [_offered(one, ticket, request) for one in usable]
    context: dict[str, Any] = {"offered": offered, "chosen": chosen}
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, context)
    macro = next((one for one in usable if str(one.pk) == chosen), None)
    try:
        if macro is None:
            raise Invalid(_("Choose a macro."), "macro")
        if "look" in request.POST:
            looked = applying.look(macro, ticket, by=person(request))
            context["offered"] = [replace(one, looked=looked) if one.macro == macro else one for one in offered]
            return again(request, ticket, TEMPLATE, context)
        application, told = applying.apply(macro, ticket, by=person(request))
    except Refused as error:
        return dialog(request, ticket, TEMPLATE, {**context, "error": error}, 422)
    return _applied(request, ticket, macro, application, told)


@act("POST")
def undo(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """As it was before, where nobody has changed it since."""
    application = Application.objects.filter(pk=pk, ticket=ticket, by=person(request)).first()
    if application is None:
        raise Http404
    try:
        stayed = applying.undo(application, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    if not stayed:
        return done(request, ticket, _("The macro is taken back"), about=True)
    said = _("Taken back, except what somebody has changed since.")
    return _said(request, ticket, said)


def _offered(macro: Macro, ticket: Ticket, request: HttpRequest) -> Offered:
    text = applying.text_of(macro, ticket, person(request))
    return Offered(macro, words.acts_of(macro.acts), placeholders.with_chips(to_html(text)) if text else SafeString(""))


def _applied(
    request: HttpRequest, ticket: Ticket, macro: Macro, application: Application, told: list[dict[str, str]]
) -> HttpResponse:
    troubles = [f"{one['said']}: {one['trouble']}" for one in told if one["trouble"]]
    said = _("Done: %(name)s") % {"name": macro.name}
    if troubles:
        said = _("%(said)s. Could not be done: %(troubles)s") % {"said": said, "troubles": "; ".join(troubles)}
    back = reverse("workspace:macro_undo", args=[ticket.number, application.pk]) if application.changed else ""
    return _said(request, ticket, said, undo=back, text=applying.text_of(macro, ticket, person(request)))


def _said(request: HttpRequest, ticket: Ticket, said: str, *, undo: str = "", text: str = "") -> HttpResponse:
    """A line with a way back; who lost the request by it is led to the list, as after every act."""
    if not wants_part(request):
        messages.success(request, said, extra_tags=undo)
        if text:
            below_draft(request, ticket, text, "reply")
        return redirect(ticket_page(ticket, request.POST.get("view", ""), **({"compose": "reply"} if text else {})))
    answer = done(request, ticket, said, about=True)
    if answer.status_code != 204:
        return answer
    news: dict[str, Any] = {"dialog:close": {"target": "body"}, "about:changed": {"target": "body"}, **changed(ticket)}
    news["say"] = {"target": "body", "text": said, "undo": undo, "stay": 15_000}
    if text:
        news["macro:text"] = {"target": "body", "text": text, "holes": placeholders.holes(text)}
    return announce(HttpResponse(status=204), news)
