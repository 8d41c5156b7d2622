"""An update as the client of one request reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from otklik.core.staff.models import Organisation
from otklik.desk.tickets.letters import language_of, moment, zone_of

if TYPE_CHECKING:
    from otklik.desk.channels.models import Channel
    from otklik.desk.clients.models import Contact
    from otklik.desk.tickets.models import Ticket


@dataclass(frozen=True)
class Words:
    """What is told, before anybody is addressed; `next_at` is None for the last update."""

    what: str = ""
    whom: str = ""
    doing: str = ""
    workaround: str = ""
    no_news: bool = False
    next_at: datetime | None = None

    @property
    def is_last(self) -> bool:
        return self.next_at is None


def letter_to(ticket: "Ticket", words: Words) -> str:
    """Personally addressed, in the client's language, moments in their time zone."""
    with translation.override(language_of(ticket)):
        return _addressed(ticket.contact, words, zone_of(ticket))


def letter_for(contact: "Contact", door: "Channel", words: Words) -> tuple[str, str]:
    """(subject, text) for whom it concerns without a request of theirs, as they read what leaves by this door."""
    house = Organisation.objects.current()
    with translation.override(contact.language or door.shown_as.shown_language or house.language):
        text = _addressed(contact, words, ZoneInfo(contact.time_zone or house.time_zone))
        return (pgettext("letter", "It works again") if words.is_last else _("Something does not work")), text


def _addressed(contact: "Contact", words: Words, zone: ZoneInfo) -> str:
    name = contact.greeted
    hello = _("%(name)s, hello!") % {"name": name} if name else _("Hello!")
    return f"{hello}\n\n{_body(words, zone)}"


def agreed(words: Words) -> str:
    """The same without an address: what every agent may answer now, in the language of the house."""
    house = Organisation.objects.current()
    with translation.override(house.language):
        return _body(words, ZoneInfo(house.time_zone))


def _body(words: Words, zone: ZoneInfo) -> str:
    parts = [
        words.what.strip() or (_("There is no news yet: we go on working on it.") if words.no_news else ""),
        _said(_("Whom it concerns: %s"), words.whom),
        _said(_("What we do: %s"), words.doing),
        _said(_("What helps meanwhile: %s"), words.workaround),
        _("We write again by %s.") % moment(words.next_at, zone)
        if words.next_at
        else _("If it is there again, simply answer this message."),
    ]
    return "\n\n".join(filter(None, parts))


def _said(label: str, text: str) -> str:
    return label % text.strip() if text.strip() else ""
