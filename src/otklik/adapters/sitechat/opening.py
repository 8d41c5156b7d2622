"""What a window says of when somebody answers: the hours of the line, and how long it took until now."""

from datetime import UTC, datetime, timedelta
from math import ceil
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from otklik.adapters.sitechat.models import Chat, Line
from otklik.core.formulas.business_time import WorkingTime
from otklik.core.formulas.quantiles import percentile
from otklik.core.journal import clock
from otklik.desk.channels.models import Outbound

if TYPE_CHECKING:
    from django.db.models import QuerySet

SPAN = timedelta(days=28)
FEWEST = 10
"""From fewer answers nobody can tell what is usual."""
MOST = 5000
LONGEST_TOLD = 60
"""Minutes; a longer wait is no reason to stay in the window, so no number is told."""
UNANSWERED = 10.0**9
KEPT = 300.0

_kept: dict[int, tuple[float, int | None]] = {}
_measuring = Lock()


def state(chat: Chat) -> dict[str, Any]:
    """`open` now, else when it `opens`; `minutes` that an answer usually takes, None where nothing tells that."""
    hours, now = chat.channel.team.calendar.working_time(), clock.now()
    if hours.is_open(now):
        return {"open": True, "opens": None, "minutes": usual_minutes(chat, hours)}
    return {"open": False, "opens": _opens(hours, now), "minutes": None}


def usual_minutes(chat: Chat, hours: WorkingTime) -> int | None:
    """Half of the questions of four weeks were answered at least so fast, in working time; kept for some minutes.

    One window measures it anew, the others are told meanwhile what was known before.
    """
    read_at, minutes = _kept.get(chat.pk, (0.0, None))
    if (chat.pk not in _kept or monotonic() - read_at > KEPT) and _measuring.acquire(blocking=False):
        try:
            minutes = _measured(chat, hours)
            _kept[chat.pk] = monotonic(), minutes
        finally:
            _measuring.release()
    return minutes


def forget() -> None:
    _kept.clear()


def _measured(chat: Chat, hours: WorkingTime) -> int | None:
    """Whoever is still waiting counts as answered later than everybody else."""
    waits = _waits(chat, hours)
    middle = percentile(waits, 0.5) if len(waits) >= FEWEST else None
    minutes = ceil(middle / 60) if middle is not None else None
    return max(1, minutes) if minutes is not None and minutes <= LONGEST_TOLD else None


def _waits(chat: Chat, hours: WorkingTime) -> list[float]:
    """Working seconds from the first unanswered word of a visitor to the answer of a person."""
    of_chat = Line.objects.filter(visitor__channel=chat.channel_id, at__gte=clock.now() - SPAN)
    theirs, ours = of_chat.filter(inbound__automatic=""), of_chat.filter(outbound__kind=Outbound.Kind.REPLY)
    waits, asked = list[float](), dict[int, datetime]()
    for visitor, _pk, at, outbound in sorted(_latest(theirs, ours)):
        if outbound is None:
            asked.setdefault(visitor, at)
        elif visitor in asked:
            waits.append(hours.seconds(asked.pop(visitor), at))
    return waits + [UNANSWERED] * len(asked)


def _latest(*found: "QuerySet[Line]") -> list[tuple[int, int, datetime, int | None]]:
    """Visitor, number, moment and message of ours; where one kind is more than we read, none begins sooner than it."""
    read = [list(lines.order_by("-at").values_list("visitor", "pk", "at", "outbound")[:MOST]) for lines in found]
    since = max((rows[-1][2] for rows in read if len(rows) == MOST), default=datetime.min.replace(tzinfo=UTC))
    return [row for rows in read for row in rows if row[2] >= since]


def _opens(hours: WorkingTime, now: datetime) -> str | None:
    """None for a line that never opens."""
    try:
        return hours.next_opening(now).isoformat()
    except ValueError:
        return None
