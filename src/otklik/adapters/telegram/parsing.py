"""What an update says, by itself: whatever a stranger has made of it fails here, and our own faults do not."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from otklik.adapters.telegram import contents
from otklik.desk.channels.port import Aside, Pressed, Unreadable

type Told = Mapping[str, Any]

COMMAND = re.compile(r"/(start|help)(@\w+)?|/start(@\w+)? [A-Za-z0-9_-]{1,64}")
"""Alone, or with the one word of a link to the bot: whatever else stands behind it is for a person to read."""
MESSAGES = ("message", "edited_message")
UPDATES = (*MESSAGES, "callback_query", "my_chat_member")
"""What we ask Telegram for."""


@dataclass(frozen=True)
class Said:
    """A message of a person in a private chat, or a later version of it.

    `words` stand for what is neither text nor file; `edited_at` are Telegram's seconds, 0 for the first version.
    `answered` is the message that they answered to (its number, and whether it is ours).  `first_by` wrote what is
    only passed on; None where nothing is.
    """

    chat: int
    sender: str
    name: str
    shown: str
    language: str
    text: str
    words: str
    file: contents.File | None
    at: datetime
    edited_at: int = 0
    answered: tuple[int, bool] | None = None
    first_by: str | None = None

    @property
    def is_command(self) -> bool:
        return not self.edited_at and self.file is None and COMMAND.fullmatch(self.text) is not None

    @property
    def whole(self) -> str:
        return "\n".join(part for part in (self.text, self.words) if part)

    def says_the_same_as(self, other: "Said") -> bool:
        """Telegram tells of a change also when only its preview of a link is another one."""
        return self.text == other.text and self.has_file_of(other)

    def has_file_of(self, other: "Said") -> bool:
        return (self.file and self.file.unique) == (other.file and other.file.unique)


def parsed(raw: bytes, bot_number: int) -> Said | Pressed | Aside:
    """Raises Unreadable for what Telegram would never send."""
    try:
        return _parsed(json.loads(raw or b"{}"), bot_number)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise Unreadable(_("It is no message of Telegram: %s") % type(error).__name__) from error


def address(number: object) -> str:
    """A person's address on every bot of ours."""
    return f"telegram:{number}"


def named(bot_number: int, chat: object, message: object) -> str:
    """The identifier of a message of theirs, the same for all its versions."""
    return f"telegram:{bot_number}:{chat}:{message}"


def language_of(author: Told) -> str:
    code = str(author.get("language_code") or "")[:2].lower()
    return code if code in ("ru", "en") else ""


def _parsed(update: Told, bot_number: int) -> Said | Pressed | Aside:
    for kind in MESSAGES:
        if kind in update:
            return _message(update[kind], bot_number, is_edited=kind == "edited_message")
    if "callback_query" in update:
        return _pressed(update["callback_query"])
    if "my_chat_member" in update:
        return _let_in(update["my_chat_member"])
    return Aside("unknown")


def _message(message: Told, bot_number: int, *, is_edited: bool) -> Said | Aside:
    """A group hears nothing from us: whoever reads there is not the one who asked."""
    if message["chat"]["type"] != "private":
        return Aside("group")
    author = message["from"]
    if author.get("is_bot"):
        return Aside("bot")
    said = Said(
        chat=int(message["chat"]["id"]),
        sender=address(int(author["id"])),
        name=contents.name_of(author),
        shown=contents.shown_of(author),
        language=language_of(author),
        text=contents.text_of(message),
        words=contents.words_of(message),
        file=contents.file_of(message),
        at=datetime.fromtimestamp(int(message.get("edit_date") or message["date"]), UTC),
        edited_at=int(message["edit_date"]) if is_edited else 0,
        answered=_answered(message, bot_number),
        first_by=_first_by(message),
    )
    return said if said.whole or said.file else Aside("service")


def _answered(message: Told, bot_number: int) -> tuple[int, bool] | None:
    answered = message.get("reply_to_message")
    if not answered or not answered.get("from"):
        return None
    return int(answered["message_id"]), int(answered["from"]["id"]) == bot_number


def _first_by(message: Told) -> str | None:
    origin = message.get("forward_origin")
    return contents.origin_of(origin) if isinstance(origin, Mapping) else None


def _pressed(query: Told) -> Pressed | Aside:
    message = query.get("message")
    if not message or message["chat"]["type"] != "private" or "data" not in query:
        return Aside("unknown_button")
    origin = f"{int(message['chat']['id'])}:{int(message['message_id'])}:{query['id']}"
    return Pressed(address(int(query["from"]["id"])), str(query["data"])[:64], origin)


def _let_in(change: Told) -> Aside:
    """Somebody stops the bot, or lets it in again."""
    if change["chat"]["type"] != "private":
        return Aside("group")
    sender, status = address(int(change["from"]["id"])), change["new_chat_member"]["status"]
    if status == "kicked":
        return Aside("blocked", sender=sender, reachable=False)
    return Aside("let_in", sender=sender, reachable=True)
