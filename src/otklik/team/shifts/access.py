"""Who plans whom, and who sees which shifts: the one place that decides."""

from otklik.core.staff.models import Membership, Role, Team, User


def may_plan(user: User, line: int) -> bool:
    """Who leads the line; the head and an administrator every one."""
    return user.is_active and user.leads and (user.role in (Role.HEAD, Role.ADMIN) or line in user.team_ids)


def works_on(person: int, line: int) -> bool:
    """Works here and answers on this line, as it stands now: a row in hand may be older."""
    here = Membership.objects.filter(user=person, team=line, user__is_active=True)
    return here.exclude(user__role=Role.QUALITY).exists()


def may_set_rules(user: User) -> bool:
    """The head and an administrator."""
    return user.is_active and user.role in (Role.HEAD, Role.ADMIN)


def may_see_roster(user: User, line: int) -> bool:
    """A published roster is for the people of the line, who swap by it, and for who looks at the whole department."""
    return user.is_active and (user.sees_everything or line in user.team_ids)


def leads_person(user: User, person: User) -> bool:
    """Whether they may approve an exception of this person: never one's own."""
    if user.pk == person.pk or not (user.is_active and user.leads):
        return False
    if user.role in (Role.HEAD, Role.ADMIN):
        return True
    return Membership.objects.filter(user=person, team__in=user.team_ids).exists()


def seen_lines(user: User) -> list[Team]:
    """Lines in use whose published roster this person reads."""
    return [team for team in Team.objects.active().select_related("calendar") if may_see_roster(user, team.pk)]
