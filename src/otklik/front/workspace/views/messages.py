"""One message as a document of its own, and as it came: nothing of a stranger is ever put into our pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from otklik.desk.conversations.html import Images, body_document, cleaned, frame_headers, linkify
from otklik.desk.conversations.models import Attachment, Message, PicturesFrom
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace import remote
from otklik.front.workspace.door import person
from otklik.front.workspace.pictures import (
    Purpose,
    picture_folder,
    remote_folder,
    sealed,
    signed,
    signed_remote,
    unsealed,
)


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
    """The letter alone, cleaned, for the sandboxed frame; `?as=text` gives its whole text.

    Pictures on other servers are shown to whom wanted them: by `?pictures=`, which `show_pictures` gives to one person
    for one letter, or always from this sender.
    """
    message = message_of(request, pk)
    if request.GET.get("as") == "text" or not message.html:
        return document(f"<pre>{linkify(message.text or message.new_text)}</pre>")
    images = pictures_of(request, message)
    folders = [picture_folder(request)] if images else []
    if not _wants_remote(request, message):
        return document(message.html, images, *folders)
    elsewhere = cleaned(message.html).remote[: remote.MOST]
    remote.bring(elsewhere, message.pk)
    images |= {address: ours for address in elsewhere if (ours := signed_remote(request, address, message.pk))}
    return document(message.html, images, *folders, remote_folder(request))


@require_POST
@xframe_options_sameorigin
def show_pictures(request: HttpRequest, pk: int) -> HttpResponse:
    """Pictures on other servers: `how` is once, always (from this sender, for this person) or never (again unasked)."""
    message = message_of(request, pk)
    how, address = request.POST.get("how"), message.author_address
    if how == "always" and address:
        PicturesFrom.objects.always(person(request), address)
    if how == "never":
        PicturesFrom.objects.ask_again(person(request), address)
    shown = reverse("workspace:message_body", args=[pk])
    return redirect(f"{shown}?pictures={sealed(Purpose.LEAVE, _leave(request, message))}" if how == "once" else shown)


def document(html: str, images: Images | None = None, *folders: str) -> HttpResponse:
    """A page with one letter and nothing else, inert even when it is opened by its own address."""
    headers = frame_headers(image_path=" ".join(folders))
    shown = body_document(html, images=images, empty=_("Nothing in this letter can be shown."))
    return HttpResponse(shown, headers=headers)


def _wants_remote(request: HttpRequest, message: Message) -> bool:
    if given := request.GET.get("pictures"):
        return unsealed(Purpose.LEAVE, given) == _leave(request, message)
    return PicturesFrom.objects.wants(person(request), message.author_address)


def _leave(request: HttpRequest, message: Message) -> str:
    """Good for one person and one letter: a link in a letter cannot make anybody load its pictures."""
    return f"letter-{message.pk}-{person(request).pk}"


def pictures_of(request: HttpRequest, message: Message) -> dict[str, str]:
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
