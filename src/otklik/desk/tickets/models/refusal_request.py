"""A refusal that is written and has not left: it waits for the word of a lead."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Message
from otklik.desk.tickets import approving
from otklik.desk.tickets.models.states import RefusalReason
from otklik.desk.tickets.steps import Refuse, plain

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Overtaken(models.TextChoices):
    """Why nobody decides on it any more."""

    CLIENT = "client", _("the client wrote meanwhile")
    WITHDRAWN = "withdrawn", _("it was withdrawn")
    ANSWERED = "answered", _("the client got another answer")
    TURNED = "turned", _("the request is not in work any more")


class RefusalRequestQuerySet(models.QuerySet["RefusalRequest"]):
    def waiting(self) -> "RefusalRequestQuerySet":
        return self.filter(state=RefusalRequest.State.WAITING)

    def for_decision_of(self, user: User) -> "RefusalRequestQuerySet":
        """Those on which this person may decide: of their lines, of leads for whom they stand in, never their own."""
        others, lines = self.waiting().exclude(asked_by=user), approving.lines_of(user)
        return others if lines is None else others.filter(ticket__team__in=lines)


class RefusalRequest(models.Model):
    """The letter as its author wrote it, for whom, and what became of it.

    `until` is when a decision is owed.  `words` are the lead's: added to the letter, or why it came back.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a decision")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")
        OVERTAKEN = "overtaken", _("overtaken")

    ticket: "models.ForeignKey[Ticket]" = models.ForeignKey(
        "tickets.Ticket", models.PROTECT, related_name="refusal_requests"
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    until = models.DateTimeField(_("to be decided by"))
    reason = models.CharField(_("reason"), max_length=12, choices=RefusalReason)
    explanation = models.TextField(_("explanation"))
    alternatives = ArrayField(models.CharField(max_length=300), verbose_name=_("what we offer instead"))
    consulted = models.BooleanField(_("offered to talk it over"), default=False)
    text = models.TextField(_("text"), blank=True)
    to = ArrayField(models.CharField(max_length=320), default=list)
    cc = ArrayField(models.CharField(max_length=320), default=list, blank=True)
    files = ArrayField(models.UUIDField(), default=list, blank=True)
    history = models.BooleanField(default=False)
    via = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="+", db_index=False)
    key = models.CharField(max_length=100, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"), db_index=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    words = models.TextField(_("words of the lead"), blank=True)
    why = models.CharField(_("why it was overtaken"), max_length=12, choices=Overtaken, blank=True)
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = RefusalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("refusal for approval")
        verbose_name_plural = _("refusals for approval")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(state="waiting"), name="one_refusal_waits_of_ticket"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")), name="nobody_approves_their_own"
            ),
            models.CheckConstraint(condition=~Q(state="returned", words=""), name="returned_refusal_has_words"),
        ]
        indexes = [
            models.Index(fields=["ticket", "-id"], name="refusal_asked_of_ticket"),
            models.Index(fields=["until"], name="refusal_to_decide", condition=Q(state="waiting")),
            models.Index(fields=["at"], name="refusal_asked_at"),
        ]

    @property
    def step(self) -> Refuse:
        return Refuse(self.reason, self.explanation, list(self.alternatives), self.consulted)

    @property
    def plain(self) -> dict[str, Any]:
        return plain(self.step)

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    def end(self, state: str, *, by: User | None = None, words: str = "", why: str = "") -> None:
        """Once; whoever calls holds the ticket."""
        self.state, self.decided_by, self.decided_at = state, by, clock.now()
        self.words, self.why = words.strip(), why
        self.save(update_fields=["state", "decided_by", "decided_at", "words", "why"])

    def is_late_at(self, moment: datetime) -> bool:
        return self.is_waiting and self.until < moment
