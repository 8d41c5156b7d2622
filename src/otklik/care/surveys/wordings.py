"""In which words a question was asked in a time: answers to other words are another question (METRICS S1)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from otklik.care.surveys.models.invitation import OPEN_FOR, Invitation

ANSWERED = """
WITH candidate AS MATERIALIZED (
    SELECT s.id AS survey, s.occasion, v.id AS version, v.frozen_at, q.id AS question, q.kind, q.words_ru, q.words_en,
        min(ARRAY[q.words_ru, q.words_en]) OVER (PARTITION BY q.kind)
            < max(ARRAY[q.words_ru, q.words_en]) OVER (PARTITION BY q.kind) AS differ
    FROM surveys_question q JOIN surveys_version v ON v.id = q.version_id JOIN surveys_survey s ON s.id = v.survey_id
    WHERE q.kind = ANY(%(kinds)s) AND v.frozen_at < %(end)s AND s.occasion <> 'link'
        AND NOT EXISTS (SELECT FROM surveys_version later
            WHERE later.survey_id = s.id AND later.number > v.number AND later.frozen_at < %(sent)s)
        AND NOT EXISTS (SELECT FROM surveys_question above WHERE above.version_id = v.id AND above.kind = q.kind
            AND (above.position, above.id) < (q.position, q.id)))
SELECT DISTINCT c.occasion, c.kind, c.words_ru, c.words_en FROM candidate c
WHERE NOT c.differ OR EXISTS (SELECT FROM surveys_invitation i
    LEFT JOIN surveys_answer a ON a.invitation_id = i.id AND a.question_id = c.question AND a.value IS NOT NULL
    LEFT JOIN surveys_score m ON m.invitation_id = i.id AND c.kind = 'csat5' AND c.occasion = 'resolved'
    WHERE i.survey_id = c.survey AND i.version_id = c.version AND i.ticket_id IS NOT NULL
        AND i.source = ANY(%(sources)s) AND i.sent_at >= greatest(%(sent)s, c.frozen_at) AND i.sent_at < %(end)s
        AND (%(teams)s::bigint[] IS NULL OR i.team_id = ANY(%(teams)s))
        AND coalesce(a.at, m.at) >= %(start)s AND coalesce(a.at, m.at) < %(end)s)
"""
"""An old version is no candidate once the next one was asked long enough: its last letters are closed.

Where all candidates say the same, whatever was answered was an answer to it, and nobody's answer is looked for: that
took a walk through all invitations of the time, on every page with a mark on it.
"""

type Words = tuple[str, str]
"""In Russian and in English; where nothing is written, the usual ones stand."""


def wordings(
    kinds: Collection[str], start: datetime, end: datetime, teams: Collection[int] | None
) -> dict[tuple[str, str], set[Words]]:
    """Of each occasion and kind the words that answers of this time (half-open) belong to, if there are any.  One
    statement.
    """
    told: dict[str, Any] = {
        "kinds": list(kinds),
        "start": start,
        "end": end,
        "sent": start - OPEN_FOR,
        "teams": None if teams is None else list(teams),
        "sources": [str(one) for one in Invitation.ASKED_IN_WRITING],
    }
    found: dict[tuple[str, str], set[Words]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, told)
        for occasion, kind, *words in cursor.fetchall():
            russian, english = (" ".join(one.split()) for one in words)
            found[occasion, kind].add((russian, english))
    return found
