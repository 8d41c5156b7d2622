"""Who has something to do with a review hears of it."""

from otklik.care.quality import passing, telling
from otklik.care.quality.events import (
    DisputeDecided,
    ReviewAssigned,
    ReviewDisputed,
    ReviewHanded,
    ReviewPublished,
    StepAgreed,
)
from otklik.care.quality.models import Review
from otklik.care.quality.states import State
from otklik.core.journal.news import doer, on
from otklik.core.staff.events import PersonAppointed, PersonLeft
from otklik.core.staff.models import User


@on(ReviewAssigned)
def somebody_reviews_it(news: ReviewAssigned) -> None:
    review = _review(news.review_id)
    if review.reviewer_id != doer():
        telling.tell_assigned(review)


@on(ReviewHanded)
def somebody_else_has_it(news: ReviewHanded) -> None:
    review = _review(news.review_id)
    if review.holder_id == doer():
        return
    if review.state == State.DISPUTED:
        telling.tell_deciding(review)
    else:
        telling.tell_assigned(review)


@on(ReviewPublished)
def the_person_reads_it(news: ReviewPublished) -> None:
    telling.tell_published(_review(news.review_id))


@on(ReviewDisputed)
def somebody_else_decides(news: ReviewDisputed) -> None:
    telling.tell_disputed(_review(news.review_id))


@on(DisputeDecided)
def both_hear_the_decision(news: DisputeDecided) -> None:
    telling.tell_decided(_review(news.review_id))


@on(StepAgreed)
def both_know_the_step(news: StepAgreed) -> None:
    review = _review(news.review_id)
    step = review.steps.select_related("owner").order_by("-pk").first()
    people = {one.pk: one for one in (review.agent, step.owner if step else review.agent)}
    telling.tell_step(review, [one for pk, one in people.items() if pk != doer()])


@on(PersonLeft)
def nothing_hangs_on_somebody_who_left(news: PersonLeft) -> None:
    passing.leave(User.objects.get(pk=news.person_id))


@on(PersonAppointed)
def nothing_hangs_on_another_role(news: PersonAppointed) -> None:
    passing.move(User.objects.get(pk=news.person_id))


def _review(pk: int) -> Review:
    return Review.objects.select_related("agent", "reviewer", "decider").get(pk=pk)
