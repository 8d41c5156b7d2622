"""The addresses of a client kept by hand: added, removed, vouched for."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from otklik.core.staff.models import User
from otklik.core.ui.show import wants_part
from otklik.desk.clients.models import AddressTaken, Channelled, Contact, Identity, PersonalFact
from otklik.desk.clients.models.address import BY_HAND, is_foretold
from otklik.desk.clients.sight import Right, Sight, addresses_open_to
from otklik.desk.conversations.reactions import is_ours
from otklik.desk.tickets.access import can_keep_cards
from otklik.front.workspace import card
from otklik.front.workspace.door import person
from otklik.front.workspace.known import contact_of, may_open

LONGEST = 320


@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the list with its buttons and a place for one more; `?as=list` the list alone.  POST: one more."""
    contact = writable(request, pk)
    if request.method != "POST":
        leaving = "as" in request.GET
        return _section(request, contact, editing=not leaving, back=leaving, writing=not leaving)
    typed, kind = request.POST.get("address", "").strip(), request.POST.get("kind", Channelled.EMAIL.value)
    if told := _add(contact, typed, kind, person(request)):
        return _section(request, contact, 422, typed=typed[:LONGEST], kind=kind, writing=True, **told)
    return _done(request, contact, writing=True)


def _add(contact: Contact, typed: str, kind: str, user: User) -> dict[str, Any]:
    """What is wrong with it: words, and whose it is when the agent may know them; nothing when it was added."""
    if len(typed) > LONGEST:
        return {"trouble": _("The address is too long.")}
    if kind == Channelled.PHONE and not Sight.of(user).opens(PersonalFact.PHONES):
        return {"trouble": _("You change what you see; this is hidden from your role.")}
    if kind == Channelled.EMAIL and is_ours(typed):
        return {"trouble": _("This is an address of ours, not of a client.")}
    try:
        contact.known_by(typed, by=user, kind=kind)
    except ValidationError as error:
        return {"trouble": error.messages[0]}
    except AddressTaken as taken:
        owner = taken.owner if may_open(user, taken.owner) else None
        return {"trouble": _("This address belongs to another client."), "owner": owner}
    return {}


@require_POST
def remove(request: HttpRequest, pk: int, address: int) -> HttpResponse:
    """Gone, with a button that brings it back."""
    contact = writable(request, pk)
    identity = _one(request, contact, address)
    try:
        identity.forget(by=person(request))
    except ValidationError as error:
        return _section(request, contact, 422, refused=error.messages[0])
    by_hand = identity.kind in (Channelled.EMAIL, Channelled.PHONE) or is_foretold(identity.value)
    back = str(identity) if by_hand else ""
    return _done(request, contact, removed=back, removed_kind=identity.kind)


@require_POST
def made_sure(request: HttpRequest, pk: int, address: int) -> HttpResponse:
    """The agent vouches for the person behind an address, in their own name; `no` takes it back."""
    contact = writable(request, pk)
    _one(request, contact, address).made_sure("no" not in request.POST, by=person(request))
    return _done(request, contact)


@require_POST
def use_again(request: HttpRequest, pk: int, address: int) -> HttpResponse:
    """The agent knows better than old bounces: letters go there again."""
    identity = _one(request, writable(request, pk), address)
    identity.use_again(by=person(request))
    return HttpResponse(card.address(identity, can_change=True))


def writable(request: HttpRequest, pk: int) -> Contact:
    """The contact, for those who answer clients and may see one of their requests."""
    contact = contact_of(request, pk)
    if not can_keep_cards(person(request)):
        raise PermissionDenied
    return contact


def _one(request: HttpRequest, contact: Contact, pk: int) -> Identity:
    """One that the reader sees."""
    theirs = addresses_open_to(person(request)).filter(contact=contact)
    return get_object_or_404(theirs, pk=min(pk, 2**63 - 1))


def _done(request: HttpRequest, contact: Contact, **told: Any) -> HttpResponse:
    return _section(request, contact, **told) if wants_part(request) else redirect("workspace:contact", contact.pk)


def _section(
    request: HttpRequest, contact: Contact, status: int = 200, editing: bool = True, **told: object
) -> HttpResponse:
    right = Sight.of(person(request)).right(PersonalFact.PHONES)
    known = list(contact.identities.order_by("pk"))
    drawn = card.addresses(contact, known, right)
    if right is not Right.OPEN:
        known = [identity for identity in known if identity.kind != Channelled.PHONE]
    context = {
        "contact": contact,
        "addresses": drawn,
        "known": [(identity, card.vouched(identity)) for identity in known],
        "editing": editing,
        "kinds": [one for one in BY_HAND if one != Channelled.PHONE or right is Right.OPEN],
        "kind": Channelled.EMAIL.value,
        "can_answer": True,
        **told,
    }
    template = "workspace/addresses.html#section" if wants_part(request) else "workspace/addresses.html"
    return render(request, template, context, status=status)
