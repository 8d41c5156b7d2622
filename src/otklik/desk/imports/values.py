"""What a cell says: moments, addresses, numbers; Wrong where it says nothing that fits."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

FORMS = (
    *("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y"),
    *("%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y"),
    *("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"),
    *("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d"),
)
"""How moments are written beside ISO 8601; the day stands before the month."""
NOTHING = {"", "?", "-", "—", "null", "none", "n/a", "nan", "undefined"}
SEVERAL = re.compile(r"[;,\n|]+")
HOME = "RU"
"""The country of telephone numbers that name none."""


class Wrong(Exception):
    """A cell, or the whole row, cannot be taken; `field` names the field of ours."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field, self.words = field, words


def text(value: str) -> str:
    """One line without what no database keeps."""
    told = " ".join(value.replace("\x00", "").split())
    return "" if told.lower() in NOTHING else told


def long_text(value: str) -> str:
    told = value.replace("\x00", "").replace("\r\n", "\n").strip()
    return "" if told.lower() in NOTHING else told


def fitting(field: str, value: str, longest: int) -> str:
    if len(value) > longest:
        raise Wrong(field, _("Longer than %(count)s characters.") % {"count": longest})
    return value


def moment(field: str, value: str, zone: ZoneInfo | None = None) -> datetime | None:
    """A moment; one without an offset is meant in `zone`, the zone of the organisation when none is given."""
    told = text(value)
    if not told:
        return None
    found = written(told)
    if found is None:
        raise Wrong(field, _("«%(value)s» is no date.") % {"value": told[:60]})
    try:
        aware = found if found.tzinfo else found.replace(tzinfo=zone or timezone.get_current_timezone())
        return aware.astimezone(UTC)
    except OverflowError:
        raise Wrong(field, _("«%(value)s» is no date.") % {"value": told[:60]}) from None


def shown(moment: datetime | None) -> str:
    """As a preview shows it: by the clock by which one without an offset was read."""
    if moment is None:
        return ""
    with suppress(OverflowError):  # of the last hours of the year 9999
        moment = timezone.localtime(moment)
    return f"{moment:%Y-%m-%d %H:%M}"


def written(told: str) -> datetime | None:
    """As it stands there, with its offset if it has one."""
    try:
        return datetime.fromisoformat(told.removesuffix(" UTC") + ("+00:00" if told.endswith(" UTC") else ""))
    except ValueError:
        pass
    for form in FORMS:
        try:
            return datetime.strptime(told, form)  # noqa: DTZ007 - the caller gives it its zone
        except ValueError:
            continue
    return None


def emails(field: str, value: str) -> list[str]:
    found = [one.strip().removeprefix("mailto:").lower() for one in SEVERAL.split(text(value))]
    for one in filter(None, found):
        try:
            validate_email(one)
        except ValidationError:
            raise Wrong(field, _("«%(value)s» is no mail address.") % {"value": one[:60]}) from None
    return list(dict.fromkeys(filter(None, found)))


def phones(field: str, value: str) -> list[str]:
    """As +79001234567; a number without its country is of ours."""
    return list(dict.fromkeys(_phone(field, one) for one in SEVERAL.split(text(value)) if one.strip()))


def _phone(field: str, told: str) -> str:
    try:
        number = phonenumbers.parse(told, HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Wrong(field, _("«%(value)s» is no telephone number.") % {"value": told.strip()[:60]})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def words(value: str) -> list[str]:
    """Tags: by commas or semicolons, in small letters."""
    return list(dict.fromkeys(filter(None, (text(one).lower() for one in SEVERAL.split(value)))))


def yes(field: str, value: str) -> bool:
    told = text(value).lower()
    if told in {"1", "true", "yes", "y", "да", "истина", "+"}:
        return True
    if told in {"0", "false", "no", "n", "нет", "ложь"}:
        return False
    raise Wrong(field, _("«%(value)s» is neither yes nor no.") % {"value": told[:60]})


def one_of(field: str, value: str, known: dict[str, Any]) -> str:
    plain = " ".join(value.lower().replace("ё", "е").replace("_", " ").replace("-", " ").split())
    if plain and plain not in known:
        raise Wrong(field, _("«%(value)s» is not known here.") % {"value": value[:60]})
    return str(known.get(plain, ""))


def day(field: str, value: str) -> date | None:
    """The day that is written, whatever the hour and the zone."""
    told = text(value)
    found = written(told) if told else None
    if told and found is None:
        raise Wrong(field, _("«%(value)s» is no date.") % {"value": told[:60]})
    return found.date() if found else None


def amount(field: str, value: str) -> Decimal | None:
    """1 200,50 ₽ and 1200.5 are amounts."""
    plain = "".join(sign for sign in value.replace(",", ".") if sign.isascii() and (sign.isdigit() or sign in ".-"))
    if not value:
        return None
    try:
        return round(Decimal(plain), 2)
    except InvalidOperation:
        raise Wrong(field, _("«%(value)s» is no amount.") % {"value": value[:60]}) from None
