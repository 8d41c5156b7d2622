"""What was just sent and can still be taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Message
from otklik.desk.conversations.models.message import MessageQuerySet
from otklik.desk.tickets.models import NextStep, Status, Ticket


@dataclass(frozen=True)
class Sent:
    """A reply inside of its undo window."""

    ticket: Ticket
    message: Message
    leaves_at: datetime

    @classmethod
    def of(cls, ticket: Ticket, user: User) -> "Sent | None":
        """The reply of this person in a ticket that still waits; None when there is none."""
        number = (ticket.undo or {}).get("message")
        message = _waiting(user).filter(pk=number).first() if number else None
        if message is None or message.outbound is None:
            return None
        return cls(ticket, message, message.outbound.not_before)

    @classmethod
    def just(cls, ticket: Ticket, message: Message) -> "Sent | None":
        """A reply that was sent this moment; None when it has no undo window."""
        outbound = message.outbound
        if outbound is None or outbound.state != Outbound.State.READY or outbound.not_before <= clock.now():
            return None
        return cls(ticket, message, outbound.not_before)

    @classmethod
    def last_of(cls, user: User) -> "Sent | None":
        """The newest reply of a person that can be taken back, wherever they are now.

        Answers to many wait for minutes and are taken back together, or each in its own request.
        """
        to_many = Ticket.objects.filter(conversation=OuterRef("conversation"), undo__has_key="many")
        message = _waiting(user).exclude(Exists(to_many)).order_by("-id").first()
        if message is None or message.outbound is None:
            return None
        ticket = Ticket.objects.visible_to(user).filter(conversation=message.conversation_id).first()
        if ticket is None or (ticket.undo or {}).get("message") != message.pk:
            return None
        return cls(ticket, message, message.outbound.not_before)

    @property
    def is_forward(self) -> bool:
        return self.message.outbound is not None and self.message.outbound.kind == Outbound.Kind.FORWARD

    @property
    def addressee(self) -> str:
        return ", ".join(self.message.to)

    @property
    def seconds(self) -> int:
        return max(1, round((self.leaves_at - clock.now()).total_seconds()))

    @property
    def whole(self) -> int:
        """The length of the window, for the ring."""
        return max(self.seconds, round((self.leaves_at - self.message.at).total_seconds()))

    @property
    def what_next(self) -> str:
        """What the reply has set: "the promise “today until 20:00” stands"."""
        ticket, at = self.ticket, self.ticket.due_at
        if ticket.status == Status.RESOLVED:
            return _("The request is solved; an answer of the client opens it again")
        if ticket.status == Status.REFUSED:
            return _("The refusal is written down with its reason and the ways round")
        if at is None:
            return ""
        if ticket.status == Status.PENDING_CLIENT:
            return _("We wait for the client; if silent, you are reminded %(when)s") % {"when": words.at(at)}
        if ticket.status == Status.SCHEDULED:
            return _("Put aside, comes back %(when)s") % {"when": words.at(at)}
        if ticket.next_step == NextStep.KEEP_PROMISE:
            return _("The promise “%(when)s” stands") % {"when": words.by(at)}
        if ticket.next_step == NextStep.UPDATE:
            return _("By its class the client hears from us again %(when)s") % {"when": words.by(at)}
        if ticket.next_step == NextStep.SOLVE:
            return _("By its class it is to be solved %(when)s") % {"when": words.by(at)}
        return ""


def _waiting(user: User) -> MessageQuerySet:
    """Replies of a person that have not left."""
    mine = Message.objects.living().filter(author=user, outbound__state=Outbound.State.READY)
    return mine.filter(outbound__sent_at=None, outbound__not_before__gt=clock.now()).select_related("outbound")
