"""What a message of Telegram holds: words, a file, names.  All of it is a stranger's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from otklik.adapters.telegram.limits import MOST_DOWN
from otklik.adapters.telegram.models import Bot, Part
from otklik.desk.channels.plain import plain

type Told = Mapping[str, Any]

NAMELESS = {
    "photo": ("photo.jpg", "image/jpeg"),
    "animation": ("animation.mp4", "video/mp4"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("video-note.mp4", "video/mp4"),
    "voice": ("voice.ogg", "audio/ogg"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "document": ("file", "application/octet-stream"),
}
"""Kinds of files, the names of those that come without one, and what they are; an animation is a document as well."""
STRANGE = ("poll", "dice", "game", "story", "invoice", "paid_media", "checklist", "giveaway", "successful_payment")


@dataclass(frozen=True)
class File:
    """A file as Telegram names it; its content is fetched apart."""

    number: str
    name: str
    media_type: str
    size: int
    unique: str
    """The same for the same file, wherever it stands."""

    @property
    def is_too_large(self) -> bool:
        return self.size > MOST_DOWN


def text_of(message: Told) -> str:
    return plain(str(message.get("text") or message.get("caption") or ""), lines=True).strip()


def words_of(message: Told) -> str:
    """What stands there instead of a text."""
    return "\n".join(_words(message))


def _words(message: Told) -> Iterator[str]:
    if sticker := message.get("sticker"):
        yield _("Sticker %s") % plain(str(sticker.get("emoji") or ""))
    if contact := message.get("contact"):
        name = f"{contact.get('first_name') or ''} {contact.get('last_name') or ''}".strip()
        yield _("Contact: %(name)s, %(phone)s") % {
            "name": plain(name),
            "phone": plain(str(contact.get("phone_number") or "")),
        }
    if venue := message.get("venue"):
        yield plain(f"{venue.get('title') or ''}, {venue.get('address') or ''}")
    if place := message.get("location"):
        yield _("Location: %(latitude)s, %(longitude)s") % {
            "latitude": round(float(place["latitude"]), 6),
            "longitude": round(float(place["longitude"]), 6),
        }
    for kind in STRANGE:
        if kind in message:
            yield _("Something that is seen in Telegram only (%s).") % kind


def file_of(message: Told) -> File | None:
    for kind, (name, media_type) in NAMELESS.items():
        found = message.get(kind)
        if not found:
            continue
        if kind == "photo":  # the same picture in several sizes
            found = max(found, key=lambda one: int(one.get("width") or 0) * int(one.get("height") or 0))
        told = plain(str(found.get("file_name") or "")) or name
        media = plain(str(found.get("mime_type") or "")) or media_type
        number, size = str(found["file_id"]), int(found.get("file_size") or 0)
        return File(number, told[:150], media[:120], size, str(found.get("file_unique_id") or number))
    return None


def name_of(author: Told) -> str:
    name = plain(f"{author.get('first_name') or ''} {author.get('last_name') or ''}").strip()
    return name[:200] or shown_of(author)


def shown_of(author: Told) -> str:
    """How the card names their address: @anna, else the number of their account."""
    username = plain(str(author.get("username") or ""))[:64]
    return f"@{username}" if username else f"Telegram {int(author['id'])}"


def origin_of(origin: Told) -> str:
    user = origin.get("sender_user")
    if isinstance(user, Mapping):
        return name_of(user)
    chat = origin.get("sender_chat") or origin.get("chat")
    title = chat.get("title") if isinstance(chat, Mapping) else ""
    return plain(str(origin.get("sender_user_name") or title or ""))[:200]


def ours(bot: Bot, message: int, chat: int) -> list[str]:
    """The identifier of the message of ours that this one of Telegram is a part of."""
    found = Part.objects.filter(message=message, outbound__channel=bot.channel_id)
    named = found.filter(outbound__first_recipient=f"telegram:{chat}").values_list("outbound__external_id", flat=True)
    return list(named[:1])
