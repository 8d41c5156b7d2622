"""The checks look: several at once, none of them for long; what they find is counted one by one."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from otklik.care.status import speaking
from otklik.care.status.models import Check
from otklik.care.status.models.check import place
from otklik.core import egress
from otklik.core.journal import clock

AT_ONCE = 8
MOST = 200
"""Checks of one round; the others are due in the next."""
SECONDS = 10.0
MOST_BYTES = 512 * 1024

type Seen = tuple[str, int | None]
"""Why not, as a code, or "" when it answered; milliseconds."""


def look() -> int:
    """Ask whatever is due; returns how many.  The questions go out beside each other and touch no database."""
    due = list(Check.objects.due().select_related("component__group", "component__product")[:MOST])
    if not due:
        return 0
    for check, (why, took_ms) in zip(due, _all(due), strict=True):
        turned = check.heard(why, took_ms, clock.now())
        if turned is not None:
            speaking.of_check(turned)
    return len(due)


def _all(due: Sequence[Check]) -> list[Seen]:
    with ThreadPoolExecutor(AT_ONCE, "status-check") as pool:
        return list(pool.map(ask, due))


def ask(check: Check) -> Seen:
    """One question through the one door of the house; whatever goes wrong is an answer, too."""
    began = time.monotonic()
    try:
        if check.kind == Check.Kind.TCP:
            where = place(check.address)
            if where is None:
                return "address", None
            egress.reach(*where, seconds=SECONDS)
        else:
            answer = egress.fetch(check.address, seconds=SECONDS, most=MOST_BYTES)
            if not 200 <= answer.status < 400:
                return f"status {answer.status}", _since(began)
    except egress.Unanswered:
        return "broken", _since(began)
    except egress.Refused as refused:
        return ("forbidden" if refused.reason.endswith("is not public") else "silent"), _since(began)
    return "", _since(began)


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
