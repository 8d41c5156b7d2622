"""An update is stored before anybody hears that it was: the one way in, for posts and for polling."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from otklik.adapters.telegram import contents, reading
from otklik.adapters.telegram.models import Bot
from otklik.core.journal import clock
from otklik.desk.channels import inbox

FETCH = "telegram.fetch"
WAITS_FOR_FILE = timedelta(minutes=2)
"""A message is read without its file when it could not be fetched by then."""


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
    has_file = _has_file(update)
    with transaction.atomic():
        accepted = inbox.accept(
            bot.channel,
            raw,
            external_id=_named(bot, update),
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
        told = next((update[kind] for kind in reading.UPDATES if kind in update), None)
        return bool(told) and (told.get("message") or told)["chat"]["type"] != "private"
    except (AttributeError, KeyError, TypeError):
        return False


def _has_file(update: Any) -> bool:
    """What cannot be read is for the reader, who says so to a person."""
    try:
        message = update["message"]
        file = contents.file_of(message) if message["chat"]["type"] == "private" else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return file is not None and not file.is_too_large


def _named(bot: Bot, update: Any) -> str:
    message = next((update[kind] for kind in reading.MESSAGES if kind in update), None)
    try:
        return reading.named(bot.number, message) if message else ""
    except (KeyError, TypeError):
        return ""


def _sender(update: Any) -> str:
    told = next((update[kind] for kind in reading.UPDATES if kind in update), None)
    try:
        return reading.address(int(told["from"]["id"])) if told else ""
    except (KeyError, TypeError, ValueError):
        return ""
