"""Kinds of addresses, and the form in which one is stored and compared."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_NUMBER = re.compile(r"[+\d\s().-]+")
_NUMBERED = re.compile(r"(?:Visitor|Посетитель) № \d+")
"""What we call a visitor of a chat; "School № 57" is a name."""
TELEGRAM_NAME = re.compile(r"(?:(?:https?://)?t\.me/|@)?([A-Za-z][A-Za-z0-9_]{3,31})/?")
FEWEST_DIGITS = 3
LONGEST_NAME = 200


class Channelled(models.TextChoices):
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    TELEGRAM = "telegram", "Telegram"
    CHAT = "chat", _("online chat")


MESSENGERS = (Channelled.TELEGRAM, Channelled.CHAT)
"""An address of these kinds names its kind before the person: `telegram:12345`."""
BY_HAND = (Channelled.EMAIL, Channelled.PHONE, Channelled.TELEGRAM)
"""What a colleague can write down; a chat of a site has no address that anybody knows."""
WRITTEN = (Channelled.EMAIL, *MESSENGERS)
"""Where what we write may come back from."""


def kind_on(channel_kind: str) -> str:
    """By which kind of address people of a channel are known: who speaks or fills in a form has a mailbox as well."""
    return channel_kind if channel_kind in MESSENGERS else Channelled.EMAIL


def is_of_messenger(address: str) -> bool:
    return address.partition(":")[0] in MESSENGERS


def normal(kind: str, value: str) -> str:
    """The form in which an address is stored and compared."""
    value = value.strip()
    return value.lower()[:320] if kind == Channelled.EMAIL else value[:320]


def phone_of(value: str) -> str:
    """E.164, read as a Russian number where no country is said; "" for what is no number."""
    try:
        number = phonenumbers.parse(value, "RU")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phones_alike(value: str) -> list[str]:
    """The ways in which one number may have been stored."""
    if not (e164 := phone_of(value)):
        return [value]
    ways = [e164, e164[1:]]
    if e164.startswith("+7"):
        ways += ["8" + e164[2:], e164[2:]]
    return list(dict.fromkeys((*ways, value)))


def by_hand(kind: str, typed: str) -> str:
    """What a colleague typed, in the form in which it is stored.  Raises ValidationError for what is no such address.

    A person of Telegram is known by their number there, which nobody can know before they write; until then they are
    `telegram:@name`.
    """
    typed = typed.strip()
    if kind == Channelled.PHONE:
        if not (number := phone_of(typed)):
            raise ValidationError(gettext("This is no telephone number: write it as +7 913 555-01-42."))
        return number
    if kind == Channelled.TELEGRAM:
        found = TELEGRAM_NAME.fullmatch(typed)
        if found is None:
            raise ValidationError(gettext("This is no name in Telegram: write it as @name or t.me/name."))
        return f"{Channelled.TELEGRAM}:@{found[1].lower()}"
    if kind != Channelled.EMAIL:
        raise ValidationError(gettext("Addresses of this kind come by themselves, with the first message."))
    value = normal(kind, typed)
    validate_email(value)
    return value


def is_foretold(address: str) -> bool:
    """A name in a messenger that a colleague wrote down: nothing can be written there before its person writes."""
    return address.startswith(f"{Channelled.TELEGRAM}:@")


def without_tag(address: str) -> str:
    """user+tag@ is user@ of the same domain; nobody is anybody of another one."""
    local, _at, domain = address.partition("@")
    name = local.partition("+")[0]
    return f"{name}@{domain}" if name else address


def is_no_name(text: str) -> bool:
    """Whether it is a mail address or a number, also one that we gave: all that we know of who has no name for us."""
    text = text[:LONGEST_NAME]
    if "@" in text or _NUMBERED.fullmatch(text):
        return True
    return _NUMBER.fullmatch(text) is not None and sum(map(str.isdigit, text)) >= FEWEST_DIGITS
