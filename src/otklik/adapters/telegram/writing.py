"""A letter of ours as calls of the Bot API, fixed once and made unchanged at every try."""

import base64
import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

from otklik.adapters.telegram import markup
from otklik.adapters.telegram.api import Upload
from otklik.adapters.telegram.limits import MOST_PHOTO, MOST_UP
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import Choice, Letter, LetterFile, Rendered

PREFIX = "telegram:"
_TAG = re.compile(r"<[^<>]*>")
SHORT, IN_A_ROW = 3, 6
"""Buttons of so few characters stand beside each other, so many in a row."""
PICTURES = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True)
class Call:
    """One method of the Bot API with what it is told; `kept` is its file as the outbox keeps it."""

    method: str
    told: Mapping[str, Any]
    kept: Mapping[str, str] | None = None

    @property
    def file(self) -> Upload | None:
        """Decoded when it leaves: who counts pieces, or reads their words, needs no content."""
        if self.kept is None:
            return None
        content = base64.b64decode(self.kept["content"])
        return Upload(self.kept["field"], self.kept["name"], self.kept["media_type"], content)

    @property
    def as_document(self) -> "Call | None":
        """The same file, when Telegram does not take it for a picture."""
        if self.kept is None or self.kept["field"] != "photo":
            return None
        return Call("sendDocument", self.told, {**self.kept, "field": "document"})


def render(letter: Letter, channel: Channel) -> Rendered:
    """Raises ValueError for an addressee who is nobody in Telegram, and for a file that no bot may send."""
    to = letter.to[0] if letter.to else ""
    if len(letter.to) != 1 or letter.cc or not to.startswith(PREFIX) or not to.removeprefix(PREFIX).isdecimal():
        raise ValueError("a message of Telegram has one addressee there")
    for file in letter.files:
        if len(file.content) > MOST_UP:
            raise ValueError(_("Telegram takes files up to 50 MB: “%s” is larger.") % file.name)
    calls = list(_instead(letter) if letter.instead_of else _fresh(letter, int(to.removeprefix(PREFIX))))
    raw = json.dumps([_written(call) for call in calls], ensure_ascii=False).encode()
    return Rendered(f"telegram:ours:{uuid.uuid4().hex}", channel.address, [to], raw)


def calls_of(raw: bytes) -> list[Call]:
    return [Call(one["method"], one["told"], one.get("file")) for one in json.loads(raw)]


def words_of(raw: bytes) -> str:
    """What the client reads, without markup; files by their names, buttons by their words."""
    said = list[str]()
    for call in calls_of(raw) if raw else []:
        said += [unescape(_TAG.sub("", call.told["text"]))] if "text" in call.told else []
        said += [f"[{call.kept['name']}]"] if call.kept else []
        rows = call.told.get("reply_markup", {}).get("inline_keyboard", [])
        said += [" ".join(f"[{one['text']}]" for row in rows for one in row)] if rows else []
    return "\n\n".join(said)


def _fresh(letter: Letter, chat: int) -> Iterator[Call]:
    texts = markup.messages(letter.html, letter.text)
    for number, text in enumerate(texts, 1):
        told = {"chat_id": chat, "text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
        if letter.choices and number == len(texts):
            told["reply_markup"] = keyboard(letter.choices)
        yield Call("sendMessage", told)
    for file in letter.files:
        yield _sending(file, chat)


def _instead(letter: Letter) -> Iterator[Call]:
    """The button stops spinning, and the message that it stood below is another one."""
    chat, message, query = letter.instead_of.split(":", 2)
    yield Call("answerCallbackQuery", {"callback_query_id": query})
    for text in markup.messages(letter.html, letter.text)[:1]:
        told: dict[str, Any] = {"chat_id": int(chat), "message_id": int(message), "text": text, "parse_mode": "HTML"}
        told |= {"link_preview_options": {"is_disabled": True}}
        if letter.choices:
            told["reply_markup"] = keyboard(letter.choices)
        yield Call("editMessageText", told)


def keyboard(choices: Sequence[Choice]) -> dict[str, Any]:
    """Short ones beside each other, else one below the other."""
    buttons = [{"text": f"✓ {one.label}" if one.is_chosen else one.label, "callback_data": one.data} for one in choices]
    width = IN_A_ROW if all(len(one.label) <= SHORT for one in choices) else 1
    return {"inline_keyboard": [buttons[start : start + width] for start in range(0, len(buttons), width)]}


def _sending(file: LetterFile, chat: int) -> Call:
    is_picture = file.media_type in PICTURES and len(file.content) <= MOST_PHOTO
    method, field = ("sendPhoto", "photo") if is_picture else ("sendDocument", "document")
    content = base64.b64encode(file.content).decode()
    kept = {"field": field, "name": file.name, "media_type": file.media_type, "content": content}
    return Call(method, {"chat_id": chat}, kept)


def _written(call: Call) -> dict[str, Any]:
    return {"method": call.method, "told": call.told, **({"file": call.kept} if call.kept else {})}
