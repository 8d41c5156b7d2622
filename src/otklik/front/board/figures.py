"""What the board shows: every figure asked of the one layer, none counted here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.care.surveys.letters import words_of
from otklik.care.surveys.scales import SCALES, Kind
from otklik.core.staff.models import User
from otklik.desk.sla.models import Kind as Clock
from otklik.desk.tickets.models import Ticket
from otklik.front.board import sentences, stats
from otklik.front.board.measured import telling
from otklik.front.board.measured.course import course
from otklik.front.board.noting.happenings import happenings
from otklik.front.board.period import View
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import standing, together
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure, counted
from otklik.team.metrics.layer.metric import How, Metric
from otklik.team.metrics.layer.naming import names
from otklik.team.metrics.layer.once import read_once

TOLD = (
    "frt",
    "resolution.full",
    "sla.attainment",
    "promise.kept",
    "csat.t2b",
    "survey.response_rate",
    "reopen",
    "backlog",
)
"""The figures at the top, in this order."""
OF_SCALES = {
    "csat.t2b": Kind.CSAT5,
    "csat.t2b.0_5": Kind.CSAT6,
    "nps": Kind.NPS,
    "ces": Kind.CES7,
    "ces.difficulty": Kind.CES6,
}
"""Each scale whose marks have bars of their own: 4 of one is not 4 of another (METRICS S1)."""
BESIDE = ("backlog.age", "backlog.late", "backlog.unanswered", "arrivals", "solved", *list(OF_SCALES)[1:])
"""What else is said of the whole."""
COLUMNS = ("frt", "sla.first", "resolution.full", "sla.attainment", "reopen", "csat.t2b", "backlog")
"""What is told of each line."""
OF_CLASSES = ("sla.attainment", "sla.first", "sla.next", "sla.update", "sla.resolution")
MISSED = frozenset({0, 2, 4, 6})
OLDEST = 10
AGES = (
    gettext_lazy("under a day"),
    gettext_lazy("1 to 3 days"),
    gettext_lazy("3 to 7 days"),
    gettext_lazy("1 to 2 weeks"),
    gettext_lazy("2 weeks to a month"),
    gettext_lazy("over a month"),
)


@dataclass(frozen=True)
class Marks:
    """How often each point of a scale was given; `name` says which scale, where there are several."""

    name: str | LazyText
    rows: list[tuple[str | LazyText, int, float, str]]


@read_once()
def board(view: View, user: User) -> dict[str, Any]:
    """As many statements for many lines and requests as for few."""
    now, before = _whole(view)
    is_over = view.scope.end <= view.now
    late = None if is_over else now["backlog.late"].n
    return {
        "headline": sentences.headline(now["frt"], before.get("frt"), late),
        "late": late and view.behind("backlog.late"),
        "second": sentences.second(view, now["arrivals"], now["solved"], now["backlog"]),
        "flow": sentences.flow(view, now["arrivals"], now["solved"], now["backlog"]),
        "stats": _stats(view, now, before),
        "chart": course(
            view.ask(METRICS["frt"]), happenings(user, view.scope) if view.timing.events else [], base=view.base
        ),
        "columns": [METRICS[name].name for name in COLUMNS],
        "lines": _lines(view),
        "kinds": [_("In time"), *(str(kind.label) for kind in Clock)],
        "classes": _classes(view),
        "backlog": now["backlog"],
        "age": now["backlog.age"],
        "ages": [] if is_over else _ages(view),
        "oldest": [] if is_over else _oldest(view),
        "marks": _marks(view, now),
        "response": telling.of_how_many(now["survey.response_rate"]) if now["survey.response_rate"].n else "",
    }


def _whole(view: View) -> tuple[dict[str, Figure], dict[str, Figure]]:
    """What is told of all lines together, now and in the days it is compared with, if with any."""
    asked = [view.ask(METRICS[name]) for name in (*TOLD, *BESIDE)]
    was = [before for one in asked[: len(TOLD)] if (before := view.before(one))]
    told = together.figures([*asked, *was])
    return {one.metric.id: one for one in told[: len(asked)]}, {one.metric.id: one for one in told[len(asked) :]}


def _stats(view: View, now: dict[str, Figure], before: dict[str, Figure]) -> list[stats.Stat]:
    promised = layer.counts(view.ask(METRICS["promise.kept"]))[""]
    notes = {
        "promise.kept": stats.fates(view, promised),
        "backlog": [stats.unanswered(view, now["backlog.unanswered"])] if view.scope.end > view.now else [],
    }
    return [stats.stat(view, now[name], before.get(name), *notes.get(name, [])) for name in TOLD]


def _lines(view: View) -> list[dict[str, Any]]:
    """A row for each line with its figures; a dash is what it has none of, and what stands when the period is over."""
    is_over = view.scope.end <= view.now
    found = {name: layer.by_side(view.ask(METRICS[name]), "line") for name in COLUMNS}
    nothing = {name: None if METRICS[name].stands and is_over else _nothing(METRICS[name]) for name in COLUMNS}
    return [
        {
            "team": team,
            "figures": [_cell(view, found[name].get(str(team.pk), nothing[name]), team=team.pk) for name in COLUMNS],
        }
        for team in ([view.team] if view.team else view.teams)
    ]


def _nothing(metric: Metric) -> Figure:
    return Figure(metric, 0, 0.0 if metric.how == How.COUNT else None)


def _cell(view: View, figure: Figure | None, **narrowed: object) -> dict[str, Any] | None:
    if figure is None or (not figure.n and figure.metric.how != How.COUNT):
        return None
    return {
        "label": figure.metric.name,
        "value": telling.shown(figure),
        "sure": telling.sure(figure),
        "pale": figure.status != "ok",
        "behind": view.behind(figure.metric.id, **narrowed) if figure.n else "",
    }


def _classes(view: View) -> list[dict[str, Any]]:
    """V18 for each class, the one with most commitments first; what no class covers has its line's own times."""
    told = layer.counts(view.ask(METRICS["sla.attainment"]), "class")
    told = {key: some for key, some in told.items() if some.n}
    called = {**names("class", [key for key in told if key]), "": _("the line's own times")}
    paused = layer.counts(view.ask(METRICS["sla.paused"]), "class")
    rows = []
    for key, some in sorted(told.items(), key=lambda pair: -pair[1].n):
        of = {"class": key or "0"}
        metrics = [counted(METRICS[name], some) for name in OF_CLASSES]
        share = counted(METRICS["sla.paused"], paused[key]) if key in paused else None
        rows.append(
            {
                "name": called[key],
                "figures": [_cell(view, figure, **of) for figure in metrics],
                "missed": some.only(MISSED).n,
                "behind": view.behind("sla.attainment", **of, part="missed"),
                "paused": _cell(view, share, **of),
            }
        )
    return rows


def _ages(view: View) -> list[tuple[str | LazyText, int, float, str]]:
    counts = standing.by_age(view.ask(METRICS["backlog"]))
    return _bars(
        (says, n, view.behind("backlog", age=place)) for place, (says, n) in enumerate(zip(AGES, counts, strict=True))
    )


def _marks(view: View, now: dict[str, Figure]) -> list[Marks]:
    """S2: how often each mark was given, the best first, on each scale that was answered."""
    given = [(name, kind) for name, kind in OF_SCALES.items() if now[name].n]
    return [Marks(METRICS[name].name if len(given) > 1 else "", _of_scale(view, name, kind)) for name, kind in given]


def _of_scale(view: View, name: str, kind: Kind) -> list[tuple[str | LazyText, int, float, str]]:
    told, scale = layer.counts(view.ask(METRICS[name]))[""], SCALES[kind]
    best_first = scale.points if scale.falls else reversed(scale.points)
    return _bars((_mark(kind, mark), told.of.get(mark, 0), view.behind(name, kind=mark)) for mark in best_first)


def _mark(kind: Kind, mark: int) -> str:
    """A face by its word, of another scale its ends by theirs."""
    scale = SCALES[kind]
    of_ends = {scale.least: str(scale.low), scale.most: str(scale.high)}
    said = words_of(mark) if kind == Kind.CSAT5 else of_ends.get(mark, "")
    return _("%(score)s, %(words)s") % {"score": mark, "words": said} if said else str(mark)


def _bars(rows: Iterable[tuple[str | LazyText, int, str]]) -> list[tuple[str | LazyText, int, float, str]]:
    """(words, count, share of the longest, address) of each bar."""
    found = list(rows)
    most = max(count for _says, count, _address in found) or 1
    return [(says, count, count / most, address) for says, count, address in found]


def _oldest(view: View) -> list[Ticket]:
    """V12: the ten that are open longest."""
    rows = standing.oldest(view.ask(METRICS["backlog"])).select_related("owner", "team")
    return list(rows[:OLDEST])
