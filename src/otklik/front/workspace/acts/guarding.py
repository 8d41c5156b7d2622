"""An abusive client: say what happened, warn or stop, and take a pause."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from otklik.core.staff.models import Availability
from otklik.desk.clients.conduct import AbuseReport
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, done
from otklik.front.workspace.acts.going import leave
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/abuse.html"
OFFERED = 10
"""The newest messages of the client that can be quoted."""
Step = AbuseReport.Step


@act("GET", "POST")
def report(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The first time a warning is proposed, after a warning the stop; the person may stop at once."""
    user, data = person(request), request.POST
    theirs = ticket.conversation.messages.living().filter(direction="in", contact=ticket.contact_id)
    letters = list(theirs.order_by("-id")[:OFFERED])
    before = list(AbuseReport.objects.filter(contact=ticket.contact_id).select_related("by").order_by("-id")[:OFFERED])
    chosen = data.get("step", Step.STOP if before else Step.WARNING)
    context = {
        "letters": letters,
        "before": before,
        "step": chosen,
        "what": data.get("what", ""),
        "quoted": data.get("message", ""),
        "pause": "pause" in data,
    }
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, context)
    try:
        if chosen not in Step.values:
            raise Invalid(_("Choose what happens now."), "step")
        stops = chosen == Step.STOP
        quoted = _quoted(letters, data.get("message", ""))
        ticket.report_abuse(data.get("what", ""), by=user, message=quoted, stop=stops)
    except Refused as error:
        return dialog(request, ticket, TEMPLATE, {**context, "error": error}, 422)
    if "pause" in data:
        user.say(Availability.BREAK, by=user)
    if stops:
        return leave(request, ticket, _("You are protected from this client; a lead looks at it"))
    return done(request, ticket, _("The client is warned; the lead knows"), about=True)


def _quoted(letters: list[Message], number: str) -> Message | None:
    return next((message for message in letters if str(message.pk) == number), None)
