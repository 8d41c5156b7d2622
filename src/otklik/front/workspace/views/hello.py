"""How to begin: asked for by the panel when it is seen, so that the page of a request waits for none of it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from otklik.desk.clients.models import Contact, Opener
from otklik.desk.tickets.beginning import remember
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import announce
from otklik.front.workspace.door import person
from otklik.front.workspace.hello import hello_of
from otklik.front.workspace.known import contact_of

MOST_TURNS = 1000
PARTS = {"menu": "#menu", "call": "#call"}
"""Beside the card: the menu of the answer, and the card of a call, where a line is said and not written."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hello(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the block, with another line by `?turn=`.  POST: a line was taken; its text goes to the composer.

    A line that fits no more (it was morning when the page was opened) gives way to those that do.
    """
    contact, told = contact_of(request, pk), request.POST or request.GET
    ticket = _ticket(request, contact, told.get("ticket", ""))
    if request.method != "POST":
        return _shown(request, contact, ticket, _number(told.get("turn", "")) % MOST_TURNS)
    if not person(request).answers:
        raise PermissionDenied
    opener = get_object_or_404(Opener, pk=_number(told.get("opener", "")))
    lines = hello_of(contact, ticket, person(request)).lines
    text = next((one.text for one in lines if one.opener == opener), "")
    if not text:
        return _shown(request, contact, ticket, 0)
    remember(contact, opener, person(request))
    shown = _shown(request, contact, ticket, 0)
    if told.get("at") == "call":
        return shown
    return announce(shown, {"macro:text": {"text": f"{text}\n\n", "holes": []}})


def _shown(request: HttpRequest, contact: Contact, ticket: Ticket | None, turn: int) -> HttpResponse:
    context = {"hello": hello_of(contact, ticket, person(request), turn), "can_answer": person(request).answers}
    part = PARTS.get((request.POST or request.GET).get("at", ""), "")
    return render(request, f"workspace/hello.html{part}", context)


def _ticket(request: HttpRequest, contact: Contact, said: str) -> Ticket | None:
    """Only one of this client, and only where the reader may see it."""
    if not (number := _number(said)):
        return None
    return get_object_or_404(Ticket.objects.visible_to(person(request)), pk=number, contact=contact)


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and said.isascii() and len(said) < 18 else 0
