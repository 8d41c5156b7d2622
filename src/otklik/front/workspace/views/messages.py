"""One message as a document of its own, and as it came: nothing of a stranger is ever put into our pages."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from otklik.desk.conversations.html import body_document, frame_headers, linkify
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.door import person
from otklik.front.workspace.pictures import picture_folder, signed


def message_of(request: HttpRequest, pk: int, *fields: str) -> Message:
    """A message of a request that the reader may see.  Raises Http404 otherwise."""
    visible = Ticket.objects.visible_to(person(request))
    found = Message.objects.filter(pk=min(pk, 2**63 - 1), conversation__in=visible.values("conversation"))
    message = (found.select_related(*fields) if fields else found).defer("search").first()
    if message is None:
        raise Http404
    return message


@require_safe
@xframe_options_sameorigin
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter alone, cleaned, for the sandboxed frame; `?as=text` gives its whole text."""
    message = message_of(request, pk)
    if request.GET.get("as") == "text" or not message.html:
        return document(f"<pre>{linkify(message.text or message.new_text)}</pre>")
    images = _pictures(request, message)
    return document(message.html, images, picture_folder(request) if images else "")


def document(html: str, images: Mapping[str, str] | None = None, folder: str = "") -> HttpResponse:
    """A page with one letter and nothing else, inert even when it is opened by its own address."""
    return HttpResponse(body_document(html, images=images), headers=frame_headers(image_path=folder))


def _pictures(request: HttpRequest, message: Message) -> dict[str, str]:
    """Pictures that the letter brings along, by what its markup calls them."""
    files = Attachment.objects.filter(message=message).exclude(content_id="")
    return {f"cid:{file.content_id}": signed(request, file) for file in files}


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came in or went out, to be kept, never to be shown."""
    message = message_of(request, pk, "inbound", "outbound")
    original = message.inbound or message.outbound
    if original is None:
        raise Http404
    return attachment(bytes(original.raw), f"message-{message.pk}.eml")


def attachment(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
