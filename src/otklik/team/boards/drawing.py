"""What a tile shows to one reader: the one answer for page, wall, table to take away and report.

Everything is asked of the layer: for all tiles at once where it can be, and what several ask alike once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.team.boards.models import ME, Form, Narrowed, Tile
from otklik.team.boards.period import Period
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import standing, together
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How, Metric
from otklik.team.metrics.layer.naming import OF_LEADERS, SIDES, may_narrow, names, names_for, sides_of
from otklik.team.metrics.layer.once import read_once
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.reworded import Wording, by_wording
from otklik.team.metrics.layer.sides import by_sides
from otklik.team.metrics.scope import Scope

MOST = 12
"""Rows of a breakdown on a tile, those with most readings; whoever takes the table away has all."""

type Course = list[tuple[date, Figure | None]]
type _Key = tuple[Any, ...]


@dataclass(frozen=True)
class Further:
    """What a reader narrows a whole board to while they look: a line, and one value of each named side."""

    team: int | None = None
    only: Mapping[str, str] = field(default_factory=dict)


NOTHING_FURTHER = Further()


@dataclass(frozen=True)
class Row:
    """One value of the side a tile is broken down by; `before` is None without a comparison, and of what stands."""

    key: str
    name: str
    now: Figure
    before: Figure | None


@dataclass(frozen=True)
class Shown:
    """A tile in the eyes of a reader; figures are in the unit of the metric.

    `why_not` says why there is nothing to see, and then all else is empty.  `now` is the whole, `before` the same of
    the days it is compared with (None without comparison).  `course` and `base` have one pair for each day, `rows`
    those with most readings first, `more` how many rows were left out, `rest` how many counted ones have no value on
    this side, `hours` seven rows of 24 counts from Monday on, `wordings` those of a course whose question had several.
    """

    tile: Tile
    period: Period
    question: Question
    narrowed: list[str] = field(default_factory=list)
    why_not: str | LazyText = ""
    now: Figure | None = None
    before: Figure | None = None
    course: Course = field(default_factory=list)
    base: Course = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    more: int = 0
    rest: int = 0
    hours: list[list[int]] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)

    @property
    def metric(self) -> Metric:
        return self.question.metric


def shown(tile: Tile, reader: User, period: Period, *, compare: bool = True, most: int | None = MOST) -> Shown:
    """See `Shown`; `most` None is every row of a breakdown."""
    return all_shown([tile], reader, period, period.before() if compare else None, most=most)[0]


def all_shown(
    tiles: Iterable[Tile],
    reader: User,
    period: Period,
    base: Period | None = None,
    *,
    further: Further = NOTHING_FURTHER,
    most: int | None = MOST,
) -> list[Shown]:
    """The same of several tiles, compared with `base`; what they ask alike is asked once."""
    layer_once = _Once()
    whole = period.scope(reader)
    asked = [_asked(tile, reader, period, whole, further) for tile in tiles]
    with read_once():
        _ask_together([one for one in asked if not one.why_not], layer_once, base)
        found = [_drawn(one, layer_once, base, most) for one in asked]
    return _named(found, reader)


def _ask_together(tiles: list[Shown], once: "_Once", base: Period | None) -> None:
    """What all tiles need, in few statements: their figures, and the sides of those that only readings know."""
    of_sides: dict[_Key, tuple[Question, list[str]]] = {}
    for one in tiles:
        before = _before(one.question, base)
        if one.metric.stands and before and one.tile.form == Form.COURSE:
            once.course(before)  # first: of what stands it holds the days of all that is asked next
        if one.tile.by:
            compared = [] if one.metric.stands or before is None else [before]
            for asked in (one.question, *compared):
                of_sides.setdefault(_key_of(asked), (asked, []))[1].append(one.tile.by)
    both = ((one.question, _before(one.question, base)) for one in tiles)
    once.figures(asked for pair in both for asked in pair if asked)
    for asked, sides in of_sides.values():
        once.sides(asked, list(dict.fromkeys(sides)))


def _before(asked: Question, base: Period | None) -> Question | None:
    return replace(asked, scope=asked.scope.at(base.first, base.last, base.until)) if base else None


def _asked(tile: Tile, reader: User, period: Period, whole: Scope, further: Further) -> Shown:
    """Its question, or why this reader gets no answer."""
    team, only = _narrowing(tile, reader, further)
    scope = whole.of_team(team) if team else whole
    told = Shown(tile, period, Question(tile.measured, scope, only))
    if team and whole.teams is not None and team not in whole.teams:
        return replace(told, why_not=_("This tile shows a line that is not yours."))
    if not tile.measured.knows(*told.question.sides):
        return replace(told, why_not=_("This metric is not known from this side: take the narrowing away."))
    if not all(may_narrow(reader, side, key) for side, key in only.items()):
        return replace(told, why_not=_("Figures of one person are shown to who leads them."))
    if tile.by and tile.by not in sides_of(reader):
        return replace(told, why_not=_("People and organisations are compared by who leads."))
    return told


def _narrowing(tile: Tile, reader: User, further: Further) -> tuple[int | None, dict[str, str]]:
    """The line and the sides; what the tile says itself goes before what the reader asks, and this before the board."""
    both: tuple[Narrowed, ...] = (tile.board, tile)
    board, own = ({one.side: str(reader.pk) if one.key == ME else one.key} if one.side else {} for one in both)
    return tile.team_id or further.team or tile.board.team_id, {**board, **further.only, **own}


def _drawn(told: Shown, once: "_Once", base: Period | None, most: int | None) -> Shown:
    if told.why_not:
        return told
    asked, form = told.question, Form(told.tile.form)
    before = _before(asked, base)
    told = replace(told, now=once.figure(asked), before=once.figure(before) if before else None)
    match form:
        case Form.NUMBER:
            return told
        case Form.COURSE:
            worded = by_wording(asked, told.now) if told.now else []
            earlier = once.course(before) if before else []
            return replace(told, course=once.course(asked), base=earlier, wordings=worded)
        case Form.HEAT:
            return replace(told, hours=once.by_hour(asked))
        case Form.SPLIT | Form.TABLE:
            return _from_side(told, once, before, most)


def _from_side(told: Shown, once: "_Once", before: Question | None, most: int | None) -> Shown:
    asked, side = told.question, told.tile.by
    compared = None if asked.metric.stands else before
    now = once.by_side(asked, side)
    was = once.by_side(compared, side) if compared else {}
    ordered = sorted(now.items(), key=lambda pair: (-pair[1].n, pair[0]))
    rows = [Row(key, "", one, was.get(key, layer.nothing(asked)) if compared else None) for key, one in ordered[:most]]
    rest = told.now.n - sum(one.n for one in now.values()) if told.now and _has_rest(asked) else 0
    return replace(told, rows=rows, more=len(ordered) - len(rows), rest=max(0, rest))


def _has_rest(asked: Question) -> bool:
    """What is counted adds up to the whole; of what stood in an earlier period the sides are not known at all."""
    return asked.metric.how == How.COUNT and not (asked.metric.stands and standing.is_over(asked))


def _named(found: list[Shown], reader: User) -> list[Shown]:
    """Names of everything that these tiles mention, for each side at once.

    Rows are of what the reader has requests of; to what a tile is narrowed, somebody typed.
    """
    rows, typed = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for one in found:
        rows[one.tile.by].update(row.key for row in one.rows)
        for side, key in _narrowed(one):
            (typed if side in OF_LEADERS else rows)[side].add(key)
    called = {side: names(side, keys) for side, keys in rows.items() if keys}
    narrowed = called | {side: names_for(reader, side, keys) for side, keys in typed.items()}
    return [
        replace(
            one,
            narrowed=[f"{SIDES[side]}: {narrowed[side][key] if key else '—'}" for side, key in _narrowed(one)],
            rows=[replace(row, name=called[one.tile.by][row.key]) for row in one.rows],
        )
        for one in found
    ]


def _narrowed(one: Shown) -> Iterable[tuple[str, str]]:
    """Names stay hidden from who may not see the figure."""
    if one.why_not:
        return
    if one.question.scope.line is not None:
        yield "line", str(one.question.scope.line)
    yield from one.question.only.items()


class _Once:
    """The layer, asked each thing once."""

    def __init__(self) -> None:
        self._kept: dict[_Key, Any] = {}

    def figure(self, asked: Question) -> Figure:
        return self._ask(layer.figure, asked)

    def course(self, asked: Question) -> Course:
        return self._ask(layer.course, asked)

    def by_hour(self, asked: Question) -> list[list[int]]:
        return self._ask(layer.by_hour, asked)

    def by_side(self, asked: Question, side: str) -> Mapping[str, Figure]:
        return self._ask(layer.by_side, asked, side)

    def figures(self, asked: Iterable[Question]) -> None:
        """All that will be asked for, in as many statements as one of them."""
        wanted = {(layer.figure, *_key_of(one)): one for one in asked}
        self._kept |= zip(wanted, together.figures(list(wanted.values())), strict=True)

    def sides(self, asked: Question, sides: list[str]) -> None:
        """What will be asked for from these sides."""
        self._kept |= {(layer.by_side, *_key_of(asked), side): told for side, told in by_sides(asked, sides).items()}

    def _ask(self, ask: Callable[..., Any], asked: Question, *more: str) -> Any:
        key = (ask, *_key_of(asked), *more)
        if key not in self._kept:
            self._kept[key] = ask(asked, *more)
        return self._kept[key]


def _key_of(asked: Question) -> _Key:
    scope = asked.scope
    teams = None if scope.teams is None else tuple(scope.teams)
    return asked.metric.id, scope.start, scope.end, teams, scope.line, *sorted(asked.only.items())
