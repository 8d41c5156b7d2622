"""Calls for cards, lists and the line: each list bounded, each in a known number of statements."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.calls import access, numbers
from otklik.desk.calls.models import Call
from otklik.desk.clients.models import Contact
from otklik.desk.clients.sight import Place, Sight, looked
from otklik.desk.sla.covering import cover_of
from otklik.desk.tickets.models import Promise, Ticket
from otklik.front.workspace.queries.contact import Other, also_open, requests_of

FEW = 3
PAGE = 50
MOST = 100
"""So many calls without a result are shown; the oldest first."""


@dataclass(frozen=True)
class Caller:
    """Who calls: one person, several of that number, or nobody whom we know.

    Beside each open request stands the date that was promised there; `likely` is the one with the last word.
    """

    contact: Contact | None = None
    several: list[Contact] = field(default_factory=list)
    open: list[tuple[Other, datetime | None]] = field(default_factory=list)
    ended: list[Other] = field(default_factory=list)
    likely: int = 0
    service_class: str = ""

    @property
    def is_unknown(self) -> bool:
        return self.contact is None and not self.several


def caller_of(call: Call, user: User, now: datetime) -> Caller:
    """A look at a card that is watched is written down."""
    contact = call.contact
    if contact is None:
        return Caller(several=list(numbers.known_as(call.number)[: numbers.MOST]))
    looked(contact, Place.CARD, by=user)
    requests = requests_of(contact.pk, user)
    likely = also_open(requests)
    shown = sorted(requests.open, key=lambda one: one is not likely)[:FEW]
    standing = {"done_at": None, "moved_at": None, "taken_back_at": None}
    dates = Promise.objects.filter(ticket__in=[one.id for one in shown], **standing).order_by("-until")
    promised = dict(dates.values_list("ticket_id", "until"))
    return Caller(
        contact=contact,
        open=[(one, promised.get(one.id)) for one in shown],
        ended=requests.ended[:FEW],
        likely=likely.id if likely else 0,
        service_class=cover_of(contact.pk, contact.client_id, None, now).name,
    )


def number_of(call: Call, user: User, sight: Sight) -> str:
    """Whoever is called reads the number on the telephone; to others it is what a card shows them.

    `sight` is that of the user, the same for all calls of a page.
    """
    if not call.number:
        return _("hidden number")
    if access.reads_number(user, call, sight):
        return call.number
    return _("(hidden)")


def now_at(user: User) -> Call | None:
    """The call on a person's screen: one that is talked before one that rings, that before one that is over."""
    found = list(_with_all(Call.objects.shown_to(user.pk))[:5])
    order = ("talking", "held", "ringing", "over")
    return min(found, key=lambda one: order.index(one.state) if one.state in order else len(order), default=None)


def owed_by(user: User) -> list[Call]:
    """One's own calls without a result, the oldest first."""
    return list(_with_all(Call.objects.owed().of(user)).order_by("ended_at")[:MOST])


def owed_in_lines(user: User) -> list[Call]:
    """Those of others, for whoever leads their lines."""
    if not user.leads:
        return []
    theirs = access.visible_to(user).filter(pk__in=Call.objects.owed().exclude(holder=user).values("pk"))
    return list(_with_all(theirs).order_by("ended_at")[:MOST])


def lately(user: User, before: int | None = None) -> list[Call]:
    """What a person may see of calls that are over, the newest first; one more than a page when it goes on."""
    found = Call.objects.filter(ended_at__isnull=False)
    if before:
        found = found.filter(pk__lt=before)
    return list(_with_all(access.newest_visible_to(user, found, PAGE + 1)).order_by("-pk")[: PAGE + 1])


def _with_all(calls: "QuerySet[Call]") -> "QuerySet[Call]":
    return calls.select_related("contact__client", "holder", "team", "ticket", "channel")


def addable(user: User, number: int) -> Ticket | None:
    return Ticket.objects.visible_to(user).filter(pk=min(number, 2**63 - 1)).first()
