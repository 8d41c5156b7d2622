"""A batch of requests as rows: conversations, tickets and messages, written in a few statements."""

from collections.abc import Iterable, Sequence

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Channelled, Contact, Identity, Product
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.imports.kinds.base import CHANGED, NEW, SAME, Fate, Remark, numbers
from otklik.desk.imports.kinds.organisations import managers
from otklik.desk.imports.kinds.people import owners
from otklik.desk.imports.kinds.requests import Described, Said
from otklik.desk.imports.models import ExternalId
from otklik.desk.tickets.models import Ticket

EMAIL = Channelled.EMAIL.value
NOBODY = "?"
"""The identifier of the one person who stands for all whom the file does not name."""


class Rows:
    def __init__(self, source: str, channel: Channel, items: Sequence[Described]) -> None:
        self.source, self.channel, self.items = source, channel, items
        self.tickets = ExternalId.objects.known(source, "tickets", {item.external_id for item in items})
        self.messages = ExternalId.objects.known(source, "messages", {item.said.key for item in items if item.said})
        names = {item.owner for item in items} | {item.said.address for item in items if item.said}
        self.colleagues = managers(names - {""})
        self.authors = owners((EMAIL, item.said.address) for item in items if item.said and item.said.address)
        self.lines = {team.name.lower(): team for team in Team.objects.all()}
        asked = {item.product.lower() for item in items} - {""}
        found = Product.objects.annotate(lowered=Lower("name")).filter(lowered__in=asked)
        self.products: dict[str, Product] = {row.lowered: row for row in found}
        self.people = _People(source, items)
        self.rows: dict[int, Ticket] = {}
        self.made: dict[int, Ticket] = {}
        self.changed: set[int] = set()
        self.said: dict[str, Message] = {}
        self.named: dict[str, int] = {}

    def kept(self) -> list[Fate]:
        found = Ticket.objects.filter(pk__in=self.tickets.values()).select_related("contact__client", "owner", "team")
        self.rows = {row.pk: row for row in found.select_for_update(of=("self",)).order_by("pk")}
        missing = {item.external_id for item in self.items if self.tickets.get(item.external_id) not in self.rows}
        self.free = iter(numbers(Ticket, len(missing)))
        self.free_talks = iter(numbers(Conversation, len(missing)))
        said = [item.said for item in self.items if item.said and item.said.key not in self.messages]
        self.free_messages = iter(numbers(Message, len(said)))
        fates = [self._settle(item) for item in self.items]
        self._write()
        return fates

    def _settle(self, item: Described) -> Fate:
        ticket = self.rows.get(self.tickets.get(item.external_id, 0))
        fate = SAME if ticket else NEW
        ticket = ticket or self._make(item)
        if item.said and item.said.key not in self.messages:
            self._say(ticket, item.said)
            fate = CHANGED if fate == SAME else fate
        if ticket.version == 1 and self._stand(ticket, item):
            fate = CHANGED if fate == SAME else fate
        if fate != SAME:
            self.changed.add(ticket.pk)
        return self._remarked(fate, item)

    def _remarked(self, fate: str, item: Described) -> Fate:
        if item.owner and item.owner.lower() not in self.colleagues:
            return Remark(fate, "owner", _("There is no colleague «%(name)s».") % {"name": item.owner[:60]})
        if item.line and item.line.lower() not in self.lines:
            return Remark(fate, "line", _("There is no line «%(name)s».") % {"name": item.line[:60]})
        if item.product and item.product.lower() not in self.products:
            return Remark(fate, "product", _("There is no product «%(name)s».") % {"name": item.product[:60]})
        return fate

    def _make(self, item: Described) -> Ticket:
        contact = self.people.of(item)
        at = item.opened_at or (item.said.at if item.said else None) or clock.now()
        talk = Conversation(
            pk=next(self.free_talks), contact=contact, channel=self.channel, subject=item.subject, created_at=at
        )
        ticket = Ticket(
            pk=next(self.free),
            conversation=talk,
            contact=contact,
            team=self.lines.get(item.line.lower(), self.channel.team),
            subject=item.subject or _("(no subject)"),
            contact_name=contact.name,
            client_name=contact.client.name if contact.client else "",
            channel_kind=self.channel.kind,
            opened_at=at,
            last_at=at,
        )
        self.rows[ticket.pk] = self.made[ticket.pk] = ticket
        self.tickets[item.external_id] = self.named[item.external_id] = ticket.pk
        return ticket

    def _say(self, ticket: Ticket, said: Said) -> None:
        author = self.colleagues.get(said.address)
        way = said.way or ("out" if author else "in")
        theirs = way == Message.Direction.IN
        message = Message(
            pk=next(self.free_messages),
            conversation=ticket.conversation,
            direction=way,
            author=None if theirs else author,
            contact_id=self.authors.get((EMAIL, said.address), ticket.contact_id) if theirs else None,
            author_name=(said.name or (author.name if author else ticket.contact_name if theirs else ""))[:200],
            author_address=said.address[:320],
            subject=ticket.subject[:1000],
            text=said.text,
            new_text=said.text,
            html=said.html,
            at=said.at or ticket.opened_at,
        )
        self.said[said.key] = message
        self.messages[said.key] = message.pk
        ticket.opened_at = min(ticket.opened_at, message.at)
        if way != Message.Direction.NOTE:
            ticket.show_last(message)
            self._answer(ticket, message)

    @staticmethod
    def _answer(ticket: Ticket, message: Message) -> None:
        if message.direction == Message.Direction.OUT:
            ticket.first_answer_at = ticket.first_answer_at or message.at
            ticket.informed_at, ticket.waiting_since = message.at, None
        else:
            ticket.waiting_since = ticket.waiting_since or message.at

    def _stand(self, ticket: Ticket, item: Described) -> bool:
        """As the other desk left it; True when that is news.  Who is worked with here is left alone."""
        before = _standing(ticket)
        ticket.subject = item.subject or ticket.subject
        ticket.priority = item.priority or ticket.priority
        ticket.owner = self.colleagues.get(item.owner.lower(), ticket.owner)
        ticket.product = self.products.get(item.product.lower(), ticket.product)
        ticket.tags = list(dict.fromkeys([*ticket.tags, *item.tags]))
        ticket.settle_history(item.status, item.ended_at)
        return before != _standing(ticket)

    def _write(self) -> None:
        Conversation.objects.bulk_create(ticket.conversation for ticket in self.made.values())
        Ticket.objects.bulk_create(self.made.values())
        older = [self.rows[pk] for pk in sorted(self.changed - self.made.keys())]
        Ticket.objects.bulk_update(older, CHANGEABLE)
        Message.objects.bulk_create(self.said.values())
        ExternalId.objects.keep(self.source, "tickets", self.named)
        ExternalId.objects.keep(self.source, "messages", {key: one.pk for key, one in self.said.items()})


def _standing(ticket: Ticket) -> tuple[object, ...]:
    tags = tuple(ticket.tags)
    return (ticket.status, ticket.next_step, ticket.ended_at, ticket.priority, ticket.owner_id, ticket.subject, tags)


CHANGEABLE = (
    *("subject", "status", "priority", "owner", "product", "tags", "next_step", "next_note", "due_at", "due_from"),
    *("take_by", "ended_at", "opened_at", "preview", "last_speaker", "last_message_id", "last_in_id", "last_at"),
    *("message_count", "first_answer_at", "informed_at", "waiting_since"),
)


class _People:
    """Whose requests they are: known by identifier or mail, else made."""

    def __init__(self, source: str, items: Iterable[Described]) -> None:
        self.source = source
        items = list(items)
        asked = {item.contact_id for item in items} - {""} | {NOBODY}
        self.known = ExternalId.objects.known(source, "contacts", asked)
        self.owners = owners((EMAIL, item.contact_email) for item in items if item.contact_email)
        found = Contact.objects.filter(pk__in={*self.known.values(), *self.owners.values()}).select_related("client")
        # Held, so that merging waits for what is written here and moves it too.
        held = found.select_for_update(of=("self",), no_key=True).order_by("pk")
        self.rows: dict[int, Contact] = {row.pk: row.present() for row in held}

    def of(self, item: Described) -> Contact:
        number = item.contact_id or ("" if item.contact_email else NOBODY)
        address = (EMAIL, item.contact_email)
        known = self.rows.get(self.known.get(number, 0)) or self.rows.get(self.owners.get(address, 0))
        contact = known or self._make(item.contact_name or item.contact_id or item.contact_email or _("Unknown client"))
        if item.contact_email and address not in self.owners:
            Identity.objects.create(contact=contact, kind=Channelled.EMAIL, value=item.contact_email)
            self.owners[address] = contact.pk
        if number and number not in self.known:
            self.known[number] = contact.pk
            ExternalId.objects.keep(self.source, "contacts", {number: contact.pk})
        return contact

    def _make(self, name: str) -> Contact:
        contact = Contact.objects.create(name=name[:200])
        self.rows[contact.pk] = contact
        return contact
