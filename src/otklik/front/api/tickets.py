"""Tickets: found, read, filed."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import FileResponse, HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Ticket, Topic
from otklik.desk.tickets.search import found_by
from otklik.front.api import present, sparse
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import REFUSALS, answers, visible
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.common import BYTES
from otklik.front.api.schemas.shown import TicketFull, TicketOut, TicketPage
from otklik.front.api.schemas.told import TicketIn

router = Router(tags=["tickets"])
ORDERS = {"newest": ("-id",), "oldest": ("id",), "due": ("due_at", "id")}


@router.get(
    "",
    auth=reading,
    response=answers(TicketPage),
    operation_id="list_tickets",
    openapi_extra=sparse.some_of("TicketPage", items=True),
)
def list_tickets(
    request: HttpRequest,
    query: str = Query(
        "", max_length=200, description="words, a number, an address; `status:open`, `owner:me`, `topic:12`, `tag:…`"
    ),
    before: int | None = Query(None, ge=1, description="only tickets with a smaller number"),
    order: Literal["newest", "oldest", "due"] = Query(
        "newest", description="by number; `due` is open tickets alone, the nearest date first"
    ),
    fields: Annotated[str, sparse.names_of(TicketOut)] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """The tickets that the person may see, newest first or as `order` says."""
    user, names = person(request), sparse.chosen(fields, TicketOut)
    tickets = found_by(Ticket.objects.visible_to(user), query, user)
    if before:
        tickets = tickets.filter(pk__lt=before)
    if order == "due":
        tickets = tickets.open()
    tickets = tickets.select_related("team", "owner", "product", "contact").prefetch_related("contact__identities")
    rows, following = page(request, tickets, ORDERS[order], cursor, limit)
    tree = Topic.objects.tree()
    items = [present.ticket_row(ticket, tree) for ticket in rows]
    if names:
        return sparse.answer(request, {"items": [sparse.cut(row, names) for row in items], "next": following})
    return {"items": items, "next": following}


@router.post("", auth=writing, response=answers(TicketFull, 201), operation_id="create_ticket")
def create_ticket(request: HttpRequest, body: TicketIn, key: Key = "") -> Any:
    """File a request in the client's name; repeated with the same Idempotency-Key it makes one ticket."""

    def act() -> Any:
        user = person(request)
        if not user.answers:
            raise HttpError(403, "this person does not answer clients")
        channel = _channel(body.channel)
        ticket = Ticket.open_by(
            user,
            channel=channel,
            address=_address(body.email),
            name=body.name,
            subject=body.subject,
            text=body.text,
        )
        return present.ticket_full(visible(request, ticket.pk), person(request))

    return Status(201, once(request, key, body.dict(), act))


@router.get(
    "/{int:number}",
    auth=reading,
    response=answers(TicketFull),
    operation_id="read_ticket",
    openapi_extra=sparse.some_of("TicketFull"),
)
def read_ticket(request: HttpRequest, number: int, fields: Annotated[str, sparse.names_of(TicketFull)] = "") -> Any:
    """One ticket with its timeline."""
    if names := sparse.chosen(fields, TicketFull):
        return sparse.answer(request, present.ticket_parts(visible(request, number), person(request), names))
    return present.ticket_full(visible(request, number), person(request))


@router.get(
    "/{int:number}/files/{uuid:key}", auth=reading, response=REFUSALS, operation_id="read_file", openapi_extra=BYTES
)
def read_file(request: HttpRequest, number: int, key: UUID) -> Any:
    """The bytes of an attachment; what the scanner found infected is for eyes that were warned, on its page alone."""
    ticket = visible(request, number)
    file = Attachment.objects.filter(conversation=ticket.conversation_id, key=key).exclude(message=None).first()
    if file is None or file.is_infected:
        raise HttpError(404, "not found")
    return FileResponse(
        file.file.open("rb"), as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )


def _channel(address: str) -> Channel:
    channels = Channel.objects.writing().order_by("id")
    found = (channels.filter(address__iexact=address) if address else channels).first()
    if found is None:
        raise HttpError(422, f"no channel {address or 'is set up'}")
    return found


def _address(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError as error:
        raise HttpError(422, "email: not an e-mail address") from error
    return email
