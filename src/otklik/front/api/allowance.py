"""How many calls a token may make: a bucket for each, in the memory of this process (docs/decisions/0034)."""

import math
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import NamedTuple

from django.conf import settings

WINDOW = 60
"""Seconds in which an empty bucket is full again."""
MOST = 10_000
"""So many buckets are kept; full ones say nothing and go first."""


class Left(NamedTuple):
    """What remains after a call; `wait` are the seconds until the next one is allowed, 0 when this one was."""

    limit: int
    remaining: int
    reset: int
    wait: int

    def head(self) -> dict[str, str]:
        """The fields of draft-ietf-httpapi-ratelimit-headers-06."""
        told = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Policy": f"{self.limit};w={WINDOW}",
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }
        return told | {"Retry-After": str(self.wait)} if self.wait else told


class Allowance:
    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self.now = now
        self._lock = Lock()
        self._buckets: dict[int, tuple[float, float]] = {}

    def take(self, token_id: int) -> Left:
        """Count a call, unless the bucket is empty."""
        limit: int = settings.API_PER_MINUTE
        pace, now = limit / WINDOW, self.now()
        with self._lock:
            full, since = self._buckets.get(token_id, (float(limit), now))
            full = min(float(limit), full + (now - since) * pace)
            allowed = full >= 1
            full -= allowed
            if len(self._buckets) >= MOST:
                self._make_room(now, limit)
            self._buckets[token_id] = (full, now)
        wait = 0 if allowed else math.ceil((1 - full) / pace)
        return Left(limit, int(full), math.ceil((limit - full) / pace), wait)

    def _make_room(self, now: float, limit: int) -> None:
        """Forget whose bucket has filled since; all of them if none has."""
        pace = limit / WINDOW
        self._buckets = {
            key: (full, since) for key, (full, since) in self._buckets.items() if full + (now - since) * pace < limit
        }
        if len(self._buckets) >= MOST:
            self._buckets.clear()


allowance = Allowance()
