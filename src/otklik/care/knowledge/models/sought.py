"""What people searched for, counted by words and day: what nobody found is a gap of the base."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection, models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.states import Side
from otklik.care.knowledge.washing import normal

KEPT = timedelta(days=90)
WITHIN = timedelta(days=30)
FEWEST = 3
"""Words that fewer searches had are shown to nobody: one person may have typed a name."""
ONE_MORE = """INSERT INTO knowledge_sought (day, side, words, times, empty, opened) VALUES (%s, %s, %s, 1, %s, 0)
ON CONFLICT (day, side, words) DO UPDATE SET times = knowledge_sought.times + 1,
    empty = knowledge_sought.empty + EXCLUDED.empty"""


class Gap(NamedTuple):
    """Words, how often they were searched for, how often nothing was found, how often a result was opened."""

    words: str
    side: str
    times: int
    empty: int
    opened: int


class SoughtManager(models.Manager["Sought"]):
    def looked_for(self, query: str, side: Side, found: int, on: date) -> None:
        """One search, and how much it found; without a word, and without addresses and numbers, nothing is kept."""
        words = normal(query)
        if words:
            with connection.cursor() as cursor:
                cursor.execute(ONE_MORE, [on, side.value, words, int(found == 0)])

    def opened(self, query: str, side: Side, on: date) -> None:
        """One of the results of a search of that day was opened; nothing for words that nobody searched for."""
        self.filter(day=on, side=side, words=normal(query)).update(opened=F("opened") + 1)

    def gaps(self, on: date, most: int) -> list[Gap]:
        """The last month's words of which something was found in vain or nothing was opened, the most often first."""
        found = self.filter(day__gt=on - WITHIN).values("words", "side")
        told = found.annotate(n=Sum("times"), none=Sum("empty"), seen=Sum("opened"))
        missed = told.filter(Q(none__gt=0) | Q(seen=0), n__gte=FEWEST).order_by(F("n").desc(), "words")[:most]
        return [Gap(row["words"], row["side"], row["n"], row["none"], row["seen"]) for row in missed]

    def forget(self, on: date) -> int:
        return self.filter(day__lte=on - KEPT).delete()[0]


class Sought(models.Model):
    """Words without addresses and numbers, on one day, by clients or by colleagues."""

    day = models.DateField()
    side = models.CharField(max_length=7, choices=Side)
    words = models.CharField(max_length=80)
    times = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)

    objects: SoughtManager = SoughtManager()

    class Meta:
        verbose_name = _("what was searched for")
        verbose_name_plural = _("what was searched for")
        constraints = [models.UniqueConstraint(fields=["day", "side", "words"], name="sought_once_a_day")]

    def __str__(self) -> str:
        return self.words
