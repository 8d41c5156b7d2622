"""Who may do what with a ticket: the one place that decides."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from otklik.core.staff.models import User
from otklik.desk.clients.conduct import AbuseReport
from otklik.desk.clients.models import Identity
from otklik.desk.conversations.models import Message
from otklik.desk.tickets import approving
from otklik.desk.tickets.models import RefusalRequest, Relocation, Ticket


def can_answer(user: User, ticket: Ticket) -> bool:
    """Write to the client, note, assign, end: everybody who answers clients and may see the ticket."""
    return user.is_active and user.answers and user.pk not in ticket.closed_to and can_see(user, ticket)


def can_see(user: User, ticket: Ticket) -> bool:
    """Of one's lines, one's own, and one on which the owner asked for help."""
    if not user.is_active:
        return False
    theirs = user.pk in (ticket.owner_id, *ticket.works_with)
    return theirs or user.sees_everything or ticket.team_id in user.team_ids


@dataclass(frozen=True)
class ClientsView:
    """What the client of a ticket may read of it, on their own page.

    Their own letters and ours to them; what somebody else wrote only where an agent joined or moved it there, which
    asks before it shows the letters of one person to another.
    """

    contact: int
    addresses: frozenset[str]
    shown: frozenset[int]

    @classmethod
    def of(cls, ticket: Ticket) -> "ClientsView":
        return cls(ticket.contact_id, _addresses(ticket, ticket.contact_id), frozenset(_let_in(ticket)))

    def covers(self, message: Message) -> bool:
        if message.taken_back_at or message.direction == Message.Direction.NOTE:
            return False
        if message.direction == Message.Direction.IN:
            return message.contact_id == self.contact or message.pk in self.shown
        sent_to = {address.lower() for address in (*message.to, *message.cc)}
        return not sent_to or not sent_to.isdisjoint(self.addresses) or message.pk in self.shown


def _addresses(ticket: Ticket, contact: int) -> frozenset[str]:
    """Those of a person: the known ones, and from which they wrote here."""
    own = Identity.objects.filter(kind="email", contact=contact).values_list("value", flat=True)
    written = ticket.conversation.messages.filter(direction="in", contact=contact)
    from_ = written.order_by().values_list("author_address", flat=True).distinct()
    return frozenset(address.lower() for address in (*own, *from_))


def _let_in(ticket: Ticket) -> Iterator[int]:
    """Messages of others that an agent put here: what the client of the ticket from which they came could read there.

    Of one's own client nothing has to be let in, and splitting asks nobody.
    """
    here = Q(target=ticket) | Q(target__merged_into=ticket)
    acts = Relocation.objects.standing().filter(here).exclude(kind=Relocation.Kind.SPLIT)
    acts = acts.exclude(source__contact=ticket.contact_id)
    for ids, contact in acts.values_list("message_ids", "source__contact"):
        view = ClientsView(contact, _addresses(ticket, contact), frozenset())
        moved = ticket.conversation.messages.filter(pk__in=ids).defer("search", "text", "html")
        yield from (message.pk for message in moved if view.covers(message))


def can_write_from(user: User, ticket: Ticket, *, line: int) -> bool:
    """From a mailbox of that line: the ticket's own one, or a line of the person; who sees everything, from any."""
    return user.sees_everything or line == ticket.team_id or line in user.team_ids


def can_assign_others(user: User) -> bool:
    """Leads and above take a ticket from one person and give it to another."""
    return user.leads


def can_give(user: User, ticket: Ticket) -> bool:
    """One's own ticket and one that nobody has; a lead any."""
    return ticket.owner_id in (None, user.pk) or can_assign_others(user)


def can_change_class(user: User, ticket: Ticket) -> bool:
    """Leads and above promise a client more or less than their agreement says."""
    return user.leads and can_answer(user, ticket)


def can_decide_refusal(user: User, asked: RefusalRequest) -> bool:
    """Leads of the line, deputies of absent ones, the head; never its author."""
    return approving.may_decide(user, asked.ticket.team_id, asked.asked_by)


def can_review_conduct(user: User, report: AbuseReport, line: int) -> bool:
    """Like an approval: leads of the line of the request, deputies of absent ones, the head; never who reported it."""
    return approving.may_decide(user, line, report.by)


def can_release_quarantine(user: User) -> bool:
    return user.administers or user.leads
