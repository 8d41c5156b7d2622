"""Looks at cards: a personal fact shown for a reason, who looked at a card, a card called restricted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.ui.show import wants_part
from otklik.desk.clients.facts import said_of
from otklik.desk.clients.models import CardField, Client, ClientRestrictedAs, PersonalFact, RestrictedAs, sums_of
from otklik.desk.clients.sight import (
    Place,
    Right,
    Sight,
    facts_of,
    looks_at,
    may_restrict,
    reveal,
    sees_looks,
)
from otklik.front.workspace import card
from otklik.front.workspace.card_forms import Holder
from otklik.front.workspace.card_kind import name_of
from otklik.front.workspace.card_rows import amounts_of
from otklik.front.workspace.door import person
from otklik.front.workspace.known import client_of, contact_of
from otklik.front.workspace.worth import paid_of

RESTRICTING = {"contact": "workspace:restrict", "client": "workspace:restrict_client"}
PLACES = {
    Place.CARD.value: gettext_lazy("the card"),
    Place.TICKET.value: gettext_lazy("beside a request"),
    Place.API.value: gettext_lazy("by a program"),
    Place.EXPORT.value: gettext_lazy("taken out in a table"),
}


@dataclass(frozen=True)
class Look:
    """One line of "who looked"."""

    who: str
    what: str
    reason: str
    at: datetime


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_contact(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return _revealed(request, contact_of(request, pk), name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_client(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return _revealed(request, client_of(request, pk), name)


@never_cache
@require_safe
def at_contact(request: HttpRequest, pk: int) -> HttpResponse:
    return _looks(request, contact_of(request, pk))


@never_cache
@require_safe
def at_client(request: HttpRequest, pk: int) -> HttpResponse:
    return _looks(request, client_of(request, pk))


@require_POST
def restrict(request: HttpRequest, pk: int) -> HttpResponse:
    return _restricted(request, contact_of(request, pk))


@require_POST
def restrict_client(request: HttpRequest, pk: int) -> HttpResponse:
    return _restricted(request, client_of(request, pk))


def _restricted(request: HttpRequest, holder: Holder) -> HttpResponse:
    """`as` is why every look is written down, "" for an ordinary card again."""
    user = person(request)
    if not may_restrict(user):
        raise PermissionDenied(_("Leads and administrators decide which cards are restricted."))
    try:
        holder.restrict(request.POST.get("as", ""), by=user)
    except ValidationError as error:
        raise Http404 from error
    if wants_part(request):
        return _looks(request, holder, back=True)
    return redirect(f"workspace:{name_of(holder)}", holder.pk)


def _revealed(request: HttpRequest, holder: Holder, name: str) -> HttpResponse:
    """GET: why?  POST: the value, this once.  `?as=value` hides it again."""
    field, user = CardField.objects.named(holder, name), person(request)
    if field is None and name not in facts_of(holder):
        raise Http404
    sight = Sight.of(user)
    right = sight.of_field(field) if field else sight.right(name)
    if right is Right.NEVER:
        raise PermissionDenied(_("Your role does not see this."))
    if request.method == "GET" and "as" in request.GET:
        return HttpResponse(card.hidden(holder, name, right, back=True))
    trouble = ""
    if request.method == "POST":
        try:
            reveal(holder, [name], request.POST.get("reason", ""), Place.CARD, by=user)
        except ValidationError as error:
            trouble = error.messages[0]
        else:
            said = _amounts(holder) if name == PersonalFact.MONEY else said_of(holder, name)
            return _shown(request, holder, name, card.shown_once(name, said), field)
    context = {**_frame(holder, name, field), "trouble": trouble, "typed": request.POST.get("reason", "")[:200]}
    template = "workspace/card/reveal.html#form" if wants_part(request) else "workspace/card/reveal.html"
    return render(request, template, context, status=422 if trouble else 200)


def _amounts(holder: Holder) -> str:
    """What their products cost, and what they paid so far."""
    paid = paid_of(sums_of(holder, clock.today()))
    return "; ".join(filter(None, [amounts_of(holder), paid]))


def _shown(request: HttpRequest, holder: Holder, name: str, value: str, field: CardField | None) -> HttpResponse:
    if wants_part(request):
        return HttpResponse(value)
    return render(request, "workspace/card/reveal.html", {**_frame(holder, name, field), "shown": value})


def _frame(holder: Holder, name: str, field: CardField | None) -> dict[str, Any]:
    of = name_of(holder)
    return {
        "holder": holder,
        "name": name,
        "label": field.name if field else PersonalFact(name).label,
        "home": reverse(f"workspace:{of}", args=[holder.pk]),
        "address": reverse(f"workspace:{of}_reveal", args=[holder.pk, name]),
    }


def _looks(request: HttpRequest, holder: Holder, *, back: bool = False) -> HttpResponse:
    user, of = person(request), name_of(holder)
    if not sees_looks(user):
        raise PermissionDenied(_("Who looked at a card is read by leads and administrators."))
    labels = {one.place: one.name for one in CardField.objects.filter(of=of)}
    context = {
        "holder": holder,
        "rows": [_look(entry, labels) for entry in looks_at(holder)],
        "can_restrict": may_restrict(user),
        "choices": (ClientRestrictedAs if isinstance(holder, Client) else RestrictedAs).choices,
        "restrict": reverse(RESTRICTING[of], args=[holder.pk]),
        "back": back,
        "now": clock.now(),
    }
    return render(request, "workspace/card/looks.html#section", context)


def _look(entry: Entry, labels: dict[str, str]) -> Look:
    """What was looked at, or where."""
    known = labels | {fact.value: str(fact.label) for fact in PersonalFact}
    names = ", ".join(known.get(name, "—") for name in entry.data["names"])
    place = str(PLACES.get(entry.data["place"], ""))
    what = f"{names} ({place})" if names and entry.data["place"] == Place.API.value else names or place
    return Look(entry.actor.name if entry.actor else "—", what, entry.data["reason"], entry.at)
