"""What clients said of the answers: scores are figures and stay, the words go."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models import Invitation, PublicPage, Review, Score
from otklik.core.datamap import Aged, Fate, Place, ages, declare, free

SCORES = Place(Score, {"ticket": "ticket"}, words=("comment",), why=_("the score: a figure without words"))
REVIEWS = Place(Review, {"ticket": "score__ticket"}, words=("text", "signed_as", "reply"), fate=Fate.REMOVED)
declare(SCORES, REVIEWS)
free(PublicPage, "slug", "shown_name", "bio", because="of our own people, by themselves")
free(Invitation, "digest", because="a digest of a secret that we issued")


def _given(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
    found = Score.objects.exclude(comment="").filter(at__lt=before)
    return found.filter(at__gte=since) if since else found


def _without_words(numbers: Collection[int]) -> int:
    REVIEWS.erase(Review.objects.filter(score__in=numbers))
    return SCORES.erase(Score.objects.filter(pk__in=numbers))


ages(
    Aged(
        code="surveys",
        label=_("Comments on scores"),
        about=_("what clients wrote beside a score; the score stays"),
        rows=_given,
        erase=_without_words,
        moment="at",
        contact="ticket__contact",
        ticket="ticket",
        usual_days=1095,
    )
)
