"""Who has something to do with a review hears of it; people who leave pass on what they have."""

from otklik.care.quality import telling
from otklik.care.quality.events import (
    DisputeDecided,
    ReviewAssigned,
    ReviewDisputed,
    ReviewHanded,
    ReviewPublished,
    StepAgreed,
)
from otklik.care.quality.models import Plan, Review, Step
from otklik.care.quality.states import State, Stream
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.news import cause, on
from otklik.core.staff.events import PersonLeft
from otklik.core.staff.models import Role, User


@on(ReviewAssigned, ReviewHanded)
def somebody_reviews_it(news: ReviewAssigned | ReviewHanded) -> None:
    review = _review(news.review_id)
    if review.reviewer_id != _actor():
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
    telling.tell_step(review, [one for pk, one in people.items() if pk != _actor()])


@on(PersonLeft)
def nothing_hangs_on_somebody_who_left(news: PersonLeft) -> None:
    """Another controller reviews instead, another person decides; what was with them is over."""
    left = news.person_id
    for review in Review.objects.filter(holder=left).order_by("pk").select_related("agent", "ticket", "calibration"):
        match review.state:
            case State.PUBLISHED:
                review.accept(by=None)
            case State.DISPUTED:
                review.pass_dispute(by=None)
            case _:
                _pass_on(review)
    for review in Review.objects.filter(agent=left, state__in=(State.OPEN, State.DISPUTED)).order_by("pk"):
        review.leave_out(by=None)
    Plan.objects.running().filter(person=left).update(ended_at=clock.now())
    for plan in Plan.objects.running().filter(controller=left):
        other = _controller(plan.person_id)
        plan.controller, plan.ended_at = other or plan.controller, None if other else clock.now()
        plan.save(update_fields=["controller", "ended_at"])
    for step in Step.objects.filter(owner=left, done_at=None).select_related("review"):
        step.owner_id = step.agreed_by_id if step.agreed_by_id != left else step.review.reviewer_id
        step.save(update_fields=["owner"])


def _pass_on(review: Review) -> None:
    """To another controller; what is scored blind, and what nobody can review, is left out."""
    other = None if review.stream == Stream.CALIBRATION else _controller(review.agent_id)
    if other:
        review.hand_over(other, by=None)
        return
    review.leave_out(by=None)
    if review.calibration:
        review.calibration.close_if_all_scored(by=None)


def _controller(other_than: int | None) -> User | None:
    """A controller, else the head, else an administrator."""
    roles = (Role.QUALITY, Role.HEAD, Role.ADMIN)
    found = User.objects.filter(is_active=True, role__in=roles).exclude(pk=other_than or 0).order_by("pk")[:50]
    return min(found, key=lambda person: roles.index(Role(person.role)), default=None)


def _review(pk: int) -> Review:
    return Review.objects.select_related("agent", "reviewer", "decider").get(pk=pk)


def _actor() -> int | None:
    return Entry.objects.filter(pk=cause() or 0).values_list("actor", flat=True).first()
