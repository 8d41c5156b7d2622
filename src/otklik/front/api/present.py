"""From the nouns of the desk to the shapes of the interface."""

from collections.abc import Iterable
from typing import Any

from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets import company
from otklik.desk.tickets.models import Relocation, Ticket


def ticket_row(ticket: Ticket) -> dict[str, Any]:
    owner, contact = ticket.owner, ticket.contact
    return {
        "number": ticket.number,
        "subject": ticket.subject,
        "status": ticket.status,
        "line": ticket.team.name,
        "owner": {"login": owner.login, "name": owner.name} if owner else None,
        "contact": {
            "id": contact.pk,
            "name": contact.name,
            "email": contact.email,
            "organisation": ticket.client_name,
        },
        "channel": ticket.channel_kind,
        **{
            name: getattr(ticket, name)
            for name in (
                "next_step",
                "next_note",
                "due_at",
                "waits_for",
                "opened_at",
                "last_at",
                "waiting_since",
                "first_answer_at",
                "ended_at",
                "delivery_trouble",
                "version",
            )
        },
        "merged_into": ticket.merged_into_id,
    }


def ticket_full(ticket: Ticket) -> dict[str, Any]:
    """With its timeline, and with the acts that brought messages here or took them away."""
    acts = Relocation.objects.of(ticket).select_related("by").order_by("id")
    people = [
        {name: getattr(one, name) for name in ("address", "name", "role", "standing")} for one in company.of(ticket)
    ]
    told = {"timeline": list(timeline(ticket)), "relocations": [relocation_row(act) for act in acts]}
    return {**ticket_row(ticket), **told, "participants": people}


def relocation_row(act: Relocation) -> dict[str, Any]:
    return {
        "id": act.pk,
        "kind": act.kind,
        "source": act.source_id,
        "target": act.target_id,
        "messages": act.message_ids,
        "at": act.at,
        "by": {"login": act.by.login, "name": act.by.name},
        "undone_at": act.undone_at,
    }


def timeline(ticket: Ticket) -> Iterable[dict[str, Any]]:
    messages = ticket.conversation.messages.living().defer("html", "search").select_related("outbound")
    messages = messages.defer("html", "search", "outbound__raw").prefetch_related("attachments").order_by("id")
    return (message_row(message, ticket) for message in messages)


def message_row(message: Message, ticket: Ticket) -> dict[str, Any]:
    return {
        "id": message.pk,
        "direction": message.direction,
        "at": message.at,
        "author": message.author_name,
        "author_address": message.author_address,
        "channel": ticket.channel_kind,
        "subject": message.subject,
        "text": message.text,
        "new_text": message.new_text,
        "to": message.to,
        "cc": message.cc,
        "automatic": message.automatic,
        "message_id": message.external_id,
        "delivery": message.outbound.state if message.outbound else "",
        "forwarded": message.outbound is not None and message.outbound.kind == Outbound.Kind.FORWARD,
        "remarks": message.remarks,
        "authenticity": message.authenticity,
        "authenticity_reason": message.authenticity_reason,
        "attachments": [file_row(file, ticket) for file in message.attachments.all()],
    }


def file_row(file: Attachment, ticket: Ticket) -> dict[str, Any]:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "inline": file.inline,
        "url": f"/api/v1/tickets/{ticket.number}/files/{file.key}",
    }
