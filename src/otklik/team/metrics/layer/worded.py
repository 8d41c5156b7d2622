"""Whether a figure of a survey is made of answers to one question, or to several that say it in other words.

METRICS S1: they are never pooled silently.  They are pooled here, because a word that was corrected should not end a
series, and the figure says so wherever it stands, the whole and each part of it; apart they are told by
`layer.reworded`, and on the page of the survey, version by version.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from otklik.care.surveys.models import Invitation, Survey
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.wordings import Words, wordings
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.once import once
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


APART = """
SELECT r.part, q.kind, q.words_ru, q.words_en, r.kind, count(*), sum(r.value)::bigint, min(r.at), max(r.at)
FROM ({readings}) AS r (ticket_id, at, kind, part, value)
JOIN surveys_invitation i ON i.ticket_id = r.ticket_id AND i.source = ANY(%s)
JOIN surveys_survey s ON s.id = i.survey_id
JOIN surveys_question q ON q.version_id = i.version_id AND s.occasion || ' ' || q.kind = ANY(%s)
LEFT JOIN surveys_answer a ON a.invitation_id = i.id AND a.question_id = q.id AND a.value IS NOT NULL
LEFT JOIN surveys_score m ON m.invitation_id = i.id AND q.kind = 'csat5' AND s.occasion = 'resolved'
WHERE coalesce(a.at, m.at) = r.at AND coalesce(a.value, m.value) = r.kind
    AND NOT EXISTS (SELECT FROM surveys_question above WHERE above.version_id = q.version_id AND above.kind = q.kind
        AND (above.position, above.id) < (q.position, q.id))
GROUP BY 1, 2, 3, 4, 5
"""
"""A reading does not know its invitation: it is that about its request which was answered at its moment."""


class Apart(NamedTuple):
    """So many equal marks of one part in answer to one wording, the first and the last of them."""

    part: str
    asked: str
    words: Words
    mark: int
    n: int
    total: int
    first: datetime
    last: datetime


def apart(readings: QuerySet[Any], measure: Measure) -> Iterator[Apart]:
    """`readings` say their `part`.  One statement, which walks them: for where it is known that there are several."""
    rows = readings.order_by().values_list("ticket_id", "at", "kind", "part", "value")
    statement, told = rows.query.sql_with_params()
    pairs = [f"{occasion} {kind}" for occasion, kind in OF[measure]]
    sources = [str(one) for one in Invitation.ASKED_IN_WRITING]
    with connection.cursor() as cursor:
        cursor.execute(APART.replace("{readings}", statement), [*told, sources, pairs])
        for part, asked, russian, english, *rest in cursor.fetchall():
            words = " ".join(russian.split()), " ".join(english.split())
            yield Apart(str(part), asked, words, *rest)


def parted(
    found: Mapping[str, Figure],
    readings: QuerySet[Any],
    start: datetime,
    end: datetime,
    teams: Collection[int] | None,
) -> dict[str, Figure]:
    """The same parts of one figure, each with the words of its answers; a second statement only where words differ."""
    measure = next(iter(found.values())).metric.measure if found else None
    if measure is None or measure not in OF:
        return dict(found)
    words = _words(start, end, teams)
    every = frozenset(word for pair in OF[measure] for word in words.get(pair, ()))
    if len(every) < 2:
        return {key: replace(one, wordings=every) for key, one in found.items()}
    of: dict[str, set[Words]] = defaultdict(set)
    for one in apart(readings, measure):
        of[one.part].add(one.words)
    return {key: replace(one, wordings=frozenset(of[key])) for key, one in found.items()}


def told(found: Sequence[Figure], start: datetime, end: datetime, teams: Collection[int] | None) -> list[Figure]:
    """The same figures, of one time, with the words of those that surveys measured; no statement where none is."""
    asked = {one.metric.measure for one in found if one.n and one.metric.measure in OF}
    if not asked:
        return list(found)
    words = _words(start, end, teams)

    def of(one: Figure) -> Figure:
        measure = one.metric.measure
        if measure is None or not one.n or measure not in OF:
            return one
        return replace(one, wordings=frozenset(word for pair in OF[measure] for word in words.get(pair, ())))

    return [of(one) for one in found]


def _words(
    start: datetime, end: datetime, teams: Collection[int] | None
) -> Mapping[tuple[str, str], Collection[tuple[str, str]]]:
    """Of all questions that a measure counts: read once for a page, whichever of them it shows."""
    every = {kind for pairs in OF.values() for _occasion, kind in pairs}
    known = None if teams is None else tuple(sorted(teams))
    return once(("wordings", start, end, known), lambda: wordings(every, start, end, teams))
