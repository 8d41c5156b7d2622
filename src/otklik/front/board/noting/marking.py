"""Letters on a time axis for what happened: by day, by week, by month."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from string import ascii_uppercase

from otklik.core.staff.models import User
from otklik.core.ui.charts import Mark
from otklik.front.board.noting.happenings import Happening, happenings
from otklik.team.metrics import forecasting
from otklik.team.metrics.days import midnight
from otklik.team.metrics.scope import Scope

type Marked = list[tuple[str, Happening]]
type Place = Callable[[date], int | None]


def lettered(happened: Iterable[Happening], letters: str = ascii_uppercase) -> Marked:
    return list(zip(letters, happened, strict=False))


def marks(told: Marked, place: Place) -> list[Mark]:
    """Where each happened on the axis; what lies before it is not marked."""
    return marks_of((letter, at) for letter, one in told if (at := place(one.on)) is not None)


def marks_of(placed: Iterable[tuple[str, int]]) -> list[Mark]:
    """One for each point: what happened within the same one has its letters side by side."""
    letters: dict[int, str] = {}
    for letter, at in placed:
        letters[at] = letters.get(at, "") + letter
    return [Mark(at, some) for at, some in letters.items()]


def by_day(first: date) -> Place:
    return lambda day: (day - first).days


def by_span(begin: Sequence[date]) -> Place:
    """Of points that are weeks or months, each by its first day: the last one that has begun."""
    return lambda day: next((at for at in range(len(begin) - 1, -1, -1) if begin[at] <= day), None)


def during(user: User, first: date, last: date) -> list[Happening]:
    """What happened from day to day, both included, as far as the reader knows of it."""
    return happenings(user, Scope.visible_to(user, midnight(first), midnight(last + timedelta(days=1))))


def around(user: User, first: date, last: date) -> list[Happening]:
    """The same on days of the house and on those of the reader, which begin before them or after."""
    after = last + timedelta(days=1)
    start = min(midnight(first), forecasting.midnight(first))
    return happenings(user, Scope.visible_to(user, start, max(midnight(after), forecasting.midnight(after))))
