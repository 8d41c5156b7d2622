"""Lists that go on where the page before ended: the newest first by number, or by the nearest date."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

MICRO = 1_000_000


def newest_first[Row: Model](found: QuerySet[Row], after: str, most: int) -> tuple[list[Row], str]:
    """`most` rows, and where the next page begins: "" on the last one.  What makes no sense begins anew."""
    if after.isdecimal() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    rows = list(found.order_by("-pk")[: most + 1])
    return rows[:most], str(rows[most - 1].pk) if len(rows) > most else ""


def nearest_first[Row: Model](found: QuerySet[Row], after: str, most: int) -> tuple[list[Row], str]:
    """As `newest_first`, by `next_at`, which all of them have."""
    if place := _place(after):
        moment, number = place
        found = found.filter(Q(next_at__gt=moment) | Q(next_at=moment, pk__gt=number), next_at__gte=moment)
    rows = list(found.order_by("next_at", "pk")[: most + 1])
    last: Any = rows[most - 1] if len(rows) > most else None
    return rows[:most], _named(last.next_at, last.pk) if last else ""


def _named(moment: datetime, number: int) -> str:
    since = moment - datetime.fromtimestamp(0, UTC)
    return f"{since.days * 86400 * MICRO + since.seconds * MICRO + since.microseconds}.{number}"


def _place(text: str) -> tuple[datetime, int] | None:
    """Where the page before ended; None for what makes no sense."""
    micros, _dot, number = text.partition(".")
    if not (micros.isdecimal() and number.isdecimal() and len(micros) < 18 and len(number) < 19):
        return None
    seconds, rest = divmod(int(micros), MICRO)
    if seconds > 32_503_680_000:  # the year 3000
        return None
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), int(number)
