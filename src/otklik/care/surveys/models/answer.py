"""What came back: the mark of the first question about a request, and the answers to all others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models.invitation import Invitation
from otklik.care.surveys.models.survey import Survey
from otklik.care.surveys.models.version import Question
from otklik.care.surveys.scales import SATISFACTION, SCALES
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket

SATISFIED = (4, 5)
"""Two best points of five: METRICS S2."""


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


class AnswerQuerySet(models.QuerySet["Answer"]):
    def first_about(self, ticket: Ticket) -> "Answer | None":
        """The last mark of the answer that stands, on another scale than the five faces, asked first in writing.

        Of its client alone: the request may have been somebody else's when another one was given.
        """
        asked = Question.objects.filter(version=models.OuterRef("question__version")).order_by("position", "id")
        given = self.filter(
            question=models.Subquery(asked.values("pk")[:1]),
            question__kind__in=list(SCALES),
            value__isnull=False,
            invitation__in=Invitation.objects.about_what_stands(ticket),
            invitation__contact=ticket.contact_id,
            invitation__survey__occasion=Survey.Occasion.RESOLVED,
            invitation__source__in=Invitation.ASKED_IN_WRITING,
        )
        return given.select_related("question").order_by("-invitation", "-pk").first()

    def of_solutions(self) -> "AnswerQuerySet":
        """How satisfied clients are with a solution where no `Score` says it: from 0 to 5, on the phone, or behind
        another question.

        A second question of a kind within a version is asked of something else and is none (see `Version.first_of`).
        """
        asked = Question.objects.filter(version=models.OuterRef("question__version"))
        same = asked.filter(kind=models.OuterRef("question__kind")).order_by("position", "id")
        return self.filter(
            question__kind__in=SATISFACTION,
            question=models.Subquery(same.values("pk")[:1]),
            value__isnull=False,
            invitation__ticket__isnull=False,
            invitation__survey__occasion=Survey.Occasion.RESOLVED,
        )


class Answer(models.Model):
    """An answer to one question: a point of its scale, the place of what was chosen, or words.

    The five faces about a request are a `Score` instead, and stand here only where there is no request.
    """

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.PositiveSmallIntegerField(_("answer"), null=True)
    words = models.TextField(_("in their words"), blank=True)
    at = models.DateTimeField(_("when"), default=clock.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        constraints = [
            models.UniqueConstraint(fields=["invitation", "question"], name="one_answer_to_a_question"),
        ]
        indexes = [
            models.Index(fields=["question", "value"], name="answer_counts"),
            models.Index(fields=["at"], name="answer_low", condition=models.Q(value__lte=2)),
        ]
