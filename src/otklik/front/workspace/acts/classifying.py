"""What a request is about (topic and tags, in one dialog), and how urgent it is."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from otklik.desk.clients.models import Product
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
        return dialog(request, ticket, TEMPLATE, _choices(ticket.topic_id, list(ticket.tags), ticket.product_id))
    chosen, ticked, typed = request.POST.get("topic", ""), request.POST.getlist("tag"), request.POST.get("tags", "")
    try:
        with transaction.atomic():
            ticket.classify(topic_of(chosen), by=person(request))
            if "product" in request.POST:
                ticket.name_product(product_of(request.POST["product"]), by=person(request))
            ticket.tag([*ticked, typed], by=person(request))
    except Refused as error:
        topic = _number(chosen)
        product = _number(request.POST.get("product", ""))
        return dialog(
            request, ticket, TEMPLATE, {**_choices(topic, ticked, product), "typed": typed, "error": error}, 422
        )
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


def _choices(topic: int | None, tags: list[str], product: int | None) -> dict[str, object]:
    """Topics and products in use, the present tags and those that others use."""
    return {
        "topics": Topic.objects.tree().offered(topic),
        "topic": topic,
        "products": Product.objects.offered(product),
        "product": product,
        "ticked": tags,
        "offered": [tag for tag in Tag.objects.offered() if tag not in tags],
    }


def _number(words: str) -> int | None:
    return int(words) if words.isdecimal() and len(words) < 19 else None


def product_of(number: str) -> Product | None:
    """The product of a form; None for "".  Raises Invalid for one that is not in the list."""
    if not number:
        return None
    found = Product.objects.filter(pk=_number(number) or 0).first()
    if found is None:
        raise Invalid(_("Choose a product of the list."), "product")
    return found


def topic_of(number: str) -> Topic | None:
    """The topic of a form; None for "".  Raises Invalid for one that is not in the list."""
    if not number:
        return None
    found = Topic.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if found is None:
        raise Invalid(_("Choose a topic of the list."), "topic")
    return found
