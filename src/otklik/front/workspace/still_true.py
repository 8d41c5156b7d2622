"""The quiet line of the card about how sure we are of it: what was confirmed when, and "still true" for all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.desk.clients.certain import Product, digest_of, owned_of, owners, roles_of, values_of
from otklik.desk.clients.models import Confirmation, Confirmed, Contact, Made, known_of, latest, whose
from otklik.front.workspace.queries.people import colleague

COLUMNS = """
    (SELECT json_agg(json_build_array(k.contact_id, k.fact, k.at, k.by_id)) FROM clients_confirmation k
        WHERE k.contact_id = c.id OR k.client_id = c.client_id),
    (SELECT array_to_json(m.roles) FROM clients_membership m
        WHERE m.contact_id = c.id AND m.is_main AND m.left_at IS NULL)"""
"""Beside a request `c` is its contact: what `told` takes."""


@dataclass(frozen=True)
class Line:
    """One fact: what it says, `said` where the card shows it nowhere else, `sure` who confirmed it and when."""

    fact: str
    label: str | Promise
    value: str
    said: str
    sure: str


@dataclass(frozen=True)
class StillTrue:
    """What `workspace/card/still_true.html` shows; `known` can be confirmed, `empty` are facts to ask for.

    `confirmed` says when, where everything known is confirmed; else `unsure` names what is not.  `digest` stands for
    all values: who confirms sends it along, so that nobody confirms what they did not see.
    """

    contact: Contact
    known: list[Line]
    empty: list[str | Promise]
    unsure: list[str | Promise]
    confirmed: str
    is_fresh: bool
    digest: str


def of_contact(contact: Contact, now: datetime) -> StillTrue:
    """Asked for the card alone; a request brings its own columns."""
    owned = owned_of(contact)
    made = Confirmation.objects.of(contact, owners(owned))
    return _built(contact, roles_of(contact), owned, made, now)


def told(
    contact: Contact,
    rows: Iterable[tuple[int | None, str, str, int]],
    roles: list[str],
    owned: Sequence[Product],
    now: datetime,
) -> StillTrue:
    """Of the values that `COLUMNS` give, and of the products that the card shows."""
    said = ((whose(one), fact, moment, by) for one, fact, at, by in rows if (moment := parse_datetime(at)))
    return _built(contact, roles, owned, latest(said, owners(owned)), now)


def _built(
    contact: Contact, roles: Iterable[str], owned: Sequence[Product], made: Mapping[str, Made], now: datetime
) -> StillTrue:
    roles = list(roles)
    known = known_of(contact, roles, bool(owned))
    sure = {fact: one for fact, one in made.items() if one.holds(now) and known.get(fact)}
    facts = [one for one in Confirmed if one.value in known]
    values = values_of(contact, roles, owned)
    lines = [
        Line(
            one.value,
            one.label,
            values[one],
            values[one] if one == Confirmed.ROLES else "",
            _sure(sure.get(one.value)),
        )
        for one in facts
        if known[one]
    ]
    oldest = min((one.at for one in sure.values()), default=None)
    unsure = [line.label for line in lines if line.fact not in sure]
    whole = oldest is not None and not unsure
    return StillTrue(
        contact=contact,
        known=lines,
        empty=[one.label for one in facts if not known[one]],
        unsure=unsure,
        confirmed=_when(oldest) if whole and oldest else "",
        is_fresh=whole and oldest is not None and timezone.localdate(oldest) == timezone.localdate(now),
        digest=digest_of(contact, roles, owned),
    )


def _sure(made: Made | None) -> str:
    if made is None:
        return _("nobody confirmed it within 12 months")
    who = colleague(made.by)
    return _("%(date)s, %(name)s") % {"date": words.date_of(made.at), "name": who.name if who else "—"}


def _when(oldest: datetime) -> str:
    day = timezone.localdate(oldest)
    if day == timezone.localdate():
        return _("Confirmed today")
    return _("Confirmed in %(month)s %(year)s") % {"month": str(MONTHS[day.month]), "year": day.year}
