"""Nothing hangs: who else can have a review, and who has it when somebody leaves or does not review any more."""

from contextlib import suppress

from django.db.models import Q

from otklik.care.quality.deciders import ABOVE, MOST, deciders_of, nearest
from otklik.care.quality.models import Plan, Review, Step
from otklik.care.quality.models.reviewing import must_be_fit, reviewers
from otklik.care.quality.states import State
from otklik.core.journal import clock
from otklik.core.staff.models import Role, User
from otklik.desk.tickets.errors import Invalid

HEIRS = (Role.QUALITY, Role.HEAD, Role.ADMIN)


def others_for(review: Review) -> list[User]:
    """To whom it can be given by hand; by name."""
    if review.state == State.DISPUTED:
        found = {one.pk: one for one in deciders_of(review)}
    else:
        near = ~Q(role=Role.LEAD) | Q(memberships__team=review.team_id)
        found = {one.pk: one for one in reviewers().filter(near).exclude(pk=review.agent_id).distinct()[:MOST]}
    found.pop(review.holder_id or 0, None)
    return sorted(found.values(), key=lambda one: (one.name, one.pk))


def leave(person: User) -> None:
    """Another controller reviews instead, another person decides; what was with them is over."""
    for review in Review.objects.filter(holder=person, state=State.PUBLISHED).order_by("pk"):
        review.accept(by=None)
    move(person)
    for review in Review.objects.filter(agent=person, state__in=(State.OPEN, State.DISPUTED)).order_by("pk"):
        review.leave_out(by=None)
    Plan.objects.running().filter(person=person).update(ended_at=clock.now())
    for step in Step.objects.filter(owner=person, done_at=None).select_related("review", "agreed_by"):
        step.owner = _heir_of(step)
        step.save(update_fields=["owner"])


def move(person: User) -> None:
    """Who controls no more, or leads another line now, may not even see what they were to review."""
    held = Review.objects.filter(holder=person).select_related("agent", "ticket", "calibration", "decider")
    for review in held.filter(state=State.OPEN).order_by("pk"):
        try:
            must_be_fit(review.ticket, review.agent, person)
        except Invalid:
            _pass_on(review)
    for review in held.filter(state=State.DISPUTED).order_by("pk"):
        if person not in deciders_of(review):
            review.pass_dispute(by=None)
    for plan in Plan.objects.running().filter(controller=person):
        if not plan.suits(person):
            other = _controller(plan.person_id)
            plan.controller, plan.ended_at = other or person, None if other else clock.now()
            plan.save(update_fields=["controller", "ended_at"])


def _pass_on(review: Review) -> None:
    """To another controller; what is scored blind, and what nobody can review, is left out."""
    other = None if review.calibration else _controller(review.agent_id, review.holder_id)
    if other:
        with suppress(Invalid):
            review.hand_over(other, by=None)
            return
    review.leave_out(by=None)
    if review.calibration:
        review.calibration.close_if_all_scored(by=None)


def _controller(*other_than: int | None) -> User | None:
    """A controller, else the head, else an administrator."""
    return next(iter(nearest(HEIRS, *other_than)), None)


def _heir_of(step: Step) -> User:
    """Who agreed it, else who reviewed, else whoever leads; who has left only where nobody is there at all."""
    near = (step.agreed_by, step.review.reviewer)
    there = [one for one in near if one.is_active and one.pk != step.owner_id]
    return next(iter([*there, *nearest(ABOVE, step.owner_id)]), step.owner)
