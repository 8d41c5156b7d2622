"""The one reminder of an invitation: never after an answer, and only where the contact policy lets a question go."""

import logging
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from otklik.care.surveys.models.writing import digest
from otklik.core.journal import clock
from otklik.desk.clients import policy
from otklik.desk.clients.models import Contact, Contacted
from otklik.desk.clients.policy import Decision
from otklik.desk.clients.purposes import Purpose

if TYPE_CHECKING:
    from otklik.care.surveys.models import Invitation

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(hours=1)


class Reminding:
    """Trait of the invitation: its second letter."""

    def try_to_remind(self: "Invitation") -> bool:  # type: ignore[misc]
        """One letter that cannot be written is logged, and goes behind the others: it is tried again in an hour."""
        try:
            return self.remind()
        except Exception:
            logger.exception("invitation %s cannot be reminded of", self.pk)
            waiting = type(self).objects.filter(pk=self.pk).exclude(remind_at=None)
            waiting.update(remind_at=clock.now() + AGAIN_AFTER)
            return False

    @transaction.atomic
    def remind(self: "Invitation") -> bool:  # type: ignore[misc]
        """Whoever has answered anything, or whose question is over, hears nothing more."""
        mine = type(self).objects.select_for_update(of=("self",))
        beside = ("ticket__conversation", "ticket__contact", "contact", "survey__brand", "version")
        invitation = mine.select_related(*beside).get(pk=self.pk)
        if invitation.remind_at is None:
            return False
        contact, address = invitation.contact, invitation._address()
        if contact is None or not invitation._may_remind(contact, address):
            invitation._forget_reminder()
            return False
        decision = _allowed(contact)
        if not decision.allowed:
            invitation._put_off(decision)
            return False
        Contacted.objects.note(contact, Purpose.SURVEY)  # the rest of its kind counts from the question
        secret = secrets.token_urlsafe(24)
        invitation.digest_again, invitation.reminded_at, invitation.remind_at = digest(secret), clock.now(), None
        invitation.save(update_fields=["digest_again", "reminded_at", "remind_at"])
        invitation._post(contact, address, secret, again=True)
        return True

    def _may_remind(self: "Invitation", contact: Contact, address: str) -> bool:  # type: ignore[misc]
        if not self.is_open or self.marks() or self.words():
            return False
        if self.about_answer and self.ticket and self.ticket.contact_id != contact.pk:
            return False  # the request is another client's now
        return not self._hindered(address)

    def _forget_reminder(self: "Invitation") -> None:  # type: ignore[misc]
        mine: Invitation = self
        mine.remind_at = None
        self.save(update_fields=["remind_at"])

    def _put_off(self: "Invitation", decision: Decision) -> None:  # type: ignore[misc]
        """Until the policy allows it; not at all when the question is over by then."""
        from otklik.care.surveys.models.invitation import OPEN_FOR

        assert self.sent_at
        until, mine = decision.not_before, self
        mine.remind_at = until if until and until < self.sent_at + OPEN_FOR else None
        self.save(update_fields=["remind_at"])


def _allowed(contact: Contact) -> Decision:
    """As for a question; the caps count questions, and this is one that they have counted already."""
    now = clock.now()
    known = replace(policy.known_of(contact, now), told=())
    return policy.decide(known, Purpose.SURVEY, "email", now)
