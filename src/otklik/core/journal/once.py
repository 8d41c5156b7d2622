"""Requests that must have their effect once.

A double click, a back button or a client that tries again sends the same key: the first request makes the object,
every later one hears the same answer; the same key with another body is a mistake of the caller.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import cast

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from otklik.core.journal import clock

LONGEST = 100
KEPT = timedelta(days=7)


class KeyReused(ValueError):
    """The key was used before with another body."""


class OnceManager(models.Manager["Once"]):
    def run[T](self, person_id: int, key: str, body: object, act: Callable[[], T]) -> T:
        """The answer of `act`, in plain values of JSON: given now, or kept from the first time.

        Without a key it is always done.  Raises KeyReused.
        """
        if not key:
            return act()
        print_ = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
        try:
            with transaction.atomic():
                row = self.create(person_id=person_id, key=key[:LONGEST], fingerprint=print_)
                answer = row.answer = _plain(act())
                row.save(update_fields=["answer"])
                return answer
        except IntegrityError:
            first = self.filter(person_id=person_id, key=key[:LONGEST]).first()
            if first is None:
                raise
        if first.fingerprint != print_:
            raise KeyReused(key)
        return cast(T, first.answer)

    def forget_old(self) -> None:
        """Nobody tries again after a week, and an answer repeats what clients wrote."""
        self.filter(at__lt=clock.now() - KEPT).delete()


class Once(models.Model):
    """One key of one person and what was answered to it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField(default=clock.now)

    objects: OnceManager = OnceManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="made_once")]
        indexes = [models.Index(fields=["at"], name="once_at")]


def _plain[T](answer: T) -> T:
    """As it will be read from the database, so that the first answer and every later one are the same."""
    plain: T = json.loads(json.dumps(answer, cls=DjangoJSONEncoder))
    return plain
