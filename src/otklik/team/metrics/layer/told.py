"""What the rooms of pages tell, by the names of the layer: a page, the API, a board, an alert and a goal ask the same.

A room says here how its figure comes about, when the program starts: as records with a moment each, which then have
days, windows and a list behind them as all records do, or as one reading of the present.  Who may not open the page of
a figure is told that it is unknown, never zero.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from otklik.core.formulas import wilson
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.scope import Scope

if TYPE_CHECKING:
    from otklik.team.metrics.layer.metric import Metric
    from otklik.team.metrics.layer.question import Question
    from otklik.team.metrics.layer.recorded import Item


class Reading(NamedTuple):
    """A value in the unit of its metric over `n` things, `good` of them for a share; with an interval if it has one."""

    n: int
    value: float | None
    lo: float | None = None
    hi: float | None = None
    good: int | None = None


type May = Callable[[User], bool]
type Records = Callable[[Scope], Iterable["Item"]]
type Now = Callable[[Scope], Reading | None]
type Lines = Callable[[Scope], Mapping[int, Reading]]


@dataclass(frozen=True)
class Source:
    """`records` or `now`, and of each line as of now; `may` says who may open its page, None is everybody who works
    here.
    """

    records: Records | None = None
    now: Now | None = None
    may: May | None = None
    lines: Lines | None = None


_sources: dict[str, Source] = {}


def tells(
    name: str,
    *,
    records: Records | None = None,
    now: Now | None = None,
    may: May | None = None,
    lines: Lines | None = None,
) -> None:
    """How the metric of this name comes about."""
    _sources[name] = Source(records, now, may, lines)


def known() -> frozenset[str]:
    """The metrics of which somebody has said how they come about."""
    return frozenset(_sources)


def may_know(question: "Question") -> bool:
    """Whether this reader is answered: what only some may open is told to nobody without a name."""
    source, viewer = _sources.get(question.metric.id), question.scope.viewer
    if source is None or not question.metric.knows(*question.sides):
        return False
    return source.may is None or (viewer is not None and source.may(viewer))


def may_read(name: str, scope: Scope) -> bool:
    """Whether a room tells records of this name to this reader."""
    source, viewer = _sources.get(name), scope.viewer
    if source is None or source.records is None:
        return False
    return source.may is None or (viewer is not None and source.may(viewer))


def records(name: str, scope: Scope) -> list["Item"]:
    """Those whose moment lies in the period."""
    source = _sources[name].records
    return [one for one in source(scope) if scope.start <= one.at < scope.end] if source else []


def figure(question: "Question") -> Figure:
    """As of now; of a period that is over, and of a line that is not the reader's, nothing is known."""
    metric = question.metric
    nothing = Figure(metric, 0, None)
    source = _sources.get(metric.id)
    if source is None or source.now is None or question.scope.end <= clock.now() or not may_know(question):
        return nothing
    if question.is_foreign:
        return nothing
    line = question.only.get("line", "")
    told = source.now(question.scope.of_team(int(line)) if line else question.scope)
    return _figure(metric, told) if told else nothing


def by_line(question: "Question") -> dict[str, Figure]:
    """As of now, of each line that its room tells apart."""
    source = _sources.get(question.metric.id)
    if source is None or source.lines is None or question.scope.end <= clock.now() or not may_know(question):
        return {}
    found = {str(line): _figure(question.metric, one) for line, one in source.lines(question.scope).items()}
    line = question.only.get("line")
    return {key: one for key, one in found.items() if line in (None, key)}


def _figure(metric: "Metric", told: Reading) -> Figure:
    return Figure(metric, told.n, told.value, told.lo, told.hi, good=told.good)


def count(n: int) -> Reading:
    return Reading(n, float(n))


def share(good: int, n: int) -> Reading:
    """With its interval, of what is a sample of what goes on."""
    told = wilson(good, n)
    return Reading(n, told["p"], told["lo"], told["hi"], good)


def part(good: int, n: int) -> Reading:
    """Of all that there is, so without an interval."""
    return Reading(n, good / n if n else None, good=good)
