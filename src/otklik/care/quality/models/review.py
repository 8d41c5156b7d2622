"""A review: what stands in its row, and what the database does not let in."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.care.quality.events import ReviewDrawn
from otklik.care.quality.models.answering import Answering
from otklik.care.quality.models.calibration import Calibration
from otklik.care.quality.models.marking import Marking
from otklik.care.quality.models.plan import Draw, Plan
from otklik.care.quality.models.reviewing import ReviewManager
from otklik.care.quality.models.scorecard import Version
from otklik.care.quality.states import HELD, Risk, State, Stream, Verdict
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from otklik.care.quality.models.mark import Mark
    from otklik.care.quality.models.step import Step


class Review(Marking, Answering, models.Model):
    """What `agent` did in a request, in the eyes of `reviewer`.

    `holder` has to do what comes next by `next_at`: the reviewer, the person, then who decides a dispute; both are
    empty only when it is over.  `score` is what the reviewer gave, `ruled_score` what holds after a dispute, and both
    stay; `errors` are families of critical errors as one number.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="+", verbose_name=_("request"))
    agent = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("whose work it is"), db_index=False
    )
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who reviews"), db_index=False)
    decider = models.ForeignKey(  # type: ignore[assignment]
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("who decides the dispute"), db_index=False
    )
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("card"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("line"), db_index=False)
    channel = models.CharField(_("channel"), max_length=12)
    stream = models.CharField(_("how it was chosen"), max_length=12, choices=Stream, default=Stream.CHOSEN)
    risk = models.CharField(_("why it is looked at"), max_length=10, choices=Risk, blank=True)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+", db_index=False)
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, related_name="+", db_index=False)
    calibration = models.ForeignKey(Calibration, models.PROTECT, null=True, related_name="reviews")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)  # type: ignore[assignment]
    assigned_at = models.DateTimeField(_("assigned"), default=clock.now)
    due_at = models.DateTimeField(_("to be reviewed by"))
    holder = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    next_at = models.DateTimeField(_("nearest date"), null=True)
    late_at = models.DateTimeField(null=True)  # type: ignore[assignment]

    comment = models.TextField(_("what to tell the person"), blank=True)
    praise = models.TextField(_("what was good"), blank=True)
    skipped_why = models.CharField(_("why it cannot be judged"), max_length=500, blank=True)
    score = models.FloatField(_("score"), null=True)
    errors = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(_("published"), null=True)
    accepted_at = models.DateTimeField(_("read and accepted"), null=True)
    disputed_at = models.DateTimeField(pgettext_lazy("review", "disputed at"), null=True)  # type: ignore[assignment]
    disputed_why = models.TextField(_("with what the person does not agree"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)  # type: ignore[assignment]
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict, blank=True)  # type: ignore[assignment]
    ruling = models.TextField(_("why it was decided so"), blank=True)
    ruled_score = models.FloatField(_("score after the dispute"), null=True)  # type: ignore[assignment]
    ruled_errors = models.PositiveSmallIntegerField(null=True)  # type: ignore[assignment]

    objects: ReviewManager = ReviewManager()

    if TYPE_CHECKING:
        marks: RelatedManager[Mark]
        steps: RelatedManager[Step]

    class Meta:
        verbose_name = pgettext_lazy("quality", "review")
        verbose_name_plural = pgettext_lazy("quality", "reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=HELD, next_at__isnull=False, holder__isnull=False)
                | (~Q(state__in=HELD) & Q(next_at=None, holder=None)),
                name="review_has_a_holder_and_a_date_until_it_is_over",
            ),
            models.CheckConstraint(condition=~Q(reviewer=F("agent")), name="nobody_reviews_themselves"),
            models.CheckConstraint(
                condition=Q(decider=None) | (~Q(decider=F("reviewer")) & ~Q(decider=F("agent"))),
                name="dispute_is_decided_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(stream=Stream.CALIBRATION) | Q(calibration__isnull=False), name="calibration_has_a_session"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(score__isnull=False), name="published_review_has_a_score"
            ),
            models.UniqueConstraint(
                fields=["ticket", "agent"],
                condition=Q(calibration=None) & ~Q(state=State.SKIPPED),
                name="one_review_of_a_person_in_a_request",
            ),
            models.UniqueConstraint(fields=["calibration", "ticket", "reviewer"], name="one_blind_score_of_a_person"),
        ]
        indexes = [
            models.Index(fields=["holder", "next_at"], name="review_held", condition=Q(next_at__isnull=False)),
            models.Index(fields=["next_at"], name="review_late", condition=Q(next_at__isnull=False, late_at=None)),
            models.Index(fields=["agent", "-id"], name="review_of_person"),
            models.Index(fields=["-published_at", "-id"], name="review_newest"),
        ]

    def __str__(self) -> str:
        return f"№ {self.pk}"

    @property
    def was_drawn(self) -> bool:
        """At random, whatever else it was looked at for before (`ReviewQuerySet.drawn`)."""
        return self.stream == Stream.RANDOM or self.draw_id is not None

    @transaction.atomic
    def belong_to(self, draw: Draw) -> None:
        """Chance chose it as well: it has a part in scores from now on."""
        self.lock()
        self.draw = draw
        self.save(update_fields=["draw"])
        publish(ReviewDrawn(ticket_id=self.ticket_id, review_id=self.pk))

    @property
    def result(self) -> float | None:
        """The score that holds."""
        return self.score if self.ruled_score is None else self.ruled_score

    @property
    def faults(self) -> int:
        """The critical errors that hold."""
        return self.errors if self.ruled_errors is None else self.ruled_errors

    @property
    def tone(self) -> str:
        """The colour of its state: of what is argued about, of what is over; "" of none."""
        if self.state == State.DISPUTED:
            return "soon"
        return "ok" if self.state in (State.ACCEPTED, State.DECIDED, State.SCORED) else ""

    def is_late(self, now: datetime) -> bool:
        return self.next_at is not None and self.next_at < now
