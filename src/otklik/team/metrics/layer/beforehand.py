"""What was done before a client had to ask, put into a period: answers beside the form, notices ahead of an event."""

from collections.abc import Collection
from datetime import datetime

from otklik.care.knowledge.deflection import tried
from otklik.care.outreach.figures import told_in_time
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.scope import Scope

type Row = tuple[datetime, int, bool]
"""When it counts, which record, whether it is in the numerator."""
KNOWN, AT_MOST = "kb.deflection", "kb.deflection.most"


def at_the_form(scope: Scope, names: Collection[str]) -> dict[str, list[Row]]:
    """By metric: of clients whom we know, and of everybody; one statement."""
    visits = tried(scope.start, scope.end)
    found: dict[str, list[Row]] = {
        KNOWN: [(one.at, one.visit, one.at_most) for one in visits if one.is_known],
        AT_MOST: [(one.at, one.visit, one.at_most) for one in visits],
    }
    return {name: rows for name, rows in found.items() if name in names}


def ahead(scope: Scope, names: Collection[str]) -> dict[str, list[Row]]:
    """Anchored on the day of the event; one statement."""
    if "proactive.coverage" not in names:
        return {}
    rows = told_in_time(day_of(scope.start), day_of(scope.end))
    return {"proactive.coverage": [(midnight(one.on), one.pk, one.is_covered) for one in rows]}
