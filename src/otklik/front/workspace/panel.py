"""The client's panel: what an agent must know about the person before the next word.

Rooms above may add blocks of their own (scores of surveys, for one): see `add_block`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.staff.models import User
from otklik.core.ui.middleware import zone
from otklik.desk.clients.models import CLIENT_FACTS, FACTS, Answered, CardField, Client, Contact, PersonalFact
from otklik.desk.clients.models.reach import hours_of
from otklik.desk.clients.policy import said_hours
from otklik.desk.clients.sight import Place, Sight, looked
from otklik.desk.clients.zones import BY, Guess, cities_of, guess_of, place_of
from otklik.desk.sla.covering import cover_of
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace import card
from otklik.front.workspace.data_panels import Offered, offered
from otklik.front.workspace.odd_hours import OddHour, odd_hour
from otklik.front.workspace.queries.contact import Other, also_open, requests_of
from otklik.front.workspace.queries.people import colleague
from otklik.front.workspace.still_true import StillTrue, of_contact, told

LEVELS = {
    1: _("needs every step explained"),
    2: _("unsure, in plain words"),
    3: _("confident, without terms"),
    4: _("knows the subject"),
    5: _("an engineer, speak freely"),
}
LABELS = {
    "name": _("Name"),
    "client": _("Organisation"),
    "address_as": _("Address as"),
    "position": _("Position"),
    "literacy": _("Technology"),
    "language": _("Language"),
    "time_zone": _("Time zone"),
    "interests": _("Also about"),
    "reach_by": _("Likes to be reached"),
    "reach_hours": _("At hours"),
    "tags": _("Tags"),
    "quiet_hours": _("Do not disturb"),
    "note": _("What matters"),
}
OF_ORGANISATION = LABELS | {
    "name": pgettext_lazy("of an organisation", "Name"),
    "website": _("Site"),
    "tax_number": _("Taxpayer number"),
    "manager": _("Our manager"),
}
SHORT = [name for name in LABELS if name not in ("quiet_hours", "note")]
"""Facts that stand in the table of the card; the others have a block of their own."""


@dataclass(frozen=True)
class Block:
    """A block of the panel from another room: a template and what it shows for this contact (None: not shown)."""

    template: str
    context: Callable[[HttpRequest, Contact], dict[str, object] | None]


_blocks: list[Block] = []


def add_block(template: str, context: Callable[[HttpRequest, Contact], dict[str, object] | None]) -> None:
    """Called from `AppConfig.ready()` of a room that knows something about clients."""
    _blocks.append(Block(template, context))


@dataclass(frozen=True)
class Clock:
    """What time it is where the client lives."""

    time: str
    place: str | Promise
    odd: OddHour | None
    by: str | Promise = ""
    """How we know it, where nobody has set it."""


@dataclass(frozen=True)
class Panel:
    """What `workspace/client.html` shows."""

    contact: Contact
    clock: Clock | None
    service_class: str
    lines: list[tuple[str | Promise, SafeString]]
    details: list[tuple[str, SafeString]]
    quiet_hours: SafeString
    note: SafeString
    addresses: list[SafeString]
    owned: list[SafeString]
    open: list[SafeString]
    ended: list[SafeString]
    similar: list[SafeString]
    other_open: Other | None
    can_change: bool
    sure: StillTrue
    blocks: list[tuple[str, dict[str, object]]]
    data: list[Offered]
    """Panels that other programs fill."""


def panel_of(request: HttpRequest, contact: Contact, user: User, now: datetime, beside: Ticket | None = None) -> Panel:
    filled = [(block.template, block.context(request, contact)) for block in _blocks]
    facts, requests = facts_of(contact), requests_of(contact.pk, user, beside)
    sight = Sight.of(user, getattr(beside, "secrecy", None))
    answered = getattr(beside, "details_of_card", None)  # read together with the ticket
    if answered is None:
        answered = CardField.objects.answered(contact)
    if request.method != "HEAD":
        looked(contact, Place.TICKET if beside else Place.CARD, by=user)

    answered = list(answered)
    guess = guess_of(contact, cities_of(one for one in answered if sight.opens_field(one.field)))
    if guess and guess.by == "phone" and not sight.opens(PersonalFact.PHONES):
        guess = None

    def drawn(name: str) -> SafeString:
        if name == "time_zone" and guess:
            return card.guessed(contact, guess.city or place_of(guess.zone), guess, can_change=user.answers)
        return card.fact(contact, name, facts[name], can_change=user.answers, right=sight.right(name))

    return Panel(
        contact=contact,
        clock=clock_of(contact, now, guess),
        service_class=beside.class_name if beside else cover_of(contact.pk, contact.client_id, None, now).name,
        lines=[(LABELS[name], drawn(name)) for name in SHORT],
        details=details_of(contact, sight, user, answered),
        quiet_hours=drawn("quiet_hours"),
        note=drawn("note"),
        addresses=card.addresses(
            contact, contact.identities.all(), sight.right(PersonalFact.PHONES), can_change=user.answers
        ),
        owned=[card.owned(one) for one in getattr(beside, "owned", ())],
        open=[card.other(row) for row in requests.open],
        ended=[card.other(row) for row in requests.ended],
        similar=[card.other(row) for row in requests.similar],
        other_open=also_open(requests),
        can_change=user.answers,
        sure=_sure(contact, now, beside),
        data=offered(user, contact, beside),
        blocks=[(template, context) for template, context in filled if context is not None],
    )


def _sure(contact: Contact, now: datetime, beside: Ticket | None) -> StillTrue:
    rows = getattr(beside, "confirmed", None)  # read together with the ticket
    if beside is None or rows is None:
        return of_contact(contact, now)
    return told(contact, rows, beside.roles, beside.owned, now)  # type: ignore[attr-defined]


def details_of(
    holder: Contact | Client, sight: Sight, user: User, answered: Iterable[Answered]
) -> list[tuple[str, SafeString]]:
    """The fields of the company on this card."""
    return [(one.field.name, card.answer(holder, one, sight, user.answers)) for one in answered]


def client_facts(found: Client) -> dict[str, str]:
    """Every fact of an organisation as people say it."""
    manager = colleague(found.manager_id)
    said = {name: str(getattr(found, name) or "") for name in CLIENT_FACTS if name != "manager"}
    return said | {"tags": ", ".join(found.tags), "manager": manager.name if manager else ""}


def facts_of(contact: Contact) -> dict[str, str]:
    """Every fact of the card as people say it."""
    said = {name: str(getattr(contact, name) or "") for name in FACTS}
    languages = {code: str(name) for code, name in settings.LANGUAGES}
    return said | {
        "literacy": str(LEVELS.get(contact.literacy or 0, "")),
        "language": languages.get(contact.language, contact.language),
        "time_zone": str(place_of(contact.time_zone)),
        "tags": ", ".join(contact.tags),
        "reach_by": str(contact.get_reach_by_display()),
        "reach_hours": said_hours(hours) if (hours := hours_of(contact.reach_hours)) else "",
        "client": contact.client.name if contact.client else "",
    }


def clock_of(contact: Contact, now: datetime, guess: Guess | None = None) -> Clock | None:
    """By the zone that is set, else by the guessed one.  None where neither is known, or it is no zone at all."""
    name = contact.time_zone or (guess.zone if guess else "")
    theirs = zone(name)
    if not isinstance(theirs, ZoneInfo):
        return None
    local = timezone.localtime(now, theirs)
    place = guess.city if guess and guess.city else place_of(name)
    return Clock(f"{local:%H:%M}", place, odd_hour(local), BY[guess.by] if guess else "")
