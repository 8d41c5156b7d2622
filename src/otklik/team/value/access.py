"""Who sees what clients are worth, and who says by which margin: the one place that decides."""

from otklik.core.staff.models import User
from otklik.desk.clients.models import PersonalFact
from otklik.desk.clients.sight import Sight


def may_see(user: User) -> bool:
    """Who looks at the whole department."""
    return user.is_active and user.sees_everything


def may_see_one(user: User, sight: Sight | None = None) -> bool:
    """What a client with a name is worth: who sees what all are worth, and what each of them pays.

    `sight` are the eyes of the same reader, where they are at hand.
    """
    return may_see(user) and (sight or Sight.of(user)).opens(PersonalFact.MONEY)


def may_set(user: User) -> bool:
    """The head and the administrator."""
    return may_see(user) and user.leads
