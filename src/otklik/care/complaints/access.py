"""Who may know of a complaint, and do what with it: the one place that decides.

Of a complaint know who filed it, manages it, investigates it or does a measure of it, leads of its lines, and who looks
at the whole department.  The person complained about does not, unless they head the service.  Which rows these are is
`Complaint.objects.visible_to`.
"""

from otklik.care.complaints.models import Complaint, Measure
from otklik.core.staff.models import User


def can_see(user: User, complaint: Complaint) -> bool:
    return Complaint.objects.visible_to(user).filter(pk=complaint.pk).exists()


def can_manage(user: User, complaint: Complaint) -> bool:
    """Acknowledge, weigh, give away, hear the client, check, close: who manages it, and leads who see it."""
    return _is_free(user, complaint) and (user.pk == complaint.owner_id or user.leads)


def can_investigate(user: User, complaint: Complaint) -> bool:
    """Find the cause, decide, plan measures: who manages it or was asked to look into it."""
    return can_manage(user, complaint) or (_is_free(user, complaint) and user.pk == complaint.investigator_id)


def can_decide(user: User, complaint: Complaint) -> bool:
    """On the second level neither who decided nor who investigated on the first."""
    return can_investigate(user, complaint) and not complaint.was_decided_by(user)


def can_add_facts(user: User, complaint: Complaint) -> bool:
    """Also who filed it."""
    return can_investigate(user, complaint) or (_is_free(user, complaint) and user.pk == complaint.filed_by_id)


def can_finish(user: User, complaint: Complaint, measure: Measure) -> bool:
    return can_manage(user, complaint) or (_is_free(user, complaint) and user.pk == measure.owner_id)


def may_file(user: User) -> bool:
    """Write a complaint down: everybody who works here; a client tells it to whoever answers."""
    return user.is_active


def may_read_figures(user: User) -> bool:
    """Leads, and who looks at the whole department."""
    return user.is_active and (user.leads or user.sees_everything)


def _is_free(user: User, complaint: Complaint) -> bool:
    """Not about them; who heads the service reads complaints about themselves and leaves them to others."""
    return user.is_active and user.pk != complaint.against_id
