"""The form of a request: all fields in a dialog, or one in its place on the card."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.core.ui.show import wants_part
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Field, Ticket
from otklik.front.workspace.acts.doors import act, announce, changed, done
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.asked import Asked, form_of
from otklik.front.workspace.door import person

TEMPLATE, IN_PLACE = "workspace/dialogs/fields.html", "workspace/card/field.html"


@act("GET", "POST")
def fill(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Everything that is asked for with this topic; what is missing comes into focus."""
    fields = ticket.form()
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, _first(form_of(ticket, fields)))
    given = {field.place: request.POST[field.place] for field in fields if field.place in request.POST}
    numbers: dict[int, object] = {int(place.removeprefix("field-")): text for place, text in given.items()}
    try:
        ticket.fill(numbers, by=person(request))
    except Refused as error:
        rows = form_of(ticket, fields, given, (error.field, error.text))
        return dialog(request, ticket, TEMPLATE, {**_first(rows), "error": error}, 422)
    return done(request, ticket, _("Saved"), about=True)


@act("GET", "POST")
def fill_one(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """GET: an input in the place of the value; POST: the value.  `?as=value` gives the value back unchanged."""
    field = next((one for one in ticket.form() if one.pk == pk), None)
    if field is None:
        raise Http404
    if request.method == "GET":
        part = "value" if "as" in request.GET else "form"
        return _in_place(request, ticket, Asked.of(ticket, field), part)
    typed = request.POST.get(field.place, "")
    try:
        ticket.fill({pk: typed}, by=person(request))
    except Refused as error:
        kept = Asked.of(ticket, field)
        return _in_place(request, ticket, Asked(field, kept.value, typed, error.text), "form", 422)
    if not wants_part(request):
        return redirect(f"{reverse('workspace:ticket', args=[ticket.number])}?card=facts#{field.place}")
    return announce(_in_place(request, ticket, Asked.of(ticket, field), "value"), changed(ticket))


def _in_place(request: HttpRequest, ticket: Ticket, asked: Asked, part: str, status: int = 200) -> HttpResponse:
    template = f"{IN_PLACE}#{part}" if wants_part(request) else IN_PLACE
    context = {"ticket": ticket, "asked": asked, "can_fill": True}
    return render(request, template, context, status=status)


def _first(rows: list[Asked]) -> dict[str, object]:
    """The form with the field in which one begins: what is wrong, what is missing, else the first."""
    begin = [row for row in rows if row.error] or [row for row in rows if row.is_missing] or rows
    return {"rows": rows, "begin": begin[0].field.pk if begin else None, "kinds": Field.Kind}
