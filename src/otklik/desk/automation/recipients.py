"""Whom the desk tells: the owner, the leads of the line, one person; never somebody who is away."""

from collections.abc import Iterable

from django.utils.translation import gettext as _now

from otklik.core.staff.deputies import cover_of
from otklik.core.staff.models import Membership, Role, User
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
    """Who is meant at this moment; a lead's place is taken by the head where a line has none, and by who stands in."""
    if whom == OWNER and ticket.owner:
        found: Iterable[User] = [ticket.owner]
    elif whom in (OWNER, LEADS):
        found = _leads(ticket.team_id) or _heads()
    elif whom == HEADS:
        found = _heads()
    else:
        found = User.objects.filter(pk=int(whom), is_active=True) if whom.isdecimal() else []
    return list({person.pk: person for one in found if (person := _present(one))}.values())


def _leads(team: int) -> list[User]:
    members = Membership.objects.filter(team=team, user__role=Role.LEAD, user__is_active=True)
    return [member.user for member in members.select_related("user").order_by("user")]


def _heads() -> list[User]:
    return list(User.objects.filter(role=Role.HEAD, is_active=True).order_by("pk")) or list(
        User.objects.administrators().filter(is_active=True).order_by("pk")
    )


def _present(person: User) -> User | None:
    """The person, or who stands in for them; the person all the same where nobody does."""
    cover = cover_of(person.pk)
    return (cover.deputy or person) if cover else person
