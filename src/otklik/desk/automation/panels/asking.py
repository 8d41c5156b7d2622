"""Asking a program for a panel: at most two seconds, a few kilobytes, no redirect, and never more than it bears."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from otklik.core import egress
from otklik.core.egress.errors import TOO_LARGE
from otklik.core.journal import clock
from otklik.core.staff.seal import Sealed
from otklik.desk.automation.models import Panel
from otklik.desk.automation.models.wrong import NOTHING, Said
from otklik.desk.automation.panels import breaker, telling, vocabulary
from otklik.desk.automation.panels.access import Beside
from otklik.desk.automation.panels.kept import answers, key_of
from otklik.desk.automation.panels.vocabulary import Content
from otklik.desk.conversations.pages import a_place

logger = logging.getLogger(__name__)

SECONDS = 2.0
MOST_BYTES = 64 * 1024
Trouble = Panel.Trouble


class Failed(Exception):
    """The program did not answer as agreed; `said` is for administrators."""

    def __init__(self, trouble: Panel.Trouble, said: Said = NOTHING) -> None:
        super().__init__(trouble)
        self.trouble, self.said = trouble, said


class Resting(Exception):
    """It has failed so often that nobody asks it until then."""

    def __init__(self, until: datetime | None) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True)
class Talk:
    """One question and what came, for whoever tries a panel out; nothing of it is kept."""

    head: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: int | None = None
    came: bytes = b""
    took_ms: int = 0
    content: Content | None = None
    failed: Failed | None = None


def ask(panel: Panel, beside: Beside, *, again: bool = False) -> Content:
    """What the program says now, or said some seconds ago; `again` asks anew.

    Raises Failed, Resting, and Busy where too many pages wait for other programs.
    """
    body = telling.body_of(telling.told(panel, beside))
    key = key_of(panel, body)
    if not again and (kept := answers.get(key)) is not None:
        return kept
    with a_place():
        if not breaker.may_ask(panel):
            raise Resting(panel.rest_until)
        talk = _talk(panel, body)
    if talk.failed:
        breaker.failed(panel, talk.failed.trouble, talk.failed.said)
        raise talk.failed
    assert talk.content is not None
    breaker.answered(panel, talk.took_ms)
    answers.put(key, talk.content)
    return talk.content


def try_out(panel: Panel, beside: Beside) -> Talk:
    """Ask once, whatever happened before, and tell everything: what was sent, what came, what is wrong with it.

    A success ends a rest, since the program works; a failure is no news to whoever tries.
    Raises Busy.
    """
    with a_place():
        talk = _talk(panel, telling.body_of(telling.told(panel, beside)))
    if talk.failed is None:
        breaker.answered(panel, talk.took_ms)
    return talk


def page_address(panel: Panel, beside: Beside) -> str:
    """Where a page of the program is, for some minutes.  Raises Failed where the secret cannot be read."""
    now = clock.now()
    return telling.page_address(panel, _secrets(panel, now), telling.told(panel, beside), int(now.timestamp()))


def _talk(panel: Panel, body: bytes) -> Talk:
    now, began = clock.now(), monotonic()
    try:
        head = telling.head_of(panel, _secrets(panel, now), secrets.token_hex(8), int(now.timestamp()), body)
    except Failed as failed:
        return Talk(body=body, failed=failed)
    try:
        answer = egress.send(panel.url, body, head, seconds=SECONDS, most=MOST_BYTES)
    except egress.Refused as refused:
        logger.info("panel %s: %s", panel.pk, refused.reason)  # nobody explores our network by what a page says of it
        large = isinstance(refused, egress.Unanswered) and refused.reason == TOO_LARGE
        return Talk(head, body, took_ms=_ms(began), failed=Failed(Trouble.LARGE if large else Trouble.SILENT))
    took, status, came = _ms(began), answer.status, answer.content
    try:
        content = _read(status, came)
    except Failed as failed:
        return Talk(head, body, status, came, took, failed=failed)
    return Talk(head, body, status, came, took, content)


def _read(status: int, came: bytes) -> Content:
    """204 says that nothing is known of this client.  Raises Failed."""
    if status == 204:
        return Content()
    if 300 <= status < 400:
        raise Failed(Trouble.LEADS_AWAY, Said(detail=str(status)))
    if status != 200:
        raise Failed(Trouble.STATUS, Said(detail=str(status)))
    try:
        return vocabulary.read(came)
    except vocabulary.NotJson:
        raise Failed(Trouble.NOT_JSON) from None
    except vocabulary.Malformed as malformed:
        raise Failed(Trouble.MALFORMED, malformed.said) from None


def _secrets(panel: Panel, now: datetime) -> list[str]:
    try:
        return panel.secrets_at(now)
    except Sealed:
        raise Failed(Trouble.SEALED) from None


def _ms(began: float) -> int:
    return int((monotonic() - began) * 1000)
