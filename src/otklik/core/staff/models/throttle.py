"""Attempts that failed, counted in the database, so that all processes agree and a restart forgets nothing."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import models, transaction

from otklik.core.journal import clock
from otklik.core.staff.errors import TooMany
from otklik.core.staff.policies import Limit, Verdict, pause


class ThrottleManager(models.Manager["Throttle"]):
    @transaction.atomic
    def attempt(self, buckets: Mapping[str, Limit]) -> Verdict:
        """Count an attempt as failed before it is made; `forgive` takes it back when it was good.

        Counting first keeps a burst of parallel guesses inside the limit.  Raises TooMany, and counts nothing, while
        one of the buckets rests.
        """
        rows = self._locked(buckets)
        # After the lock: whoever held it has written a later moment than this attempt began at, and rests nobody by it.
        now = clock.now()
        resting = max(row.rests(now) for row, _ in rows)
        if resting:
            raise TooMany(Verdict(wait=resting))
        for row, limit in rows:
            row.count(now, limit)
        self.bulk_update([row for row, _ in rows], ["failures", "free_at", "seen_at"])
        return Verdict(left=max(0, min(limit.free - row.failures for row, limit in rows)))

    def _locked(self, buckets: Mapping[str, Limit]) -> "list[tuple[Throttle, Limit]]":
        limits = {hidden(name): limit for name, limit in buckets.items()}
        fresh = [Throttle(key=key) for key in sorted(limits)]
        self.bulk_create(fresh, ignore_conflicts=True)
        rows = self.select_for_update().filter(key__in=limits).order_by("key")
        return [(row, limits[row.key]) for row in rows]

    def forgive(self, wiped: Iterable[str], eased: Iterable[str] = ()) -> None:
        """After a good attempt: forget the first buckets, take one failure from the others.

        What is shared with strangers is only eased, or an attacker could wipe it by signing in as himself.
        """
        self.filter(key__in=[hidden(name) for name in wiped]).delete()
        self.filter(key__in=[hidden(name) for name in eased], failures__gt=0).update(
            failures=models.F("failures") - 1, free_at=clock.now()
        )

    def sweep(self, before: datetime) -> int:
        """Drop what nobody asked about since; returns how many."""
        return self.filter(seen_at__lt=before).delete()[0]


class Throttle(models.Model):
    """How often something failed in a row, and when it may be tried again; the key is a digest of what and who."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    free_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now, db_index=True)

    objects: ThrottleManager = ThrottleManager()

    def rests(self, now: datetime) -> int:
        return max(0, math.ceil((self.free_at - now).total_seconds()))

    def count(self, now: datetime, limit: Limit) -> None:
        quiet = (now - self.seen_at).total_seconds() > limit.forget
        self.failures = 1 if quiet else self.failures + 1
        self.seen_at = now
        self.free_at = now + timedelta(seconds=pause(self.failures, limit))


def hidden(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
