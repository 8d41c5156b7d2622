"""Names of colleagues and lines for lists, so that no list joins them.

Kept in the process for half a minute; an unknown number is looked up at once, a changed name may be old that long.
"""

from dataclasses import dataclass, field
from time import monotonic

from otklik.core.staff.models import Team, User

FRESH = 30.0


@dataclass(frozen=True)
class Colleague:
    """A face in a list."""

    pk: int
    name: str
    portrait: str


@dataclass
class _Known:
    people: dict[int, Colleague] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)
    until: float = 0.0


_known = _Known()


def colleague(pk: int | None) -> Colleague | None:
    """The person behind a number, None for nobody."""
    if pk is None:
        return None
    _refresh(pk in _known.people)
    return _known.people.get(pk)


def line_name(pk: int) -> str:
    _refresh(pk in _known.lines)
    return _known.lines.get(pk, "")


def forget() -> None:
    """Read again at the next question (tests; a changed name)."""
    _known.until = 0.0


def _refresh(found: bool) -> None:
    if found and monotonic() < _known.until:
        return
    people = User.objects.values_list("pk", "name", "login", "portrait")
    _known.people = {pk: Colleague(pk, name or login, portrait) for pk, name, login, portrait in people}
    _known.lines = dict(Team.objects.values_list("pk", "name"))
    _known.until = monotonic() + FRESH
