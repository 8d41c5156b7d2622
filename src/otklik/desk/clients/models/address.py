"""Kinds of addresses, and the form in which one is stored and compared."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

_NUMBER = re.compile(r"[+\d\s().-]+")
_NUMBERED = re.compile(r"(?:Visitor|Посетитель) № \d+")
"""What we call a visitor of a chat; "School № 57" is a name."""
FEWEST_DIGITS = 3
LONGEST_NAME = 200


class Channelled(models.TextChoices):
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    TELEGRAM = "telegram", "Telegram"
    CHAT = "chat", _("online chat")


MESSENGERS = (Channelled.TELEGRAM, Channelled.CHAT)
"""An address of these kinds names its kind before the person: `telegram:12345`."""
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
