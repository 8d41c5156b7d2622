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
