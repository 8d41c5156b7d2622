"""The demo company's time at work: four weeks in which nights are thin and one laptop died."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from otklik.core.journal import clock
from otklik.core.staff.models import Membership, Stint, User

HERE = ZoneInfo("Europe/Moscow")
DAYS, ROUND = 28, 14
"""So long ago it begins; after fourteen days it begins anew."""
SHIFTS: tuple[tuple[str, frozenset[int], str, float], ...] = (
    # who, how many days ago (none named: on weekdays), from, for how many hours
    ("marina", frozenset({13, 10, 9, 6, 5, 2, 1}), "10:00", 9.5),
    ("ilya", frozenset({12, 11, 10, 8, 7, 4, 3, 2}), "11:30", 9),
    ("darya", frozenset({14, 13, 12, 10, 9, 7, 6, 5, 4, 3, 1}), "20:30", 10.5),
    ("olga", frozenset(), "08:00", 9),
    ("timur", frozenset(), "09:00", 9),
)
COURSE = (
    (0.0, "ready"),
    (2.0, "busy"),
    (3.0, "ready"),
    (4.5, "break"),
    (5.25, "ready"),
    (7.5, "busy"),
    (8.25, "ready"),
)
"""Hours of a shift, and what begins with them."""
DIED = ("darya", 4)
"""Nobody said that this shift ended."""


def load() -> None:
    people = {person.login: person for person in User.objects.all()}
    lines: dict[int, list[int]] = {}
    for person, line in Membership.objects.order_by("team").values_list("user", "team"):
        lines.setdefault(person, []).append(line)
    Stint.objects.bulk_create(
        Stint(user=people[login], lines=lines[people[login].pk], state=state, since=since, until=until, lapsed=lapsed)
        for login, state, since, until, lapsed in _worked(clock.now())
    )


def _worked(now: datetime) -> Iterator[tuple[str, str, datetime, datetime, bool]]:
    today = now.astimezone(HERE).date()
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        for login, days, begins, hours in SHIFTS:
            if (ago - 1) % ROUND + 1 in days or (not days and day.weekday() < 5):
                died = (login, ago) == DIED
                start = datetime.combine(day, time.fromisoformat(begins), HERE)
                for state, since, until in _shift(start, hours - 2.3 if died else hours, now):
                    yield login, state, since, until, died and until - start > timedelta(hours=hours - 2.4)
    for state, ago_from, ago_to in (("ready", 180, 101), ("busy", 101, 98), ("ready", 98, 20)):  # this morning
        yield "marina", state, now - timedelta(minutes=ago_from), now - timedelta(minutes=ago_to), False


def _shift(start: datetime, hours: float, now: datetime) -> Iterator[tuple[str, datetime, datetime]]:
    """Its stretches, as far as they are over."""
    ends = [begin for begin, _state in COURSE[1:]] + [hours]
    for (begin, state), end in zip(COURSE, ends, strict=True):
        since, until = start + timedelta(hours=begin), start + timedelta(hours=min(end, hours))
        if since < until <= now:
            yield state, since, until
