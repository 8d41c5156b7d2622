"""What a request is about (topic and tags, in one dialog), and how urgent it is."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Priority, Tag, Ticket, Topic
from otklik.front.workspace.acts.doors import act, done
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/labels.html"


@act("GET", "POST")
def label(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The topic from the tree; tags by ticks and in words."""
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, _choices(ticket.topic_id, list(ticket.tags)))
    chosen, ticked, typed = request.POST.get("topic", ""), request.POST.getlist("tag"), request.POST.get("tags", "")
    try:
        with transaction.atomic():
            ticket.classify(topic_of(chosen), by=person(request))
            ticket.tag([*ticked, typed], by=person(request))
    except Refused as error:
        topic = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None
        return dialog(request, ticket, TEMPLATE, {**_choices(topic, ticked), "typed": typed, "error": error}, 422)
    return done(request, ticket, _("Topic and tags are kept"), about=True)


@act("GET", "POST")
def prioritise(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """One of four; the times that the class gives for it are counted anew."""
    context: dict[str, object] = {"priorities": Priority.choices[::-1], "chosen": ticket.priority}
    if request.method == "GET":
        return dialog(request, ticket, "workspace/dialogs/priority.html", context)
    chosen = request.POST.get("priority", "")
    try:
        ticket.prioritise(int(chosen) if chosen in ("1", "2", "3", "4") else 0, by=person(request))
    except Refused as error:
        return dialog(request, ticket, "workspace/dialogs/priority.html", {**context, "error": error}, 422)
    return done(request, ticket, _("Priority: %(name)s") % {"name": ticket.get_priority_display()}, about=True)


def _choices(topic: int | None, tags: list[str]) -> dict[str, object]:
    """Topics in use, the present tags and those that others use."""
    offered = [tag for tag in Tag.objects.offered() if tag not in tags]
    return {"topics": Topic.objects.tree().offered(topic), "topic": topic, "ticked": tags, "offered": offered}


def topic_of(number: str) -> Topic | None:
    """The topic of a form; None for "".  Raises Invalid for one that is not in the list."""
    if not number:
        return None
    found = Topic.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if found is None:
        raise Invalid(_("Choose a topic of the list."), "topic")
    return found
