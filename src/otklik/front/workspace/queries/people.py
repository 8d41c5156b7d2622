"""Colleagues and lines for lists and pages, so that no statement joins them.

Kept in the process for half a minute; an unknown number is looked up at once, a changed name may be old that long.
"""

from dataclasses import dataclass, field
from time import monotonic

from otklik.core.staff.models import Team, User

FRESH = 30.0


@dataclass
class _Known:
    people: dict[int, User] = field(default_factory=dict)
    lines: dict[int, Team] = field(default_factory=dict)
    until: float = 0.0


_known = _Known()


def colleague(pk: int | None) -> User | None:
    """The person behind a number, None for nobody.  Good for a name and a face; never ask it for rights."""
    if pk is None:
        return None
    _refresh(pk in _known.people)
    return _known.people.get(pk)


def line(pk: int) -> Team | None:
    _refresh(pk in _known.lines)
    return _known.lines.get(pk)


def line_name(pk: int) -> str:
    found = line(pk)
    return found.name if found else ""


def forget() -> None:
    """Read again at the next question (tests; a changed name)."""
    _known.until = 0.0


def _refresh(found: bool) -> None:
    if found and monotonic() < _known.until:
        return
    people = User.objects.only("pk", "name", "login", "portrait", "title", "role", "is_active")
    _known.people = {user.pk: user for user in people}
    _known.lines = {team.pk: team for team in Team.objects.all()}
    _known.until = monotonic() + FRESH
