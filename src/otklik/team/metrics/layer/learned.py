"""What incidents teach, put into a period: post-mortems, what they change, what happened again (METRICS I7)."""

from collections.abc import Collection
from datetime import datetime

from otklik.care.incidents import learning
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.scope import Scope

type Row = tuple[datetime, int, bool]
"""When it counts, the incident, whether it is in the numerator."""


def learned(scope: Scope, names: Collection[str]) -> dict[str, list[Row]]:
    """By metric, of those of `names` that are told here; one or two statements for each."""
    found: dict[str, list[Row]] = {}
    if "postmortem.done" in names:
        written = learning.post_mortems(scope.start, scope.end)
        found["postmortem.done"] = [(one.at, one.incident, one.counts) for one in written]
    if "postmortem.actions" in names:
        due = learning.actions(day_of(scope.start), day_of(scope.end))
        found["postmortem.actions"] = [(midnight(day), incident, done) for day, incident, done in due]
    if "postmortem.repeat" in names:
        again = learning.repeats(scope.start, scope.end)
        found["postmortem.repeat"] = [(one.at, one.incident, one.counts) for one in again]
    return found
