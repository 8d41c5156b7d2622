"""Who may do what with reviews: the one place that decides.  Which rows one sees is `Review.objects.visible_to`.

A client never sees anything of it.  The person reads their own published reviews; leads those of their lines; those who
control quality all published ones; the head everything but what is being scored blind.
"""

from otklik.care.quality.models import Calibration, Review, Step
from otklik.care.quality.models.reviewing import reviews
from otklik.care.quality.states import TOLD, State, Stream
from otklik.core.staff.models import Role, User


def may_review(user: User) -> bool:
    """Controllers and who leads; never their own work."""
    return reviews(user)


def may_begin(user: User) -> bool:
    """Calibrations are begun by who answers for quality."""
    return user.is_active and user.role in (Role.QUALITY, Role.HEAD, Role.ADMIN)


def can_close(user: User, session: Calibration) -> bool:
    """Compare before everybody has scored: who began it, and who might have."""
    return user.is_active and (user.pk == session.by_id or may_begin(user))


def can_score(user: User, review: Review) -> bool:
    return user.is_active and review.state == State.OPEN and review.holder_id == user.pk


def can_answer(user: User, review: Review) -> bool:
    """Accept or dispute."""
    return user.is_active and review.state == State.PUBLISHED and review.holder_id == user.pk


def can_decide(user: User, review: Review) -> bool:
    return user.is_active and review.state == State.DISPUTED and review.holder_id == user.pk


def can_give(user: User, review: Review) -> bool:
    """To another reviewer, or another who decides; whose work it is never, nor whose marks are disputed."""
    if review.calibration_id or user.pk == review.agent_id or not reviews(user):
        return False
    return review.state == State.OPEN or (review.state == State.DISPUTED and user.pk != review.reviewer_id)


def can_coach(user: User, review: Review) -> bool:
    """Both of them, and who leads the line; whoever sees it at all."""
    if not user.is_active or review.state not in TOLD or review.stream == Stream.CALIBRATION:
        return False
    return user.pk in (review.agent_id, review.reviewer_id) or user.leads


def can_finish(user: User, step: Step) -> bool:
    return user.is_active and (user.pk in (step.owner_id, step.agreed_by_id) or user.leads)
