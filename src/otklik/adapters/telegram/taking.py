"""An update is stored before anybody hears that it was: the one way in, for posts and for polling."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from otklik.adapters.telegram import parsing, versions
from otklik.adapters.telegram.models import Bot
from otklik.core.journal import clock
from otklik.desk.channels import inbox
from otklik.desk.channels.port import Unreadable

FETCH = "telegram.fetch"
WAITS_FOR_FILE = timedelta(hours=3)
"""The job that fetches a file ends the waiting for it, however late it runs; this is for a job that was lost."""


class NoUpdate(ValueError):
    """Telegram numbers everything that it sends; this has no number."""


def take(bot: Bot, update: Any, raw: bytes) -> inbox.Accepted:
    """Store it once, whatever way and however often it comes.  Raises NoUpdate, and DatabaseError."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int):
        raise NoUpdate
    if _is_of_others(update):
        update = {"update_id": number, "message": {"chat": {"type": "group"}}}
        raw = json.dumps(update).encode()
    name = _named(bot, update)
    has_file = _brings_file(bot, raw, name)
    with transaction.atomic():
        accepted = inbox.accept(
            bot.channel,
            raw,
            external_id=name,
            content_hash=sha256(f"telegram:{bot.number}:{number}".encode()).hexdigest(),
            envelope_from=_sender(update),
            envelope_to=[bot.channel.address],
            source="telegram",
            not_before=clock.now() + WAITS_FOR_FILE if has_file else None,
        )
        if has_file and not accepted.again:
            app.configure_task(FETCH, allow_unknown=False).defer(inbound_id=accepted.inbound_id, tried=0)
    return accepted


def _is_of_others(update: Any) -> bool:
    """What people say to each other in a group where somebody has put the bot: nothing of it is kept but its number."""
    try:
        told = next((update[kind] for kind in parsing.UPDATES if kind in update), None)
        return told is not None and (told.get("message") or told)["chat"]["type"] != "private"
    except (AttributeError, KeyError, TypeError):
        return False


def _brings_file(bot: Bot, raw: bytes, name: str) -> bool:
    """What cannot be read is for the reader, who says so to a person; a change may bring another file."""
    try:
        said = parsing.parsed(raw, bot.number)
    except Unreadable:
        return False
    if not isinstance(said, parsing.Said) or said.file is None or said.file.is_too_large:
        return False
    before = versions.before(bot, name, said) if said.edited_at else None
    return before is None or not said.has_file_of(before)


def _named(bot: Bot, update: Any) -> str:
    try:
        message = next((update[kind] for kind in parsing.MESSAGES if kind in update), None)
        return parsing.named(bot.number, message["chat"]["id"], message["message_id"]) if message else ""
    except (KeyError, TypeError):
        return ""


def _sender(update: Any) -> str:
    told = next((update[kind] for kind in parsing.UPDATES if kind in update), None)
    try:
        return parsing.address(int(told["from"]["id"])) if told else ""
    except (KeyError, TypeError, ValueError):
        return ""
