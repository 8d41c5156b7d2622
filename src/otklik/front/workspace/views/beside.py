"""What stands beside a conversation and is asked for when somebody wants it: unfinished texts of others, all files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from otklik.core.journal import clock
from otklik.core.ui.show import show
from otklik.desk.conversations.models import Attachment, Draft
from otklik.desk.conversations.models.draft import HELD
from otklik.desk.tickets.access import can_read_drafts
from otklik.front.workspace.door import person, ticket_of

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
MOST_FILES = 200
"""Of more the newest."""


@require_safe
def unfinished(request: HttpRequest, number: int) -> HttpResponse:
    """What colleagues have typed here and not sent; it fetches itself anew while it is open.

    Of whoever may not read it nothing is told, neither that there is something.
    """
    ticket, me = ticket_of(request, number), person(request)
    drafts = Draft.objects.none()
    if can_read_drafts(me, ticket):
        found = Draft.objects.filter(conversation=ticket.conversation_id).exclude(author=me).exclude(mode=HELD)
        drafts = found.exclude(text="").select_related("author").order_by("-saved_at", "pk")
    context = {"ticket": ticket, "drafts": drafts, "now": clock.now()}
    part = "texts" if "again" in request.GET else "dialog"
    return show(request, "workspace/unfinished.html", context, part=part)


@require_safe
def attachments(request: HttpRequest, number: int) -> HttpResponse:
    """All files of the request in one strip, the newest first, each with the message that it came with."""
    ticket = ticket_of(request, number)
    files = Attachment.objects.filter(
        conversation=ticket.conversation_id, message__isnull=False, message__taken_back_at=None, inline=False
    )
    found = list(files.select_related("message").order_by("-id")[:MOST_FILES])
    for file in found:
        file.is_picture = file.media_type in PICTURES and not file.is_infected  # type: ignore[attr-defined]
    context = {"ticket": ticket, "files": found, "now": clock.now()}
    return render(request, "workspace/attachments.html", context)
