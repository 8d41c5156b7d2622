"""The question after the answer: an invitation and the score that came back."""

import hashlib
import logging
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys import letters
from otklik.care.surveys.agreeing import version_of
from otklik.care.surveys.events import SurveyAnswered, SurveyAsked
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Organisation, Team, User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Consent, Contact, Contacted
from otklik.desk.clients.policy import Decision
from otklik.desk.clients.purposes import Agreed, Purpose
from otklik.desk.conversations.letters import address_of, may_contact_now, may_write_automatically
from otklik.desk.tickets.letters import language_of
from otklik.desk.tickets.models import Status, Ticket

logger = logging.getLogger(__name__)

OPEN_FOR = timedelta(days=14)
WAITS_AT_MOST = timedelta(days=3)
"""Later than this after the answer nobody is asked about it: the question is dropped."""
SCALE = (1, 2, 3, 4, 5)
SATISFIED = (4, 5)
"""Two best points of five: METRICS S2."""


class TooLate(Exception):
    """Two weeks after the question nobody remembers the answer well enough to rate it."""


class InvitationManager(models.Manager["Invitation"]):
    def plan(self, ticket: Ticket) -> "Invitation | None":
        """Ask about a resolved ticket once the reply can no longer be taken back; None when we do not ask.

        One question about one solution; a doubtful contact is left alone, and whoever does not want to be asked.  What
        else the contact policy says is asked when the letter is due.
        """
        if not ticket.contact.email or ticket.sender_doubtful:
            return None
        last = ticket.resolutions.filter(taken_back_at=None).order_by("-id").first()
        outbound = last.message.outbound if last and last.message else None
        not_before = outbound.not_before if outbound else clock.now()
        return self.update_or_create(
            ticket=ticket,
            sent_at=None,
            defaults={
                "contact": ticket.contact,
                "team": ticket.team,
                "agent": ticket.owner,
                "send_at": not_before + pause(),
                "cancelled_at": None,
            },
        )[0]

    def send_due(self) -> int:
        """Send every invitation whose moment has come; returns how many letters were written."""
        due = self.filter(sent_at=None, cancelled_at=None, send_at__lte=clock.now())
        return sum(invitation.try_to_send() for invitation in due.select_related("ticket", "contact")[:500])

    @transaction.atomic
    def for_page(self, ticket: Ticket) -> "Invitation | None":
        """The invitation that the client's own page answers; a waiting letter is not needed any more.

        None when there is nothing to rate, or two weeks have passed since the question or the solution.
        """
        if not can_be_rated(ticket):
            return None
        theirs = self.filter(ticket=ticket, contact=ticket.contact_id, cancelled_at=None)
        found = theirs.order_by("-id").first() or self.plan(ticket)
        if found and found.sent_at is None:
            found.sent_at = clock.now()
            found.save(update_fields=["sent_at"])
            publish(SurveyAsked(ticket_id=ticket.pk))
        return found if found and found.is_open else None

    def of_way_out(self, secret: str) -> "Invitation | None":
        """The invitation whose letter offered to end the questions; that offer never grows old."""
        return self.select_related("ticket__conversation", "contact").filter(digest=digest(secret)).first()

    def of_secret(self, secret: str) -> "Invitation | None":
        """The invitation behind the secret of a letter; None when it never was or its time is over.

        Nor once the ticket was given to another client: the doors of the first one are closed.
        """
        beside = ("ticket__owner", "ticket__conversation", "contact", "agent")
        theirs = self.filter(contact=models.F("ticket__contact"))
        found = theirs.select_related(*beside).filter(digest=digest(secret)).first()
        return found if found and found.is_open else None


class Invitation(models.Model):
    """One request to rate one answer; the secret of its link is stored as a digest only."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="invitations")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("line"))
    agent = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who answered"))
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    send_at = models.DateTimeField(_("to be sent"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)

    objects: InvitationManager = InvitationManager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=models.Q(sent_at=None), name="one_waiting_invitation")
        ]
        indexes = [
            models.Index(
                fields=["send_at"],
                name="invitation_due",
                condition=models.Q(sent_at=None, cancelled_at=None),
            ),
            models.Index(fields=["contact", "sent_at"], name="invitation_lately"),
        ]

    @property
    def is_open(self) -> bool:
        return self.sent_at is not None and clock.now() < self.sent_at + OPEN_FOR

    def try_to_send(self) -> bool:
        """One letter that cannot be written is logged and must not hold up the others."""
        try:
            return self.send()
        except Exception:
            logger.exception("invitation %s cannot be sent", self.pk)
            return False

    @transaction.atomic
    def send(self) -> bool:
        """Write the letter; a ticket that is open again is not asked about, and the contact policy may hold it back."""
        mine = Invitation.objects.select_for_update(of=("self",)).select_related("ticket__conversation", "contact")
        invitation = mine.get(pk=self.pk)
        if invitation.sent_at or invitation.cancelled_at:
            return False
        ticket = invitation.ticket
        invitation.contact = ticket.contact  # it may have been given to another client meanwhile
        address = address_of(ticket.conversation)
        allowed = bool(address) and may_write_automatically(address, acknowledgement=False)
        if ticket.status != Status.RESOLVED or not allowed:
            invitation._drop()
            return False
        decision = may_contact_now(invitation.contact, Purpose.SURVEY)
        if not decision.allowed:
            invitation._wait(decision)
            return False
        Contacted.objects.note(invitation.contact, Purpose.SURVEY)
        secret = secrets.token_urlsafe(24)
        invitation.digest, invitation.sent_at = digest(secret), clock.now()
        invitation.save(update_fields=["contact", "digest", "sent_at"])
        publish(SurveyAsked(ticket_id=ticket.pk))
        with translation.override(language_of(ticket)):
            subject, text, html = letters.invitation(ticket, secret)
            way_out = letters.way_out(secret)
            ticket.conversation.say(
                text,
                html=html,
                footer=gettext("Ask me no more: %s") % way_out,
                kind=Outbound.Kind.SURVEY,
                subject=subject,
                unsubscribe=way_out,
            )
        return True

    def _wait(self, decision: Decision) -> None:
        """Until the policy allows it, or not at all when that is too long after the answer."""
        until, ended = decision.not_before, self.ticket.ended_at or clock.now()
        if until is None or until > ended + WAITS_AT_MOST:
            self.ticket.tell_held(Purpose.SURVEY, replace(decision, not_before=None))
            self._drop()
            return
        self.ticket.tell_held(Purpose.SURVEY, decision)
        self.send_at = until
        self.save(update_fields=["send_at"])

    def _drop(self) -> None:
        self.cancelled_at = clock.now()
        self.save(update_fields=["cancelled_at"])

    @transaction.atomic
    def ask_no_more(self, read: Sequence[str]) -> None:
        """The client wants no questions: this one stays open, no other is sent.  `read` is what stood before them."""
        self._agrees(read, given=False)
        waiting = Invitation.objects.filter(contact=self.contact, sent_at=None, cancelled_at=None)
        waiting.update(cancelled_at=clock.now())

    def ask_again(self, read: Sequence[str]) -> None:
        self._agrees(read, given=True)

    @property
    def is_silenced(self) -> bool:
        return Consent.objects.stands(self.contact, Agreed.SURVEYS) is False

    def _agrees(self, read: Sequence[str], *, given: bool) -> None:
        said, text = gettext("the link in the letter about request № %s") % self.ticket.number, "\n".join(read)
        told = {"source": said, "version": version_of(text), "text": text}
        Consent.objects.say(self.contact, Agreed.SURVEYS, given=given, by=None, **told)

    @transaction.atomic
    def answer(self, score: int, comment: str = "") -> "Score":
        """Keep the client's score; the last answer counts.

        Raises ValueError outside of the scale, TooLate after two weeks (METRICS S2).
        """
        if score not in SCALE:
            raise ValueError(f"a score is one of {SCALE}")
        if not self.is_open:
            raise TooLate
        values: dict[str, Any] = {
            "value": score,
            "comment": comment.replace("\x00", "").strip()[:4000],
            "at": clock.now(),
        }
        given, _created = Score.objects.update_or_create(
            invitation=self,
            defaults=values,
            create_defaults=values | {"ticket": self.ticket, "team": self.team, "agent": self.agent},
        )
        publish(SurveyAnswered(ticket_id=self.ticket_id, score_id=given.pk, value=score))
        return given


class Score(models.Model):
    """A client's mark on the scale of 1 to 5 and, if they liked, the reason."""

    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="score")
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="scores")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    agent = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    value = models.PositiveSmallIntegerField(_("score"))
    comment = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.CheckConstraint(condition=models.Q(value__gte=1, value__lte=5), name="score_is_on_the_scale")
        ]
        indexes = [models.Index(fields=["at"], name="score_at")]

    @property
    def is_satisfied(self) -> bool:
        return self.value in SATISFIED


def can_be_rated(ticket: Ticket) -> bool:
    """Solved, and not longer ago than a question stays open."""
    ended = ticket.ended_at
    return ticket.status == Status.RESOLVED and ended is not None and clock.now() < ended + OPEN_FOR


def pause() -> timedelta:
    """How long the question waits after the answer; the demonstration shows the whole round within a minute."""
    return timedelta(seconds=0 if Organisation.objects.current().is_demo else settings.SURVEY_DELAY_SECONDS)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
