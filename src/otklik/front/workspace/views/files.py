"""Files of messages: checked, never executed; missing and forbidden look the same."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.door import person
from otklik.front.workspace.pictures import key_of

STARTS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, max-age=3600",
}


@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A file for a person who may see the request it belongs to; pictures open, everything else is saved."""
    return _answer(_of(person(request), key), {})


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture inside of a letter's frame, by its signed address; nothing but pictures."""
    key = key_of(name)
    found = Attachment.objects.filter(key=key).first() if key else None
    if found is None or _kind(found) is None:
        raise Http404
    return _answer(found, {"Cross-Origin-Resource-Policy": "cross-origin"})


def _of(user: User, key: UUID) -> Attachment:
    """Attachments of visible requests; what is not sent yet only for the one who uploaded it."""
    visible = Ticket.objects.visible_to(user).values("conversation")
    found = Attachment.objects.filter(key=key, conversation__in=visible).first()
    if found is None or (found.message_id is None and found.uploaded_by_id != user.pk):
        raise Http404
    return found


def _answer(found: Attachment, more: dict[str, str]) -> HttpResponseBase:
    kind = _kind(found)
    try:
        content: Any = found.file.open("rb")
    except OSError:
        raise Http404 from None
    headers = HEADERS | more
    if kind:
        return FileResponse(content, filename=found.name, content_type=kind, headers=headers)
    return FileResponse(
        content,
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
        headers=headers,
    )


def _kind(found: Attachment) -> str | None:
    """The type of a picture that really is one; None for everything else."""
    starts = STARTS.get(found.media_type.lower())
    if starts is None:
        return None
    try:
        with found.file.open("rb") as content:
            head = content.read(12)
    except OSError:
        return None
    is_real = head.startswith(starts) and (found.media_type != "image/webp" or head[8:12] == b"WEBP")
    return found.media_type.lower() if is_real else None
