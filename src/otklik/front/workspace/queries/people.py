"""Colleagues and lines for lists and pages, so that no statement joins them.

Kept in the process for half a minute; an unknown number is looked up at once, a changed name may be old that long.
"""

from dataclasses import dataclass

from otklik.core.recent import Recent
from otklik.core.staff.models import Team, User


@dataclass(frozen=True)
class _House:
    people: dict[int, User]
    lines: dict[int, Team]


_house: Recent[_House] = Recent(30.0)


def colleague(pk: int | None) -> User | None:
    """The person behind a number, None for nobody.  Good for a name and a face; never ask it for rights."""
    if pk is None:
        return None
    if pk not in _house.get(_read).people:
        _house.forget()
    return _house.get(_read).people.get(pk)


def line(pk: int) -> Team | None:
    if pk not in _house.get(_read).lines:
        _house.forget()
    return _house.get(_read).lines.get(pk)


def line_name(pk: int) -> str:
    found = line(pk)
    return found.name if found else ""


def _read() -> _House:
    people = User.objects.only("pk", "name", "login", "portrait", "title", "role", "is_active")
    return _House({user.pk: user for user in people}, {team.pk: team for team in Team.objects.all()})
