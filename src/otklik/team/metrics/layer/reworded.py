"""Answers to a question that was asked in several ways, each wording a series of its own (METRICS S1, C10)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Value

from otklik.care.surveys.models import Question as Asked
from otklik.team.metrics.days import day_of
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import worded
from otklik.team.metrics.layer.figure import Counts, Figure, counted
from otklik.team.metrics.layer.question import Question


@dataclass(frozen=True)
class Wording:
    """What one wording brought: `words` as the reader reads it, between its first and its last answer of the time."""

    words: str
    figure: Figure
    first: date
    last: date


def by_wording(question: Question, whole: Figure) -> list[Wording]:
    """In the order in which they were first answered; nothing where all of `whole` are answers to one."""
    if len(whole.wordings) < 2:
        return []
    readings = layer.behind(question).annotate(part=Value(""))
    of: dict[tuple[str, str], list[worded.Apart]] = defaultdict(list)
    for one in worded.apart(readings, layer.measure_of(question.metric)):
        of[one.words].append(one)
    return sorted((_told(question, some) for some in of.values()), key=lambda one: (one.first, one.words))


def _told(question: Question, some: Iterable[worded.Apart]) -> Wording:
    rows = list(some)
    counts = Counts({})
    for one in rows:
        counts = counts.plus(Counts({one.mark: one.n}, {one.mark: one.total}))
    russian, english = rows[0].words
    says = Asked(kind=rows[0].asked, words_ru=russian, words_en=english).words
    first, last = min(one.first for one in rows), max(one.last for one in rows)
    return Wording(says, counted(question.metric, counts), day_of(first), day_of(last))
