"""Requests that must have their effect once.

A double click, a back button or a client that tries again sends the same key: the first request makes the object,
every later one is led to it; the same key with another body is a mistake of the caller.
"""

import hashlib
import json
from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError, models, transaction

from otklik.core.journal import clock


class KeyReused(ValueError):
    """The key was used before with another body."""


class OnceManager(models.Manager["Once"]):
    def run(self, person_id: int, key: str, body: object, create: Callable[[], int]) -> tuple[int, bool]:
        """(id of the object, made now?).  Without a key it is always made.  Raises KeyReused."""
        if not key:
            return create(), True
        print_ = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
        try:
            with transaction.atomic():
                row = self.create(person_id=person_id, key=key[:100], fingerprint=print_)
                row.made = create()
                row.save(update_fields=["made"])
                return row.made, True
        except IntegrityError:
            first = self.filter(person_id=person_id, key=key[:100]).first()
            if first is None or first.made is None:
                raise
        if first.fingerprint != print_:
            raise KeyReused(key)
        return first.made, False


class Once(models.Model):
    """One key of one person and what it made."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    made = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)

    objects: OnceManager = OnceManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="made_once")]
