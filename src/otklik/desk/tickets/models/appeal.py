"""A refusal with which the client does not agree: who decides on it, by when, and what came of it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets import approving

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Refusal, Ticket


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> "AppealQuerySet":
        return self.filter(state=Appeal.State.OPEN)

    def for_decision_of(self, user: User) -> "AppealQuerySet":
        """Those on which this person may decide: of their lines, of leads for whom they stand in, never of a refusal
        of their own or of a client from whom they are protected.
        """
        lines = approving.lines_of(user)
        others = self.open().exclude(refused_by=user).exclude(approved_by=user)
        others = others.exclude(ticket__closed_to__contains=[user.pk])
        return others if lines is None else others.filter(ticket__team__in=lines)


class Appeal(models.Model):
    """The client's words, who holds it and until when it is decided.

    One for each refusal.  `marked_by` is whoever said of a letter that it is one; empty where the client wrote it on
    their page.  Whoever refused and who approved or released it (`approved_by`) never decide.  `words` are the
    reasons of the decision, as the client reads them in `answer`.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("appeal", "being looked at")
        GRANTED = "granted", pgettext_lazy("appeal", "granted")
        UPHELD = "upheld", pgettext_lazy("appeal", "the refusal stands")

    ticket: "models.ForeignKey[Ticket]" = models.ForeignKey(
        "tickets.Ticket", models.PROTECT, related_name="appeals", db_index=False
    )
    refusal: "models.OneToOneField[Refusal]" = models.OneToOneField(
        "tickets.Refusal", models.PROTECT, related_name="appeal", verbose_name=_("refusal")
    )
    text = models.TextField(_("why the client does not agree"))
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+", db_index=False)
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    until = models.DateTimeField(_("to be decided by"))
    holder = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("who decides"), db_index=False
    )
    refused_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("refused by"), db_index=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by"), db_index=False
    )

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"), db_index=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    words = models.TextField(_("reasons of the decision"), blank=True)
    answer = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal against a refusal")
        verbose_name_plural = _("appeals against refusals")
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(state="open"), name="one_open_appeal_of_ticket"),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("refused_by")) & (Q(approved_by=None) | ~Q(decided_by=F("approved_by")))),
                name="nobody_decides_on_an_appeal_against_themselves",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(words="")),
                name="decided_appeal_says_who_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "-id"], name="appeal_of_ticket"),
            models.Index(fields=["until"], name="appeal_to_decide", condition=Q(state="open")),
            models.Index(fields=["at"], name="appeal_made_at"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def barred(self) -> tuple[User, ...]:
        """Who never decides on it."""
        return tuple(one for one in (self.refused_by, self.approved_by) if one is not None)

    def is_late_at(self, moment: datetime) -> bool:
        return self.is_open and self.until < moment

    def end(self, state: str, *, by: User, words: str) -> None:
        """Once; whoever calls holds the ticket."""
        self.state, self.decided_by, self.decided_at, self.words = state, by, clock.now(), words.strip()
        self.save(update_fields=["state", "decided_by", "decided_at", "words"])
