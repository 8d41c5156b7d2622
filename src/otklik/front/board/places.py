"""Where a list that is ordered by moments goes on: the moment and the number of the last row, in an address."""

from datetime import datetime
from typing import NamedTuple

from django.utils.dateparse import parse_datetime


class Place(NamedTuple):
    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.pk}"


def place_of(words: str) -> Place | None:
    """None for an address that makes no sense: the list begins at its top."""
    moment, _sign, number = words.partition("~")
    try:
        at = parse_datetime(moment)
    except ValueError:
        return None
    if at is None or at.tzinfo is None or not number.isdecimal() or len(number) > 18:
        return None
    return Place(at, int(number))
