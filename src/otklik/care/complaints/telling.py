"""Who is told of a complaint by a notice: who works on it, and at the breach who leads.  No word of a client in it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from otklik.care.complaints.events import ComplaintLate
from otklik.care.complaints.models import Complaint
from otklik.care.complaints.states import Due
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import Role, User
from otklik.core.ui import words
from otklik.desk.tickets.telling import tell

SWEPT = 200


@transaction.atomic
def tell_soon() -> int:
    """Little time is left for the nearest date of these; each is told of once."""
    now = clock.now()
    found = Complaint.objects.open().filter(soon_at__lte=now, next_at__gt=now, warned_at=None)
    rows = _held(found)
    for row in rows:
        row.warned_at = now
        _tell_of(row, workers(row), urgent=False)
    Complaint.objects.bulk_update(rows, ["warned_at"])
    return len(rows)


@transaction.atomic
def tell_late() -> int:
    """The date of these has passed: the owner and who leads are told, once for each date."""
    now = clock.now()
    rows = _held(Complaint.objects.open().filter(next_at__lte=now, late_at=None))
    for row in rows:
        row.late_at = now
        people = {person.pk: person for person in (*workers(row), *leaders(row))}
        _tell_of(row, people.values(), urgent=True)
        publish(ComplaintLate(complaint_id=row.pk, due=row.next_due))
    Complaint.objects.bulk_update(rows, ["late_at"])
    return len(rows)


def workers(complaint: Complaint) -> list[User]:
    """The owner; who has to do what is due next, where that is somebody else."""
    people = {complaint.owner_id}
    if complaint.next_due == Due.MEASURE:
        late = complaint.measures.filter(done_at=None, due_at__lte=complaint.next_at or clock.now())
        people |= set(late.values_list("owner", flat=True))
    elif complaint.next_due in (Due.LEGAL, Due.HIGHER) and complaint.investigator_id:
        people.add(complaint.investigator_id)
    return list(User.objects.filter(pk__in=people, is_active=True).exclude(pk=complaint.against_id or 0))


def leaders(complaint: Complaint) -> list[User]:
    """Leads of its line and the head; never the person complained about."""
    above = Q(role=Role.HEAD) | Q(role=Role.LEAD, memberships__team=complaint.line_id)
    found = User.objects.filter(above, is_active=True).exclude(pk=complaint.against_id or 0)
    return list(found.distinct()[:SWEPT])


def tell_given(complaint: Complaint, person: User, role: str) -> None:
    def say() -> str:
        if role == "owner":
            return _("Complaint № %(number)s is yours to manage") % {"number": complaint.number}
        return _("You are asked to investigate complaint № %(number)s") % {"number": complaint.number}

    tell([person], say, kind=NoticeKind.ASSIGNED, about="complaint", about_id=complaint.pk)


def tell_measure(complaint: Complaint, person: User) -> None:
    def say() -> str:
        return _("Complaint № %(number)s: a measure for you") % {"number": complaint.number}

    tell([person], say, kind=NoticeKind.TASK, about="complaint", about_id=complaint.pk)


def _tell_of(complaint: Complaint, people: Iterable[User], *, urgent: bool) -> None:
    def say() -> str:
        told = {"number": complaint.number, "what": Due(complaint.next_due).label}
        if urgent:
            return _("Complaint № %(number)s is late: %(what)s") % told
        when = words.by(complaint.next_at) if complaint.next_at else ""
        return _("Complaint № %(number)s: %(what)s %(when)s") % {**told, "when": when}

    tell(people, say, kind=NoticeKind.DUE, about="complaint", about_id=complaint.pk, urgent=urgent)


def _held(found: "Iterable[Complaint]") -> list[Complaint]:
    return list(found.select_for_update(skip_locked=True).order_by("next_at")[:SWEPT])  # type: ignore[attr-defined]
