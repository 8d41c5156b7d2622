"""States that somebody will ask about are rows: who, when, why."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.rows import every
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models.states import RefusalReason
from otklik.desk.tickets.models.ticket import Ticket
from otklik.desk.tickets.policies import LONGEST_LINK


class Outcome(models.Model):
    """What every such row says: of which ticket, by whom, when, in which message."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


CURRENT = """
SELECT * FROM tickets_promise
WHERE ticket_id = %s AND done_at IS NULL AND moved_at IS NULL AND taken_back_at IS NULL
"""


class PromiseQuerySet(models.QuerySet["Promise"]):
    def current(self) -> "PromiseQuerySet":
        return self.filter(done_at=None, moved_at=None, taken_back_at=None)

    def marked(self, at: datetime) -> "PromiseQuerySet":
        """Those that the scheduler must look at by then."""
        return self.current().filter(next_mark__lt=at)

    def current_of(self, ticket_id: int) -> "Promise | None":
        """The open promise of a ticket; every reply asks for it."""
        return next(iter(every(Promise, CURRENT, ticket_id)), None)


class Promise(Outcome):
    """A date told to the client: kept when we answered by it, moved when a new date came before it, else broken.

    `next_mark` is when the scheduler looks at it next: warnings, then the moment after which it is broken.  One that
    stands in for another says from which it was moved and why; `agreed` is the client's word on it.  One `of_visit` is
    kept by coming, not by an answer.
    """

    until = models.DateTimeField(_("until"))
    what = models.CharField(_("what was promised"), max_length=300, blank=True)
    done_at = models.DateTimeField(_("answered"), null=True)
    moved_at = models.DateTimeField(_("moved"), null=True)
    moved_from = models.DateTimeField(_("moved from"), null=True)
    why = models.CharField(_("why it was moved"), max_length=300, blank=True)
    agreed = models.BooleanField(_("the client agreed"), null=True)
    broken_at = models.DateTimeField(_("found broken"), null=True)
    next_mark = models.DateTimeField(null=True, editable=False)
    of_visit = models.BooleanField(_("that somebody comes"), default=False, db_default=False)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=models.Q(done_at=None, moved_at=None, taken_back_at=None),
                name="one_current_promise_per_ticket",
            ),
        ]
        indexes = [
            models.Index(fields=["until"], name="promise_until"),
            models.Index(
                fields=["next_mark"],
                name="promise_mark",
                condition=models.Q(done_at=None, moved_at=None, taken_back_at=None, next_mark__isnull=False),
            ),
            models.Index(fields=["broken_at"], name="promise_broken", condition=models.Q(broken_at__isnull=False)),
            # The boards of dates walk what is not kept yet and what was not kept, from the nearest date on.
            models.Index(
                fields=["until", "id"],
                include=["at", "done_at", "ticket"],
                name="promise_owed",
                condition=(models.Q(done_at=None) | models.Q(done_at__gt=models.F("until")))
                & models.Q(moved_at=None, taken_back_at=None),
            ),
        ]

    @property
    def is_kept(self) -> bool:
        return self.done_at is not None and self.done_at <= self.until


class Schedule(Outcome):
    """A ticket put aside until a date; it wakes up by itself."""

    until = models.DateTimeField(_("until"))
    what = models.CharField(_("what happens then"), max_length=300)
    agreed = models.BooleanField(_("agreed with the client"), default=False)
    woke_at = models.DateTimeField(_("woke up"), null=True)

    class Meta:
        verbose_name = _("postponement")
        verbose_name_plural = _("postponements")


class Resolution(Outcome):
    """How the matter was solved; what helped is in the client's words, who reads it on their page.

    `link` leads to where it is described at length; they have it in the letter, too.
    """

    summary = models.TextField(_("what helped"), blank=True)
    link = models.URLField(_("where it is described"), max_length=LONGEST_LINK, blank=True, default="", db_default="")
    shown = models.BooleanField(_("the client sees what helped"), default=True)
    reopened_at = models.DateTimeField(_("reopened"), null=True)

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")


class Refusal(Outcome):
    """A motivated refusal: reason, cause and effect in the client's words, at least one way round."""

    reason = models.CharField(_("reason"), max_length=12, choices=RefusalReason)
    explanation = models.TextField(_("explanation"))
    alternatives = ArrayField(models.CharField(max_length=300), verbose_name=_("what we offer instead"))
    consulted = models.BooleanField(_("offered to talk it over"), default=False, db_default=False)
    reopened_at = models.DateTimeField(_("reopened"), null=True)

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(explanation="") & models.Q(alternatives__len__gte=1),
                name="refusal_is_motivated",
            ),
        ]
        # Figures take those that left in a period.
        indexes = [models.Index(fields=["at"], name="refusal_left_at", condition=models.Q(taken_back_at=None))]

    @property
    def is_complete(self) -> bool:
        """METRICS V21; without reason, cause and a way round none leaves, and so none is kept."""
        return self.consulted
