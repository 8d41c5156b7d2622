"""What an erasure would take, what it leaves and why, and what stands against it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.datamap import Fate, Person, Place, declared
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Membership
from otklik.desk.conversations.models import Message
from otklik.desk.privacy.models import DataRequest, Hold
from otklik.desk.privacy.subject import among_others, asked_together
from otklik.desk.tickets.models import Ticket

LISTED = 5


@dataclass
class Preview:
    """`rows` are (label, count, fate); `besides` is what of others goes with them, `stays` are reasons in words."""

    rows: list[tuple[str, int, Fate]] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)


def preview(person: Person) -> Preview:
    """Counts of every place, in the words of the report."""
    found = Preview(against=list(against(person)))
    counts: Counter[tuple[str, Fate]] = Counter()
    for place, count in _counted(person):
        if not place.exported:
            found.besides.append(f"{place.label} ({count}): {place.why}")
            continue
        counts[place.label, place.fate] += count
        if place.why:
            found.stays.append(f"{place.label}: {place.why}")
    found.rows = [(label, count, fate) for (label, fate), count in sorted(counts.items())]
    found.besides += _besides(person)
    found.stays = list(dict.fromkeys([*found.stays, *_stays(person)]))
    return found


def _counted(person: Person) -> Iterator[tuple[Place, int]]:
    """Places with something of theirs; of those that hold others too, the ones that have to say so."""
    for place in declared():
        if place.exported or place.why:
            for holder in place.ways:
                if count := place.rows(holder, asked_together(person, holder)).count():
                    yield place, count


def against(person: Person) -> Iterable[str]:
    """Why it may not begin, or go on."""
    for hold in Hold.objects.over(person.contacts).order_by("pk"):
        yield _("A legal hold: %(why)s") % {"why": hold.why}
    for hold in Hold.objects.beside(person.contacts).order_by("pk"):
        yield _("A legal hold in a conversation with others: %(why)s") % {"why": hold.why}
    opened = list(Ticket.objects.open().filter(contact__in=person.contacts).order_by("pk").values_list("pk", flat=True))
    if opened:
        words = ngettext("%(count)s request is open", "%(count)s requests are open", len(opened))
        yield words % {"count": len(opened)} + f" (№ {_numbers(opened)}). " + _("End them first.")
    yield from _going(person)


def _going(person: Person) -> Iterable[str]:
    """What is on its way and would lose its bytes, or keep them."""
    leaving: Any = (Outbound.State.READY, Outbound.State.SENDING)
    theirs = Q(message__conversation__contact__in=person.contacts)
    direct = ~Q(kind=Outbound.Kind.REPLY) & Q(first_recipient__in=person.addresses)
    if any(Outbound.objects.filter(way, state__in=leaving).exists() for way in (theirs, direct)):
        yield _("A letter to the person is leaving; wait until it has left.")
    wrote = Message.objects.filter(contact__in=person.contacts).values("conversation")
    if Outbound.objects.filter(message__conversation__in=wrote, state__in=leaving).exclude(theirs).exists():
        yield _("A letter in a conversation in which they took part is leaving; wait until it has left.")
    made = DataRequest.objects.filter(contact__in=person.contacts, kind=DataRequest.Kind.EXPORT)
    if made.filter(state=DataRequest.State.RUNNING).exists():
        yield _("An archive of the person is being made; wait until it is ready.")


def _besides(person: Person) -> Iterable[str]:
    """What of other people goes as well."""
    there = Message.objects.filter(conversation__contact__in=person.contacts).exclude(contact=None)
    if others := there.exclude(contact__in=person.contacts).values("conversation").distinct().count():
        words = ngettext(
            "%(count)s request of the person in which other people wrote: their words go with it.",
            "%(count)s requests of the person in which other people wrote: their words go with them.",
            others,
        )
        yield words % {"count": others}
    if among := among_others(person):
        words = ngettext(
            "%(count)s conversation of another client in which they took part: its raw letters, formatting and quotes "
            "go for everybody, since nobody can cut in them.",
            "%(count)s conversations of other clients in which they took part: their raw letters, formatting and "
            "quotes go for everybody, since nobody can cut in them.",
            len(among),
        )
        yield words % {"count": len(among)}


def _stays(person: Person) -> Iterable[str]:
    """What no place says by itself."""
    places = Membership.objects.current().filter(contact__in=person.contacts).select_related("client")
    for one in places:
        yield _("The organisation %(name)s: it is no person; its own card is edited by hand.") % {"name": one.client}
    if others := among_others(person):
        words = ngettext(
            "%(count)s conversation of another client in which they took part: words of others stay, without quotes, "
            "names and addresses.",
            "%(count)s conversations of other clients in which they took part: words of others stay, without quotes, "
            "names and addresses.",
            len(others),
        )
        yield words % {"count": len(others)}
    yield _("Figures without words: times, counts, scores, who of us did what and when.")
    yield _("Copies outside of the desk: on the mail server, with those who got letters, in programs that were told.")
    yield _("Backups made before: they are overwritten in their own time; restoring one, erase again by this act.")


def _numbers(found: list[int]) -> str:
    return ", ".join(map(str, found[:LISTED])) + ("…" if len(found) > LISTED else "")
