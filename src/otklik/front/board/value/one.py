"""What one named client is worth: found by name, or from their card."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.clients.sight import Place, looked
from otklik.desk.tickets.access import clients_known_to, contacts_known_to
from otklik.desk.tickets.finding import organisations_named, people_named
from otklik.front.board.noting.marking import by_span, during, lettered, marks
from otklik.front.board.timing import timed
from otklik.front.board.unknown import unknown
from otklik.front.board.value import single
from otklik.team.value.access import may_see_one, may_set
from otklik.team.value.counting import months_before
from otklik.team.value.figures import currency_of_the_house
from otklik.team.value.models import Counted, Policy
from otklik.team.value.one import value_of

MOST = 30
"""Of each kind, by name; with more one writes more of the name."""
LONGEST = 100


@login_required
@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Organisations and people with this in their name."""
    user, words = seer(request), request.GET.get("q", "").strip()[:LONGEST]
    organisations = list(organisations_named(user, words).order_by("name", "pk")[: MOST + 1]) if words else []
    people = (
        list(people_named(user, words).select_related("client").order_by("name", "pk")[: MOST + 1]) if words else []
    )
    context = {
        "words": words,
        "organisations": organisations[:MOST],
        "people": people[:MOST],
        "more": len(organisations) > MOST or len(people) > MOST,
        "most": MOST,
    }
    return render(request, "board/value/find.html", context)


@login_required
@never_cache
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, organisation_of(request, pk))


@login_required
@never_cache
@require_safe
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, contact_of(request, pk))


def organisation_of(request: HttpRequest, pk: int) -> Client:
    """A look at a restricted card, which is written down.  Raises Http404 for whom the reader does not know."""
    user = seer(request)
    return _seen(get_object_or_404(clients_known_to(user), pk=min(pk, 2**63 - 1)), user)


def contact_of(request: HttpRequest, pk: int) -> Contact:
    user = seer(request)
    return _seen(get_object_or_404(contacts_known_to(user).select_related("client"), pk=min(pk, 2**63 - 1)), user)


def holder_of(request: HttpRequest, kind: str, pk: int) -> Client | Contact:
    """By what an address calls it: “organisation” or “contact”."""
    if kind == "organisation":
        return organisation_of(request, pk)
    if kind == "contact":
        return contact_of(request, pk)
    raise Http404


def told(user: User, holder: Client | Contact, *, events: bool) -> dict[str, Any]:
    """What is shown of a client, on the page and on paper."""
    policy = Policy.objects.current()
    found = value_of(holder, policy)
    months = [month for one in found.money for month, _amount in one.course]
    happened = during(user, min(months), _last_day(max(months))) if months and events else []
    letters = lettered(happened)
    return {
        "holder": holder,
        "currencies": [
            {
                **single.of_money(one),
                "chart": {**chart, "marks": marks(letters, by_span(chart["months"]))}
                if (chart := single.chart(one))
                else None,
            }
            for one in found.money
        ],
        "happened": letters,
        "facts": single.facts(found),
        "service": single.of_service(found.service, policy if may_set(user) else None, currency_of_the_house()),
        "margin_known": policy.margin is not None,
        "counted": Counted.objects.filter(pk=1).first(),
    }


def seer(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not may_see_one(request.user):
        raise PermissionDenied
    return request.user


def _page(request: HttpRequest, holder: Client | Contact) -> HttpResponse:
    timing = timed(request.GET)
    kind = "organisation" if isinstance(holder, Client) else "contact"
    context = {
        **told(seer(request), holder, events=timing.events),
        "timing": timing,
        "kind": kind,
        "card": f"/clients/{kind}/{holder.pk}/",
        "unknown": unknown(request.GET, events=("off",)),
        "may_set": may_set(seer(request)),
        "title": _("Value of the client"),
    }
    return render(request, "board/value/one.html", context)


def _seen[Holder: (Client, Contact)](holder: Holder, user: User) -> Holder:
    looked(holder, Place.CARD, by=user)
    return holder


def _last_day(month: Any) -> Any:
    return months_before(month, -1).fromordinal(months_before(month, -1).toordinal() - 1)
