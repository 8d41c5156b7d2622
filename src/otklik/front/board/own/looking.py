"""How a board is looked at: which period, compared or not, kept in the address."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from otklik.front.board.measured.narrowing import addressed
from otklik.front.board.unknown import unknown
from otklik.team.boards.drawing import Shown
from otklik.team.boards.models import Board
from otklik.team.boards.period import Period, Span

OFF = "off"


@dataclass(frozen=True)
class Look:
    """`unknown` is what the address asked for in vain."""

    span: str
    period: Period
    compare: bool
    unknown: list[str]

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
        if self.span.isdecimal():
            asked["days"] = self.span
        else:
            asked["first"], asked["last"] = self.period.first.isoformat(), self.period.last.isoformat()
        if team := told.tile.team_id or told.tile.board.team_id:
            asked["team"] = str(team)
        asked.update(addressed(told.question.only))
        return asked


def chosen(request: HttpRequest, board: Board) -> Look:
    """What makes no sense falls back to what the board opens with, and the page says so."""
    asked = request.GET.get("span", "")
    span = asked if asked in Span.values else board.span
    vain = unknown(request.GET, span=Span.values, compare=[OFF])
    return Look(span, Period.of(span), request.GET.get("compare") != OFF, vain)
