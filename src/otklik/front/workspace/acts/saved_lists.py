"""Lists kept under a name: for oneself, for a line, for everybody; what may be done with them is said in `access`."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from otklik.core.staff.models import Team, User
from otklik.core.ui.show import show
from otklik.desk.tickets.access import can_change_list, can_give_lists_to_all, lines_given_lists_by
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import SavedList
from otklik.desk.tickets.narrowing import Narrowing
from otklik.desk.tickets.orders import Order
from otklik.desk.tickets.query import LONGEST
from otklik.front.workspace.acts.going import lead_to
from otklik.front.workspace.acts.narrowing import address_of, kept_of, must_be_known, must_narrow
from otklik.front.workspace.door import person
from otklik.front.workspace.queries.standing import VIEWS

ALL = "all"
STEPS = {"up": -1, "down": 1}


@login_required
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, name: str) -> HttpResponse:
    """The list as it is narrowed now gets a name."""
    must_be_known(name)
    user, kept = person(request), kept_of(request)
    context: dict[str, Any] = {
        "name": name,
        "kept": kept,
        "parts": Narrowing.read(kept.get("q", ""), user).parts,
        "told": {"name": request.POST.get("name", ""), "for": request.POST.get("for", "")},
        **_audiences(user),
    }
    if request.method == "GET":
        return show(request, "workspace/dialogs/keep_list.html", context, part="dialog")
    team, everybody = _for_whom(request, context)
    try:
        SavedList.objects.keep(
            user,
            request.POST.get("name", ""),
            name,
            kept.get("q", ""),
            team,
            everybody=everybody,
            order=kept.get("order", ""),
        )
    except Refused as error:
        return show(request, "workspace/dialogs/keep_list.html", {**context, "error": error}, part="form", status=422)
    messages.success(request, _("The list is saved; it stands in the menu of lists"))
    return lead_to(request, address_of(name, kept))


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, other conditions, other people."""
    user, found = person(request), _to_change(request, pk)
    own = ALL if found.everybody else str(found.team_id or "")
    told = {"name": found.name, "query": found.query, "order": found.order, "for": own}
    context: dict[str, Any] = {"saved": found, "told": told, "longest": LONGEST, **_audiences(user)}
    if (view := VIEWS.get(found.view)) and view.has_orders:
        context["orders"] = Order
    if request.method == "GET":
        return show(request, "workspace/dialogs/change_list.html", context, part="dialog")
    context["told"] = {name: request.POST.get(name, "") for name in told}
    team, everybody = _for_whom(request, context)
    try:
        must_narrow(request.POST.get("query", ""), user)
        found.say(*(request.POST.get(name, "") for name in ("name", "query", "order")))
        found.give(team, everybody=everybody)
    except Refused as error:
        return show(request, "workspace/dialogs/change_list.html", {**context, "error": error}, part="form", status=422)
    found.save()
    messages.success(request, _("The list is changed"))
    return lead_to(request, _address(found))


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down among those of the same people."""
    found, step = _to_change(request, pk), STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    found.move(step)
    messages.success(request, _("The list has moved in the menu"))
    return lead_to(request, _address(found))


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_change(request, pk)
    found.delete()
    messages.success(request, _("The list is removed"))
    return lead_to(request, address_of(found.view, {}))


def _to_change(request: HttpRequest, pk: int) -> SavedList:
    """What one may not change does not exist here."""
    user = person(request)
    found = SavedList.objects.seen_by(user).filter(pk=pk).first()
    if found is None or not can_change_list(user, found):
        raise Http404
    return found


def _address(saved: SavedList) -> str:
    return address_of(saved.view, {"q": saved.query, **({"order": saved.order} if saved.order else {})})


def _audiences(user: User) -> dict[str, Any]:
    return {"lines": lines_given_lists_by(user), "to_all": can_give_lists_to_all(user)}


def _for_whom(request: HttpRequest, offered: dict[str, Any]) -> tuple[Team | None, bool]:
    """What was chosen of what is offered to this person; anything else is for oneself."""
    chosen = request.POST.get("for", "")
    team = next((line for line in offered["lines"] if str(line.pk) == chosen), None)
    return team, chosen == ALL and offered["to_all"]
