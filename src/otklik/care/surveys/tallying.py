"""Days of surveys are tallied once nobody of those who were asked on them can answer any more.

The page of results then reads some rows for each day, and the last two weeks where they lie, however many were asked.
Marks never change later: whoever is erased or forgotten leaves the mark without words.  What a request was about is as
it was when its day was tallied.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min, QuerySet

from otklik.care.surveys import resembling, results
from otklik.care.surveys.models import OPEN_FOR, Answer, Invitation, Score, Tallied, Tally, Version
from otklik.care.surveys.tallied import SCORE, begins
from otklik.core.journal import clock

DAY = timedelta(days=1)
SETTLED = OPEN_FOR + DAY
"""So long after it was sent an invitation is over for good."""
WAY = 1
"""Number of the way in which days are counted: whoever changes what a tally says, or adds a side, makes it one more,
and all days are counted anew.
"""
DAYS = 60
"""So many are tallied at once: after an upgrade a desk of two years is through within half a day."""


@transaction.atomic
def catch_up(most: int = DAYS) -> int:
    """Tally the next days that are over; returns how many.  Days counted in another way are forgotten first."""
    mark = Tallied.objects.select_for_update().filter(pk=1).first()
    if mark and mark.way != WAY:
        mark = forget()
    day = mark.until if mark else _first()
    last, done = begins((clock.now() - SETTLED).date()), 0
    while day is not None and begins(day + DAY) <= last and done < most:
        tally(day)
        day, done = day + DAY, done + 1
    if day is not None and done:
        Tallied.objects.update_or_create(pk=1, defaults={"until": day, "way": WAY})
    return done


@transaction.atomic
def forget() -> Tallied | None:
    """No day is settled any more: all are counted where they lie, until they are tallied again.

    Returns the mark, held, at the day on which somebody was asked first; None where nothing was tallied.
    """
    mark = Tallied.objects.select_for_update().filter(pk=1).first()
    if mark is None:
        return None
    Tally.objects.all().delete()
    mark.until, mark.way = _first() or mark.until, WAY
    mark.save(update_fields=["until", "way"])
    return mark


def rebuild() -> int:
    """Forget every day and tally all of them again, some at a time; returns how many."""
    forget()
    total = 0
    while done := catch_up():
        total += done
    return total


def tally(day: date) -> None:
    """This day, again if it was tallied before."""
    Tally.objects.filter(day=day).delete()
    sent = Invitation.objects.filter(sent_at__gte=begins(day), sent_at__lt=begins(day + DAY)).exclude(version=None)
    for number, source in sent.values_list("version", "source").distinct().order_by("version", "source"):
        version = Version.objects.select_related("survey").get(pk=number)
        scope = results.Scope(version, source, None, begins(day), begins(day + DAY))
        Tally.objects.bulk_create(Tally(version=version, source=source, day=day, **one) for one in _by_line(scope))


def _by_line(scope: results.Scope) -> Iterator[dict[str, Any]]:
    lines: dict[int | None, dict[str, Any]] = defaultdict(_nothing)
    asked: QuerySet[Invitation, Any] = scope.invitations().order_by().values("team")
    for row in asked.annotate(**results.counted(scope)):
        lines[row.pop("team")].update(row)
    if (first := results.first_scale(scope.version)) is not None:
        for row in asked.annotate(**results.marked(scope, first)):
            lines[row["team"]].update(given=row["given"], good=row["good"])
    _marks(scope, lines)
    for side in resembling.SIDES:
        for row in resembling.of_side(scope.invitations(), scope, side, "team"):
            pair = [row["asked"], row["answered"]]
            lines[row["team"]]["groups"].setdefault(side, {})[str(row["group"])] = pair
    for line, told in lines.items():
        yield {"team_id": line, **told}


def _marks(scope: results.Scope, lines: dict[int | None, dict[str, Any]]) -> None:
    scores = Score.objects.filter(scope.answered())
    answers = Answer.objects.filter(scope.answered(), question__version=scope.version)
    found: list[tuple[Any, ...]] = [(SCORE, *row) for row in results.by_time(scores, "invitation__team")]
    found += results.by_time(answers, "question", "invitation__team")
    for question, line, is_late, value, n in found:
        given = lines[line]["marks"].setdefault(str(question), {}).setdefault(str(value), [0, 0])
        given[bool(is_late)] += n


def _nothing() -> dict[str, Any]:
    counts = dict.fromkeys(("asked", "failed", "completed", "partial", "given", "good"), 0)
    return {**counts, "marks": {}, "groups": {}}


def _first() -> date | None:
    """The day on which somebody was asked for the first time."""
    first = Invitation.objects.exclude(version=None).aggregate(first=Min("sent_at"))["first"]
    return first.date() if first else None
