"""Whether answers beside the request form were enough (METRICS Q10): what the metrics count, in words of the room."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

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
    """Those that began in the span; one statement.  What is less than a day old may still become a request.

    A client whom nobody knows any more is a stranger, unless the request itself says what became of it.
    """
    rows = FormVisit.objects.settled().filter(began_at__gte=start, began_at__lt=end).order_by("pk")
    told = rows.values_list("began_at", "pk", "is_known", "came_back", Q(sent_at=None), Q(opened__len__gt=0))
    return [
        Tried(at, pk, is_known and (not left or came_back is not None), left and read and came_back is not True)
        for at, pk, is_known, came_back, left, read in told.iterator(chunk_size=5000)
    ]
