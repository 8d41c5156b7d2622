"""How a board is looked at: which period, compared with which, narrowed further or not, kept in the address."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from otklik.core.journal import clock
from otklik.front.board.access import lines_of
from otklik.front.board.measured.narrowing import addressed, called, known, narrowed
from otklik.front.board.own.access import person
from otklik.front.board.timing import USUAL, Against, Days, Timing, timed
from otklik.front.board.unknown import unknown
from otklik.team.boards.drawing import NOTHING_FURTHER, Further, Shown
from otklik.team.boards.models import Board
from otklik.team.boards.period import Period, Span

OFF = "off"


@dataclass(frozen=True)
class Look:
    """`unknown` is what the address asked for in vain; `base` are the days compared with, None for no comparison.

    `narrowed` says in words to what the reader narrows it further.
    """

    span: str
    period: Period
    base: Period | None
    unknown: list[str]
    timing: Timing = USUAL
    further: Further = NOTHING_FURTHER
    narrowed: tuple[str, ...] = ()

    @property
    def compare(self) -> bool:
        return self.base is not None

    def metric(self, told: Shown) -> str:
        """The page of the metric of a tile: the same scope and period."""
        return f"{reverse('board:metric', args=[told.metric.id])}?{self._of(told).urlencode()}"

    def behind(self, told: Shown, key: str = "") -> str:
        """The requests behind a tile, or behind one of its rows."""
        asked = self._of(told)
        if key:
            asked["team" if told.tile.by == "line" else told.tile.by] = key
        return f"{reverse('board:behind_metric', args=[told.metric.id])}?{asked.urlencode()}"

    def _of(self, told: Shown) -> QueryDict:
        asked = QueryDict(mutable=True)
        if self.span.isdecimal() and not self.timing.own:
            asked["days"] = self.span
        else:
            asked["first"], asked["last"] = self.period.first.isoformat(), self.period.last.isoformat()
        asked.update({name: value for name, value in self.timing.named.items() if name not in asked})
        if team := told.question.scope.line:
            asked["team"] = str(team)
        asked.update(addressed(told.question.only))
        return asked


def chosen(request: HttpRequest, board: Board) -> Look:
    """What makes no sense falls back to what the board opens with, and the page says so."""
    user, timing, told = person(request), timed(request.GET), request.GET
    asked = told.get("span", "")
    span = asked if asked in Span.values else board.span
    period = Period(timing.own.first, timing.own.last) if timing.own else Period.of(span)
    lines = {str(team.pk): team for team in lines_of(user)} if told.get("team") else {}
    line, only = lines.get(told.get("team", "")), narrowed(told, user)
    vain = unknown(told, span=Span.values, compare=[OFF], team=lines, **known(user))
    said = ([line.name] if line else []) + called(only, user)
    return Look(
        span,
        period,
        _base(period, timing, told.get("compare", "")),
        [*vain, *timing.vain],
        timing,
        Further(line.pk if line else None, only),
        tuple(said),
    )


def _base(period: Period, timing: Timing, compare: str) -> Period | None:
    if timing.against == Against.OFF or (compare == OFF and timing.against == Against.PERIOD):
        return None
    found = timing.base(Days(period.first, period.last), clock.now())
    return Period(found.first, found.last, found.until) if found else period.before()
