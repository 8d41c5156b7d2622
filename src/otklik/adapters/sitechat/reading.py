"""From what a window has posted to what it is for us."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from otklik.adapters.sitechat.models import Visitor
from otklik.desk.channels.models import Inbound
from otklik.desk.channels.parcel import Parcel, unpacked
from otklik.desk.channels.port import CHAT_ENDED, Incoming, IncomingFile, Pressed, Unreadable


def read(inbound: Inbound) -> Incoming | Pressed:
    """Raises Unreadable for what no window of ours has posted."""
    visitor = Visitor.objects.of_address(inbound.envelope_from)
    try:
        parcel = unpacked(bytes(inbound.raw))
        kind = parcel.told["kind"]
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(_("It is no message of a chat: %s") % type(error).__name__) from error
    if visitor is None:
        raise Unreadable(_("What was known of the visitor was erased."))
    if kind == "press":
        return Pressed(visitor.address, str(parcel.told["data"]), str(parcel.told["line"]))
    return _said(inbound, visitor, parcel, ended=kind == "end")


def _said(inbound: Inbound, visitor: Visitor, parcel: Parcel, *, ended: bool) -> Incoming:
    text = str(parcel.told.get("text", ""))
    with translation.override(inbound.channel.shown_as.shown_language):
        return Incoming(
            external_id=inbound.external_id,
            sender=visitor.address,
            sender_name=str(visitor),
            sender_shown=visitor.shown,
            text=text,
            new_text=text,
            sent_at=inbound.received_at,
            files=[IncomingFile(file.name, file.media_type, file.content) for file in parcel.files],
            language=visitor.language,
            automatic=CHAT_ENDED if ended else "",
            remarks=list(_remarks(visitor, parcel)),
        )


def _remarks(visitor: Visitor, parcel: Parcel) -> Iterator[str]:
    """With the first message, and where it was written from another page."""
    if page := parcel.told.get("page"):
        yield _("Written on the page %s") % page
    if parcel.told.get("first") and visitor.email:
        yield _("They left the address %s; nobody has proven that it is theirs.") % visitor.email
