"""Callers who hang up: how soon, and whether they try again at once (METRICS V6, V7).

An attempt to get through ends with an answer, or when its caller hangs up and does not call again within five minutes:
whoever dials again sooner goes on with the same one.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from otklik.desk.calls.models import Call
from otklik.desk.calls.models.call import LONGEST_CALL
from otklik.desk.channels.models.channel import VOICE
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.reaching import COUNTED
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.speaking import SHORT_ABANDON
from otklik.team.metrics.stories import IMPORTED, MERGED

AGAIN = timedelta(minutes=5)
"""Who dials again sooner goes on with the same attempt (METRICS V7)."""
LATE, EARLY = range(2)
"""Kinds of `Measure.GAVE_UP`: after the seconds that were demanded of the line, or within them."""
ANSWERED, GIVEN_UP = range(2)
"""Kinds of `Measure.ATTEMPT`."""


IN_WHAT_COUNTS = (
    Q(ticket__fact__isnull=True) | Q(ticket__fact__excluded__in=("", IMPORTED, MERGED)),
    Q(ticket__merged_into__fact__isnull=True) | Q(ticket__merged_into__fact__excluded__in=("", IMPORTED)),
)
"""Calls of requests that figures do not leave out (METRICS C8); a joined one is of the request that it goes on in."""


def gone_on(calls: Mapping[int, Iterable[Call]]) -> set[int]:
    """Which of these calls were hung up by somebody who dialled again within five minutes; one statement.

    By the mark of the caller, as in `reaching`: a hidden number cannot be known again.  A try that no figure counts
    goes on with none: the attempt before it would be lost with it.
    """
    lost = [one.pk for some in calls.values() for one in some if _is_lost(one)]
    if not lost:
        return set()
    same = Call.objects.filter(COUNTED, caller=OuterRef("caller"), begun_at__lte=OuterRef("ended_at") + AGAIN)
    later = Q(begun_at__gt=OuterRef("begun_at")) | Q(begun_at=OuterRef("begun_at"), pk__gt=OuterRef("pk"))
    again = same.filter(later, *IN_WHAT_COUNTS)
    return set(Call.objects.filter(Exists(again), pk__in=lost).values_list("pk", flat=True))


def tried_before(tickets: Collection[int]) -> set[int]:
    """Other requests with a call whose caller goes on trying in these: what it counts as has changed.  One statement.

    From each call of these by the mark of its caller, so of callers with many calls only the last hours are read.
    """
    earlier = Call.objects.filter(
        COUNTED,
        caller=OuterRef("caller"),
        answered_at=None,
        ticket__isnull=False,
        begun_at__range=(OuterRef("begun_at") - AGAIN - LONGEST_CALL, OuterRef("begun_at")),
        ended_at__gte=OuterRef("begun_at") - AGAIN,
    ).values_list(Coalesce("ticket__merged_into", "ticket"))
    here = Q(ticket__in=tickets) | Q(ticket__merged_into__in=tickets)
    mine = Call.objects.filter(COUNTED, here, caller__isnull=False)
    found = mine.order_by().values_list(ArraySubquery(earlier), flat=True)
    return {ticket for some in found for ticket in some}.difference(tickets)


def attempted(calls: Iterable[Call], again: Collection[int], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Anchored where the call came; `again` as `gone_on` tells it."""
    for call in calls:
        if call.outward or call.by_hand:
            continue
        whose = {"team_id": call.team_id, "agent_id": call.holder_id, "channel": VOICE}
        if call.answered_at is not None:
            yield seen_at(Measure.ATTEMPT, call.begun_at, kind=ANSWERED, **whose)
            continue
        yield seen_at(
            Measure.GAVE_UP, call.begun_at, kind=EARLY if call.waited <= call.answer_within else LATE, **whose
        )
        if _is_lost(call) and call.pk not in again:
            yield seen_at(Measure.ATTEMPT, call.begun_at, kind=GIVEN_UP, **whose)


def _is_lost(call: Call) -> bool:
    """Nobody answered, and they had waited: who hangs up within five seconds has dialled a wrong number."""
    return not (call.outward or call.by_hand) and call.answered_at is None and call.waited >= SHORT_ABANDON
