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
MARKS = """
SELECT p.reply_id, count(*), count(*) FILTER (WHERE s.value >= 4)
FROM conversations_savedreplyput p
JOIN tickets_ticket t ON t.conversation_id = p.conversation_id
JOIN surveys_score s ON s.ticket_id = t.id AND s.at >= p.at
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
