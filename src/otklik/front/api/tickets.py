"""Tickets: found, read, filed."""

from typing import Any
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
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import REFUSALS, answers, visible
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.common import BYTES
from otklik.front.api.schemas.shown import TicketFull, TicketPage
from otklik.front.api.schemas.told import TicketIn

router = Router(tags=["tickets"])


@router.get("", auth=reading, response=answers(TicketPage), operation_id="list_tickets")
def list_tickets(
    request: HttpRequest,
    query: str = Query(
        "", max_length=200, description="words, a number, an address; `status:open`, `owner:me`, `topic:12`, `tag:…`"
    ),
    before: int | None = Query(None, ge=1, description="only tickets with a smaller number"),
    limit: int = Query(50, ge=1, le=200),
) -> Any:
    """The tickets that the person may see, newest first."""
    user = person(request)
    tickets = found_by(Ticket.objects.visible_to(user), query, user)
    if before:
        tickets = tickets.filter(pk__lt=before)
    tickets = tickets.select_related("team", "owner", "product", "contact").prefetch_related("contact__identities")
    rows = list(tickets.order_by("-id")[: limit + 1])
    more = rows[limit - 1].number if len(rows) > limit else None
    tree = Topic.objects.tree()
    return {"items": [present.ticket_row(ticket, tree) for ticket in rows[:limit]], "next": more}


@router.post("", auth=writing, response=answers(TicketFull, 201), operation_id="create_ticket")
def create_ticket(request: HttpRequest, body: TicketIn, key: Key = "") -> Any:
    """File a request in the client's name; repeated with the same Idempotency-Key it makes one ticket."""
    user = person(request)
    if not user.answers:
        raise HttpError(403, "this person does not answer clients")
    channel = _channel(body.channel)

    def act() -> Any:
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


@router.get("/{int:number}", auth=reading, response=answers(TicketFull), operation_id="read_ticket")
def read_ticket(request: HttpRequest, number: int) -> Any:
    """One ticket with its timeline."""
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
    channels = Channel.objects.open().order_by("id")
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
