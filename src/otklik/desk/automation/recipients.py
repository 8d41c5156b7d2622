"""Whom the desk tells: the owner, the leads of the line, one person; never who is away or may not see the request."""

from collections.abc import Iterable

from django.utils.translation import gettext as _now

from otklik.core.staff.deputies import cover_of
from otklik.core.staff.models import Membership, Role, User
from otklik.desk.tickets.access import can_see
from otklik.desk.tickets.models import Ticket

OWNER, LEADS, HEADS, NOBODY = "owner", "leads", "heads", "nobody"


def choices(*, nobody: bool = False) -> list[tuple[str, str]]:
    """Groups, then people by name."""
    groups = [
        (OWNER, _now("the owner, or the leads where nobody has it")),
        (LEADS, _now("the leads of the line")),
        (HEADS, _now("the head of service")),
    ]
    people = User.objects.filter(is_active=True).order_by("name").values_list("pk", "name")
    none = [(NOBODY, _now("nobody in particular"))] if nobody else []
    return [*none, *groups, *((str(pk), name) for pk, name in people)]


def people_of(ticket: Ticket, whom: str) -> list[User]:
    """Who is meant at this moment; a lead's place is taken by the head where a line has none, and by who stands in.

    Without those who may not see the ticket: nobody is told more than they may read.
    """
    if whom == OWNER and ticket.owner:
        found: Iterable[User] = [ticket.owner]
    elif whom in (OWNER, LEADS):
        found = _leads(ticket.team_id) or _heads()
    elif whom == HEADS:
        found = _heads()
    else:
        found = User.objects.filter(pk=int(whom), is_active=True) if whom.isdecimal() else []
    return list({person.pk: person for one in found if (person := _told_for(one, ticket))}.values())


def _leads(team: int) -> list[User]:
    members = Membership.objects.filter(team=team, user__role=Role.LEAD, user__is_active=True)
    return [member.user for member in members.select_related("user").order_by("user")]


def _heads() -> list[User]:
    return list(User.objects.filter(role=Role.HEAD, is_active=True).order_by("pk")) or list(
        User.objects.administrators().filter(is_active=True).order_by("pk")
    )


def _told_for(person: User, ticket: Ticket) -> User | None:
    """Who stands in for them, if that one may see the ticket, else the person, if they may."""
    cover = cover_of(person.pk)
    able = [one for one in (cover.deputy if cover else None, person) if one and _may_hear(one, ticket)]
    return next(iter(able), None)


def _may_hear(person: User, ticket: Ticket) -> bool:
    """Nor does anybody hear of the requests of a client from whom they are protected."""
    return can_see(person, ticket) and person.pk not in ticket.closed_to
