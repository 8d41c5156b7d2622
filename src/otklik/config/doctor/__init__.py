"""What `otklik doctor` asks: one function per question, each answer says what to do.

To plug in questions of another app, name its function below: "module:function" that yields findings. A finding is
anything with `level`, `subject`, `words` and `remedy`.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.db import ProgrammingError

from otklik.config.services import exists

type Level = Literal["good", "warning", "bad"]
GOOD: Literal["good"] = "good"
WARNING: Literal["warning"] = "warning"
BAD: Literal["bad"] = "bad"

# A source that does not exist yet is passed over.
WITHOUT_DATABASE = (
    "otklik.config.doctor.versions:examine",
    "otklik.config.doctor.settings:examine",
    "otklik.config.doctor.disk:examine",
)
WITH_DATABASE = (
    "otklik.config.doctor.settings:first_run",
    "otklik.config.doctor.database:examine",
    "otklik.config.doctor.audit:examine",
    "otklik.config.doctor.queue:examine",
    "otklik.config.doctor.mail:examine",
    "otklik.adapters.email.doctor:examine",
    "otklik.adapters.telegram.doctor:examine",
    "otklik.desk.clients.doctor:examine",
    "otklik.desk.tickets.doctor:examine",
    "otklik.desk.automation.doctor:examine",
)
AT_THE_TERMINAL = ("otklik.config.doctor.pages:examine",)  # a page that is being read needs no such question


@dataclass(frozen=True)
class Finding:
    """One answer: how bad, about what, in words, and what to do about it."""

    level: Level
    subject: str
    words: str
    remedy: str = ""


def findings(sources: Iterable[str] = (*WITHOUT_DATABASE, *WITH_DATABASE)) -> Iterator[Finding]:
    """The answers; a question that fails is itself a finding."""
    for source in sources:
        module, _, name = source.partition(":")
        if exists(module):
            yield from _answers(source, getattr(importlib.import_module(module), name))


def _answers(source: str, examine: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    try:
        yield from examine()
    except Exception as trouble:  # the doctor must not fall ill
        words = str(trouble).partition("\n")[0]
        remedy = "Run: otklik migrate" if isinstance(trouble, ProgrammingError) else ""
        yield Finding(BAD, source.partition(":")[0].rpartition(".")[2], f"could not be examined: {words}", remedy)
