"""What a number means after merging."""

from collections.abc import Iterable
from typing import Any

from django.db import models


def followed(rows: "models.Manager[Any]", numbers: Iterable[int]) -> set[int]:
    """These numbers, and those of what they were merged into: a rule that names somebody goes on to mean them."""
    known, asked = set[int](), set(numbers)
    while asked - known:
        known |= asked
        merged = rows.filter(pk__in=asked, merged_into__isnull=False).values_list("merged_into", flat=True)
        asked = set(merged)
    return known


def ends_of(rows: "models.Manager[Any]", numbers: Iterable[int]) -> dict[int, int]:
    """For each number that of the card that stands for it now; a statement for each step of merging."""
    told = {number: number for number in numbers}
    further = told
    while further:
        merged = rows.filter(pk__in=set(further.values()), merged_into__isnull=False).values_list("pk", "merged_into")
        onward = dict(merged)
        further = {number: onward[end] for number, end in further.items() if end in onward}
        told |= further
    return told
