"""Who manages a complaint where nobody was named: nobody hangs it on themselves."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.core.staff.models import Role, Team, User
from otklik.desk.tickets.errors import Invalid

if TYPE_CHECKING:
    from otklik.care.complaints.models.policy import ComplaintPolicy

ABOVE = (Role.HEAD, Role.QUALITY, Role.ADMIN)


def manager_for(line: Team, against: User | None, policy: "ComplaintPolicy") -> User:
    """The complaint manager of the department, else a lead of the line, the head, whoever looks at the whole of it.

    Never the person complained about.  Raises Invalid where there is nobody else.
    """
    subject = against.pk if against else None
    named = policy.manager
    if named and named.is_active and named.pk != subject:
        return named
    people = User.objects.filter(is_active=True).exclude(pk=subject or 0).order_by("pk")
    lead = people.filter(role=Role.LEAD, memberships__team=line).first()
    if lead:
        return lead
    above = sorted(people.filter(role__in=ABOVE)[:50], key=lambda person: (ABOVE.index(Role(person.role)), person.pk))
    if not above:
        raise Invalid(_("There is nobody who could manage this complaint: appoint a lead or a head first."), "owner")
    return above[0]


def must_manage(person: User, policy: "ComplaintPolicy", current: int | None = None) -> None:
    """One of `candidates`, or the manager of the department: an agent gives no complaint to themselves.

    Raises Invalid.
    """
    if person.role not in (Role.LEAD, *ABOVE) and person.pk not in (policy.manager_id, current):
        raise Invalid(
            _("%(name)s manages no complaints: choose a lead, the head or quality.") % {"name": person.name}, "owner"
        )


def candidates(line: Team | None, against: User | None, *also: User | None) -> list[User]:
    """Who may be given a complaint: leads, the head, quality; and people who work with it already."""
    roles = (Role.LEAD, *ABOVE)
    people = User.objects.filter(is_active=True, role__in=roles).order_by("name", "pk")[:100]
    found = {person.pk: person for person in (*people, *filter(None, also))}
    return [person for person in found.values() if against is None or person.pk != against.pk]
