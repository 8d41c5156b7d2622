"""Two cards side by side before they are merged: what each says, what can be chosen, what its reader may see."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.desk.clients.models import (
    CLIENT_FACTS,
    FACTS,
    CardField,
    Channelled,
    Client,
    Contact,
    PersonalFact,
    client_outcome,
    outcome,
)
from otklik.desk.clients.sight import Right, Sight
from otklik.desk.sla.models import Agreement
from otklik.front.workspace.panel import LABELS, OF_ORGANISATION, client_facts

JOINED = ("note", "tags")
"""Of both sides, so that nothing has to be chosen."""


class Side(NamedTuple):
    """One fact: what each of the two says of it, and whether the reader sees that."""

    name: str
    label: str | Promise
    ours: str
    theirs: str
    is_seen: bool


def answers_of(winner: Contact | Client, loser: Contact | Client, sight: Sight) -> list[Side]:
    """Fields of the company."""
    theirs = {one.field.pk: one.value for one in CardField.objects.answered(loser)}
    return [
        Side(field.place, field.name, field.said(ours), field.said(theirs.get(field.pk)), sight.opens_field(field))
        for field, ours in CardField.objects.answered(winner)
    ]


def both_contacts(winner: Contact, loser: Contact, sight: Sight) -> dict[str, Any]:
    """Field by field what two people say and what would stay, as far as the reader sees it; how they are reached."""
    sides = [
        Side(name, LABELS[name], _fact(winner, name), _fact(loser, name), sight.opens(name))
        for name in (*FACTS, "client")
    ]
    phones = sight.right(PersonalFact.PHONES)
    return {
        "lines": lines_of([*sides, *answers_of(winner, loser, sight)], outcome(winner, loser)),
        "more": (_("Addresses"), [_reached(one, phones) for one in (winner, loser)]),
        "lead": _("%(loser)s becomes %(winner)s: requests, letters and addresses move, nothing is lost.")
        % {"loser": loser.name, "winner": winner.name},
    }


def both_clients(winner: Client, loser: Client, sight: Sight) -> dict[str, Any]:
    """The same of two organisations, and what hangs on each."""
    ours, theirs = client_facts(winner), client_facts(loser)
    sides = [Side(name, OF_ORGANISATION[name], ours[name], theirs[name], sight.opens(name)) for name in CLIENT_FACTS]
    return {
        "lines": lines_of([*sides, *answers_of(winner, loser, sight)], client_outcome(winner, loser)),
        "more": (_("People, products and contracts"), [_held_by(winner), _held_by(loser)]),
        "lead": _("%(loser)s becomes %(winner)s: people, products, contracts and requests move, nothing is lost.")
        % {"loser": loser.name, "winner": winner.name},
    }


def _fact(contact: Contact, name: str) -> str:
    return ", ".join(contact.tags) if name == "tags" else str(getattr(contact, name) or "")


def _reached(contact: Contact, phones: Right) -> list[str]:
    hidden = [] if phones is Right.OPEN else [one for one in contact.identities.all() if one.kind == Channelled.PHONE]
    told = [one.value for one in contact.identities.all() if one not in hidden]
    return [*told, *([_("hidden")] if hidden else [])]


def _held_by(client: Client) -> list[str]:
    """In numbers: people whom the reader does not know are counted, never named."""
    found = (
        (_("people: %(count)s"), client.memberships.current().count()),
        (_("products: %(count)s"), client.subscriptions.count()),
        (_("contracts: %(count)s"), Agreement.objects.not_over(clock.today()).filter(client=client).count()),
    )
    return [words % {"count": count} for words, count in found if count]


def lines_of(sides: Iterable[Side], stays: dict[str, Any]) -> list[dict[str, Any]]:
    """What the page shows; `stays` says each fact as it would be after merging."""
    joined = {"tags": ", ".join(stays["tags"]), "note": stays["note"]}
    return [_line(side, joined.get(side.name, "")) for side in sides if side.ours or side.theirs]


def taken(request: HttpRequest, winner: Contact | Client, facts: Iterable[str], sight: Sight) -> set[str]:
    """What was chosen of the other one; of what is hidden nothing can be."""
    names = (*facts, *(one.place for one in CardField.objects.of(winner)))
    return sight.seen((name for name in names if request.POST.get(name) == "other"), winner)


def _line(side: Side, joined: str) -> dict[str, Any]:
    """Of what is hidden nothing can be chosen: the one who stays keeps theirs."""
    name, label, ours, theirs, seen = side
    if not seen:
        ours, theirs, joined = (_("hidden") if said else "" for said in (ours, theirs, joined))
    choice = bool(seen and ours and theirs and ours != theirs and name not in JOINED)
    return {"name": name, "label": label, "ours": ours, "theirs": theirs, "joined": joined, "choice": choice}
