"""Who of an incident can be told now, where, and why not: the same for the look before it and for the sending."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.desk.channels.models import Channel
from otklik.desk.clients import policy
from otklik.desk.clients.models import Contact, ContactPolicy, Identity
from otklik.desk.clients.policy import Why
from otklik.desk.clients.purposes import Purpose
from otklik.desk.conversations.letters import addresses_of
from otklik.desk.conversations.models import Conversation

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

AT_ONCE = 500
RELATED = ("conversation__contact", "conversation__channel__team", "contact__client", "team__calendar", "owner")


@dataclass(frozen=True)
class LeftOut:
    """A reason; only its code is kept.  `said` in the reader's language."""

    code: str
    detail: str = ""

    @property
    def said(self) -> str:
        words: dict[str, str] = {
            "ended": _("the request is over"),
            "detached": _("it was detached from the incident"),
            "elsewhere": _("it does not concern them any more, or they have a request in it by now"),
            "address": _("no address is known"),
            "returns": _("our letters to this address come back"),
            "doubtful": _("it is not sure who wrote"),
            "reach": _("they may be reached at other hours"),
            "unsendable": _("its channel cannot carry it"),
        }
        return (
            (self.detail and Why(self.code, self.detail).said())
            or words.get(self.code)
            or Why(self.code).said()
            or _("it cannot be sent")
        )


@dataclass(frozen=True)
class Reach:
    """One request: to which address it goes, or why it does not."""

    ticket: "Ticket"
    address: str
    left_out: LeftOut | None = None


def reach(tickets: Sequence["Ticket"]) -> list[Reach]:
    """Of requests with `RELATED`, as many statements for many as for few."""
    addresses = addresses_of([ticket.conversation for ticket in tickets])
    returning = {one.value for one in Identity.objects.returning(filter(None, addresses.values()))}
    known = policy.known_of_many({ticket.contact_id for ticket in tickets}, clock.now(), survey=False)
    return [_reach(ticket, addresses[ticket.conversation_id], returning, known) for ticket in tickets]


def _reach(ticket: "Ticket", address: str, returning: set[str], known: Mapping[int, policy.Known]) -> Reach:
    if not ticket.is_open:
        return Reach(ticket, address, LeftOut("ended"))
    if ticket.sender_doubtful:
        return Reach(ticket, address, LeftOut("doubtful"))
    if not address:
        return Reach(ticket, address, LeftOut("address"))
    if address.lower() in returning:
        return Reach(ticket, address, LeftOut("returns"))
    return Reach(ticket, address, _held(known[ticket.contact_id]))


@dataclass(frozen=True)
class Voice:
    """Somebody whom it concerns without a request of theirs: by which door and to which address, or why not."""

    contact: Contact
    door: Channel | None
    address: str
    left_out: LeftOut | None = None


def reach_people(people: Sequence[Contact]) -> list[Voice]:
    """Of people with their identities, as many statements for many as for few.

    By the door through which they wrote last, where letters leave by it; else by the first that there is.
    """
    doors = list(Channel.objects.writing().order_by("pk"))
    known_doors = {one.pk: one for one in doors}
    talks = Conversation.objects.filter(contact__in=people, channel__in=doors).order_by("contact", "-pk")
    last = dict(talks.distinct("contact").values_list("contact", "channel"))
    returning = {one.value for one in Identity.objects.returning(filter(None, (one.email for one in people)))}
    known = policy.known_of_many({one.pk for one in people}, clock.now(), survey=False)
    return [
        Voice(one, door, one.email, _left_out(one, door, returning, known[one.pk]))
        for one in people
        for door in [known_doors.get(last.get(one.pk, 0)) or next(iter(doors), None)]
    ]


def _left_out(contact: Contact, door: Channel | None, returning: set[str], known: policy.Known) -> LeftOut | None:
    if door is None:
        return LeftOut("unsendable")
    if not contact.email:
        return LeftOut("address")
    return LeftOut("returns") if contact.email.lower() in returning else _held(known)


def _held(known: policy.Known) -> LeftOut | None:
    """What the client asked for holds; caps and hours of what no person writes do not: a person writes this.

    Whoever waits for a date at which they hear from us again is owed that.
    """
    asked = replace(known, told=(), policy=ContactPolicy(hours=""))
    decision = policy.decide(asked, Purpose.NOTICE, "email", clock.now())
    if decision.allowed:
        return None
    return LeftOut(decision.why.code, decision.why.detail) if decision.why else LeftOut("held")


def in_portions(tickets: Iterable[int]) -> list[list[int]]:
    numbers = list(tickets)
    return [numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)]
