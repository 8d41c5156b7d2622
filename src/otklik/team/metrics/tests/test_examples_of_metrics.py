"""Worked examples of METRICS through the one layer: what was measured, and the figure as the definitions print it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from otklik.care.quality.states import BITS, Family
from otklik.core.journal import clock
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.chaining import AT_ONCE, LONGER, LONGER_UNABLE
from otklik.team.metrics.knowing import KNOWN, NEW, NONE
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import Unit
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.observing import BROKEN, CAME_BACK, KEPT, MOVED, PASSED_UP, STAYED
from otklik.team.metrics.reaching import IN_VAIN, REACHED
from otklik.team.metrics.reviewing import CHANGED, STANDS, UNDISPUTED
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.speaking import ANSWERED, IN_TIME
from otklik.team.metrics.surveying import IN_FULL, IN_PART, SILENT
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 6, 1, tzinfo=UTC)
SCOPE = Scope(DAY - timedelta(days=1), DAY + timedelta(days=2))

type Told = dict[int, int] | list[tuple[int, float, int]]
"""How often each kind, or (kind, seconds, how often)."""

EXAMPLES: list[tuple[str, str, Measure, Told, tuple[float, ...]]] = [
    ("S6", "nps", Measure.RECOMMENDED, {9: 112, 7: 53, 3: 35}, (38.5, 27.4, 48.5)),
    ("S8", "ces", Measure.EFFORT, {1: 4, 2: 6, 3: 9, 4: 16, 5: 45, 6: 80, 7: 60}, (84.1, 78.7, 88.3)),
    ("S8", "ces.difficulty", Measure.DIFFICULTY, {0: 60, 1: 70, 2: 30, 3: 20, 4: 12, 5: 8}, (65.0,)),
    ("S9", "survey.response_rate", Measure.ASKED, {IN_FULL: 190, IN_PART: 25, SILENT: 645}, (22.1,)),
    ("S13", "loop.rate", Measure.FOLLOWED, {1: 15, 0: 3}, (83.3, 60.8, 94.2)),
    ("V5", "queue.asa", Measure.WAIT, [*((IN_TIME, float(n), 1) for n in (0, 0, 5, 10)), (ANSWERED, 45.0, 1)], (12.0,)),
    ("V8", "aht", Measure.HANDLED, [(0, 300, 100)], (300,)),
    ("V9", "hold", Measure.HOLD, {1: 36, 0: 64}, (36.0,)),
    ("V9", "hold.time", Measure.HOLD, [(1, 60, 30), (1, 100, 6), (0, 0, 64)], (66.7,)),
    ("V14", "fcr.gross", Measure.ISSUE, {AT_ONCE: 74, LONGER: 16, LONGER_UNABLE: 10}, (74.0,)),
    ("V14", "fcr.net", Measure.ISSUE, {AT_ONCE: 74, LONGER: 16, LONGER_UNABLE: 10}, (82.2,)),
    ("V15", "reopen", Measure.SOLUTION, {1: 27, 0: 273}, (9.0, 6.3, 12.8)),
    ("V16", "escalation", Measure.LINE, {PASSED_UP: 59, CAME_BACK: 9, STAYED: 332}, (17.0,)),
    ("V16", "returned", Measure.LINE, {PASSED_UP: 59, CAME_BACK: 9, STAYED: 332}, (13.2,)),
    ("V17", "transfer.calls", Measure.TRANSFERS, {0: 452, 1: 40, 2: 8}, (0.112,)),
    ("V18", "sla.attainment", Measure.COMMITMENT, {1: 46, 0: 4}, (92.0, 81.2, 96.8)),
    ("V19", "promise.kept", Measure.PROMISE, {KEPT: 51, MOVED: 6, BROKEN: 3}, (85.0,)),
    ("V21", "refusal.quality", Measure.REFUSED, {1: 21, 0: 4}, (84.0,)),
    ("V23", "availability.first_try", Measure.TRIED, {REACHED: 365, IN_VAIN: 47}, (88.6,)),
    ("Q2", "qa.critical.client", Measure.FAULTS, {BITS[Family.CLIENT]: 3, 0: 77}, (96.2, 89.5, 98.7)),
    ("Q2", "qa.critical.compliance", Measure.FAULTS, {BITS[Family.CLIENT]: 3, 0: 77}, (100.0, 95.4, 100.0)),
    ("Q5", "qa.dispute", Measure.DISPUTED, {UNDISPUTED: 186, STANDS: 9, CHANGED: 5}, (7.0,)),
    ("Q5", "qa.overturned", Measure.DISPUTED, {UNDISPUTED: 186, STANDS: 9, CHANGED: 5}, (35.7,)),
    ("Q9", "kb.link_rate", Measure.ARTICLE, {KNOWN: 280, NEW: 60, NONE: 160}, (68.0,)),
    ("Q9", "kb.reuse", Measure.ARTICLE, {KNOWN: 280, NEW: 60, NONE: 160}, (82.4,)),
]


@pytest.mark.parametrize(("example", "name", "measure", "told", "printed"), EXAMPLES)
def test_an_example_of_the_definitions(
    writes: Write, example: str, name: str, measure: Measure, told: Told, printed: tuple[float, ...]
) -> None:
    rows = [(kind, 0, times) for kind, times in told.items()] if isinstance(told, dict) else told
    ticket = writes()
    rest = (ticket.team_id, None, "phone", None, None, None, ticket.contact_id, None)
    seen = Counter[Seen]()
    for kind, spent, times in rows:
        seen[Seen(measure, DAY, round(spent * SECOND), kind, *rest)] += times
    Reading.objects.replace({ticket.pk: seen}, (measure,))
    with clock.at(DAY + timedelta(days=60)):
        found = layer.figure(Question(METRICS[name], SCOPE))

    assert METRICS[name].guide == example
    assert told_as(found)[: len(printed)] == printed
    if example == "S13":
        assert found.status == "low"


def told_as(found: Figure) -> tuple[float, ...]:
    """As the definitions print it: per cent and times with one decimal, transfers with three."""
    factor, digits = (100, 1) if found.metric.unit == Unit.SHARE else (1, 3 if found.metric.unit == Unit.TIMES else 1)
    return tuple(round(factor * one, digits) for one in (found.value, found.lo, found.hi) if one is not None)
