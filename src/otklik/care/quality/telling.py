"""Who is told of a review by a notice.  No word of the review, and none of a client, is in it."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.quality.events import ReviewLate
from otklik.care.quality.models import Calibration, Plan, Review, Step
from otklik.care.quality.states import State, Stream
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import Role, User
from otklik.core.ui import words
from otklik.desk.tickets.telling import tell

SWEPT = 200


@transaction.atomic
def look_at_dates() -> None:
    """What was to be done by now and is not: once for each date."""
    _late_reviews()
    _late_steps()
    for session in Calibration.objects.filter(closed_at=None, until__lte=clock.now()).order_by("pk")[:SWEPT]:
        session.close(by=None)


def _late_reviews() -> None:
    """Silence of the person is acceptance; who reviews or decides is told, and the head with them."""
    now = clock.now()
    due = Review.objects.filter(next_at__lte=now, late_at=None).exclude(stream=Stream.CALIBRATION)
    locked = due.select_related("holder").select_for_update(of=("self",), skip_locked=True)
    rows = list(locked.order_by("next_at")[:SWEPT])
    silent = [row for row in rows if row.state == State.PUBLISHED]
    late = [row for row in rows if row.state != State.PUBLISHED]
    for row in silent:
        row.accept(by=None)
    for row in late:
        row.late_at = now
    Review.objects.bulk_update(late, ["late_at"])
    heads = _heads() if late else []
    for row in late:
        publish(ReviewLate(ticket_id=row.ticket_id, review_id=row.pk))
        _of_late(row, {person.pk: person for person in (row.holder, *heads) if person}.values())


def _heads() -> list[User]:
    return list(User.objects.filter(role=Role.HEAD, is_active=True)[:SWEPT])


def _late_steps() -> None:
    now = clock.now()
    due = Step.objects.filter(done_at=None, until__lte=now, late_at=None).select_related("owner", "agreed_by")
    rows = list(due.select_for_update(of=("self",), skip_locked=True).order_by("until")[:SWEPT])
    for row in rows:
        row.late_at = now
        people = {person.pk: person for person in (row.owner, row.agreed_by) if person.is_active}
        _tell(
            people.values(), row.review_id, NoticeKind.DUE, lambda: _("What you agreed to train is late"), urgent=True
        )
    Step.objects.bulk_update(rows, ["late_at"])


def tell_assigned(review: Review) -> None:
    def say() -> str:
        return _("A conversation for you to review %(when)s") % {"when": words.by(review.due_at)}

    _tell([review.reviewer], review.pk, NoticeKind.TASK, say)


def tell_drawn_in_vain(plan: Plan) -> None:
    """The head hears that nothing came of a draw, since the controller hears nothing."""
    tell(
        _heads(),
        lambda: _("A sampling plan has drawn conversations that its controller may not see"),
        kind=NoticeKind.TASK,
        about="plan",
        about_id=plan.pk,
    )


def tell_published(review: Review) -> None:
    _tell([review.agent], review.pk, NoticeKind.TASK, lambda: _("Your conversation was reviewed: read what was said"))


def tell_deciding(review: Review) -> None:
    if review.decider:
        _tell([review.decider], review.pk, NoticeKind.TASK, lambda: _("A review is disputed: you decide"))


def tell_disputed(review: Review) -> None:
    tell_deciding(review)
    _tell([review.reviewer], review.pk, NoticeKind.TASK, lambda: _("Your review is disputed, somebody else decides"))


def tell_decided(review: Review) -> None:
    _tell(
        [review.agent, review.reviewer], review.pk, NoticeKind.TASK, lambda: _("The dispute about a review is decided")
    )


def tell_step(review: Review, people: Iterable[User]) -> None:
    _tell(people, review.pk, NoticeKind.TASK, lambda: _("A step of coaching was agreed with you"))


def _of_late(review: Review, people: Iterable[User]) -> None:
    def say() -> str:
        if review.state == State.DISPUTED:
            return _("A disputed review should have been decided by now")
        return _("A conversation should have been reviewed by now")

    _tell(people, review.pk, NoticeKind.DUE, say, urgent=True)


def _tell(people: Iterable[User], pk: int, kind: NoticeKind, say: Callable[[], str], *, urgent: bool = False) -> None:
    there = [person for person in people if person.is_active]
    tell(there, say, kind=kind, about="review", about_id=pk, urgent=urgent)
