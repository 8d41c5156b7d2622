"""What clients said of the answers: scores are figures and stay, the words go."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models import (
    Answer,
    FollowUp,
    Invitation,
    OutsideAnswer,
    PublicPage,
    Question,
    Review,
    Score,
    Survey,
    Tally,
)
from otklik.core.datamap import Aged, Fate, Place, ages, declare, free

SCORES = Place(Score, {"ticket": "ticket"}, words=("comment",), why=_("the score: a figure without words"))
ANSWERS = Place(
    Answer,
    {"contact": "invitation__contact"},
    words=("words",),
    why=_("the answer: a figure without words"),
)
REVIEWS = Place(
    Review,
    {"ticket": lambda keys: models.Q(score__ticket__in=keys) | models.Q(given__invitation__ticket__in=keys)},
    words=("text", "signed_as", "reply"),
    fate=Fate.REMOVED,
)
OUTSIDE = Place(
    OutsideAnswer,
    {"contact": "contact"},
    words=("words",),
    why=_("the answer to an independent provider: a figure without words"),
)
TALKS = Place(
    FollowUp,
    {"contact": "invitation__contact"},
    words=("words",),
    why=_("the talk with a dissatisfied client: a result and a cause without words"),
)
declare(SCORES, ANSWERS, REVIEWS, OUTSIDE, TALKS)
free(
    OutsideAnswer,
    "source",
    "external_id",
    "area",
    because="the provider, its number of the questionnaire or a digest without whose it is and words, what was asked",
)
free(PublicPage, "slug", "shown_name", "bio", because="of our own people, by themselves")
free(FollowUp, "kind", because="the scale of the mark, a code of ours")
free(Invitation, "digest", "digest_again", "why_not", because="a digest of a secret that we issued, and a code of ours")
free(
    Survey,
    *("name", "guidance", "reason_for_more", "link", "sites", "roles"),
    because="words of the desk about its own question, and the roles of whom it asks",
)
free(Tally, "source", "marks", "groups", because="counts of a day, by codes and numbers of ours")
free(Question, "words_ru", "words_en", "choices", because="what the desk asks everybody")


def _worded(
    model: type[models.Model], words: str, moment: str = "at"
) -> Callable[[datetime | None, datetime], "models.QuerySet[Any]"]:
    """Those of a time that say something."""

    def rows(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
        found = model._default_manager.exclude(**{words: ""}).filter(**{f"{moment}__lt": before})
        return found.filter(**{f"{moment}__gte": since}) if since else found

    return rows


def _without_words(numbers: Collection[int]) -> int:
    REVIEWS.erase(Review.objects.filter(score__in=numbers))
    return SCORES.erase(Score.objects.filter(pk__in=numbers))


def _without_answers(numbers: Collection[int]) -> int:
    REVIEWS.erase(Review.objects.filter(given__in=numbers))
    return ANSWERS.erase(Answer.objects.filter(pk__in=numbers))


ages(
    Aged(
        code="answers",
        label=_("Words in surveys"),
        about=_("what clients wrote in answer to questions of surveys; what they chose stays"),
        rows=_worded(Answer, "words"),
        erase=_without_answers,
        moment="at",
        contact="invitation__contact",
        ticket="invitation__ticket",
        usual_days=1095,
    )
)
ages(
    Aged(
        code="surveys",
        label=_("Comments on scores"),
        about=_("what clients wrote beside a score; the score stays"),
        rows=_worded(Score, "comment"),
        erase=_without_words,
        moment="at",
        contact="ticket__contact",
        ticket="ticket",
        usual_days=1095,
    )
)


def _without_outside(numbers: Collection[int]) -> int:
    return OUTSIDE.erase(OutsideAnswer.objects.filter(pk__in=numbers))


ages(
    Aged(
        code="outside",
        label=_("Words in independent surveys"),
        about=_("what clients wrote to an independent provider; the mark stays"),
        rows=_worded(OutsideAnswer, "words"),
        erase=_without_outside,
        moment="at",
        contact="contact",
        ticket="ticket",
        usual_days=1095,
    )
)


def _without_talks(numbers: Collection[int]) -> int:
    return TALKS.erase(FollowUp.objects.filter(pk__in=numbers))


ages(
    Aged(
        code="talks",
        label=_("Words on talks with dissatisfied clients"),
        about=_("what was written down of a talk after a low mark; its result and cause stay"),
        rows=_worded(FollowUp, "words", "opened_at"),
        erase=_without_talks,
        moment="opened_at",
        contact="invitation__contact",
        ticket="invitation__ticket",
        usual_days=1095,
    )
)
