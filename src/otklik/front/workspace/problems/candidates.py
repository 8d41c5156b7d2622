"""What the night and the hour found: each with its reason, and what somebody says of it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from otklik.care.problems.access import may_begin, may_decide
from otklik.care.problems.models import Candidate
from otklik.care.problems.states import Found
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket, Topic
from otklik.front.workspace.problems.door import candidate_of, reader
from otklik.front.workspace.problems.economy import economy
from otklik.front.workspace.problems.forms import RefuseForm

MOST = 50
EXAMPLES = 3
HOUR = timedelta(hours=1)
REFUSED = 20


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The dearest first; a spike before all."""
    user = reader(request)
    found = list(Candidate.objects.waiting().dearest_first().select_related("topic", "product")[: MOST + 1])
    refused = Candidate.objects.filter(refused_until__gt=clock.house_today()).select_related("topic", "product", "by")
    tree, money, shown = Topic.objects.tree(), economy(user), _examples(found[:MOST], user)
    context = {
        "rows": [
            {
                "candidate": one,
                "name": named(one, tree.said(one.topic_id)),
                "reason": reason(one),
                "examples": shown.get(one.pk, []),
                "cost": money.of(one.count) if money and not one.is_spike else "",
            }
            for one in found[:MOST]
        ],
        "most": MOST if len(found) > MOST else None,
        "refused": [
            (one, named(one, tree.said(one.topic_id))) for one in refused.order_by("-refused_until", "-pk")[:REFUSED]
        ],
        "money": money,
        "may_begin": may_begin(user),
        "may_decide": may_decide(user),
        "now": words.here(),
    }
    return render(request, "workspace/problems/candidates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    user, candidate = reader(request), candidate_of(request, pk)
    if not may_decide(user):
        raise PermissionDenied
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            candidate.refuse(form.cleaned_data["why"], by=user)
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            messages.success(request, _("Remembered: for two months it is not proposed again."))
            return redirect("workspace:problem_candidates")
    name = named(candidate, Topic.objects.tree().said(candidate.topic_id))
    context = {"form": form, "candidate": candidate, "name": name, "reason": reason(candidate)}
    return show(request, "workspace/problems/refuse.html", context, status=422 if form.errors else 200)


def named(one: Candidate, topic: str) -> str:
    return " · ".join(filter(None, [topic, one.product.name if one.product else "", one.article_name]))


def reason(one: Candidate) -> str:
    """Why it is here, in words with its numbers."""
    if one.is_spike:
        said = ngettext(
            "%(count)s request between %(from)s and %(to)s, usually %(usual)s at this hour of this weekday. By chance"
            " so many come in %(chance)s of such hours.",
            "%(count)s requests between %(from)s and %(to)s, usually %(usual)s at this hour of this weekday. By chance"
            " so many come in %(chance)s of such hours.",
            one.count,
        )
        return said % {"count": one.count, **_hour(one), "usual": words.number(one.usual or 0, 1), "chance": _rare(one)}
    requests = ngettext("%(count)s request", "%(count)s requests", one.count) % {"count": one.count}
    clients = ngettext("of %(count)s client", "of %(count)s clients", one.clients) % {"count": one.clients}
    by = _("with similar subjects") if one.found == Found.WORDS else _same(one)
    return _("%(requests)s %(clients)s in 30 days, %(by)s.") % {"requests": requests, "clients": clients, "by": by}


def _same(one: Candidate) -> str:
    if one.article is not None:
        return _("and the same article helped in all of them")
    return _("all about the same product")


def _rare(one: Candidate) -> str:
    chance = one.chance or 0
    return _("less than 0.001 %") if chance < 0.00001 else words.percent(chance, 3)


def _hour(one: Candidate) -> dict[str, str]:
    assert one.hour is not None
    end = one.hour + HOUR
    return {"from": words.stamp(one.hour), "to": words.clock(end)}


def _examples(found: list[Candidate], user: User) -> dict[int, list[Any]]:
    """The newest requests of each that the reader may see: two statements for all of them."""
    pairs = Candidate.tickets.through.objects.filter(candidate__in=[one.pk for one in found])
    place = Window(RowNumber(), partition_by="candidate_id", order_by="-ticket_id")
    placed: Any = pairs.annotate(place=place)
    newest = placed.filter(place__lte=4 * EXAMPLES).order_by("-ticket_id")
    numbers: dict[int, list[int]] = {}
    for candidate, ticket in newest.values_list("candidate_id", "ticket_id"):
        numbers.setdefault(candidate, []).append(ticket)
    wanted = {ticket for some in numbers.values() for ticket in some}
    seen = Ticket.objects.visible_to(user).filter(pk__in=wanted).only("pk", "subject", "contact_name").in_bulk()
    return {pk: [seen[ticket] for ticket in some if ticket in seen][:EXAMPLES] for pk, some in numbers.items()}
