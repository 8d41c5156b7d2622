"""How the demo tells a story: at its moments, through the same verbs that the screens call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import Incoming, IncomingFile
from otklik.desk.clients.models import CardNote, Client, Contact, Membership
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.tickets.models import Priority, Seen, Ticket, Topic
from otklik.desk.tickets.reactions import acknowledge
from otklik.desk.tickets.steps import Step


@dataclass(frozen=True)
class Person:
    """A contact of the demo; `card` are fields of the card."""

    name: str
    email: str
    organisation: str = ""
    card: dict[str, object] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)

    def known(self) -> Contact:
        contact = Contact.objects.recognise("email", self.email, name=self.name, language="ru")
        if contact.client is None and self.organisation:
            for name, value in self.card.items():
                setattr(contact, name, value)
            contact.client = Client.objects.get_or_create(name=self.organisation)[0]
            contact.save()
            CardNote.objects.keep_up([contact])
            Membership.objects.create(
                contact=contact, client=contact.client, is_main=True, position=contact.position, roles=self.roles
            )
        return contact


def colleague(login: str) -> User:
    return User.objects.get(login=login)


def asks(
    person: Person,
    subject: str,
    text: str,
    at: datetime,
    *,
    html: str = "",
    files: Sequence[IncomingFile] = (),
    channel: str = "support@sever-most.example",
) -> Ticket:
    """A client writes for the first time."""
    with clock.at(at):
        contact = person.known()
        conversation = Conversation.objects.create(
            contact=contact, channel=Channel.objects.get(address=channel), subject=subject, created_at=at
        )
        message = _heard(conversation, contact, text, at, html, files)
        ticket = Ticket.open_for(message)
        acknowledge(ticket, automatic="")
        outbox.send_due()
    return ticket


def writes(ticket: Ticket, text: str, at: datetime, *, files: Sequence[IncomingFile] = ()) -> None:
    """The client writes again."""
    with clock.at(at):
        ticket.hear(_heard(ticket.conversation, ticket.contact, text, at, "", files))


def answers(ticket: Ticket, login: str, text: str, then: Step, at: datetime) -> None:
    """A colleague answers and says what comes next; they have read what there was."""
    with clock.at(at):
        user = colleague(login)
        ticket.reply(text, by=user, then=then)
        outbox.send_due()
    reads(ticket, login)


def notes(ticket: Ticket, login: str, text: str, at: datetime) -> None:
    with clock.at(at):
        ticket.note(text, by=colleague(login))


def sorts(
    ticket: Ticket,
    login: str,
    at: datetime,
    topic: str = "",
    *,
    tags: Sequence[str] = (),
    priority: int = Priority.NORMAL,
    details: Mapping[str, object] | None = None,
) -> None:
    """A colleague says what it is about; `details` by the names of fields."""
    user = colleague(login)
    with clock.at(at):
        if topic:
            ticket.classify(Topic.objects.get(name=topic), by=user)
        if tags:
            ticket.tag(tags, by=user)
        if priority != Priority.NORMAL:
            ticket.prioritise(priority, by=user)
        numbers = {field.name: field.pk for field in ticket.form()}
        ticket.fill({numbers[name]: value for name, value in (details or {}).items()}, by=user)


def plans(
    ticket: Ticket, login: str, at: datetime, texts: Sequence[str], executor: str = "", due_at: datetime | None = None
) -> None:
    """A colleague divides the work; without an executor it is the checklist."""
    with clock.at(at):
        who = colleague(executor) if executor else None
        ticket.plan(texts, executor=who, due_at=due_at, by=colleague(login))


def ticks(ticket: Ticket, login: str, at: datetime, text: str) -> None:
    with clock.at(at):
        ticket.tick(ticket.tasks.get(text=text), done=True, by=colleague(login))


def reads(ticket: Ticket, login: str) -> None:
    """The colleague has seen everything so far."""
    if ticket.last_message_id:
        Seen.objects.update_or_create(
            user=colleague(login), ticket=ticket, defaults={"message_id": ticket.last_message_id}
        )


def _heard(
    conversation: Conversation,
    contact: Contact,
    text: str,
    at: datetime,
    html: str,
    files: Sequence[IncomingFile],
) -> Message:
    number = conversation.messages.count()
    said = Incoming(
        external_id=f"<{conversation.token[:12]}.{number}@{contact.email.split('@')[-1]}>",
        sender=contact.email,
        sender_name=contact.name,
        subject=conversation.subject,
        text=text,
        new_text=text,
        html=html,
        to=[conversation.channel.address],
        files=files,
        language="ru",
    )
    message = conversation.hear(said, contact, inbound_id=None, at=at)
    message.conversation = conversation
    return message
