"""Proofs of a provider that have served: each is good for one letter."""

from datetime import timedelta

from django.db import models

from otklik.core.journal import clock
from otklik.core.journal.rows import insert

KEPT = timedelta(days=1)
"""Longer than a proof is taken for at all (`providers.OLDEST`), so that none is forgotten while it still opens."""


class SpentManager(models.Manager["Spent"]):
    def spend(self, proof: str, letter: str) -> bool:
        """False where the proof has served for another letter; the same letter again is the provider's second try.

        Call it in the transaction that stores the letter: of two at once one waits for the other, and a letter that
        could not be stored leaves its proof unspent.
        """
        if insert(Spent(proof=proof, letter=letter), unless_known=True):
            return True
        return self.filter(proof=proof, letter=letter).exists()

    def forget_old(self) -> None:
        """By then their age closes the door."""
        self.filter(at__lt=clock.now() - KEPT).delete()


class Spent(models.Model):
    """One proof, and the letter (`parse.identity`) that came in by it."""

    proof = models.CharField(max_length=64, unique=True)
    letter = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    objects: SpentManager = SpentManager()

    class Meta:
        indexes = [models.Index(fields=["at"], name="spent_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
