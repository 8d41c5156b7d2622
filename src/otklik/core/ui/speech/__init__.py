"""How a language says moments, durations and numbers: data like Django's own formats, one module a language."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
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
    decimal: str
    thousands: str


def speech() -> Speech:
    """The words of the active language; English where we have none of our own."""
    from otklik.core.ui.speech import en, ru

    return ru.RUSSIAN if (get_language() or "").startswith("ru") else en.ENGLISH
