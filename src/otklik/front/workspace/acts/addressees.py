"""To whom a reply goes: everybody who was in the client's last letter, unless the agent takes somebody out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.utils import getaddresses

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.state import State

MOST = 50
ONE = re.compile(r"(?P<alone>[^\s<>]+)|[^<>\r\n]*<(?P<named>[^\s<>]+)>")


@dataclass(frozen=True)
class Addressees:
    """Bare addresses in lower case; `everybody` is who took part in the last letter, whatever was chosen since."""

    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    everybody: list[str] = field(default_factory=list)

    @property
    def left_out(self) -> list[str]:
        """Those who were in the talk and would not get this reply."""
        chosen = {*self.to, *self.cc}
        return [address for address in self.everybody if address not in chosen]

    @property
    def has_others(self) -> bool:
        """Somebody beside the client may get it."""
        return len(self.to) > 1 or bool(self.copies)

    @property
    def copies(self) -> list[tuple[str, bool, bool]]:
        """(address, gets a copy, was in the talk), in an order that does not change while one chooses."""
        known = [address for address in self.everybody if address not in self.to]
        added = [address for address in self.cc if address not in known]
        return [(address, address in self.cc, address in self.everybody) for address in (*known, *added)]

    def chosen(self, to: Sequence[str], cc: Sequence[str]) -> "Addressees":
        return Addressees(list(to), [address for address in cc if address not in to], self.everybody)


def of(ticket: Ticket, state: State) -> Addressees:
    """Reply to all: the author of the client's last letter, and those who were in its copy, without ourselves.

    What an agent decided about somebody goes before it.  Who was in a copy earlier but not in that letter is not
    written to by itself: they stand among `everybody`, so that the agent sees who fell out.
    """
    letter = state.letter
    author = letter.get("author", "").lower() or ticket.contact.email
    to = [author] if author else []
    known = {*to, *state.ours}
    cc = [address for address in bare([*letter.get("to", []), *letter.get("cc", [])]) if not is_known(address, known)]
    kept_out = {one.address for one in state.company if one.standing == "out"}
    let_in = [one.address for one in state.company if one.is_settled and one.standing == "in"]
    cc = [address for address in dict.fromkeys([*cc, *let_in]) if address not in kept_out and address not in to]
    fell_out = [one.address for one in state.company if one.was_copied and one.address not in {*to, *cc, *kept_out}]
    return Addressees(to, cc, [*to, *cc, *fell_out])


def is_known(address: str, known: set[str]) -> bool:
    """A mailbox of ours also in its long form, `support+token@`."""
    name, _at, host = address.partition("@")
    return address in known or f"{name.partition('+')[0]}@{host}" in known


def bare(written: Iterable[str]) -> list[str]:
    """Addresses alone, each once: "Anna <a@b.ru>, c@d.ru" gives two."""
    found = [address.strip().lower() for _name, address in getaddresses(list(written)) if "@" in address]
    return list(dict.fromkeys(found))


def checked(written: Iterable[str], field_name: str) -> list[str]:
    """The same, but everything written must be an address.  Raises Invalid."""
    parts = [part.strip() for text in written for part in text.replace(";", ",").split(",") if part.strip()]
    addresses = [_one(part, field_name) for part in parts]
    if len(addresses) > MOST:
        raise Invalid(_("No more than %(most)s addressees in one letter.") % {"most": MOST}, field_name)
    return list(dict.fromkeys(addresses))


def _one(written: str, field_name: str) -> str:
    shape = ONE.fullmatch(written)
    address = (shape["named"] or shape["alone"]).lower() if shape else written
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid(_("“%(text)s” is not an address.") % {"text": written[:80]}, field_name) from None
    return address
