"""Quotes are words of a client or ours to them, what is said of them as well; marks and dates are figures and stay."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from otklik.care.quality.models import Criterion, Draw, Mark, Plan, Review, Scorecard, Step
from otklik.care.quality.states import HELD
from otklik.core.datamap import Aged, Place, ages, declare, free

# The client gets their own words, the quotes, and nothing of how we judge each other.
WORDS = ("comment", "praise", "skipped_why", "disputed_why", "ruling")
REVIEWS = Place(
    Review,
    {"contact": "ticket__contact", "ticket": "ticket"},
    words=WORDS,
    secret=(*WORDS, "score", "errors", "verdict", "ruled_score", "ruled_errors"),
    why=_("the review: marks and dates without words"),
)
WAYS = {"contact": "review__ticket__contact", "ticket": "review__ticket"}
MARKS = Place(Mark, WAYS, words=("quote", "comment"), secret=("mark", "comment", "ruled"))
STEPS = Place(Step, WAYS, words=("text",), exported=False)
declare(MARKS, STEPS, REVIEWS)
OURS = "words of the department about how it judges itself"
free(Scorecard, "name", because=OURS)
free(Criterion, "name", "guidance", because=OURS)
free(Mark, "mark", "ruled", because="marks")
CODES = "codes of ours"
free(Scorecard, "channel", because=CODES)
free(Plan, "channel", "risks", because=CODES)
free(Review, "channel", because=CODES)
free(Draw, "candidates", because="numbers of requests and people, and the code of a channel")


def _over(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
    """From when they were told; what was put away has been told to nobody and counts from when it was assigned."""
    found = Review.objects.exclude(state__in=HELD).annotate(begun=Coalesce("published_at", "assigned_at"))
    return found.filter(begun__lt=before, **({"begun__gte": since} if since else {}))


def _without_words(numbers: Collection[int]) -> int:
    for place in (MARKS, STEPS):
        place.erase(place.model._base_manager.filter(review__in=numbers))
    return REVIEWS.erase(Review.objects.filter(pk__in=numbers))


ages(
    Aged(
        code="reviews",
        label=_("Words of reviews"),
        about=_("quotes from conversations and what was said about them; marks and dates stay"),
        rows=_over,
        erase=_without_words,
        moment="begun",
        contact="ticket__contact",
        ticket="ticket",
        usual_days=730,
    )
)
