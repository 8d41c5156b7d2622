"""In which order somebody looks at a list; kept in their profile, so every browser of theirs shows it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from otklik.desk.tickets.orders import Order
from otklik.front.workspace.acts.going import lead_to
from otklik.front.workspace.acts.narrowing import address_of, kept_of, must_be_known
from otklik.front.workspace.door import person
from otklik.front.workspace.queries.standing import VIEWS


@login_required
@require_POST
def order(request: HttpRequest, name: str) -> HttpResponse:
    """The usual order is not remembered: it is that of everybody."""
    must_be_known(name)
    asked = request.POST.get("order", "")
    if asked not in Order.values or not VIEWS[name].has_orders:
        raise BadRequest("unknown order")
    user, usual = person(request), asked == Order.DUE
    user.list_orders = {view: one for view, one in user.list_orders.items() if view != name}
    user.list_orders |= {} if usual else {name: asked}
    user.save(update_fields=["list_orders"])
    kept = kept_of(request)
    del kept["order"]
    return lead_to(request, address_of(name, kept if usual else {**kept, "order": asked}))
