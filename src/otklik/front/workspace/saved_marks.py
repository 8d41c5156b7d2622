"""What came of a saved reply: how often it was used, when last, and whether clients of these talks were satisfied."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, Sum

from otklik.desk.conversations.models import SavedReplyUse
from otklik.team.metrics.layer.comparing import FEWEST
from otklik.team.metrics.layer.metric import How

ENOUGH = FEWEST[How.SHARE]
"""Marks from which a share is told; below it is said how many there are."""
# Five faces, and whatever else says how satisfied a client is with a solution (`Answer.objects.of_solutions`).
MARKS = """
SELECT p.reply_id, count(*), count(*) FILTER (WHERE s.value >= 4)
FROM conversations_savedreplyput p
JOIN tickets_ticket t ON t.conversation_id = p.conversation_id
JOIN LATERAL (
    SELECT s.value FROM surveys_score s WHERE s.ticket_id = t.id AND s.at >= p.at
    UNION ALL
    SELECT a.value FROM surveys_invitation i JOIN surveys_survey v ON v.id = i.survey_id AND v.occasion = 'resolved'
        JOIN surveys_answer a ON a.invitation_id = i.id AND a.value IS NOT NULL AND a.at >= p.at
        JOIN surveys_question q ON q.id = a.question_id AND q.kind IN ('csat5', 'csat0_5')
    WHERE i.ticket_id = t.id AND NOT EXISTS (SELECT FROM surveys_question above WHERE above.version_id = q.version_id
        AND above.kind = q.kind AND (above.position, above.id) < (q.position, q.id))
) s ON true
WHERE p.reply_id = ANY(%s) GROUP BY p.reply_id
"""


@dataclass(frozen=True)
class Course:
    """`times` by everybody, `last` of these; of `marks` given after it was used, `good` were 4 or 5 (METRICS S2)."""

    times: int = 0
    last: datetime | None = None
    marks: int = 0
    good: int = 0

    @property
    def satisfied(self) -> float | None:
        """None where there are too few marks for a share."""
        return self.good / self.marks if self.marks >= ENOUGH else None

    @property
    def enough(self) -> int:
        return ENOUGH


def courses_of(numbers: Iterable[int]) -> dict[int, Course]:
    """Of these texts, in two statements however many there are; each has one."""
    asked = list(numbers)
    uses = SavedReplyUse.objects.filter(reply__in=asked).values_list("reply")
    used = {pk: (times, last) for pk, times, last in uses.annotate(Sum("times"), Max("last_at"))}
    with connection.cursor() as cursor:
        cursor.execute(MARKS, [asked])
        marks = {pk: (n, good) for pk, n, good in cursor.fetchall()}
    return {pk: Course(*used.get(pk, (0, None)), *marks.get(pk, (0, 0))) for pk in asked}
