"""The present moment above the tiles of a board: how many wait, since when, and who is here."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise as LazyText

from otklik.core.journal import clock
from otklik.core.staff.models import Availability, User
from otklik.desk.routing import colleagues
from otklik.front.board import shift_queries
from otklik.front.board.access import lines_of, may_watch
from otklik.team.boards.models import Board


@dataclass(frozen=True)
class Present:
    """Of the lines of a board that the reader sees: requests of our move, and people by what they say of themselves.

    `longest` is how long the one who waits longest waits, in seconds; `address` the shift board, "" for who has none.
    With `capped` there are more than was counted.
    """

    now: datetime
    waiting: int
    longest: float | None
    late: int
    soon: int
    unowned: int
    people: list[tuple[str | LazyText, int]]
    address: str
    capped: bool


def present(board: Board, reader: User) -> Present | None:
    """None where the board does not show it, or the reader sees none of its lines; as many statements for all lines."""
    lines = [team.pk for team in lines_of(reader) if board.team_id in (None, team.pk)]
    if not board.present or not lines:
        return None
    now = clock.now()
    told = shift_queries.figures(lines, now).lines.values()
    query = f"?team={board.team_id}" if board.team_id else ""
    return Present(
        now,
        sum(one.waiting for one in told),
        max(((now - one.oldest_since).total_seconds() for one in told if one.oldest_since), default=None),
        sum(one.late for one in told),
        sum(one.soon for one in told),
        sum(one.unowned for one in told),
        _people(lines, now),
        f"{reverse('board:shift')}{query}" if may_watch(reader) else "",
        any(one.ours >= shift_queries.CAP for one in told),
    )


def _people(lines: list[int], now: datetime) -> list[tuple[str | LazyText, int]]:
    found = Counter(
        Availability.AWAY if one.absence else one.person.availability_at(now) for one in colleagues.of_lines(lines, now)
    )
    return [(state.label, found[state]) for state in Availability if found[state] or state == Availability.READY]
