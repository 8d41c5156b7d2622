"""What independent providers found, each by itself: beside our own figures, never in them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from otklik.care.surveys.figures import Difference, Reckoned, differ, reckoned
from otklik.care.surveys.models import OutsideAnswer, Question
from otklik.care.surveys.scales import AREAS, SCALES, Kind

MOST = 50
"""So many providers are listed."""


@dataclass(frozen=True)
class View:
    """Answers given in a time (half-open) about the lines that the reader may see, None for all."""

    start: datetime
    end: datetime
    teams: Collection[int] | None

    def answers(self) -> QuerySet[OutsideAnswer]:
        return OutsideAnswer.objects.seen_by(self.teams).filter(at__gte=self.start, at__lt=self.end)


@dataclass(frozen=True)
class Found:
    """What one provider found on one scale; `difference` is theirs minus ours, where ours was given."""

    source: str
    kind: str
    counts: Counter[int]
    told: Reckoned
    difference: Difference | None = None
    area: str = ""

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def points(self) -> list[int]:
        return list(SCALES[self.kind].points)


def providers(teams: Collection[int] | None) -> list[tuple[str, int, datetime]]:
    """(name, answers, the latest of them) of each, the newest first."""
    rows = OutsideAnswer.objects.seen_by(teams).order_by().values("source")
    told = rows.annotate(n=Count("pk"), last=Max("at")).order_by("-last")[:MOST]
    return [(row["source"], row["n"], row["last"]) for row in told]


def found(view: View, source: str = "") -> list[Found]:
    """Each provider and scale apart; a mark for one area of work only in `areas`."""
    rows = view.answers().filter(area="")
    return _counted(rows.filter(source=source) if source else rows)


def areas(view: View, source: str) -> list[tuple[str, Found]]:
    """Of each area of work that the provider asked about, the one with most answers first."""
    told = _counted(view.answers().filter(source=source).exclude(area=""))
    return [(one.area, one) for one in sorted(told, key=lambda one: (-one.told.n, one.area))[:MOST]]


def everything(view: View) -> list[Found]:
    """Each provider, scale and area apart."""
    return _counted(view.answers())


def compared(others: Iterable[Found], question: Question, ours: Counter[int]) -> list[Found]:
    """Those of the same scale, and of the same area where an area is asked about, beside our own answers."""
    names = {one.lower() for one in (question.words_ru, question.words_en) if one} if question.kind in AREAS else {""}
    same = [one for one in others if one.kind == question.kind and one.area.lower() in names]
    return [replace(one, difference=differ(question.kind, ours, one.counts)) for one in same]


def _counted(rows: QuerySet[OutsideAnswer]) -> list[Found]:
    counts: dict[tuple[str, str, str], Counter[int]] = defaultdict(Counter)
    told = rows.order_by().values_list("source", "kind", "area", "value").annotate(n=Count("pk"))
    for source, kind, area, value, n in told:
        counts[source, kind, area][value] += n
    return [
        Found(source, kind, some, reckoned(kind, some), area=area)
        for (source, kind, area), some in sorted(counts.items(), key=lambda pair: pair[0])
    ]
