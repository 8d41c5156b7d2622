"""What the ticket does on the news of the conversation."""

from contextlib import suppress
from datetime import datetime

from django.db.models import Exists, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal.news import on, publish
from otklik.core.journal.rows import first
from otklik.core.staff.events import AbsenceDeclared, AbsenceMoved, PersonAppointed, PersonLeft
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.models.channel import SILENT
from otklik.desk.channels.port import Authenticity, KeptOut, talk_on
from otklik.desk.clients.conduct import shields_of
from otklik.desk.clients.events import (
    ClientChanged,
    ContactChanged,
    ContactMerged,
    ContactSettled,
    ContactsParted,
    OrganisationSettled,
)
from otklik.desk.clients.models import Client, Contact, Merging
from otklik.desk.clients.purposes import Purpose
from otklik.desk.conversations.events import FateChanged, MessageReceived
from otklik.desk.conversations.letters import address_of, html_of, may_contact_now, may_write_automatically
from otklik.desk.conversations.models import Message
from otklik.desk.conversations.reactions import is_ours
from otklik.desk.tickets import letters
from otklik.desk.tickets.access import can_see
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.events import Acknowledged, ClientMerged, MessagesRelocated
from otklik.desk.tickets.models import Appeal, HeldAnswer, Partner, Task, Ticket, Traineeship, Visit, Watch
from otklik.desk.tickets.suggesting import suggested_for


@on(MessageReceived)
def continue_or_open(news: MessageReceived) -> None:
    message = news.message
    if not message.automatic and is_ours(message.author_address):
        message.automatic = "loop"
        message.save(update_fields=["automatic"])
    known = None if news.is_new else Ticket.objects.filter(conversation_id=message.conversation_id).first()
    if known is not None and not news.inbound.let_in:
        _keep_out_without_rights(message, known)
    if known is not None and _is_over_elsewhere(message, news.inbound, known):
        message.begin_apart(news.inbound.channel)
        known = None
    doubtful = not news.sender_proper or message.authenticity == Authenticity.FAILED
    if known is None:
        near = suggested_for(message.subject, message.contact)
        ticket = Ticket.open_for(message, doubtful=doubtful, may_belong_to=near)
        news.inbound.done("opened", message.automatic)
        if not news.inbound.is_old_mail and ticket.is_open:
            acknowledge(ticket, message.automatic, message)
    else:
        heard = known.hear(message, doubtful=doubtful, corrects=news.corrects)
        news.inbound.done("appended" if heard.pk == known.pk else "opened", message.automatic)


def _is_over_elsewhere(message: Message, inbound: Inbound, known: Ticket) -> bool:
    """Said in a chat whose talk was joined to letters, and they have ended: the next one is a request of the chat."""
    if message.automatic or inbound.channel_id == message.conversation.channel_id:
        return False
    return talk_on(inbound.channel.kind).is_chat and not known.is_open


def _keep_out_without_rights(message: Message, known: Ticket) -> None:
    """A colleague answers by mail only what they may see today; what nobody may send waits for a lead (SENDER-5)."""
    colleague = User.objects.of_address(message.author_address)
    if colleague is None or can_see(colleague, known):
        return
    if not colleague.is_active:
        raise KeptOut(_("Written from the address of %(name)s, who does not work here any more.") % {"name": colleague})
    raise KeptOut(_("Written from the address of %(name)s, who may not see this request.") % {"name": colleague})


IN_TROUBLE = "SELECT 1 FROM tickets_ticket WHERE conversation_id = %s AND delivery_trouble"


@on(FateChanged)
def remember_trouble(news: FateChanged) -> None:
    """The row shows that a letter did not go out, until nothing of the ticket is in trouble."""
    if news.fate == Outbound.State.SENT and not first(IN_TROUBLE, news.conversation_id):
        return  # most letters arrive, and most tickets were in no trouble
    rows = Ticket.objects.filter(conversation_id=news.conversation_id)
    letters_in_trouble = Outbound.objects.in_trouble().filter(message__conversation_id=news.conversation_id)
    rows.update(delivery_trouble=Exists(letters_in_trouble))


def _train_no_more(person: User) -> None:
    """They need no curator, and whoever waits for them as one waits for others."""
    for row in Traineeship.objects.filter(person=person, ended_at=None).select_related("person", "curator"):
        row.end(by=None, why=Traineeship.Why.LEFT)
    waiting = HeldAnswer.objects.waiting().filter(traineeship__curator=person, passed_at=None)
    for number, ticket in waiting.order_by("ticket").values_list("pk", "ticket_id"):
        Ticket.objects.get(pk=ticket).pass_held_on(number)


def _pass_appeals_on(tickets: QuerySet[Ticket]) -> None:
    """What a lead held who does not decide here any more: somebody else does, by the same date."""
    for ticket in tickets.order_by("pk"):
        ticket.lock()
        ticket.pass_appeal_on()


@on(PersonLeft, PersonAppointed)
def give_back(news: PersonLeft | PersonAppointed) -> None:
    """Nothing hangs on who left or answers no clients any more: tickets return to the queues, tasks to owners, and what
    a lead held who leads here no more is another one's to decide.
    """
    person = User.objects.get(pk=news.person_id)
    in_appeal = Q(pk__in=list(Appeal.objects.open().filter(holder=person).values_list("ticket", flat=True)))
    if person.is_active and person.answers:
        _pass_appeals_on(Ticket.objects.filter(in_appeal))
        return
    tasks = Task.objects.open().filter(executor=person, ticket__merged_into=None)
    visits = Visit.objects.open().of_people([person]).filter(ticket__merged_into=None)
    own, joint = Q(due_at__isnull=False, owner=person), ~Q(works_with=[]) & Q(works_with__contains=[person.pk])
    own |= Q(pk__in=tasks.values("ticket")) | Q(pk__in=visits.values("ticket"))
    read_first = Q(pk__in=HeldAnswer.objects.waiting().filter(traineeship__curator=person).values("ticket"))
    _hold(Ticket.objects.filter(own | joint | read_first | in_appeal))
    _pass_appeals_on(Ticket.objects.filter(in_appeal))
    _train_no_more(person)  # whoever releases holds the request first and the training then
    for ticket in Ticket.objects.filter(own).order_by("pk"):
        ticket.lock()
        if ticket.is_open and ticket.owner_id == person.pk:
            ticket.assign(None, by=None)
        for task in tasks.filter(ticket=ticket):
            ticket.free_task(task)
        for visit in visits.filter(ticket=ticket):
            ticket.lose_visitor(visit, person, for_good=True)
    for ticket in Ticket.objects.filter(joint).order_by("pk"):
        ticket.part(person, by=None)


def _hold(tickets: QuerySet[Ticket]) -> None:
    """All at first, in the order in which everybody locks tickets; then they may be gone through more than once."""
    list(tickets.order_by("pk").select_for_update().values_list("pk", flat=True))


@on(AbsenceDeclared, AbsenceMoved)
def visits_without_somebody(news: AbsenceDeclared | AbsenceMoved) -> None:
    """Said in time, when it is declared; they may be back before, so the visit stays theirs until somebody says.

    Of an absence that lasts longer only what it had not met.
    """
    until = datetime.fromisoformat(news.until)
    if isinstance(news, AbsenceDeclared):
        met = Visit.objects.meeting(datetime.fromisoformat(news.since), until)
    else:
        met = Visit.objects.filter(starts_at__gte=datetime.fromisoformat(news.was), starts_at__lt=until)
    person = User.objects.get(pk=news.person_id)
    theirs = met.open().of_people([person]).filter(ticket__merged_into=None)
    for visit in theirs.select_related("ticket").order_by("ticket", "pk"):
        visit.ticket.lose_visitor(visit, person, for_good=False)


@on(MessagesRelocated)
def partners_go_along(news: MessagesRelocated) -> None:
    """Whoever helps with a request that was joined helps with the one that goes on."""
    if news.what != "merge" or news.ticket_id != news.target_id:
        return
    theirs = Partner.objects.now().filter(ticket=news.source_id).select_related("user", "by")
    for partner in theirs:
        with suppress(Refused):
            Ticket.objects.get(pk=news.target_id).invite(
                partner.user, by=partner.by or partner.user, shown=partner.shown
            )


@on(MessagesRelocated)
def watchers_go_along(news: MessagesRelocated) -> None:
    if news.what == "merge" and news.ticket_id == news.target_id:
        Watch.objects.carry(news.source_id, news.target_id)


@on(ContactChanged)
def repeat_names(news: ContactChanged) -> None:
    """Rows of lists repeat the names of the client: keep them true."""
    if news.field in ("name", "membership", "membership_ended"):
        contact = Contact.objects.select_related("client").get(pk=news.contact_id)
        names = {"contact_name": contact.name, "client_name": contact.client.name if contact.client else ""}
        Ticket.objects.filter(contact=contact).update(**names)


@on(ContactMerged)
def requests_go_along(news: ContactMerged) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    merging.carry(Ticket)
    _tell_merged(merging, parted=False)


@on(ContactsParted)
def requests_go_back(news: ContactsParted) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    merging.give_back(Ticket)
    _tell_merged(merging, parted=True)


def _tell_merged(merging: Merging, *, parted: bool) -> None:
    """A line in the open requests of both."""
    for ticket in Ticket.objects.open().filter(contact__in=(merging.winner, merging.loser)).order_by("pk"):
        said = {"name": merging.winner.name, "was": merging.loser.name}
        publish(ClientMerged(ticket_id=ticket.pk, parted=parted, **said), by=merging.undone_by or merging.by)


@on(ContactSettled)
def know_the_client(news: ContactSettled) -> None:
    """Names in the rows of lists, and whom the requests are closed to."""
    contact = Contact.objects.select_related("client").get(pk=news.contact_id)
    client_name = contact.client.name if contact.client else ""
    theirs = Ticket.objects.filter(contact=contact)
    shielded = shields_of(contact)
    theirs.update(contact_name=contact.name, client_name=client_name, closed_to=shielded)
    for ticket in theirs.open().filter(owner__in=shielded).order_by("pk"):
        ticket.assign(None, by=None)
    if shielded:
        _pass_appeals_on(theirs.open().filter(appealed__isnull=False))


@on(OrganisationSettled)
def know_the_organisation(news: OrganisationSettled) -> None:
    Ticket.objects.repeat_names_of_clients([news.client_id])


@on(ClientChanged, later=True)
def repeat_name_of_organisation(news: ClientChanged) -> None:
    if news.field == "name":
        name = Client.objects.values_list("name", flat=True).get(pk=news.client_id)
        Ticket.objects.filter(contact__client=news.client_id).exclude(client_name=name).update(client_name=name)


def acknowledge(ticket: Ticket, automatic: str, first: Message | None = None) -> None:
    """Tell the client who answers and when; never a machine, never too often.

    `first` is the letter that opened the ticket, when that is what happens just now.
    """
    conversation = ticket.conversation
    address = first.author_address if first else address_of(conversation)
    if automatic or not address or not conversation.channel.acknowledges or ticket.sender_doubtful:
        return
    if Channel.objects.for_letters(conversation.channel).kind in SILENT:
        return  # no mailbox is open: the request stands all the same
    if not may_write_automatically(address) or not may_contact_now(ticket.contact, Purpose.RECEIPT).allowed:
        return
    proven = first is None or first.authenticity != Authenticity.UNKNOWN
    with translation.override(letters.language_of(ticket)):
        subject, text = letters.acknowledgement_of(ticket, proven=proven)
        message = conversation.say(
            text, html=html_of(text), kind=Outbound.Kind.AUTO, subject=subject, to=[address], answering=first
        )
    publish(Acknowledged(ticket_id=ticket.pk, message_id=message.pk))
