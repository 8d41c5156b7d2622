"""Where a client lives as long as nobody has said it: by their telephone number, else by the city on their card.

Only a number of one time zone alone says anything: a mobile one of Russia may be anywhere, so nothing is guessed of it.
Codes are asked before the library of telephone numbers where it tells another clock (Saratov, Kaliningrad).
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.zones import RUSSIA
from otklik.core.ui.middleware import zone as zone_named
from otklik.desk.clients.towns import of_number, told_as, town_of

if TYPE_CHECKING:
    from otklik.desk.clients.models import Answered, Contact

CITY = ("город", "city", "населённый пункт", "населенный пункт", "town")
"""How the field of the company is called in which a city stands."""
BY: dict[str, str | Promise] = {"phone": _("by the phone"), "city": _("by the city")}
MOST = 5
"""Numbers of one card that are asked."""


class Guess(NamedTuple):
    """A time zone, and by what (`phone`, `city`) it was guessed.

    `city` is where they live, as the card says it, when it is another one than that by which the zone is called.
    """

    zone: str
    by: str
    city: str = ""


def guessed(phones: Iterable[str], cities: Iterable[str] = ()) -> Guess | None:
    """None where neither says it."""
    for phone in list(phones)[:MOST]:
        if zone := _of_phone(phone):
            return Guess(zone, "phone")
    for city in cities:
        if found := _of_city(city):
            return found
    return None


def guess_of(contact: "Contact", cities: Iterable[str] = ()) -> Guess | None:
    """None where the zone is set; addresses of the contact are read as they are at hand."""
    if contact.time_zone:
        return None
    return guessed([one.value for one in contact.identities.all() if one.kind == "phone"], cities)


def zone_name_of(contact: "Contact", cities: Iterable[str] = ()) -> str:
    """The one that is set, else the guessed one; "" where nobody knows."""
    guess = guess_of(contact, cities)
    return contact.time_zone or (guess.zone if guess else "")


def is_city(field: str) -> bool:
    return field.strip().lower() in CITY


def cities_of(answered: "Iterable[Answered]") -> list[str]:
    """What the fields of the company say of a city."""
    return [str(one.value) for one in answered if one.value and is_city(one.field.name)]


def place_of(time_zone: str) -> str | Promise:
    """The city by which a zone is called, in the language that is active."""
    known = RUSSIA.get(time_zone) or told_as(time_zone, translation.get_language() or "")
    return known or time_zone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=4096)
def _of_phone(value: str) -> str:
    import phonenumbers
    from phonenumbers import timezone

    try:
        number = phonenumbers.parse(value, "RU")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    known = of_number(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)[1:])
    found = [known] if known else [str(one) for one in timezone.time_zones_for_number(number)]
    return found[0] if len(found) == 1 and zone_named(found[0]) else ""


@lru_cache(maxsize=1024)
def _of_city(said: str) -> Guess | None:
    if town := town_of(said):
        return Guess(town.zone, "city", "" if town.is_namesake else town.name)
    zone = _cities().get(said.strip().lower(), "")
    return Guess(zone, "city") if zone else None


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """Cities of the world by which zones are called, in English."""
    return {zone.rpartition("/")[2].replace("_", " ").lower(): zone for zone in reversed(_world())}


def _world() -> list[str]:
    from zoneinfo import available_timezones

    regions = ("Africa/", "America/", "Asia/", "Australia/", "Europe/", "Pacific/")
    return sorted(zone for zone in available_timezones() if zone.startswith(regions))
