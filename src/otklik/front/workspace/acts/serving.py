"""Under which class a request is served: a lead changes it for this one alone, with a reason."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from otklik.desk.sla.covering import in_force
from otklik.desk.tickets.access import can_change_class
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, done
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person


@act("GET", "POST")
def serve_under(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    if not can_change_class(person(request), ticket):
        raise PermissionDenied(_("Only a lead changes the service class of a request."))
    covers, number = in_force(), request.POST.get("class")
    reason = request.POST.get("reason", "")
    context = {"covers": covers, "reason": reason, "chosen": number}
    if request.method == "GET":
        context["chosen"] = str(ticket.class_version or "")
        return dialog(request, ticket, "workspace/dialogs/serve_under.html", context)
    try:
        cover = next((each for each in covers if str(each.version or "") == number), None)
        if cover is None:
            raise Invalid(_("Choose a class."), "class")
        ticket.serve_under(cover, reason, by=person(request))
    except Refused as error:
        return dialog(request, ticket, "workspace/dialogs/serve_under.html", {**context, "error": error}, 422)
    return done(request, ticket, _("Served as %(name)s") % {"name": cover.name or _("the line's own times")})
