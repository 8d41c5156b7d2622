"""Who may say what of a colleague: the one place that decides."""

from django.db.models import QuerySet

from otklik.core.staff.models import Membership, Role, User


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
