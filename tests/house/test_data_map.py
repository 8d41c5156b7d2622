"""Every column that can hold a client's words is in the map of personal data, or said to be free of them."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from otklik.core.datamap import Fate, declared, is_free

WORDY = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField, ArrayField)
HARMLESS = (models.GenericIPAddressField,)


def undeclared(tables: list[type[models.Model]]) -> list[str]:
    """Text, JSON, lists, files, bytes, derived columns; one with choices holds our codes only."""
    mapped = {(place.name, name) for place in declared() for name in place.words}
    return [
        f"{table._meta.label}.{column.name}"
        for table in tables
        for column in table._meta.local_fields
        if (isinstance(column, WORDY) and not column.choices and not isinstance(column, HARMLESS))
        or isinstance(column, models.GeneratedField)
        if (table._meta.label, column.name) not in mapped and not is_free(table, column.name)
    ]


def test_no_column_for_words_is_forgotten() -> None:
    tables = apps.get_models(include_auto_created=True)
    assert undeclared(tables) == [], "name it in the personal.py of its room: declare() or free()"


def test_a_forgotten_column_is_found() -> None:
    class Diary(models.Model):
        words = models.TextField()

        class Meta:
            app_label = "clients"
            managed = False

    try:
        assert undeclared([Diary]) == ["clients.Diary.words"]
    finally:
        apps.all_models["clients"].pop("diary")
        apps.clear_cache()


@pytest.mark.parametrize("place", declared(), ids=lambda place: place.name)
def test_places_say_what_is_there(place: object) -> None:
    """Columns of the map exist, an erased one may be emptied, and what is kept says why."""
    for name in place.words:  # type: ignore[attr-defined]
        place.model._meta.get_field(name)  # type: ignore[attr-defined]
        place.empty(name)  # type: ignore[attr-defined]
    assert place.ways and (place.fate != Fate.KEPT or place.why)  # type: ignore[attr-defined]
