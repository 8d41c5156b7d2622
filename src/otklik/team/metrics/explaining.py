"""Whether a client has to say it again, or to whom else: requests passed on, other channels (METRICS V17)."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from otklik.core.journal.models import Entry
from otklik.desk.calls.models import Call
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.standing import standing

WITH_CARD, WITHOUT_CARD = range(2)
"""Kinds of `Measure.PASSED`."""
FILED, AWAY = range(2)
"""Kinds of `Measure.SENT_AWAY`."""


def passed(entries: Iterable[Entry], calls: Iterable[Call], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Anchored where a person passed it on whom the client had heard, or somebody before them.

    What was passed on before cards were asked for says nothing of them, and what was taken back was a slip.
    """
    told = list(entries)
    heard = [one.at for one in told if one.kind == "tickets.Answered"]
    heard += [call.answered_at for call in calls if call.answered_at]
    if not heard:
        return
    first = min(heard)
    for one in standing(told):
        if one.at >= first and one.data.get("card") is not None:
            kind = WITH_CARD if one.data["card"] else WITHOUT_CARD
            whose = {"team_id": one.data["team_was"], "agent_id": one.actor_id}
            yield seen_at(Measure.PASSED, one.at, kind=kind, **whose)


def sent_away(contacts: Sequence[datetime], answers: Iterable[Entry], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Of each contact that was answered in writing, whether one of the answers to it sent the client away.

    Anchored where the client came.  Of answers from before this was noticed, and by voice, nothing is known.
    """
    if not contacts:
        return
    found: dict[int, list[Entry]] = {}
    for answer in answers:
        if answer.data.get("sent_away") is not None:
            found.setdefault(max(0, bisect_right(contacts, answer.at) - 1), []).append(answer)
    for place, some in found.items():
        guilty = next((one for one in some if one.data["sent_away"]), None)
        whose = {"agent_id": (guilty or some[-1]).actor_id}
        yield seen_at(Measure.SENT_AWAY, contacts[place], kind=AWAY if guilty else FILED, **whose)
