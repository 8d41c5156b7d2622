"""Quotes are words of a client or ours to them, what is said of them as well; marks and dates are figures and stay."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.quality.models import Criterion, Mark, Plan, Review, Scorecard, Step
from otklik.core.datamap import Aged, Place, ages, declare, free

WORDS = ("comment", "praise", "skipped_why", "disputed_why", "ruling")
REVIEWS = Place(
    Review,
    {"contact": "ticket__contact", "ticket": "ticket"},
    words=WORDS,
    why=_("the review: marks and dates without words"),
)
MARKS = Place(Mark, {"contact": "review__ticket__contact", "ticket": "review__ticket"}, words=("quote", "comment"))
STEPS = Place(Step, {"contact": "review__ticket__contact", "ticket": "review__ticket"}, words=("text",))
declare(MARKS, STEPS, REVIEWS)
OURS = "words of the department about how it judges itself"
free(Scorecard, "name", because=OURS)
free(Criterion, "name", "guidance", because=OURS)
free(Mark, "mark", "ruled", because="marks")
CODES = "codes of ours"
free(Scorecard, "channel", because=CODES)
free(Plan, "channel", "risks", because=CODES)
free(Review, "channel", because=CODES)


def _published(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
    found = Review.objects.filter(published_at__lt=before)
    return found.filter(published_at__gte=since) if since else found


def _without_words(numbers: Collection[int]) -> int:
    for place in (MARKS, STEPS):
        place.erase(place.model._base_manager.filter(review__in=numbers))
    return REVIEWS.erase(Review.objects.filter(pk__in=numbers))


ages(
    Aged(
        code="reviews",
        label=_("Words of reviews"),
        about=_("quotes from conversations and what was said about them; marks and dates stay"),
        rows=_published,
        erase=_without_words,
        moment="published_at",
        contact="ticket__contact",
        ticket="ticket",
        usual_days=730,
    )
)
