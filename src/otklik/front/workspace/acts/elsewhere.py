"""A message that belongs to another request: into a new one, or to one that is there already."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Relocation, Ticket
from otklik.front.workspace.acts import others
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.acts.joining import relocated
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/elsewhere.html"


@act("GET", "POST")
def elsewhere(request: HttpRequest, ticket: Ticket, message_id: int) -> HttpResponse:
    """This message, or with `later` this and all later ones; `how` is new or other."""
    said = ticket.conversation.messages.living().filter(pk=min(message_id, 2**63 - 1)).first()
    if said is None:
        raise Http404
    told = request.POST if request.method == "POST" else request.GET
    near = others.offered(ticket, person(request))
    context: dict[str, Any] = {
        "message": said,
        "others": near,
        "later": _later(ticket, said).count(),
        "chosen": told.get("other") or (str(near[0].pk) if near and not told.get("number") else ""),
        "number": told.get("number", ""),
        "subject": told.get("subject", ""),
        "how": "other" if told.get("how") == "other" else "new",
        "all": told.get("scope") == "later",
    }
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, context)
    try:
        return _go(request, ticket, said, context)
    except Refused as error:
        return dialog(request, ticket, TEMPLATE, {**context, "error": error}, 422)


def _go(request: HttpRequest, ticket: Ticket, said: Message, context: dict[str, Any]) -> HttpResponse:
    ids = [said.pk, *(_later(ticket, said).values_list("pk", flat=True) if context["all"] else ())]
    by = person(request)
    if context["how"] == "new":
        begun = ticket.split_off(ids, by=by, subject=context["subject"])
        done = Relocation.objects.standing().get(kind=Relocation.Kind.SPLIT, target=begun)
        return relocated(request, done, begun, _("A new request of its own: № %(number)s") % {"number": begun.number})
    other = context["other"] = others.meant(request, ticket)
    done = ticket.move_messages(ids, other, by=by, disclose=request.POST.get("disclose") == "on")
    return relocated(request, done, other, _("Moved from № %(number)s") % {"number": ticket.number})


def _later(ticket: Ticket, said: Message) -> Any:
    return ticket.conversation.messages.living().filter(pk__gt=said.pk)
