"""The nightly self-check, and the hourly look at what hangs."""

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


@dataclass(frozen=True)
class HangingLogged(News):
    """An hour was looked at, and so many requests hung; `HungHours` has which."""

    about: ClassVar[str] = "hanging-hour"
    key: ClassVar[str] = "hour_id"

    hour_id: int
    hanging: int
