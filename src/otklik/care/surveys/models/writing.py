"""The letter of an invitation: whether it may leave now, and how it is written."""

import hashlib
import logging
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from otklik.care.surveys import letters
from otklik.care.surveys.events import SurveyNotSent, SurveySent
from otklik.care.surveys.models.ringing import refused_lately
from otklik.care.surveys.models.survey import Survey
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.port import LETTERS, Choice, Talk, talk_on
from otklik.desk.clients.models import Contact, Contacted, ReachBy
from otklik.desk.clients.policy import Decision, may_contact
from otklik.desk.clients.purposes import Purpose
from otklik.desk.conversations.letters import address_of, html_of, may_write_automatically
from otklik.desk.conversations.models import Conversation
from otklik.desk.tickets.models import Status

if TYPE_CHECKING:
    from otklik.care.surveys.models import Invitation

logger = logging.getLogger(__name__)

WAITS_AT_MOST = timedelta(days=3)
"""Later than this after the answer nobody is asked about it: the question is dropped."""
ROUND_WAITS = timedelta(days=28)
"""So long a turn of a round waits, of everybody alike: no two turns of one person are less apart."""
OPEN_CASE, LOOKS_AGAIN = "open_case", timedelta(hours=1)


class Writing:
    """Trait of the invitation: its letter."""

    def try_to_send(self: "Invitation") -> bool:  # type: ignore[misc]
        """One letter that cannot be written is logged and must not hold up the others."""
        try:
            return self.send()
        except Exception:
            logger.exception("invitation %s cannot be sent", self.pk)
            return False

    @transaction.atomic
    def send(self: "Invitation", *, at_end: bool = False) -> bool:  # type: ignore[misc]
        """Write the letter; a ticket that is open again is not asked about, and the contact policy may hold it back.

        `at_end`: the client has ended the chat, so it is asked about as it stands.  False where no letter was written,
        as of somebody who is to be called.
        """
        mine = type(self).objects.select_for_update(of=("self",))
        beside = ("ticket__conversation", "ticket__contact", "contact", "survey__brand")
        invitation = mine.select_related(*beside).get(pk=self.pk)
        if invitation.sent_at or invitation.cancelled_at:
            return False
        invitation.version = invitation.survey.current()
        if invitation.about_answer and invitation.ticket:
            invitation.contact = invitation.ticket.contact  # it may have been given to another client meanwhile
        contact = invitation.contact
        if contact is None:
            return False
        address = invitation._address()
        by_phone = invitation._is_called(contact, address)
        if not invitation._may_still_ask(address, by_phone=by_phone, at_end=at_end):
            return False
        about = invitation.ticket_id if invitation.about_answer else None
        asks, way = invitation.survey.asks, "phone" if by_phone else "email"
        decision = may_contact(contact, Purpose.SURVEY, way, clock.now(), asks=asks, about=about)
        if not decision.allowed:
            invitation._wait(decision)
            return False
        Contacted.objects.note(contact, Purpose.SURVEY, asks=asks)
        if by_phone:
            invitation._begin_to_ring()
        else:
            invitation._write(contact, address)
        return not by_phone

    def _address(self: "Invitation") -> str:  # type: ignore[misc]
        if self.about_answer and self.ticket:
            return address_of(self.ticket.conversation)
        return self.contact.email if self.contact else ""

    def _is_called(self: "Invitation", contact: Contact, address: str) -> bool:  # type: ignore[misc]
        """Whoever has no address, or likes to be called, where a person of ours calls for this survey."""
        wanted = not address or contact.reach_by == ReachBy.PHONE
        return wanted and self.survey.by_phone and bool(self.number())

    def _may_still_ask(self: "Invitation", address: str, *, by_phone: bool, at_end: bool = False) -> bool:  # type: ignore[misc]
        if why := self._hindered(address, by_phone=by_phone, at_end=at_end):
            self._drop(why)
        return not why

    def _hindered(self: "Invitation", address: str, *, by_phone: bool = False, at_end: bool = False) -> str:  # type: ignore[misc]
        """Why this question may not be asked now; empty where it may."""
        if not self.survey.is_running or self.version is None:
            return "ended"
        if self.about_answer and self.ticket and self.ticket.status != Status.RESOLVED and not at_end:
            return "open"
        if self.contact and refused_lately(self.contact):
            return "declined"
        if self.contact and not self.survey.is_for(self.contact):
            return "role"
        may_write = by_phone or (address and may_write_automatically(address, acknowledgement=False))
        return "" if may_write else "address"

    def _write(self: "Invitation", contact: Contact, address: str) -> None:  # type: ignore[misc]
        secret = secrets.token_urlsafe(24)
        mine: Invitation = self
        mine.digest, mine.sent_at = digest(secret), clock.now()
        mine.source = self._asked_by()
        mine.remind_at = mine.sent_at + timedelta(days=self.survey.remind_days) if self.survey.remind_days else None
        self.save(update_fields=["contact", "version", "source", "digest", "sent_at", "remind_at"])
        self.letter = self._post(contact, address, secret)
        self.save(update_fields=["letter"])
        if self.ticket_id:
            publish(SurveySent(ticket_id=self.ticket_id, invitation_id=self.pk))

    def _post(self: "Invitation", contact: Contact, address: str, secret: str, *, again: bool = False) -> int | None:  # type: ignore[misc]
        """The letter, on its way; returns its number in the outbox."""
        with translation.override(self.language):
            choices: Sequence[Choice] = ()
            if self._in_chat():
                subject, text, choices = letters.in_chat(self, secret, again=again)
                html = html_of(text)
            else:
                subject, text, html = letters.invitation(self, secret, again=again)
            way_out = letters.way_out(secret)
            message = self._talk(contact, subject).say(
                text,
                html=html,
                footer=gettext("Ask me no more: %s") % way_out,
                kind=Outbound.Kind.SURVEY,
                subject=subject,
                unsubscribe=way_out,
                to=[] if self.about_answer else [address],
                choices=choices,
            )
        return message.outbound_id

    def _asked_by(self: "Invitation") -> "Invitation.Source":  # type: ignore[misc]
        if not self._in_chat():
            return self.Source.LETTER
        return self.Source.CHAT_END if self._told().on_site else self.Source.CHAT

    def _in_chat(self: "Invitation") -> bool:  # type: ignore[misc]
        return self._told().is_chat

    def _told(self: "Invitation") -> Talk:  # type: ignore[misc]
        """How the client is asked: as people write on the channel of the request."""
        about = self.ticket if self.about_answer else None
        return talk_on(about.conversation.channel.kind) if about is not None else LETTERS

    def _talk(self: "Invitation", contact: Contact, subject: str) -> Conversation:  # type: ignore[misc]
        """About an answer in its own talk; else in a new one, so that what they write back is a request of its own."""
        if self.about_answer and self.ticket:
            return self.ticket.conversation
        ticket = self.ticket
        # Whoever is asked about no answer is asked by letter, in a chat too.
        channel = _door(self.survey) if ticket is None or ticket.is_chat else ticket.conversation.channel
        return Conversation.objects.create(contact=contact, channel=channel, subject=subject)

    def _wait(self: "Invitation", decision: Decision) -> None:  # type: ignore[misc]
        """Until the policy allows it, or not at all when that is too late."""
        if self.survey.occasion == Survey.Occasion.RELATIONSHIP:
            self._wait_in_round(decision)
            return
        told = self.ticket if self.about_answer else None
        until, since = decision.not_before, (told.ended_at if told else None) or self.send_at
        late = until is None or until > since + WAITS_AT_MOST
        if told:
            told.tell_held(Purpose.SURVEY, replace(decision, not_before=None) if late else decision)
        if late or until is None:
            self._drop(decision.why.code if decision.why else "policy")
            return
        self.send_at = until
        self.save(update_fields=["send_at"])

    def _wait_in_round(self: "Invitation", decision: Decision) -> None:  # type: ignore[misc]
        """A turn comes once in months, so one day on which it does not fit does not cost the round.

        The day of a turn is the same in every round, so all have the same time to wait: by the end of the month whose
        turn is late in it would be left out in each round, and the answers would not be of all (METRICS S10, C9).
        Nobody knows when an open case ends: it is looked at again each hour.
        """
        until, mine = decision.not_before, self
        turn = self.turn_at or self.send_at
        if until is None and decision.why and decision.why.code == OPEN_CASE:
            until = clock.now() + LOOKS_AGAIN
        if until is None or until >= turn + ROUND_WAITS:
            self._drop(decision.why.code if decision.why else "policy")
            return
        mine.turn_at, mine.send_at = turn, until
        self.save(update_fields=["turn_at", "send_at"])

    def _drop(self: "Invitation", why: str) -> None:  # type: ignore[misc]
        mine: Invitation = self
        mine.cancelled_at, mine.why_not = clock.now(), why[:16]
        self.save(update_fields=["cancelled_at", "why_not"])
        mine.tell_unsent()

    def tell_unsent(self: "Invitation") -> None:  # type: ignore[misc]
        if self.ticket_id:
            publish(SurveyNotSent(ticket_id=self.ticket_id, invitation_id=self.pk))


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _door(survey: Survey) -> Channel:
    """Through which a letter about no request leaves: a door of the survey's brand, or line, or the first one."""
    doors = Channel.objects.writing().order_by("id")
    chosen = doors.filter(brand=survey.brand_id) if survey.brand_id else doors.filter(team=survey.team_id)
    return chosen.first() or doors[0]
