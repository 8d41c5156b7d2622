"""Whether answers beside the request form were enough (METRICS Q10): what the metrics count, in words of the room."""

from dataclasses import dataclass
from datetime import datetime

from otklik.care.knowledge.models import FormVisit


@dataclass(frozen=True)
class Tried:
    """One visit of the form, of which nothing more can be learned.

    `at_most`: they read an answer there, sent nothing, and nobody knows that they asked elsewhere.  `is_known`: it is
    known whether a client asked again; of strangers nobody can tell.
    """

    at: datetime
    visit: int
    is_known: bool
    at_most: bool


def tried(start: datetime, end: datetime) -> list[Tried]:
    """Those that began in the span; one statement.  What is less than a day old may still become a request."""
    rows = FormVisit.objects.settled().filter(began_at__gte=start, began_at__lt=end).order_by("pk")
    return [Tried(one.began_at, one.pk, _is_known(one), one.is_helped and one.came_back is not True) for one in rows]


def _is_known(one: FormVisit) -> bool:
    """A client whom nobody knows any more is a stranger, unless the request itself says what became of it."""
    return one.is_known and (one.sent_at is not None or one.came_back is not None)
