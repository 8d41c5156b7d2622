"""Letters to the client that no person writes."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contacted
from otklik.desk.clients.policy import Decision
from otklik.desk.clients.purposes import OWED, Purpose
from otklik.desk.conversations import placeholders
from otklik.desk.conversations.letters import address_of, html_of, may_contact_now, may_write_automatically
from otklik.desk.conversations.markdown import to_html
from otklik.desk.conversations.models import Message
from otklik.desk.tickets import cadence, events, letters
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.states import NextStep, Status

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

WAITS_AT_MOST = timedelta(days=2)
"""What the desk says by itself is stale afterwards: a notice that would come later is not sent at all."""


class Notifying:
    """Trait of the ticket: what it writes by itself."""

    @transaction.atomic
    def write_by_itself(self: "Ticket", text: str) -> Message:  # type: ignore[misc]
        """A ready text, sent as machines send: no answer of ours, no clock stops, and nobody is written to too often.

        It waits where the contact policy says so.  Raises Conflict where no machine may write to this client or the
        text would come too late, Invalid where a place of the text is empty.
        """
        if missing := placeholders.holes(text):
            raise Invalid(_("The text has places that are not filled in: %(places)s.") % {"places": ", ".join(missing)})
        self.lock()
        self.must_stand()
        address = address_of(self.conversation)
        if not address or self.sender_doubtful or not may_write_automatically(address, acknowledgement=False):
            raise Conflict(_("No automatic letter may go to this client now."))
        decision = may_contact_now(self.contact, Purpose.NOTICE)
        until = decision.not_before
        if not decision.allowed and (until is None or until > clock.now() + WAITS_AT_MOST):
            raise Conflict(_("No automatic letter may go to this client now: %(why)s.") % {"why": decision.reason})
        if not decision.allowed:
            self.tell_held(Purpose.NOTICE, decision)
        subject, html = _("Request № %s") % self.number, str(to_html(text))
        return self._notify(subject, text, address, html=html, purpose=Purpose.NOTICE, not_before=until)

    @transaction.atomic
    def inform(  # type: ignore[misc]
        self: "Ticket", text: str, *, by: User, address: str, key: str, what: str, until: datetime | None = None
    ) -> Message:
        """What a person tells the clients of many requests at once; the letter says that nobody has to answer it.

        Whoever waited for an answer has heard from us: the request stays where it is and comes next at `until`, else
        at the pace of its line, with `what` happens then.  Figures of answers do not count it.  `key` is that of the
        outbox.  Raises Conflict for a request that is over.
        """
        self.lock()
        self.must_be_open()
        now = clock.now()
        message = self.conversation.say(
            text,
            html=html_of(text),
            by=by,
            kind=Outbound.Kind.NOTIFY,
            to=[address],
            line=self.team_id,
            idempotency_key=key,
            subject="" if self.conversation.subject else letters.subject_of_answer(self),
        )
        self.informed_at = now
        self.show_last(message)
        if self.waiting_since:
            self.waiting_since, self.first_answer_at = None, self.first_answer_at or now
            due = until or cadence.word_due(self, now)
            self._turn_to_us(Status.OPEN, NextStep.CONTINUE, what, due, now, by=by)
        self.tell(events.Informed(ticket_id=self.pk, message_id=message.pk), by)
        self.keep()
        return message

    def tell_held(self: "Ticket", purpose: Purpose, decision: Decision) -> None:  # type: ignore[misc]
        """A line in the story: what waits or stays away, until when and why."""
        until = decision.not_before.isoformat() if decision.not_before else ""
        code, detail = (decision.why.code, decision.why.detail) if decision.why else ("", "")
        publish(events.MessageHeld(ticket_id=self.pk, purpose=purpose, why=code, detail=detail, until=until))

    def _notify(  # type: ignore[misc]
        self: "Ticket",
        subject: str,
        text: str,
        address: str,
        *,
        purpose: Purpose,
        html: str = "",
        not_before: datetime | None = None,
    ) -> Message:
        if purpose not in OWED:
            Contacted.objects.note(self.contact, purpose, not_before)
        return self.conversation.say(
            text,
            html=html or html_of(text),
            kind=Outbound.Kind.NOTIFY,
            subject=subject,
            to=[address],
            line=self.team_id,
            not_before=not_before,
        )
