"""A new row by its own statement is the row that the ORM would have made."""

from typing import Any

import pytest

from otklik.core.journal.models import Entry
from otklik.core.journal.once import Once
from otklik.core.journal.rows import insert

pytestmark = pytest.mark.django_db


def test_a_row_gets_its_number_and_all_its_values() -> None:
    entry = Entry(kind="tests.Happened", about="ticket", about_id=7, data={"слово": [1, None]})

    assert insert(entry)

    stored = Entry.objects.get(pk=entry.pk)
    assert (stored.kind, stored.about_id, stored.data, stored.at) == (entry.kind, 7, entry.data, entry.at)
    assert stored.tx > 0, "what the database fills by itself is filled"


def test_the_row_can_be_saved_afterwards() -> None:
    entry = Entry(kind="tests.Happened")
    insert(entry)

    entry.kind = "tests.Else"
    entry.save(update_fields=["kind"])

    assert Entry.objects.get().kind == "tests.Else"


def test_a_row_that_is_known_is_left_out(anna: Any) -> None:
    first, second = (Once(person=anna, key="same", fingerprint="x") for _ in range(2))

    assert insert(first, unless_known=True)
    assert not insert(second, unless_known=True)
    assert second.pk is None
    assert Once.objects.get() == first
