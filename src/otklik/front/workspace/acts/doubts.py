"""Soft stops before a reply leaves: what looks forgotten is asked once, never forbidden.

The agent may be right and sends with one more press.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words
from otklik.desk.clients.models import Identity
from otklik.desk.clients.models.address import MESSENGERS, WRITTEN
from otklik.desk.tickets.dates import Said, said
from otklik.desk.tickets.models import Task
from otklik.desk.tickets.steps import PromiseDate, Resolve, Step, Wait

FILE = re.compile(
    r"во\s+вложени|прилага|приложил|прикреп|вкладыва|вложил|смотрите\s+файл|attach|enclosed", re.IGNORECASE
)
PLACEHOLDER = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{\s*[a-zа-яё_ ]+\s*\}|\[\s*[a-zа-яё][a-zа-яё _]*\s*\](?!\()|_{3,}|\b[XХ]{3,}\b|%\w+%",
    re.IGNORECASE,
)
WE_PROMISE = re.compile(
    r"вернусь|вернемся|вернёмся|ответ[иь]|сообщ|напиш|пришл|отправл|провер[юи]|сделаем|свяж|позвон|перезвон"
    r"|\bwill\b|'ll\b|get\s+back",
    re.IGNORECASE,
)
FEW = 3
SENTENCE = re.compile(r"[^.!?\n]*")


def doubts(text: str, step: Step, files: Sequence[object], now: datetime, zone: ZoneInfo) -> list[str]:
    """Questions to the agent, in words; empty when nothing looks forgotten."""
    found = [_forgotten_file(text, files), _unfilled(text), _other_date(text, step, now, zone)]
    return [question for question in found if question]


def returned(addresses: Sequence[str], now: datetime, at_hand: Iterable[Identity] = ()) -> list[str]:
    """Letters to these addresses came back before; one may know better.

    Those that are at hand already are not asked for again.
    """
    known = {one.value: one for one in at_hand if one.kind in WRITTEN}
    strange = [address for address in addresses if address.lower() not in known]
    told = [known[address.lower()] for address in addresses if address.lower() in known]
    failing = [*(one for one in told if one.failed_at), *Identity.objects.returning(strange)]
    return [_comes_back(one, now) for one in failing]


def _comes_back(identity: Identity, now: datetime) -> str:
    said = {"address": str(identity), "date": words.date_of(identity.failed_at or now, now)}
    if identity.kind in MESSENGERS:
        return _("%(address)s has closed the chat, nothing arrives there since %(date)s.") % said
    return _("Letters to %(address)s come back since %(date)s.") % said


def left_to_do(tasks: Sequence[Task]) -> list[str]:
    """The matter ends, and something was planned that nobody has done; the tasks stay with those who do them."""
    if not tasks:
        return []
    said = ngettext("A task is not done: %(names)s.", "%(count)s tasks are not done: %(names)s.", len(tasks))
    names = ", ".join(f"“{task.text[:60]}”" for task in tasks[:FEW]) + (" …" if len(tasks) > FEW else "")
    return [said % {"count": len(tasks), "names": names}]


def _forgotten_file(text: str, files: Sequence[object]) -> str:
    if files or not FILE.search(_own(text)):
        return ""
    return _("The text speaks of a file, but nothing is attached.")


def _unfilled(text: str) -> str:
    hole = PLACEHOLDER.search(text)
    return _("A place is not filled in: %(hole)s") % {"hole": hole[0][:60]} if hole else ""


def _other_date(text: str, step: Step, now: datetime, zone: ZoneInfo) -> str:
    """The words promise one date and the record another, or none."""
    found = promised(text, now, zone)
    if found is None:
        return ""
    if isinstance(step, PromiseDate) and found.until < step.until:
        return _("You wrote “%(words)s”, but the promise is %(date)s.") % {
            "words": found.words,
            "date": words.by(step.until, now),
        }
    if isinstance(step, (Wait, Resolve)):
        return _("You wrote “%(words)s”, but promise no date.") % {"words": found.words}
    return ""


def promised(text: str, now: datetime, zone: ZoneInfo) -> Said | None:
    """The first firm date by which the writer says that we do something."""
    return next((date for date in said(_own(text), now, zone) if date.firm and _is_ours(text, date)), None)


def _is_ours(text: str, date: Said) -> bool:
    """The sentence around the words says that we do something by then."""
    start = max(text.rfind(mark, 0, date.start) for mark in ".!?\n") + 1
    sentence = text[start : date.end] + (SENTENCE.match(text, date.end) or [""])[0]
    return WE_PROMISE.search(sentence) is not None


def _own(text: str) -> str:
    """Without quoted lines: what the client wrote is not our promise; blanks keep the places of the rest."""
    return "\n".join(" " * len(line) if line.lstrip().startswith(">") else line for line in text.split("\n"))
