"""A client's visit: which request the address opens, and in whose language and time zone the page speaks."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from otklik.care.knowledge.models import Article
from otklik.core.staff.models import Brand
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.closing import markup_of, signature_of
from otklik.desk.tickets.letters import language_of, zone_of
from otklik.desk.tickets.links import ticket_of
from otklik.desk.tickets.models import Ticket

type Page = Callable[..., HttpResponseBase]


def of_request(page: Page) -> Page:
    """Give the page its ticket; an altered, expired or unknown address is the same 404, in words for a client."""

    @wraps(page)
    def visited(request: HttpRequest, signed: str, **rest: Any) -> HttpResponseBase:
        ticket = ticket_of(signed)
        if ticket is None:
            context = {"brand": Brand.objects.house().usual}
            return private(render(request, "portal/request_over.html", context, status=404))
        with spoken(language_of(ticket), zone_of(ticket)):
            response = page(request, ticket, signed, **rest)
            return private(response)

    return visited


class spoken:  # noqa: N801 - reads as a word in a `with`
    """Speak the client's language and show their time inside of the block."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language, self.zone = translation.override(language), timezone.override(zone)

    def __enter__(self) -> None:
        self.language.__enter__()
        self.zone.__enter__()

    def __exit__(self, *error: Any) -> None:
        self.zone.__exit__(*error)
        self.language.__exit__(*error)


def private[Answer: HttpResponseBase](response: Answer) -> Answer:
    """Never kept by a cache, never told to another site: the address itself is the key."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"  # "no-referrer" would make the forms' Origin null, and refused
    return response


def frame(ticket: Ticket) -> dict[str, Any]:
    """What every page of a client shows around its content."""
    door = door_of(ticket)
    signature = markup_of(signature_of(door, line=ticket.team_id))
    answers = door.shown_as.is_usual and Article.objects.are_there_for_clients()
    return {"brand": door.shown_as, "person": ticket.contact, "signature": SafeString(signature), "answers": answers}


def door_of(ticket: Ticket) -> Channel:
    """Where the client's letter came in, as of some seconds ago."""
    return Channel.objects.known(ticket.conversation.channel_id)
