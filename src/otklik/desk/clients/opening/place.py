"""Where a client lives, as far as their numbers and their clock tell: country, season, holiday."""

from datetime import date
from functools import lru_cache
from importlib.resources import files

SEASONS = (*["winter"] * 2, *["spring"] * 3, *["summer"] * 3, *["autumn"] * 3, "winter")
SOUTH = (
    "Australia/",
    "Antarctica/",
    "America/Argentina",
    "America/Sao_Paulo",
    "America/Santiago",
    "Africa/Johannesburg",
)


def country_of(phones: list[str], time_zone: str) -> str:
    """Two letters by the code of a number, else by the time zone; empty where neither says it."""
    import phonenumbers

    for phone in phones:
        try:
            number = phonenumbers.parse(phone if phone.startswith("+") else f"+{phone.lstrip('0')}")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.region_code_for_number(number) or ""
    return _countries().get(time_zone, "")


def season_of(day: date, time_zone: str) -> str:
    """By the calendar of the temperate north and south; nothing where there are no such seasons."""
    south = time_zone.startswith(SOUTH)
    if not south and not time_zone.startswith(("Europe/", "Asia/", "America/")):
        return ""
    month = (day.month + 5) % 12 + 1 if south else day.month
    return SEASONS[month - 1]


@lru_cache(maxsize=512)
def holiday_of(country: str, day: date, language: str) -> str:
    """The public holiday of a day; empty where none is known."""
    import holidays

    if country not in holidays.list_supported_countries():
        return ""
    spoken = holidays.country_holidays(country).supported_languages
    tongue = next((one for one in spoken if one.partition("_")[0] == language), None)
    known = holidays.country_holidays(country, years=day.year, language=tongue)
    return str(known.get(day) or "").partition(";")[0].partition(" (")[0]


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Country by time zone, where a zone belongs to one alone."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
