"""Whether callers are answered when they try for the first time (METRICS V23)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from otklik.desk.calls.models import Call
from otklik.desk.channels.models.channel import VOICE
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.speaking import SHORT_ABANDON

CHAIN = timedelta(minutes=10)
"""Who calls again sooner goes on trying (METRICS V23)."""
IN_VAIN, REACHED = range(2)
"""Kinds of `Measure.TRIED`."""
KNOWN = Q(caller__isnull=False) | ~Q(number="")
"""Whose number is hidden cannot be known again.  One without a mark, of the version before, is a caller of its own."""
COUNTED = KNOWN & Q(outward=False, by_hand=False) & ~Q(answered_at=None, waited__lt=SHORT_ABANDON)
"""Who hangs up within five seconds has not tried."""


def first_tries(calls: Mapping[int, Iterable[Call]]) -> set[int]:
    """Which of these calls nobody with the same number had made within ten minutes before; one statement.

    By the mark of the caller, which stays where the number is erased.
    """
    numbers = [one.pk for some in calls.values() for one in some]
    if not numbers:
        return set()
    same = Call.objects.filter(COUNTED, caller=OuterRef("caller"), begun_at__gte=OuterRef("begun_at") - CHAIN)
    earlier = same.filter(
        Q(begun_at__lt=OuterRef("begun_at")) | Q(begun_at=OuterRef("begun_at"), pk__lt=OuterRef("pk"))
    )
    first = Call.objects.filter(COUNTED, ~Exists(earlier), pk__in=numbers)
    return set(first.values_list("pk", flat=True))


def tried(calls: Iterable[Call], first: set[int], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Anchored where the call came."""
    for call in calls:
        if call.pk in first:
            kind = IN_VAIN if call.answered_at is None else REACHED
            whose = {"team_id": call.team_id, "agent_id": call.holder_id, "channel": VOICE}
            yield seen_at(Measure.TRIED, call.begun_at, kind=kind, **whose)
