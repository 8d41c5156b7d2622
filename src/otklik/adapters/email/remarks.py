"""What a person should know about a letter before they answer it, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from otklik.adapters.email.parse import ParsedMail
from otklik.adapters.email.writing.headers import BadHeader, checked
from otklik.desk.channels.models import Inbound

USUAL = {"date_missing", "message_id_missing"}
"""Defects that change nothing for a reader."""


def remarks(inbound: Inbound, mail: ParsedMail) -> Iterator[str]:
    if inbound.identifier_reused:
        yield _("Another message has the same identifier.")
    if elsewhere := _elsewhere(mail):
        yield _("The sender asks to answer to %s.") % ", ".join(elsewhere)
    if mail.truncated:
        yield _("The letter is too large to be shown whole; the original has all of it.")
    yield from dict.fromkeys(_words(defect) for defect in mail.defects if defect not in USUAL)


def writable(address: str | None) -> str:
    """The address if a letter could be sent to it."""
    try:
        return checked(address)[:320] if address else ""
    except BadHeader:
        return ""


def _elsewhere(mail: ParsedMail) -> list[str]:
    """Where answers are asked for, if not where the letter came from: a person decides, since anybody can write it."""
    asked = dict.fromkeys(writable(one.address) for one in mail.reply_to)
    return [address for address in asked if address and address.lower() != (mail.sender.address or "").lower()]


def _words(defect: str) -> str:
    match defect:
        case "from_missing":
            return _("The letter does not say who wrote it.")
        case "from_repeated" | "from_odd":
            return _("The letter names its sender in an unusual way.")
        case "date_out_of_range" | "date_unreadable":
            return _("The date in the letter cannot be right.")
        case "calendar_unreadable":
            return _("The calendar in the letter cannot be read; it is attached as it came.")
        case _:
            return _("The letter is damaged, some of it may be missing; the original is as it came.")
