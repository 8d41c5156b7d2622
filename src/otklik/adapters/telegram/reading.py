"""From an update of Telegram to what it is for us."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from otklik.adapters.telegram import contents
from otklik.adapters.telegram.greeting import greeting
from otklik.adapters.telegram.models import Bot, Fetched
from otklik.desk.channels.models import Inbound
from otklik.desk.channels.port import Aside, Incoming, IncomingFile, Pressed, Unreadable

type Told = Mapping[str, Any]

COMMAND = re.compile(r"/(start|help)(@\w+)?|/start(@\w+)? [A-Za-z0-9_-]{1,64}")
"""Alone, or with the one word of a link to the bot: whatever else stands behind it is for a person to read."""
MESSAGES = ("message", "edited_message")
UPDATES = (*MESSAGES, "callback_query", "my_chat_member")
"""What we ask Telegram for."""


def address(number: object) -> str:
    """A person's address on every bot of ours."""
    return f"telegram:{number}"


def read(inbound: Inbound, bot: Bot) -> Incoming | Pressed | Aside:
    """Raises Unreadable for what Telegram would never send."""
    try:
        update = json.loads(bytes(inbound.raw))
        return _read(inbound, bot, update)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise Unreadable(_("It is no message of Telegram: %s") % type(error).__name__) from error


def _read(inbound: Inbound, bot: Bot, update: Told) -> Incoming | Pressed | Aside:
    for kind in MESSAGES:
        if kind in update:
            return _message(inbound, bot, update[kind], is_edited=kind == "edited_message")
    if "callback_query" in update:
        return _pressed(update["callback_query"])
    if "my_chat_member" in update:
        return _let_in(update["my_chat_member"])
    return Aside("unknown")


def _message(inbound: Inbound, bot: Bot, message: Told, *, is_edited: bool) -> Incoming | Aside:
    """A group hears nothing from us: whoever reads there is not the one who asked."""
    if message["chat"]["type"] != "private":
        return Aside("group")
    author = message["from"]
    if author.get("is_bot"):
        return Aside("bot")
    sender, text = address(int(author["id"])), contents.text_of(message)
    file = contents.file_of(message)
    if COMMAND.fullmatch(text) and file is None and not is_edited:
        return Aside("greeted", greeting(bot, sender, language_of(author)), sender, reachable=True)
    words = contents.words_of(message)
    said = "\n".join(part for part in (text, words) if part)
    if not said and file is None:
        return Aside("service")
    if is_edited and (file is None or text) and _is_unchanged(inbound, message):
        return Aside("unchanged")
    files, missing = _files(inbound, file) if not is_edited else ((), ())
    return Incoming(
        external_id=_version(inbound.external_id, message, is_edited),
        sender=sender,
        sender_name=contents.name_of(author),
        sender_shown=contents.shown_of(author),
        text=said,
        new_text=said,
        sent_at=_moment(message),
        references=_references(bot, message, is_edited),
        to=[],
        files=files,
        language=language_of(author),
        remarks=[*_remarks(message, is_edited), *missing],
    )


def named(bot_number: int, message: Told) -> str:
    """The identifier of a message of theirs, the same for all its versions."""
    return f"telegram:{bot_number}:{message['chat']['id']}:{message['message_id']}"


def language_of(author: Told) -> str:
    code = str(author.get("language_code") or "")[:2].lower()
    return code if code in ("ru", "en") else ""


def _version(name: str, message: Told, is_edited: bool) -> str:
    return f"{name}:{int(message['edit_date'])}" if is_edited else name


def _moment(message: Told) -> datetime:
    return datetime.fromtimestamp(int(message.get("edit_date") or message["date"]), UTC)


def _references(bot: Bot, message: Told, is_edited: bool) -> list[str]:
    """What they answered to, or what they changed."""
    if is_edited:
        return [named(bot.number, message)]
    answered = message.get("reply_to_message")
    if not answered or not answered.get("from"):
        return []
    if int(answered["from"]["id"]) == bot.number:
        return contents.ours(bot, int(answered["message_id"]), int(message["chat"]["id"]))
    return [named(bot.number, {**answered, "chat": message["chat"]})]


def _is_unchanged(inbound: Inbound, message: Told) -> bool:
    """Telegram tells of a change also when only its preview of a link is another one."""
    versions = Inbound.objects.filter(external_id=inbound.external_id, channel=inbound.channel_id)
    known = dict[int, str]()
    for raw in versions.exclude(pk=inbound.pk).order_by("-pk").values_list("raw", flat=True)[:20]:
        told = json.loads(bytes(raw) or b"{}")
        was = next((told[kind] for kind in MESSAGES if kind in told), None)
        if was:
            known[int(was.get("edit_date") or 0)] = contents.text_of(was)
    earlier = [at for at in known if at < int(message["edit_date"])]
    return bool(earlier) and known[max(earlier)] == contents.text_of(message)


def _files(inbound: Inbound, file: contents.File | None) -> tuple[tuple[IncomingFile, ...], tuple[str, ...]]:
    """The file with the message, and a remark where it could not be had."""
    if file is None:
        return (), ()
    if file.is_too_large:
        words = _("The file “%(name)s” is too large for bots (more than 20 MB): ask the client to send it by mail.")
        return (), (words % {"name": file.name},)
    fetched = Fetched.objects.filter(inbound=inbound).first()
    if fetched is None:
        words = _("The file “%(name)s” could not be fetched from Telegram: ask the client to send it again.")
        return (), (words % {"name": file.name},)
    fetched.delete()
    return (IncomingFile(file.name, file.media_type, bytes(fetched.content)),), ()


def _remarks(message: Told, is_edited: bool) -> Iterator[str]:
    if is_edited:
        yield _("The client has changed a message of theirs: this is how it reads now, what it was stands above.")
    origin = message.get("forward_origin")
    if isinstance(origin, Mapping):
        yield _("Passed on; first written by %s.") % (contents.origin_of(origin) or _("somebody"))


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
