"""Who may say what of a colleague: the one place that decides."""

from django.db.models import QuerySet

from otklik.core.staff.models import Membership, Role, Team, User


def can_declare_absence(user: User, person: User) -> bool:
    """One's own, a lead that of the people of their lines, the head and an administrator everybody's."""
    if not (user.is_active and person.is_active):
        return False
    if user.pk == person.pk or user.role in (Role.HEAD, Role.ADMIN):
        return True
    return user.leads and Membership.objects.filter(user=person, team__in=user.team_ids).exists()


def declares_for(user: User) -> QuerySet[User]:
    """Everybody whose absence this person may declare."""
    people = User.objects.filter(is_active=True).order_by("name")
    if user.role in (Role.HEAD, Role.ADMIN):
        return people
    if user.leads:
        mine = Membership.objects.filter(team__in=user.team_ids).values("user")
        return people.filter(pk__in=mine) | people.filter(pk=user.pk)
    return people.filter(pk=user.pk)


def can_say_levels(user: User, team: Team) -> bool:
    """What a line needs, and how good its people are: its leads, the head and an administrator."""
    return user.is_active and user.leads and (user.sees_everything or team.pk in user.team_ids)


def says_levels_of(user: User) -> set[int] | None:
    """Whose levels a person confirms, by number; None is everybody's."""
    if not (user.is_active and user.leads):
        return set()
    if user.sees_everything:
        return None
    return set(Membership.objects.filter(team__in=user.team_ids).values_list("user_id", flat=True))
