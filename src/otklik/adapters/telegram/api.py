"""Asking the Bot API: one method, one answer, and the words for an administrator when there is none."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from urllib3.filepost import encode_multipart_formdata

from otklik.adapters.telegram.limits import MOST_DOWN
from otklik.adapters.telegram.models import Bot
from otklik.core import egress

SECONDS = 20.0
SECONDS_WITH_FILE = 80.0
MOST_ANSWER = 8 * 1024 * 1024


class Silent(Exception):
    """No answer that can be understood; after `arrived` nobody knows whether the request did."""

    def __init__(self, words: str, *, arrived: bool) -> None:
        super().__init__(words)
        self.arrived = arrived


@dataclass(frozen=True)
class Answer:
    """`result` of what was done, else the code and the words of Telegram; `retry_after` in seconds, 0 for none."""

    ok: bool
    result: Any = None
    code: int = 0
    words: str = ""
    retry_after: int = 0


@dataclass(frozen=True)
class Upload:
    """A file that goes along, and the name of its field."""

    field: str
    name: str
    media_type: str
    content: bytes


def ask(bot: Bot, method: str, told: Mapping[str, Any], file: Upload | None = None, seconds: float = 0) -> Answer:
    """Call a method of the Bot API.  Raises Silent, and seal.Sealed."""
    url = f"{bot.api.rstrip('/')}/bot{bot.token}/{method}"
    kind, body = _body(told, file)
    seconds = seconds or (SECONDS_WITH_FILE if file else SECONDS)
    try:
        said = egress.send(url, body, {}, kind=kind, seconds=seconds, most=MOST_ANSWER)
    except egress.Refused as error:
        raise Silent(no_answer(bot), arrived=isinstance(error, egress.Unanswered)) from error
    return _read(bot, said)


def fetch(bot: Bot, path: str) -> bytes:
    """The content of a file that getFile has named.  Raises Silent, and seal.Sealed."""
    url = f"{bot.api.rstrip('/')}/file/bot{bot.token}/{path.lstrip('/')}"
    try:
        said = egress.ask(url, {}, seconds=SECONDS_WITH_FILE, most=MOST_DOWN)
    except egress.Refused as error:
        raise Silent(no_answer(bot), arrived=False) from error
    if said.status != 200:
        raise Silent(_("Telegram does not give the file: %s") % said.status, arrived=False)
    return said.content


def no_answer(bot: Bot) -> str:
    words = _(
        "Telegram does not answer at %s. Check that this server may reach it; where it is blocked, name a Bot API"
        " server of your own in the settings of the bot."
    )
    return words % bot.api


def explain(answer: Answer) -> str:
    """What is wrong and what to do, for an administrator."""
    if answer.code in (401, 404):
        return _("Telegram does not know this token. Take the current one from @BotFather and enter it.")
    if answer.code == 409:
        return _("Another program takes the messages of this bot. Stop it there, or make a bot of its own for Otklik.")
    if answer.code == 429:
        return _("Telegram asks us to wait; it goes on by itself.")
    return _("Telegram answers: %s") % (answer.words or answer.code)


def _body(told: Mapping[str, Any], file: Upload | None) -> tuple[str, bytes]:
    if file is None:
        return "application/json", json.dumps(told).encode()
    fields: list[tuple[str, Any]] = [
        (name, value if isinstance(value, str) else json.dumps(value)) for name, value in told.items()
    ]
    body, kind = encode_multipart_formdata([*fields, (file.field, (file.name, file.content, file.media_type))])
    return kind, body


def _read(bot: Bot, said: egress.Answer) -> Answer:
    """Whatever is no answer of Telegram itself, as of a gateway on the way, says nothing of what was done."""
    try:
        told = json.loads(said.content)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("ok"), bool):
        raise Silent(no_answer(bot), arrived=True)
    if told["ok"]:
        return Answer(True, told.get("result"))
    more = told.get("parameters")
    wait = more.get("retry_after", 0) if isinstance(more, dict) else 0
    code, words = told.get("error_code", said.status), str(told.get("description", ""))[:500]
    return Answer(
        False, None, code if isinstance(code, int) else said.status, words, wait if isinstance(wait, int) else 0
    )
