"""The nightly self-check."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class SelfChecked(News):
    """The whole database was walked through: how many tickets, how many of them open, hanging, and faulty."""

    about: ClassVar[str] = "self-check"
    key: ClassVar[str] = "check_id"

    check_id: int
    tickets: int
    open: int
    hanging: int
    faults: int
