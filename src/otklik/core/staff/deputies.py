"""Who stands in for whom: the one answer for requests, promises and approvals."""

from dataclasses import dataclass
from datetime import datetime

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, User


@dataclass(frozen=True)
class Cover:
    """A person is away by this absence; `deputy` answers meanwhile, None where the queue of the line does."""

    absence: Absence
    deputy: User | None


def cover_of(person_id: int, at: datetime | None = None) -> Cover | None:
    """None while the person is here.

    A deputy who is away themselves is passed over for their own deputy; who has left, or would lead back to where
    one began, stands in for nobody.
    """
    moment = at or clock.now()
    first = absence = Absence.objects.current_of(person_id, moment)
    if first is None:
        return None
    passed = {person_id}
    while absence and absence.deputy_id and absence.deputy_id not in passed:
        passed.add(absence.deputy_id)
        further = Absence.objects.current_of(absence.deputy_id, moment)
        if further is None:
            deputy = absence.deputy
            return Cover(first, deputy if deputy and deputy.is_active and deputy.answers else None)
        absence = further
    return Cover(first, None)


def deputy_of(user: User, at: datetime | None = None) -> User | None:
    """Who has the powers of this person at that moment beside them; None while they are here."""
    cover = cover_of(user.pk, at)
    return cover.deputy if cover else None


def may_decide_for(deputy: User, principal: User, *, asked_by: User, at: datetime | None = None) -> bool:
    """May the deputy give an approval that is the principal's to give?

    Only in the time of the absence, and nobody approves what they asked for themselves.
    """
    return deputy.pk != asked_by.pk and deputy_of(principal, at) == deputy
