"""Whether a figure of a survey is made of answers to one question, or to several that say it in other words.

METRICS S1: they are never pooled silently.  They are pooled here, because a word that was corrected should not end a
series, and the figure says so wherever it stands; apart they are on the page of the survey, version by version.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from otklik.care.surveys.models import Survey
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.wordings import wordings
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.surveying import MARKS

OF_MARKS = frozenset(MARKS.values())
_ASKED = [str(one) for one in Survey.Occasion if one != Survey.Occasion.LINK]
OF: Mapping[Measure, tuple[tuple[str, str], ...]] = {
    **{measure: ((str(occasion), str(kind)),) for (occasion, kind), measure in MARKS.items()},
    **{
        measure: tuple((occasion, str(kind)) for occasion in _ASKED)
        for measure, kind in {
            Measure.RECOMMENDED: Kind.NPS,
            Measure.EFFORT: Kind.CES7,
            Measure.DIFFICULTY: Kind.CES6,
            Measure.TOLD_ONCE: Kind.ONCE,
        }.items()
    },
}
"""On which occasions and scales the answers are given that a measure counts."""


def told(found: Sequence[Figure], start: datetime, end: datetime, teams: Collection[int] | None) -> list[Figure]:
    """The same figures, of one time, with the words of those that surveys measured; no statement where none is."""
    asked = {one.metric.measure for one in found if one.n and one.metric.measure in OF}
    if not asked:
        return list(found)
    kinds = {kind for measure in asked if measure for _occasion, kind in OF[measure]}
    words = wordings(kinds, start, end, teams)

    def of(one: Figure) -> Figure:
        measure = one.metric.measure
        if measure is None or not one.n or measure not in OF:
            return one
        return replace(one, wordings=frozenset(word for pair in OF[measure] for word in words.get(pair, ())))

    return [of(one) for one in found]
