"""Files of messages: checked, never executed; missing and forbidden look the same."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from otklik.core.staff.models import User
from otklik.core.ui.show import come_again
from otklik.desk.conversations.models import Attachment
from otklik.desk.conversations.pages import Busy, Page, page_of
from otklik.desk.conversations.shown import shown
from otklik.desk.tickets.access import file_for
from otklik.front.workspace import remote
from otklik.front.workspace.door import person
from otklik.front.workspace.pictures import key_of, remote_of

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, max-age=3600",
}

IN_A_FRAME = {"Cross-Origin-Resource-Policy": "cross-origin"}


MOST_PAGES = 30


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A file for a person who may see the request it belongs to; pictures are shown, everything else is saved.

    What the scanner found infected is preceded by a warning, and given to a POST alone.
    """
    found = _of(person(request), key)
    if found.is_infected and request.method != "POST":
        return render(request, "workspace/infected.html", {"file": found})
    return _drawn(found, {}) or _original(found)


@require_safe
def original(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The bytes as they came, a picture's too, to be saved."""
    found = _of(person(request), key)
    if found.is_infected:
        raise Http404
    return _original(found)


@require_safe
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """The pages of a PDF below one another, as pictures."""
    found = _of(person(request), key)
    try:
        first = _page(found, 1)
    except Busy:
        return come_again()
    pages = range(1, min(first.count, MOST_PAGES) + 1) if first else ()
    count = first.count if first else 0
    return render(request, "workspace/preview.html", {"file": found, "pages": pages, "count": count})


@require_safe
def page(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """One page of a PDF, drawn by us."""
    found = _of(person(request), key)
    try:
        drawn = _page(found, number) if 1 <= number <= MOST_PAGES else None
    except Busy:
        return come_again()
    if drawn is None:
        raise Http404
    return HttpResponse(drawn.png, content_type="image/png", headers=HEADERS)


def _page(found: Attachment, number: int) -> Page | None:
    if found.is_infected:
        return None
    try:
        with found.file.open("rb") as content:
            return page_of(content, number) if content.read(1024).lstrip().startswith(b"%PDF-") else None
    except OSError:
        return None


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture inside of a letter's frame, by its signed address; nothing but pictures."""
    key = key_of(name)
    found = Attachment.objects.filter(key=key).first() if key else None
    answer = _drawn(found, IN_A_FRAME) if found else None
    if answer is None:
        raise Http404
    return answer


@require_safe
def remote_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture from another server inside of a letter's frame, by the signed address that the letter was given."""
    asked = remote_of(name)
    try:
        found = remote.picture(*asked) if asked else None
    except Busy:
        return come_again()
    if found is None:
        raise Http404
    place, kind = found
    return FileResponse(place.open("rb"), content_type=kind, headers=HEADERS | IN_A_FRAME)


def _of(user: User, key: UUID) -> Attachment:
    found = file_for(user, key)
    if found is None:
        raise Http404
    return found


def _drawn(found: Attachment, more: dict[str, str]) -> HttpResponseBase | None:
    """A picture as it is shown; None for what is none."""
    try:
        drawn = shown(found)
    except Busy:
        return come_again()
    if drawn is None:
        return None
    place, kind = drawn
    return FileResponse(place.open("rb"), filename=found.name, content_type=kind, headers=HEADERS | more)


def _original(found: Attachment) -> HttpResponseBase:
    try:
        content: Any = found.file.open("rb")
    except OSError:
        raise Http404 from None
    return FileResponse(
        content, as_attachment=True, filename=found.name, content_type="application/octet-stream", headers=HEADERS
    )
