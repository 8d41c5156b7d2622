"""A row by its own statement is the row that the ORM would have made, written and read."""

from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from otklik.core.journal.models import Entry
from otklik.core.journal.once import Once
from otklik.core.journal.rows import insert, lock, update

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


def test_all_values_of_a_row_are_written() -> None:
    entry = Entry.objects.create(kind="tests.Happened", data={"слово": 1})
    entry.kind, entry.data = "tests.Else", {"слово": [2, None]}

    update(entry)

    stored = Entry.objects.get()
    assert (stored.kind, stored.data, stored.tx) == ("tests.Else", {"слово": [2, None]}, entry.tx or stored.tx)


def test_a_locked_row_is_as_somebody_else_left_it(anna: Any, ilya: Any) -> None:
    entry = Entry.objects.create(kind="tests.Happened", actor=anna, cause=None, data={})
    Entry.objects.filter(pk=entry.pk).update(kind="tests.Else", actor=ilya, data={"слово": [1]})

    lock(entry)

    assert (entry.kind, entry.data, entry.actor) == ("tests.Else", {"слово": [1]}, ilya)


def test_what_a_locked_row_still_points_to_is_not_read_again(anna: Any, django_assert_num_queries: Any) -> None:
    entry = Entry.objects.create(kind="tests.Happened", actor=anna)

    with django_assert_num_queries(1):
        lock(entry)
        assert str(entry.actor) == anna.name


def test_a_row_that_is_gone_cannot_be_locked() -> None:
    with pytest.raises(ObjectDoesNotExist):
        lock(Entry(pk=10**9))
