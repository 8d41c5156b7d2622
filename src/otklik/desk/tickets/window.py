"""Until when a channel takes what we write: some messengers close so long after the last word of a person (UI-32)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.ui import words
from otklik.desk.channels.port import talk_on
from otklik.desk.clients.models.address import is_of_messenger
from otklik.desk.tickets.errors import Invalid

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


@dataclass(frozen=True)
class Window:
    """Since when, and until when; both None where they have never written there."""

    since: datetime | None = None
    closes: datetime | None = None

    def is_open_at(self, moment: datetime) -> bool:
        return self.closes is not None and moment < self.closes


def of(ticket: "Ticket", address: str) -> Window | None:
    """None where the channel never closes, then without a statement; a letter may always be written."""
    lasts = talk_on(ticket.channel_kind).open_for
    if lasts is None or not is_of_messenger(address):
        return None
    heard = ticket.conversation.messages.from_people().filter(direction="in", author_address=address)
    last = heard.order_by("-id").values_list("at", flat=True).first()
    return Window(last, last + lasts) if last else Window()


def must_be_open(ticket: "Ticket", to: Iterable[str], at: datetime | None = None) -> None:
    """Raises Invalid, with what can be done instead, where something would not arrive `at` that moment (now)."""
    for address in to:
        found = of(ticket, address)
        if found is None or found.is_open_at(at or clock.now()):
            continue
        if found.closes is None:
            raise Invalid(_("They have not written here yet, so the messenger takes nothing: write a letter."), "to")
        said = _("The messenger takes nothing after %(when)s until they write again: send a letter, or call them.")
        raise Invalid(said % {"when": words.at(found.closes)}, "to")
