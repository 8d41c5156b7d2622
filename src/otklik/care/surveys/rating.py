"""The rating on a person's page (METRICS P9): one mark for each request, drawn to the team's while there are few.

Each scale is a rating of its own: a 0 of 0 to 5 is an answer, and 4.5 of one is not 4.5 of the other (S1).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, OuterRef, QuerySet, Subquery

from otklik.care.surveys.models import Answer, Invitation, Question, Score, Survey
from otklik.care.surveys.reviews import FEWEST, LATELY
from otklik.care.surveys.scales import SCALES, Kind
from otklik.core.formulas import mean_ci, shrink_mean
from otklik.core.journal import clock
from otklik.core.staff.models import User


@dataclass(frozen=True)
class Rating:
    """Points of the scale over `n` requests; None, and nothing else of it, below ten."""

    n: int
    value: float | None = None
    lo: float | None = None
    hi: float | None = None
    kind: str = Kind.CSAT5

    @property
    def begins(self) -> int:
        """The worst point of its scale."""
        return SCALES[self.kind].least


def ratings_of(user: User) -> list[Rating]:
    """On each scale on which there are enough, the one with most first; where on none, the one that says so."""
    kinds = [Kind.CSAT5, *([Kind.CSAT6] if Question.objects.filter(kind=Kind.CSAT6).exists() else [])]
    found = sorted((rating_of(user, kind) for kind in kinds), key=lambda one: -one.n)
    return [one for one in found if one.value is not None] or found[:1]


def rating_of(user: User, kind: Kind = Kind.CSAT5) -> Rating:
    """Of the last year; the last mark of a request counts.  Two statements."""
    rows, scale = _marks(kind, clock.now() - LATELY), SCALES[kind]
    agent, ticket = ("agent", "ticket") if kind == Kind.CSAT5 else ("invitation__agent", "invitation__ticket")
    # Of one request the mark of the last ask, whenever it was given: an old letter may be answered late.
    last = dict(rows.filter(**{agent: user.pk}).order_by("invitation", "pk").values_list(ticket, "value"))
    values = list(last.values())
    if len(values) < FEWEST:
        return Rating(len(values), kind=kind)
    team = rows.aggregate(mean=Avg("value"))["mean"]
    told = mean_ci(values, clip=(scale.least, scale.most))
    return Rating(len(values), shrink_mean(len(values), told["mean"], team), told["lo"], told["hi"], kind)


def _marks(kind: Kind, since: datetime) -> "QuerySet[Any]":
    """Of the five faces the scores, of another scale the answers after a solution to its first question."""
    if kind == Kind.CSAT5:
        return Score.objects.filter(at__gte=since)
    asked = Question.objects.filter(version=OuterRef("question__version"), kind=kind).order_by("position", "id")
    return Answer.objects.filter(
        question=Subquery(asked.values("pk")[:1]),
        value__isnull=False,
        at__gte=since,
        invitation__ticket__isnull=False,
        invitation__survey__occasion=Survey.Occasion.RESOLVED,
        invitation__source__in=Invitation.ASKED_IN_WRITING,
    )
