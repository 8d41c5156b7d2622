"""The order of boards and of tiles: moved by steps."""

from typing import Any

from django.db.models import QuerySet


def shift(rows: QuerySet[Any], pk: int, steps: int) -> None:
    """Moves one of these rows, whose owner the caller has locked; beyond the ends it stays at the end."""
    found = list(rows)
    there = next(place for place, one in enumerate(found) if one.pk == pk)
    found.insert(max(0, there + steps), found.pop(there))
    for place, one in enumerate(found, 1):
        one.place = place
    rows.model._default_manager.bulk_update(found, ["place"])
