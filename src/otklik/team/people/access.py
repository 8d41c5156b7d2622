"""Who knows what of whom: the one place that says so.  One's own things, those of one's people, and the head all."""

from django.db.models import Q

from otklik.core.staff.models import Role, Team, User


def runs_people(user: User) -> bool:
    """Head and administrator: of everybody."""
    return user.role in (Role.HEAD, Role.ADMIN)


def may_manage(user: User) -> bool:
    """Open vacancies, begin onboardings and waves, attest: who leads."""
    return user.leads


def may_hire(user: User, team: Team | None) -> bool:
    """Decide about candidates of a line; of none only the head and the administrator."""
    return runs_people(user) or bool(user.leads and team and team.pk in user.team_ids)


def answers_for(user: User, person: User) -> bool:
    """A lead for the people of their lines, nobody for themselves."""
    if user.pk == person.pk:
        return False
    return runs_people(user) or bool(user.leads and set(user.team_ids) & set(person.team_ids))


def of_people(user: User, path: str) -> Q:
    """The condition of rows whose person, at `path`, is the reader or one of those they answer for."""
    if runs_people(user):
        return Q(pk__isnull=False)  # of all: an empty condition would be lost beside another
    shown = Q(**{path: user})
    if user.leads:
        shown |= Q(**{f"{path}__memberships__team__in": list(user.team_ids)})
    return shown
