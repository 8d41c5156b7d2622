"""Who may do what with a ticket: the one place that decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from otklik.core.staff.deputies import may_decide_for
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.conduct import AbuseReport
from otklik.desk.clients.models import Client, ClientMerging, Contact, Identity, Membership, Merging, Subscription
from otklik.desk.clients.models.address import Channelled, normal
from otklik.desk.clients.models.subscription import SubscriptionQuerySet
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets import approving
from otklik.desk.tickets.models import Appeal, HeldAnswer, RefusalRequest, Relocation, SavedList, Ticket, Traineeship
from otklik.desk.tickets.models.appealing import may_decide


def can_answer(user: User, ticket: Ticket) -> bool:
    """Write to the client, note, assign, end: everybody who answers clients and may see the ticket."""
    return user.is_active and user.answers and user.pk not in ticket.closed_to and can_see(user, ticket)


def can_see(user: User, ticket: Ticket) -> bool:
    """Of one's lines, one's own, and one on which the owner asked for help."""
    if not user.is_active:
        return False
    theirs = user.pk in (ticket.owner_id, *ticket.works_with)
    return theirs or user.sees_everything or ticket.team_id in user.team_ids


def contacts_known_to(user: User) -> QuerySet[Contact]:
    """Who sees one of their requests knows the person, and who else speaks for their organisation."""
    known = Contact.objects.filter(merged_into=None)
    if user.sees_everything:
        return known
    colleagues = Membership.objects.current().filter(contact=OuterRef("pk"))
    return known.filter(
        Exists(_requests(user, contact=OuterRef("pk"))) | Exists(colleagues.filter(_of_somebody_known(user)))
    )


def can_merge(user: User, one: Contact | Client, other: Contact | Client, *, surely: bool) -> bool:
    """Make one person, or one organisation, of two whom the user knows.

    Leads; an agent where it is sure and no request of them is hidden.
    """
    if not (user.is_active and user.answers) or one.pk == other.pk:
        return False
    both = [one.pk, other.pk]
    if _known_like(one, user).filter(pk__in=both).count() < len(both):
        return False
    if user.leads:
        return True
    theirs = Ticket.objects.filter(**{f"{'contact__client' if isinstance(one, Client) else 'contact'}__in": both})
    return surely and not theirs.exclude(pk__in=Ticket.objects.visible_to(user).values("pk")).exists()


def can_part(user: User, merging: Merging | ClientMerging) -> bool:
    """Undo a merging: who made it, and leads who know the person or the organisation."""
    if not (user.is_active and user.answers and (user.leads or user.pk == merging.by_id)):
        return False
    return _known_like(merging.winner, user).filter(pk=merging.winner_id).exists()


def _known_like(one: Contact | Client, user: User) -> QuerySet[Any]:
    return clients_known_to(user) if isinstance(one, Client) else contacts_known_to(user)


def clients_known_to(user: User) -> QuerySet[Client]:
    """Who knows one of its people knows the organisation."""
    known = Client.objects.filter(merged_into=None)
    if user.sees_everything:
        return known
    people = Membership.objects.current().filter(client=OuterRef("pk"))
    return known.filter(Exists(people.filter(Exists(_requests(user, contact=OuterRef("contact"))))))


def organisation_for(user: User, name: str) -> Client | None:
    """The organisation of a name, for a person who shall belong to it; None where there is none yet.

    Whoever belongs to an organisation is known with all of its people, so that nobody gives somebody to one that they
    do not know themselves.  Raises ValidationError.
    """
    found = Client.objects.named(" ".join(name.split())[:200])
    if found is not None and not clients_known_to(user).filter(pk=found.pk).exists():
        raise ValidationError(_("You do not know the organisation of this name; ask a lead to set it."))
    return found


def can_keep_cards(user: User) -> bool:
    """Write on the cards of people and organisations whom the user knows: everybody who answers clients."""
    return user.is_active and user.answers


def can_add_contact(user: User, organisation: Client | None) -> bool:
    """A person without a request is known by their organisation; one without either to whom sees everything alone."""
    if not can_keep_cards(user):
        return False
    return user.sees_everything or (
        organisation is not None and clients_known_to(user).filter(pk=organisation.pk).exists()
    )


def can_add_organisation(user: User) -> bool:
    """One without people: others name it on the card of a person."""
    return can_keep_cards(user) and user.sees_everything


def members_known_to(user: User, client: Client | OuterRef) -> QuerySet[Membership]:
    """Who speaks for an organisation now, as far as the user knows them."""
    return Membership.objects.current().filter(client=client, contact__in=contacts_known_to(user))


def subscriptions_known_to(user: User, holder: Contact | Client) -> SubscriptionQuerySet:
    """What a holder has; a person has what their main organisation has as well, where the user knows that."""
    if isinstance(holder, Client):
        return Subscription.objects.filter(client=holder)
    if not holder.client_id or not clients_known_to(user).filter(pk=holder.client_id).exists():
        return Subscription.objects.filter(contact=holder)
    return Subscription.objects.of(holder)


def person_for(user: User, address: str, name: str = "") -> Contact:
    """The person of a mail address for an organisation of theirs, who may be new to us.

    Raises ValidationError for an address of ours, and for one of somebody whom the user does not know.
    """
    address = normal(Channelled.EMAIL, address)
    validate_email(address)
    if Channel.objects.is_own(address):
        raise ValidationError(_("This is an address of ours, not of a client."))
    known = Contact.objects.filter(identities__in=Identity.objects.claiming(address)).first()
    if known and not contacts_known_to(user).filter(pk=known.pk).exists():
        raise ValidationError(_("This address belongs to another client."))
    return Contact.objects.recognise("email", address, name=name)


def _of_somebody_known(user: User) -> Exists:
    """A row of a membership: another one of its organisation is of somebody whose request the reader sees."""
    others = Membership.objects.current().filter(client=OuterRef("client"))
    return Exists(others.filter(Exists(_requests(user, contact=OuterRef("contact")))))


def _requests(user: User, **of: OuterRef) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(user).filter(**of).order_by()


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
        return cls(ticket.contact_id, written_from(ticket, ticket.contact_id), frozenset(_let_in(ticket)))

    def covers(self, message: Message) -> bool:
        if message.taken_back_at or message.direction == Message.Direction.NOTE:
            return False
        if message.direction == Message.Direction.IN:
            return message.contact_id == self.contact or message.pk in self.shown
        sent_to = {address.lower() for address in (*message.to, *message.cc)}
        return not sent_to or not sent_to.isdisjoint(self.addresses) or message.pk in self.shown


def written_from(ticket: Ticket, contact: int) -> frozenset[str]:
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
        view = ClientsView(contact, written_from(ticket, contact), frozenset())
        moved = ticket.conversation.messages.filter(pk__in=ids).defer("search", "text", "html")
        yield from (message.pk for message in moved if view.covers(message))


def can_read_drafts(user: User, ticket: Ticket) -> bool:
    """Unfinished texts of others: leads, and colleagues of a line that has it so (UI-81)."""
    if not can_see(user, ticket) or user.pk in ticket.closed_to:
        return False
    return user.leads or (user.answers and ticket.team.shows_drafts)


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


def can_decide_appeal(user: User, appeal: Appeal) -> bool:
    """As on a refusal; never whoever refused, let it go or is protected from the client."""
    return may_decide(user, appeal, appeal.ticket)


def may_release_at_all(user: User) -> bool:
    """Whoever answers clients themselves, and whose own letters nobody reads first."""
    return user.is_active and user.answers and Traineeship.objects.of(user) is None


def can_release(user: User, held: HeldAnswer) -> bool:
    """The curator and who stands in for them, as far as they see the request; whose word holds on its line."""
    if user.pk == held.asked_by_id or not may_release_at_all(user):
        return False
    curator = held.traineeship.curator
    first = user.pk == curator.pk or may_decide_for(user, curator, asked_by=held.asked_by)
    return (first and can_see(user, held.ticket)) or approving.may_decide(user, held.ticket.team_id, held.asked_by)


def can_read_held(user: User, held: HeldAnswer) -> bool:
    """Its author; the curator and who decided on it, what became of it too, as far as they see the request; all who
    release it.
    """
    if not user.is_active or user.pk == held.asked_by_id:
        return user.is_active
    of_theirs = user.pk in (held.traineeship.curator_id, held.decided_by_id) and can_see(user, held.ticket)
    return of_theirs or can_release(user, held)


def can_read_around(user: User, held: HeldAnswer) -> bool:
    """What was said in the request, by whom, and the files: whoever sees it, and who has to release the answer."""
    return can_see(user, held.ticket) or (held.is_waiting and can_release(user, held))


def file_for(user: User, key: UUID) -> Attachment | None:
    """A file of a request that the person sees; one that was not sent yet is of who uploaded it, and, in a letter that
    waits for the word of another, of who may read that."""
    visible = Ticket.objects.visible_to(user).values("conversation")
    found = Attachment.objects.filter(key=key, conversation__in=visible).first()
    if found and (found.message_id or found.uploaded_by_id == user.pk):
        return found
    unsent = found or Attachment.objects.filter(key=key, message=None).first()
    return unsent if unsent and _is_held_for(user, unsent) else None


def _is_held_for(user: User, file: Attachment) -> bool:
    """Whoever releases an answer or decides on a refusal reads all of it first, also a lead's deputy who does not see
    the request.
    """
    of_letter = {"ticket__conversation": file.conversation_id, "asked_by": file.uploaded_by_id}
    waiting = HeldAnswer.objects.waiting().filter(**of_letter, files__contains=[file.key])
    held = waiting.select_related("ticket", "asked_by", "traineeship__curator").first()
    if held is not None:
        return can_read_held(user, held)
    refusals = RefusalRequest.objects.waiting().filter(**of_letter, files__contains=[file.key])
    asked = refusals.select_related("ticket", "asked_by").first()
    return asked is not None and can_decide_refusal(user, asked)


def can_train(user: User, person: User) -> bool:
    """Put somebody in training and end it: leads for the people of their lines, the head for all, nobody themselves."""
    if not user.is_active or user.pk == person.pk or not user.leads:
        return False
    return user.role in approving.EVERYWHERE or bool(set(user.team_ids) & set(person.team_ids))


def traineeships_known_to(user: User) -> QuerySet[Traineeship]:
    """One's own, of one's trainees, and those of the people of one's lines."""
    if user.role in approving.EVERYWHERE:
        return Traineeship.objects.all()
    known = Q(person=user) | Q(curator=user)
    if user.leads:
        known |= Q(person__in=User.objects.filter(memberships__team__in=list(user.team_ids)))
    return Traineeship.objects.filter(known)


def can_review_conduct(user: User, report: AbuseReport, line: int) -> bool:
    """Like an approval: leads of the line of the request, deputies of absent ones, the head; never who reported it."""
    return approving.may_decide(user, line, report.by)


def lines_given_lists_by(user: User) -> list[Team]:
    """For whose people this person saves lists: leads for their lines, a head for every one."""
    if not (user.is_active and user.leads):
        return []
    return [team for team in Team.objects.active() if user.sees_everything or team.pk in user.team_ids]


def can_give_lists_to_all(user: User) -> bool:
    return user.is_active and user.leads and user.sees_everything


def can_change_list(user: User, saved: SavedList) -> bool:
    """Rename, narrow, move, share and remove: one's own by oneself, of a line by leads, of all by the head."""
    if saved.everybody:
        return can_give_lists_to_all(user)
    if saved.team_id is not None:
        return user.is_active and user.leads and (user.sees_everything or saved.team_id in user.team_ids)
    return user.is_active and saved.owner_id == user.pk


def can_release_quarantine(user: User) -> bool:
    return user.administers or user.leads
