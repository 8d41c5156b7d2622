"""What was measured of calls (METRICS V5 to V9, V17).

A call counts once it is over and stands in a request.  What was demanded of the line is what held when the call came.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q

from otklik.desk.calls.models import Call, CallBack
from otklik.desk.channels.models.channel import VOICE
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen

IN_TIME, ANSWERED, ABANDONED, SHORT = range(4)
"""Kinds of `Measure.WAIT`."""
SHORT_ABANDON = 5
"""Seconds: who hangs up before that has dialled a wrong number (METRICS V6)."""
FLAGGED = 10
"""Seconds: a talk shorter than that is told apart (METRICS V8)."""
LASTED, TOO_SHORT = range(2)
"""Kinds of `Measure.HANDLED`."""
MOST_TRANSFERS = 9
MOST_HOLDS = 9
"""More of them in one call are counted with these, as kinds of `Measure.TRANSFERS` and `Measure.HOLDS`."""


def calls_of(tickets: Collection[int]) -> dict[int, list[Call]]:
    """Those that are over, by the request in which they are read now: of one that was joined, where it goes on."""
    found: dict[int, list[Call]] = defaultdict(list)
    here = Q(ticket__in=tickets) | Q(ticket__merged_into__in=tickets)
    for call in Call.objects.filter(here).exclude(ended_at=None).select_related("ticket").order_by("pk"):
        if call.ticket is not None:
            found[call.ticket.merged_into_id or call.ticket.pk].append(call)
    return found


def spoken(calls: Iterable[Call], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    for call in calls:
        whose = {"team_id": call.team_id, "agent_id": call.holder_id, "channel": VOICE}
        if not call.outward and not call.by_hand:
            yield from _waited(call, seen_at, whose)
        if is_told(call):
            yield from _talked(call, seen_at, whose)


def _waited(call: Call, seen_at: Callable[..., Seen], whose: dict[str, Any]) -> Iterator[Seen]:
    """Anchored where it came."""
    kind = _kind(call)
    yield seen_at(Measure.WAIT, call.begun_at, call.waited * SECOND, kind, **whose)
    if kind != SHORT:
        yield seen_at(Measure.QUEUE, call.begun_at, call.waited * SECOND, **whose)


def _kind(call: Call) -> int:
    if call.answered_at is None:
        return SHORT if call.waited < SHORT_ABANDON else ABANDONED
    return IN_TIME if call.waited <= call.answer_within else ANSWERED


def _talked(call: Call, seen_at: Callable[..., Seen], whose: dict[str, Any]) -> Iterator[Seen]:
    """Anchored where it ended."""
    kind = TOO_SHORT if call.talked < FLAGGED else LASTED
    yield seen_at(Measure.HANDLED, call.ended_at, handled(call) * SECOND, kind, **whose)
    if not call.by_hand:
        yield seen_at(Measure.HOLD, call.ended_at, call.held * SECOND, int(call.holds > 0), **whose)
        holds = min(call.holds, MOST_HOLDS)
        yield seen_at(Measure.HOLDS, call.ended_at, holds, holds, **whose)
        transfers = min(call.transfers, MOST_TRANSFERS)
        yield seen_at(Measure.TRANSFERS, call.ended_at, transfers, transfers, **whose)


def is_told(call: Call) -> bool:
    """It was talked, is over, and its result was written."""
    return call.answered_at is not None and call.ended_at is not None and bool(call.result)


def handled(call: Call) -> int:
    """Seconds of talk, of hold, and until its result was written (V8)."""
    return call.talked + call.held + _after(call)


def _after(call: Call) -> int:
    """Seconds in which nothing else was given to whoever wrote the result; what came later was other work."""
    if call.wrapped_at is None or call.wrap_until is None or call.ended_at is None:
        return 0
    return max(0, round((min(call.wrapped_at, call.wrap_until) - call.ended_at).total_seconds()))


def lost(owed: Iterable[CallBack], calls: Collection[Call], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """A caller who waited and was not answered; whoever hung up at once is none.

    Requests of several callers may be joined: each is told by their own calls or, where none knows their mark, by the
    one that was missed.
    """
    waited = [call for call in calls if not call.outward and not call.by_hand and _kind(call) == ABANDONED]
    for one in owed:
        if any((one.caller and call.caller == one.caller) or call.ended_at == one.missed_at for call in waited):
            yield seen_at(Measure.LOST, one.missed_at, kind=int(one.in_time), channel=VOICE)
