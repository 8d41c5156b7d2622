"""A problem that nobody has named yet: its requests, and by what they were found."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.problems.access import may_decide
from otklik.care.problems.events import CandidateRefused
from otklik.care.problems.models import linking
from otklik.care.problems.models.problem import Problem
from otklik.care.problems.states import Found
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket, Topic

LONGEST = 300
QUIET = timedelta(days=60)
"""So long what somebody said is no problem is not proposed again."""


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def waiting(self) -> "CandidateQuerySet":
        """Nobody has said yet what it is, and it is there."""
        return self.filter(problem=None, refused_until=None, gone_at=None)

    def remembered(self, today: date) -> "CandidateQuerySet":
        """What a look at the requests must not propose as something new."""
        return self.filter(Q(problem=None, refused_until=None) | Q(refused_until__gt=today))

    def dearest_first(self) -> "CandidateQuerySet":
        """A spike is of this day, so it comes first; else what comes most."""
        spike = models.Case(models.When(found=Found.SPIKE, then=0), default=1)
        return self.order_by(spike, "-count", "pk")


class Candidate(models.Model):
    """`key` says by what its requests belong together, so that the next night knows it again; of similar words it is
    the number of the first request, and the next night knows it by its requests.

    `count` requests of `clients` in the last thirty days.  Of a spike they are those of one hour, beginning at `hour`,
    where `usual` would be expected (mean of the same weekday and hour) and `chance` is the probability of so many.
    It becomes a `problem`, or is refused with a reason until a day, or is gone because too few come any more.
    """

    found = models.CharField(_("found by"), max_length=8, choices=Found)
    key = models.CharField(max_length=80)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+", verbose_name=_("topic"))
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, related_name="+", verbose_name=_("product"), db_index=False
    )
    article = models.BigIntegerField(_("article"), null=True)
    article_name = models.CharField(max_length=200, blank=True)
    tickets = models.ManyToManyField(Ticket, related_name="+", verbose_name=_("requests"))
    count = models.PositiveIntegerField(_("requests"), default=0)
    clients = models.PositiveIntegerField(_("clients"), default=0)
    hour = models.DateTimeField(_("hour"), null=True)
    usual = models.FloatField(_("usually"), null=True)
    chance = models.FloatField(_("by chance"), null=True)
    found_at = models.DateTimeField(_("found"), default=clock.now)
    problem = models.ForeignKey(
        Problem, models.CASCADE, null=True, related_name="candidates", verbose_name=_("problem")
    )
    why = models.CharField(_("why it is none"), max_length=LONGEST, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"), db_index=False)
    refused_until = models.DateField(_("not proposed until"), null=True)
    gone_at = models.DateTimeField(_("gone"), null=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate of a problem")
        verbose_name_plural = _("candidates of problems")
        constraints = [
            models.UniqueConstraint(
                fields=["found", "key"], condition=Q(problem=None, refused_until=None), name="candidate_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(refused_until=None, why="") | Q(refused_until__isnull=False) & ~Q(why=""),
                name="candidate_refused_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(found=Found.SPIKE) | Q(hour__isnull=False, usual__isnull=False, chance__isnull=False),
                name="candidate_spike_is_measured",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"

    @property
    def is_spike(self) -> bool:
        return self.found == Found.SPIKE

    @property
    def is_waiting(self) -> bool:
        return self.problem_id is None and self.refused_until is None

    def keep(self, tickets: Collection[int], clients: int) -> None:
        """It has these requests now; what was gone is there again."""
        self.count, self.clients, self.gone_at = len(tickets), clients, None
        self.save()
        self.tickets.set(tickets)

    @transaction.atomic
    def refuse(self, why: str, *, by: User) -> None:
        """It is no problem; for a while it is not proposed again.  Raises Conflict, and Invalid without a reason."""
        self._hold()
        if not may_decide(by):
            raise Conflict(_now("Only leads say that it is no problem."))
        words = why.replace("\0", "").strip()[:LONGEST]
        if not words:
            raise Invalid(_now("Say in a few words why it is no problem."), "why")
        self.why, self.by, self.refused_until = words, by, clock.house_today() + QUIET
        self.save()
        publish(CandidateRefused(candidate_id=self.pk, why=words, until=self.refused_until.isoformat()), by=by)

    @transaction.atomic
    def become(self, *, by: User, title: str, notices: str, **told: Any) -> Problem:
        """A problem with its newest requests, known again by its topic, product and article; the night links the rest.

        Raises Conflict and Invalid.
        """
        self._hold()
        about: dict[str, Any] = {"topic": self.topic, "product": self.product, "article": self.article}
        made: Problem = Problem.objects.begin(
            title=title,
            notices=notices,
            by=by,
            tickets=sorted(self.tickets.order_by("-pk")[: linking.MOST_AT_ONCE], key=lambda one: one.pk),
            article_name=self.article_name,
            candidate=self.pk,
            **{**about, **told},
        )
        self.problem, self.by = made, by
        self.save()
        return made

    def _hold(self) -> None:
        self.refresh_from_db(from_queryset=Candidate.objects.select_for_update(of=("self",), no_key=True))
        if not self.is_waiting:
            raise Conflict(_now("Somebody has said already what it is."))
