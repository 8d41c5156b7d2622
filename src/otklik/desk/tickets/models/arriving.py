"""How a message of the client opens, continues or reopens a ticket."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import insert
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import Incoming, IncomingFile
from otklik.desk.clients.conduct import standing_for
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.tickets import events, terms
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models.refusal_request import Overtaken
from otklik.desk.tickets.models.states import ASLEEP, NextStep, Status

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

WORTH_READING = ("", "list")
"""Kinds of automatic mail that a person must look at; the rest is kept and closed at once."""


class Arriving:
    """Trait of the ticket: what comes in."""

    @classmethod
    def open_for(  # type: ignore[misc]
        cls: "type[Ticket]",
        message: Message,
        *,
        doubtful: bool = False,
        may_belong_to: "Ticket | None" = None,
        by: User | None = None,
        owner: User | None = None,
    ) -> "Ticket":
        """Open the ticket of a conversation that has just begun, in the transaction of its first message."""
        conversation, contact = message.conversation, message.conversation.contact
        team = conversation.channel.team
        ticket = cls(
            conversation=conversation,
            contact=contact,
            team=team,
            subject=conversation.subject or message.preview or _("(no subject)"),
            contact_name=contact.name,
            client_name=contact.client.name if contact.client else "",
            channel_kind=conversation.channel.kind,
            sender_doubtful=doubtful,
            may_belong_to=may_belong_to,
            opened_at=message.at,
            owner=owner if owner and owner.is_active and owner.answers else None,
        )
        ticket.show_last(message)
        restriction = ticket.guard(contact)
        team = ticket.team
        if message.automatic in WORTH_READING:
            ticket.waiting_since = message.at
            ticket.cover()
            due = terms.current().first_answer_due(ticket, message.at)
            ticket.turn(Status.NEW, NextStep.ANSWER, "", due, message.at)
            ticket.take_by = None if ticket.owner else due
        else:
            ticket.ended_at = message.at
            ticket.turn(Status.CLOSED)
        words = ticket.sense(message) if by is None else ()
        insert(ticket)
        publish(
            events.TicketOpened(ticket_id=ticket.pk, team_id=team.pk, automatic=message.automatic),
            by=by,
        )
        ticket.tell_upset(words, message)
        if restriction and message.automatic in WORTH_READING:
            ticket.follow(restriction, message.at, begins=True)
        if ticket.seat() or restriction:
            ticket.keep()
        return ticket

    @classmethod
    @transaction.atomic
    def open_by(  # type: ignore[misc]
        cls: "type[Ticket]",
        by: User,
        *,
        channel: Channel,
        address: str,
        name: str = "",
        subject: str = "",
        text: str,
    ) -> "Ticket":
        """File a request in the client's name: they told us in another way.

        The colleague who files it owns it; the client gets the usual receipt.  Raises Invalid with the field to mend.
        """
        from otklik.desk.tickets.reactions import acknowledge

        _check_filed(address, text)
        contact = Contact.objects.recognise("email", address, name=name.strip())
        conversation = Conversation.objects.create(contact=contact, channel=channel, subject=_one_line(subject)[:1000])
        ticket = cls.open_for(conversation.write_down(text.strip(), by=by), by=by, owner=by)
        acknowledge(ticket, automatic="")
        return ticket

    def hear(  # type: ignore[misc]
        self: "Ticket", message: Message, *, doubtful: bool = False, corrects: bool = False, appeals: bool = False
    ) -> "Ticket":
        """Continue with what the client wrote; returns the ticket it ended in (a late word opens a new one).

        `corrects`: only letters of something that they said before are others, which reopens nothing.  `appeals`: they
        do not agree with a refusal, for which they have longer than the way back.
        """
        self.lock_standing()
        if self.merged_into:  # joined while the letter was on its way
            self.merged_into.conversation.take_from(self.conversation, [message.pk])
            message.conversation = self.merged_into.conversation
            return self.merged_into.hear(message, doubtful=doubtful, corrects=corrects)
        self.sender_doubtful = self.sender_doubtful or doubtful
        if message.automatic not in WORTH_READING:
            return self._only_keep(
                events.MachineWrote(ticket_id=self.pk, message_id=message.pk, automatic=message.automatic)
            )
        if corrects and not self.is_open:
            return self._only_keep(events.ClientCorrected(ticket_id=self.pk, message_id=message.pk))
        self.stop_for_client(message)
        if not appeals and (ends := self.way_back_ends) and message.at > ends:
            return self._follow_up(message, doubtful)
        self.show_last(message)
        asked, reopens = self.overtake_refusal(Overtaken.CLIENT), not self.is_open
        if not self.is_open:
            self.reopen(message.at)
        elif asked or self.waiting_since is None or self.status in ASLEEP:
            self.waiting_since = self.waiting_since or message.at
            self.owe_answer((asked and self.waiting_since) or message.at)
            self.seat()
        self.pass_on_from_who_is_away()
        if message.contact and (restriction := standing_for(message.contact)):
            self.follow(restriction, message.at, begins=reopens and not appeals)
        words = self.sense(message)
        self.keep()
        publish(events.ClientWrote(ticket_id=self.pk, message_id=message.pk))
        self.tell_upset(words, message)
        return self

    @transaction.atomic
    def write_in(  # type: ignore[misc]
        self: "Ticket", text: str, *, files: Sequence[IncomingFile] = (), key: str = ""
    ) -> "Ticket":
        """The client writes on their own page; `key` makes a double click say it once.  Raises Invalid."""
        if not text.strip() and not files:
            raise Invalid(_("Write a few words or attach a file."), "text")
        if self.merged_into and self.merged_into.contact_id == self.contact_id:
            return self.merged_into.write_in(text, files=files, key=key)
        self.lock_standing()
        told = f"portal:{key[:64]}" if key else ""
        if told and (said := Message.objects.filter(external_id=told, contact=self.contact_id).first()):
            return said.conversation.ticket
        contact = self.contact
        incoming = Incoming(
            external_id=told,
            sender=contact.email,
            sender_name=contact.name,
            subject=self.subject,
            text=text.strip(),
            files=files,
        )
        message = self.conversation.hear(incoming, contact, inbound_id=None, at=clock.now())
        return self.hear(message)

    @transaction.atomic
    def not_solved(self: "Ticket", text: str = "", *, key: str = "") -> "Ticket":  # type: ignore[misc]
        """The client says so with one click: what we called solved is not.

        It goes back to the same owner, more urgent than another answer: they have waited since we called it solved.
        A second click changes nothing; after the window it is a new ticket that follows this one.
        """
        self.lock_standing()
        called_solved = self.ended_at if self.status == Status.RESOLVED else None
        follower = self._follower()
        if not text.strip() and (called_solved is None or follower):
            return follower or self
        heard = self.write_in(text.strip() or str(_("It is not solved.")), key=key)
        if heard.pk != self.pk or called_solved is None:
            return heard
        self.lock()
        self.raise_urgency(called_solved)
        self.keep()
        publish(events.SolutionRejected(ticket_id=self.pk))
        return self

    @property
    def way_back_ends(self: "Ticket") -> datetime | None:  # type: ignore[misc]
        """Until when a word of the client reopens an ended ticket; a refused one as long as they may appeal."""
        from otklik.desk.tickets.models.habits import Habits

        if not self.ended_at:
            return None
        ends = self.ended_at + timedelta(days=Habits.objects.of_line(self.team_id).reopen_days)
        way = self.way_to_appeal() if self.status == Status.REFUSED else None
        return max(ends, way.ends) if way and way.appeal is None else ends

    def _only_keep(self: "Ticket", news: events.TicketNews) -> "Ticket":  # type: ignore[misc]
        """One more message, for which nobody waits for an answer."""
        self.message_count += 1
        self.keep()
        publish(news)
        return self

    def _follow_up(self: "Ticket", message: Message, doubtful: bool) -> "Ticket":  # type: ignore[misc]
        """The reopening window is over: the ticket that follows this one, a new one at the first late word."""
        old = self.conversation
        follower = self._follower()
        message.conversation = (
            follower.conversation
            if follower
            else Conversation.objects.create(contact=old.contact, channel=old.channel, subject=old.subject)
        )
        message.attachments.update(conversation=message.conversation)
        message.save(update_fields=["conversation"])
        return follower.hear(message, doubtful=doubtful) if follower else self._begin_again(message, doubtful)

    def _follower(self: "Ticket") -> "Ticket | None":  # type: ignore[misc]
        """The last one that goes on from this one, unless it was given to another client since."""
        return self.followed_by.filter(contact=self.contact_id).order_by("-id").first()

    def _begin_again(self: "Ticket", message: Message, doubtful: bool) -> "Ticket":  # type: ignore[misc]
        ticket = type(self).open_for(message, owner=self.owner, doubtful=doubtful)
        ticket.follows, ticket.topic = self, self.topic
        ticket.save(update_fields=["follows", "topic"])
        return ticket


def _check_filed(address: str, text: str) -> None:
    try:
        validate_email(address.strip())
    except ValidationError:
        raise Invalid(_("Write the client's e-mail address, such as anna@example.com."), "address") from None
    if not text.strip():
        raise Invalid(_("Write what the client asks for."), "text")


def _one_line(subject: str) -> str:
    return " ".join(subject.split())
