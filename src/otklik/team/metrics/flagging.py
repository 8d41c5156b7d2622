"""What colleagues themselves say of a first contact: solved with the very first answer (METRICS V14)."""

from collections.abc import Callable, Iterator
from datetime import datetime

from otklik.desk.tickets.models.states import Status
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.stories import Story

NOT_YET, AT_ONCE = range(2)
"""Kinds of `Measure.FLAGGED`."""
SOLVED = (Status.RESOLVED, Status.REFUSED)
"""METRICS V3: a reasoned refusal is a solution."""


def flagged(story: Story, since: datetime | None, seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """One of each answered request, for the author of the first answer and where it was given.

    The word is the step that left together with the answer, in one act of its author; what becomes of it later changes
    nothing of what was said.  Of answers before `since` nothing is counted: only a part of these has news.
    """
    first = next(iter(story.answers), None)
    if first is None or first.actor_id is None or (since and first.at < since):
        return
    solved = any(
        entry.tx == first.tx and entry.kind == "tickets.StatusChanged" and entry.data["status"] in SOLVED
        for entry in story.entries
    )
    yield seen_at(Measure.FLAGGED, first.at, kind=AT_ONCE if solved else NOT_YET, agent_id=first.actor_id)
