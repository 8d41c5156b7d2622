"""Durations in buckets of equal ratio: a quantile of millions from a few hundred sums, right within one bucket."""

import math
from collections.abc import Mapping

RATIO = 1.13
SECOND = 1_000_000
_STEP = math.log(RATIO)


def bucket_of(micros: int) -> int:
    """0 below a second, then each bucket is 13 % longer than the one before; a year is in the 142nd."""
    return 0 if micros < SECOND else 1 + int(math.log(micros / SECOND) / _STEP)


def edges(bucket: int) -> tuple[float, float]:
    """From and to, in seconds."""
    return (0.0, 1.0) if bucket == 0 else (RATIO ** (bucket - 1), RATIO**bucket)


def quantile(counts: Mapping[int, int], q: float) -> float | None:
    """Seconds below which the share `q` lies, even inside of the bucket; None of nothing.

    Of n values it stands at the place q·(n − 1), as type 7 of Hyndman and Fan does (METRICS C4).
    """
    n = sum(counts.values())
    if not n:
        return None
    place, passed = q * (n - 1), 0
    for bucket in sorted(counts):
        if counts[bucket] and place < passed + counts[bucket]:
            low, high = edges(bucket)
            return low + (high - low) * min(1.0, (place - passed + 0.5) / counts[bucket])
        passed += counts[bucket]
    return edges(max(counts))[1]
