"""What independent providers found, each by itself: beside our own figures, never in them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from otklik.care.surveys.figures import Difference, Reckoned, differ, reckoned
from otklik.care.surveys.models import OutsideAnswer
from otklik.care.surveys.scales import SCALES, Kind

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
    rows = view.answers().filter(area="").order_by()
    rows = rows.filter(source=source) if source else rows
    counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for name, kind, value, n in rows.values_list("source", "kind", "value").annotate(n=Count("pk")):
        counts[name, kind][value] += n
    return [Found(name, kind, some, reckoned(kind, some)) for (name, kind), some in sorted(counts.items())]


def areas(view: View, source: str) -> list[tuple[str, Found]]:
    """Of each area of work that the provider asked about, the one with most answers first."""
    rows = view.answers().filter(source=source).exclude(area="").order_by()
    counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for area, kind, value, n in rows.values_list("area", "kind", "value").annotate(n=Count("pk")):
        counts[area, kind][value] += n
    told = [(area, Found(source, kind, some, reckoned(kind, some))) for (area, kind), some in counts.items()]
    return sorted(told, key=lambda pair: (-pair[1].told.n, pair[0]))[:MOST]


def compared(others: Iterable[Found], kind: str, ours: Counter[int]) -> list[Found]:
    """Those of the same scale, beside our own answers."""
    same = [one for one in others if one.kind == kind]
    return [replace(one, difference=differ(kind, ours, one.counts)) for one in same]
