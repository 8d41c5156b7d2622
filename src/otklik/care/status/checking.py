"""The checks look: several at once, none of them for long; what they find is counted one by one."""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import transaction

from otklik.care.status import speaking
from otklik.care.status.models import Check
from otklik.care.status.models.check import OURS, place
from otklik.core import egress
from otklik.core.journal import clock

logger = logging.getLogger(__name__)

AT_ONCE = 8
MOST = 200
"""Checks of one round; the others are due in the next."""
SECONDS = 10.0
LEASE = timedelta(minutes=10)
"""Longer than any round: MOST of them, AT_ONCE beside each other, SECONDS for each."""

type Seen = tuple[str, int | None]
"""Why not, as a code, or "" when it answered; milliseconds."""


def look() -> int:
    """Ask whatever is due; returns how many.  The questions go out beside each other and touch no database.

    What is asked is claimed first, so that two rounds never count one turn twice; one that goes wrong stops no other.
    """
    asked_at = clock.now()
    due = Check.objects.claim(MOST, LEASE)
    if not due:
        return 0
    for check, (why, took_ms) in zip(due, _all(due), strict=True):
        try:
            _hear(check, why, took_ms, asked_at)
        except Exception:
            logger.exception("what check %s has found was not written down", check.pk)
    return len(due)


@transaction.atomic
def _hear(check: Check, why: str, took_ms: int | None, asked_at: datetime) -> None:
    """What it finds and what is said of it are written down together, or neither."""
    before = Check.objects.select_for_update().filter(pk=check.pk).values_list("why", flat=True).first()
    if before is None:  # removed meanwhile
        return
    turned = check.heard(why, took_ms, clock.now(), asked_at=asked_at)
    if turned is not None:
        speaking.of_check(turned)
    if check.why in OURS and check.why != before:
        speaking.of_blind(check)


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
            status = egress.status(check.address, seconds=SECONDS)
            if not 200 <= status < 400:
                return f"status {status}", _since(began)
    except egress.Unanswered:
        return "broken", _since(began)
    except egress.Refused as refused:
        return ("forbidden" if refused.reason.endswith("is not public") else "silent"), _since(began)
    return "", _since(began)


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
