"""What a ticket is about and what it belongs to."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Ticket, Tie, Topic
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers, changed, writable
from otklik.front.api.repeating import Key
from otklik.front.api.schemas.shown import TicketFull
from otklik.front.api.schemas.told import DetailsIn, PriorityIn, ProductIn, TagsIn, TieIn, TopicIn, UpsetIn

router = Router(tags=["tickets"])


@router.post("/{int:number}/topic", auth=writing, response=answers(TicketFull), operation_id="set_topic")
def set_topic(request: HttpRequest, number: int, body: TopicIn, key: Key = "") -> Any:
    """Say what the ticket is about."""

    def change(ticket: Ticket) -> object:
        topic = Topic.objects.filter(pk=body.topic).first() if body.topic else None
        if body.topic and topic is None:
            raise HttpError(422, "topic: there is none with this id")
        return ticket.classify(topic, by=person(request))

    return changed(request, number, key, {"topic": number, **body.dict()}, change)


@router.post("/{int:number}/product", auth=writing, response=answers(TicketFull), operation_id="set_product")
def set_product(request: HttpRequest, number: int, body: ProductIn, key: Key = "") -> Any:
    """Say which product the ticket is about; a class promised for it covers the ticket."""

    def change(ticket: Ticket) -> object:
        product = Product.objects.filter(pk=body.product).first() if body.product else None
        if body.product and product is None:
            raise HttpError(422, "product: there is none with this id")
        return ticket.name_product(product, by=person(request))

    return changed(request, number, key, {"product of": number, **body.dict()}, change)


@router.post("/{int:number}/priority", auth=writing, response=answers(TicketFull), operation_id="set_priority")
def set_priority(request: HttpRequest, number: int, body: PriorityIn, key: Key = "") -> Any:
    """Say how urgent an open ticket is; its times are counted anew."""
    told = {"priority of": number, **body.dict()}
    return changed(request, number, key, told, lambda ticket: ticket.prioritise(body.priority, by=person(request)))


@router.post("/{int:number}/upset", auth=writing, response=answers(TicketFull), operation_id="set_upset")
def set_upset(request: HttpRequest, number: int, body: UpsetIn, key: Key = "") -> Any:
    """Say that the client is upset, or not any more; that holds until their next strong words."""

    def change(ticket: Ticket) -> object:
        mark = ticket.mark_upset if body.upset else ticket.mark_calm
        return mark(by=person(request))

    return changed(request, number, key, {"upset of": number, **body.dict()}, change)


@router.post("/{int:number}/tags", auth=writing, response=answers(TicketFull), operation_id="set_tags")
def set_tags(request: HttpRequest, number: int, body: TagsIn, key: Key = "") -> Any:
    """These tags and no others, in one spelling."""
    told = {"tags of": number, **body.dict()}
    return changed(request, number, key, told, lambda ticket: ticket.tag(body.tags, by=person(request)))


@router.post("/{int:number}/details", auth=writing, response=answers(TicketFull), operation_id="fill")
def fill(request: HttpRequest, number: int, body: DetailsIn, key: Key = "") -> Any:
    """Answer fields of the ticket's form; all of them or none."""
    told = {"details of": number, **body.dict()}
    return changed(request, number, key, told, lambda ticket: ticket.fill(body.values, by=person(request)))


@router.post("/{int:number}/ties", auth=writing, response=answers(TicketFull), operation_id="tie")
def tie(request: HttpRequest, number: int, body: TieIn, key: Key = "") -> Any:
    """Say that the ticket belongs to another one; both stay as they are."""

    def change(ticket: Ticket) -> object:
        return ticket.tie(body.kind, writable(request, body.other), by=person(request))

    return changed(request, number, key, {"tie": number, **body.dict()}, change)


@router.post("/{int:number}/ties/{int:pk}/remove", auth=writing, response=answers(TicketFull), operation_id="untie")
def untie(request: HttpRequest, number: int, pk: int, key: Key = "") -> Any:
    """Take a tie away, from either of the two tickets."""

    def change(ticket: Ticket) -> object:
        found = Tie.objects.of(ticket).seen_by(person(request)).filter(pk=pk).first()
        if found is None:
            raise HttpError(404, "not found")
        return ticket.untie(found, by=person(request))

    return changed(request, number, key, {"untie": pk, "from": number}, change)
