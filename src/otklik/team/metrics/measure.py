"""What can be measured of a request."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.IntegerChoices):
    """What one reading is of, its `value`, and what its `kind` tells apart; durations are microseconds."""

    OPENED = 1, _("a request came")
    FIRST = 2, _("first answer, working time")
    FIRST_CALENDAR = 3, _("first answer, by the calendar")
    NEXT = 4, _("next answer, working time")
    SOLVED = 5, _("solution, working time")
    SOLVED_CALENDAR = 6, _("solution, by the calendar")
    WAITED = 7, _("time in which it was our move")
    ENDED = 8, _("a request ended")
    SOLUTION = 9, _("a solution or refusal, and whether it held")
    LINE = 10, _("a line through which a request went")
    TURNS = 11, _("changes of line or person")
    COMMITMENT = 12, _("a commitment that was met or missed")
    PROMISE = 13, _("a promised date")
    SCORE = 14, _("a client's mark")
    PAUSE = 15, _("working time until a solution, and what of it was paused")
    ASKED = 16, _("a question to a client, and whether it was answered")


DURATIONS = frozenset(
    {
        Measure.FIRST,
        Measure.FIRST_CALENDAR,
        Measure.NEXT,
        Measure.SOLVED,
        Measure.SOLVED_CALENDAR,
        Measure.WAITED,
    }
)
"""Kept in buckets of their length; of all others the bucket of a cell is the kind."""
