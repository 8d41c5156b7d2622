"""Who comes in, and how an act answers."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from otklik.core.ui.show import wants_part
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.going import leave, ticket_page
from otklik.front.workspace.door import person
from otklik.front.workspace.queries import one

type Act = Callable[..., HttpResponse]

LONGEST_HEADER = 2_000
"""Letters; nginx, left as it is, holds all headers of an answer in 4 KB and says 502 for more."""


def ticket_for(request: HttpRequest, number: int) -> Ticket:
    """The ticket of an address; 404 when the person may not know that it exists."""
    found = one.ticket_to_act(number, person(request))
    if found is None:
        raise Http404
    return found


def act(*methods: str) -> Callable[[Act], Act]:
    """A view of a ticket that its caller may write in; the number of the address becomes the ticket.

    Reading without the right to write is 403, a ticket of another line does not exist.
    """

    def wrap(view: Act) -> Act:
        @wraps(view)
        def checked(request: HttpRequest, number: int, **rest: Any) -> HttpResponse:
            ticket = ticket_for(request, number)
            if not can_answer(person(request), ticket):
                raise PermissionDenied(_("You may read this request but not write in it."))
            return view(request, ticket, **rest)

        return login_required(require_http_methods(methods or ("POST",))(checked))

    return wrap


def done(request: HttpRequest, ticket: Ticket, text: str = "", *, about: bool = False, undo: str = "") -> HttpResponse:
    """An act without a page of its own is done: the page refreshes its parts, the person stays where they are.

    What was done is seen in the strip and in the list, so `text` is said to screen readers alone.  Whoever may not
    see the ticket any more is led to the list instead of a missing page.  `about` draws the open tab of the card anew.
    `undo` is the address that takes it back: then everybody reads the text beside it.
    """
    if not Ticket.objects.visible_to(person(request)).filter(pk=ticket.pk).exists():
        return leave(request, ticket, text)
    if not wants_part(request):
        if text:
            messages.success(request, text)
        return redirect(ticket_page(ticket, request.POST.get("view", "")))
    news: dict[str, Any] = {"dialog:close": {"target": "body"}, **changed(ticket)}
    if about:
        news["about:changed"] = {"target": "body"}
    if text:
        news["say"] = {"target": "body", "text": text, **({"undo": undo} if undo else {"state": "quiet"})}
    return announce(HttpResponse(status=204), news)


def asking(response: HttpResponse, text: str, *, more: str, address: str) -> HttpResponse:
    """What was done is told aloud, with a dialog that may follow: `more` names it."""
    news = json.loads(response.get("HX-Trigger") or "{}")
    ask = {"text": more, "address": address}
    return announce(response, {**news, "say": {"target": "body", "text": text, "ask": ask, "state": "info"}})


def failed(request: HttpRequest, ticket: Ticket, error: Refused) -> HttpResponse:
    """The act was refused by the ticket; nothing was changed and the person reads why."""
    if not wants_part(request):
        messages.error(request, error.text)
        return redirect(ticket_page(ticket, request.POST.get("view", "")))
    status = 409 if isinstance(error, Conflict) else 422
    news = {"say": {"target": "body", "text": error.text, "state": "error"}, **changed(ticket)}
    response = announce(HttpResponse(status=status), news)
    response["HX-Reswap"] = "none"
    return response


def changed(ticket: Ticket) -> dict[str, dict[str, Any]]:
    """The event by which the open page refreshes what it shows of the ticket."""
    return {"ticket:changed": {"target": "body", "number": ticket.number}}


def sent_from(ticket: Ticket, **told: Any) -> dict[str, dict[str, Any]]:
    """The event that empties the composer; it names the ticket, as another one may be open by then."""
    return {"composer:sent": {"target": "body", "number": ticket.number, **told}}


def announce(response: HttpResponse, events: dict[str, Any]) -> HttpResponse:
    """By the header; what is too long for the one buffer in which proxies hold all headers, as the text of a letter,
    goes as the body of an answer that has none (`toast.js`).
    """
    news = json.dumps(events)
    if response.status_code != 204 or len(news) <= LONGEST_HEADER:
        response["HX-Trigger"] = news
        return response
    response.status_code, response.content = 200, news.encode()
    response["Content-Type"], response["HX-Reswap"], response["HX-News"] = "application/json", "none", "body"
    del response["HX-Trigger"]
    return response
