"""Duplicates of a person or an organisation: proposed with reasons, merged after a look at both sides, parted again.

The two nouns go by the same doors; what differs stands in `OF`, and the address says which of them it is about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.ui.show import show
from otklik.desk.clients.models import Different
from otklik.desk.clients.sight import Sight
from otklik.desk.tickets.access import can_part
from otklik.desk.tickets.sameness import ORGANISATIONS, PEOPLE, Sameness
from otklik.front.workspace.card_forms import Holder
from otklik.front.workspace.door import person
from otklik.front.workspace.known import client_of, contact_of
from otklik.front.workspace.queries import counts
from otklik.front.workspace.queries import duplicates as proposed
from otklik.front.workspace.sides import both_clients, both_contacts, taken

LAST = 10
"""Mergings that a card shows."""


@dataclass(frozen=True)
class Noun:
    """People, or organisations, at these doors: names of addresses, and what the two sides show."""

    same: Sameness
    holder_of: Callable[[HttpRequest, int], Holder]
    both: Callable[[Any, Any, Sight], dict[str, Any]]
    chosen: tuple[str, ...]
    page: str
    duplicates: str
    merge: str
    part: str
    list: str = ""

    def at(self, name: str, *numbers: int) -> str:
        return reverse(f"workspace:{name}", args=numbers)


OF = {
    "contact": Noun(
        *(PEOPLE, contact_of, both_contacts, (*PEOPLE.facts, "client")),
        *("contact", "duplicates", "merge_contacts", "part_contacts"),
    ),
    "client": Noun(
        *(ORGANISATIONS, client_of, both_clients, ORGANISATIONS.facts),
        *("client", "client_duplicates", "merge_clients", "part_clients", "?show=organisations"),
    ),
}


@require_safe
def of_card(request: HttpRequest, pk: int, of: str) -> HttpResponse:
    """A part of the card, loaded after it; `?brief` beside a request: without what was merged before."""
    noun, user, brief = OF[of], person(request), "brief" in request.GET
    holder = noun.holder_of(request, pk)
    made = holder.mergings.filter(undone_at=None).select_related("winner", "loser", "by").order_by("-pk")
    context = {
        "again": noun.at(noun.duplicates, holder.pk),
        "part": f"workspace:{noun.part}",
        "organisations": noun.same is ORGANISATIONS,
        "brief": brief,
        "rows": proposed.of(holder, user, noun.same),
        "mergings": [] if brief else [(one, one.can_be_undone and can_part(user, one)) for one in made[:LAST]],
        "can_answer": user.answers,
        "now": clock.now(),
    }
    return render(request, "workspace/duplicates.html#section", context)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?show=organisations`; `?after=` the number behind which the next page begins."""
    user, given = person(request), request.GET.get("after", "")
    of_organisations = request.GET.get("show") == "organisations"
    if not user.leads:
        raise PermissionDenied(_("Duplicates are looked after by leads and administrators."))
    after = int(given) if given.isdecimal() and len(given) < 18 else 0
    found = proposed.page(user, after, ORGANISATIONS if of_organisations else PEOPLE)
    context = {"rows": found.rows, "after": found.after, "can_answer": True, "organisations": of_organisations}
    return show(request, "workspace/duplicates.html", context, part="list")


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int, other: int, of: str) -> HttpResponse:
    """GET: both sides and what stays; POST: one person, or one organisation, which is `pk`."""
    noun, user = OF[of], person(request)
    winner, loser, home = noun.holder_of(request, pk), noun.holder_of(request, other), f"workspace:{noun.page}"
    if winner.pk == loser.pk:
        return redirect(home, winner.pk)
    if not noun.same.may_merge(user, winner, loser):
        raise PermissionDenied(_("Ask a lead to merge them."))
    trouble, sight = "", Sight.of(user)
    if request.method == "POST":
        take = taken(request, winner, noun.chosen, sight)
        try:
            noun.same.mergings.objects.merge(winner, loser, take=take, by=user)  # type: ignore[arg-type]  # of one noun
        except ValidationError as error:
            trouble = error.messages[0]
        else:
            return redirect(home, winner.pk)
    context = {
        "winner": winner,
        "loser": loser,
        **noun.both(winner, loser, sight),
        "reasons": noun.same.compare(winner, loser).reasons_for(sight),
        "moving": counts.said(noun.same.requests_of(loser, user)[: counts.CAP].count()),
        "turned": noun.at(noun.merge, loser.pk, winner.pk),
        "home": noun.at(noun.page, winner.pk),
        "trouble": trouble,
    }
    return show(request, "workspace/merge.html", context, status=422 if trouble else 200)


@require_POST
def undo(request: HttpRequest, pk: int, of: str) -> HttpResponse:
    noun, user = OF[of], person(request)
    merging: Any = get_object_or_404(noun.same.mergings.objects.select_related("winner", "loser"), pk=pk)
    holder = noun.holder_of(request, merging.winner_id)
    if not can_part(user, merging):
        raise PermissionDenied(_("Who merged them and leads may undo it."))
    try:
        merging.undo(by=user)
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from error
    return redirect(f"workspace:{noun.page}", holder.pk)


@require_POST
def different(request: HttpRequest, pk: int, other: int, of: str) -> HttpResponse:
    """Not the same: never proposed again.  Leads back to the list, to the card, or to its part without them."""
    noun, user = OF[of], person(request)
    one, two = noun.holder_of(request, pk), noun.holder_of(request, other)
    if not user.answers:
        raise PermissionDenied
    Different.objects.say(noun.same.kind, one.pk, two.pk, by=user)
    if request.POST.get("from") == "list":
        return redirect(noun.at("possible_duplicates") + noun.list)
    if not request.headers.get("HX-Request"):
        return redirect(f"workspace:{noun.page}", one.pk)
    return redirect(noun.at(noun.duplicates, one.pk) + ("?brief=1" if "brief" in request.GET else ""))
