"""How a language says moments, durations and numbers: data like Django's own formats, a module a language."""

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language


@dataclass(frozen=True, eq=False)
class Speech:
    """Words and patterns of one language.

    `weekdays_by` answers "until when", `weekdays` "on which day"; patterns use {day}, {time}, {span}, {date}.
    """

    seconds: str
    minutes: str
    hours: str
    days: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_by: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    today: str
    yesterday: str
    tomorrow: str
    at: str
    stamp: str
    by: str
    by_today: str
    by_date: str
    ahead: str
    ago: str
    just_now: str
    date: str
    date_year: str
    left: str
    late_by: str
    kept: str
    broken: str
    decimal: str
    thousands: str


def speech() -> Speech:
    """The words of the active language; English where we have none of our own."""
    return _of(get_language() or "en")


@cache
def _of(language: str) -> Speech:
    from otklik.core.ui.speech import en, ru

    return ru.RUSSIAN if language.startswith("ru") else en.ENGLISH
