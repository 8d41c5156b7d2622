"""Sums of a day, so that the cost of a figure does not grow with the requests."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.buckets import bucket_of
from otklik.team.metrics.days import day_of
from otklik.team.metrics.measure import DURATIONS
from otklik.team.metrics.seen import Seen

ADD = """
INSERT INTO metrics_cell (day, measure, team_id, side, key, bucket, n, total)
SELECT * FROM unnest(%s::date[], %s::smallint[], %s::bigint[], %s::text[], %s::text[], %s::smallint[], %s::bigint[],
                     %s::bigint[])
ON CONFLICT (measure, side, day, team_id, key, bucket)
DO UPDATE SET n = metrics_cell.n + excluded.n, total = metrics_cell.total + excluded.total"""
FORGET_EMPTY = """
DELETE FROM metrics_cell USING unnest(%s::date[], %s::smallint[], %s::bigint[], %s::text[], %s::text[], %s::smallint[])
       AS told (day, measure, team_id, side, key, bucket)
WHERE metrics_cell.measure = told.measure AND metrics_cell.side = told.side AND metrics_cell.day = told.day
  AND metrics_cell.team_id = told.team_id AND metrics_cell.key = told.key AND metrics_cell.bucket = told.bucket
  AND n = 0"""

type Key = tuple[date, int, int, str, str, int]
"""Day, measure, line, side, key on that side, bucket."""


class CellManager(models.Manager["Cell"]):
    def carry(self, fresh: Iterable[Counter[Seen]], stale: Iterable[Counter[Seen]]) -> None:
        """Add what is new and take away what is no longer so; whole numbers, so that the order never shows."""
        counts: Counter[Key] = Counter()
        totals: Counter[Key] = Counter()
        for sign, groups in ((1, fresh), (-1, stale)):
            for group in groups:
                for seen, times in group.items():
                    for key in _keys(seen):
                        counts[key] += sign * times
                        totals[key] += sign * times * seen.value
        keys = sorted(key for key in counts if counts[key] or totals[key])
        if not keys:
            return
        columns = [list(column) for column in zip(*keys, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(ADD, [*columns, [counts[key] for key in keys], [totals[key] for key in keys]])
            cursor.execute(FORGET_EMPTY, columns)


def _keys(seen: Seen) -> Iterator[Key]:
    """Where a reading is added: to its line as a whole, and to each side from which the line is looked at."""
    day = day_of(seen.at)
    bucket = bucket_of(seen.value) if seen.measure in DURATIONS else seen.kind
    for side, name in Side.columns():
        value = getattr(seen, name) if name else ""
        if value is not None:
            yield day, seen.measure, seen.team_id, side, str(value), bucket


class Side(models.TextChoices):
    """From which side the readings of a line are counted apart; "" is the line as a whole."""

    WHOLE = "", _("line")
    AGENT = "agent", _("person")
    CHANNEL = "channel", _("channel")
    TOPIC = "topic", _("topic")
    CLASS = "class", _("service class")
    PRODUCT = "product", _("product")

    @classmethod
    def columns(cls) -> Iterator[tuple[str, str]]:
        """Each side and the field of a reading that is its key."""
        yield cls.WHOLE.value, ""
        yield cls.CHANNEL.value, "channel"
        for side in (cls.AGENT, cls.TOPIC, cls.CLASS, cls.PRODUCT):
            yield side.value, f"{side.value}_id"


class Cell(models.Model):
    """How many readings of a measure a line had on a day, and their sum; once for each side.

    `bucket` is that of `buckets.bucket_of` for durations, the kind of the reading for all others.  The key of the table
    carries `n` and `total` (migration 0008): a figure reads thousands of rows, and so only the key.
    """

    Side = Side

    pk = models.CompositePrimaryKey("measure", "side", "day", "team_id", "key", "bucket")
    day = models.DateField()
    measure = models.PositiveSmallIntegerField()
    team_id = models.BigIntegerField()
    side = models.CharField(max_length=8, choices=Side, blank=True)
    key = models.CharField(max_length=20, blank=True)
    bucket = models.PositiveSmallIntegerField()
    n = models.BigIntegerField()
    total = models.BigIntegerField()

    objects: CellManager = CellManager()

    class Meta:
        verbose_name = _("sum of a day")
        verbose_name_plural = _("sums of days")
