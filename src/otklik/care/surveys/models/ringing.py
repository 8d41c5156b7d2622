"""Asked by a person on the phone: whoever has a number and no address for letters (METRICS S12).

How somebody answers a living voice is another thing than what they click, so these answers are a series of their own
(METRICS, mode effect): no figure of ours is counted from both.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Channelled, Consent, Contact
from otklik.desk.clients.purposes import Agreed
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.states import ENDED

if TYPE_CHECKING:
    from otklik.care.surveys.models import Invitation

TRIES = 3
AGAIN_AFTER = timedelta(days=1)
REFUSED_FOR = timedelta(days=180)
"""Whoever did not want to answer is asked by nobody so long (METRICS S12, recent_refusal)."""


class Measured(Exception):
    """Whoever answered the client does not ask how it was (METRICS C9)."""


class NotNow(Exception):
    """Nobody is to be called: somebody else has just done it, or it is tomorrow's turn."""


class Ringing:
    """Trait of the invitation: its call."""

    def number(self: "Invitation") -> str:  # type: ignore[misc]
        """By which they are called: the confirmed one first; empty for a restricted card, or where there is none."""
        return number_of(self.contact) if self.contact else ""

    def _begin_to_ring(self: "Invitation") -> None:  # type: ignore[misc]
        mine: Invitation = self
        mine.source = self.Source.PHONE
        mine.sent_at = mine.ring_at = clock.now()
        self.save(update_fields=["contact", "version", "source", "sent_at", "ring_at"])

    @transaction.atomic
    def heard(self: "Invitation", marks: Mapping[int, int], words: Mapping[int, str], *, by: User) -> None:  # type: ignore[misc]
        """What they answered.  Raises Measured, NotNow, ValueError outside of a scale, TooLate after two weeks."""
        self._held_by(by)
        self.fill(marks, words)
        self._ring_no_more(by)

    @transaction.atomic
    def not_reached(self: "Invitation", *, by: User) -> None:  # type: ignore[misc]
        """Another try tomorrow; after the third one nobody calls again.  Raises Measured, NotNow."""
        mine: Invitation = self._held_by(by)
        mine.rings += 1
        mine.ring_at = clock.now() + AGAIN_AFTER if mine.rings < TRIES else None
        self.save(update_fields=["rings", "ring_at"])
        if mine.ring_at is None:
            self._drop("unreached")

    @transaction.atomic
    def declined(self: "Invitation", *, by: User) -> None:  # type: ignore[misc]
        """They do not want to answer; that is an answer, too, and holds for other surveys.  Raises Measured, NotNow."""
        self._held_by(by)
        self._ring_no_more(by)
        self._drop("declined")

    def _held_by(self: "Invitation", by: User) -> "Invitation":  # type: ignore[misc]
        if by.pk == self.agent_id:
            raise Measured
        held = type(self).objects.select_for_update().values_list("rings", "ring_at").get(pk=self.pk)
        self.rings, self.ring_at = held
        if self.ring_at is None or self.ring_at > clock.now():
            raise NotNow
        return self

    def _ring_no_more(self: "Invitation", by: User) -> None:  # type: ignore[misc]
        mine: Invitation = self
        mine.ring_at, mine.asked_by = None, by
        self.save(update_fields=["ring_at", "asked_by"])


class RingingQuerySet(models.QuerySet["Invitation"]):
    def to_ring(self) -> "RingingQuerySet":
        """Whoever is to be called by now and has not said that they want no questions, who waits longest first.

        Not while they wait for an answer of ours (METRICS S12, `open_case`).
        """
        from otklik.care.surveys.models.invitation import OPEN_FOR

        now = clock.now()
        spoke = Consent.objects.filter(contact=models.OuterRef("contact"), purpose=Agreed.SURVEYS).order_by("-pk")
        found = self.filter(ring_at__lte=now, sent_at__gt=now - OPEN_FOR).order_by("ring_at", "pk")
        said = found.alias(wish=models.Subquery(spoke.values("given")[:1]))
        waiting = Ticket.objects.filter(contact=models.OuterRef("contact"), waiting_since__isnull=False)
        unanswered = waiting.filter(merged_into=None).exclude(status__in=ENDED).order_by()
        return said.filter(models.Q(wish=None) | models.Q(wish=True)).exclude(models.Exists(unanswered))

    def not_asked_yet(self) -> "RingingQuerySet":
        """Whose letter has not left, or who has not been called yet."""
        return self.filter(models.Q(sent_at=None, cancelled_at=None) | models.Q(ring_at__isnull=False))

    def call_off(self, why: str = "") -> int:
        """Nobody asks any more."""
        return self.not_asked_yet().update(ring_at=None, cancelled_at=clock.now(), why_not=why)

    def give_up_ringing(self) -> int:
        """Nobody had the time to call within two weeks: that is on record as well."""
        from otklik.care.surveys.models.invitation import OPEN_FOR

        now = clock.now()
        over = self.filter(ring_at__isnull=False, sent_at__lte=now - OPEN_FOR)
        return over.update(ring_at=None, cancelled_at=now, why_not="not_called")


def number_of(contact: Contact) -> str:
    """See `Ringing.number`."""
    if contact.restricted_as or (contact.client and contact.client.restricted_as):
        return ""
    phones = [one for one in contact.identities.all() if one.kind == Channelled.PHONE]
    return min(phones, key=lambda one: (one.verified_at is None, one.pk)).value if phones else ""


def refused_lately(contact: Contact) -> bool:
    from otklik.care.surveys.models.invitation import Invitation

    said = Invitation.objects.filter(contact=contact, why_not="declined")
    return said.filter(cancelled_at__gt=clock.now() - REFUSED_FOR).exists()
