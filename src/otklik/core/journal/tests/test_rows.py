"""A row by its own statement is the row that the ORM would have made, written and read."""

from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy

from otklik.core.journal.models import Entry
from otklik.core.journal.once import Once
from otklik.core.journal.rows import every, first, insert, insert_all, let_go, lock, update

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
    one, second = (Once(person=anna, key="same", fingerprint="x") for _ in range(2))

    assert insert(one, unless_known=True)
    assert not insert(second, unless_known=True)
    assert second.pk is None
    assert Once.objects.get() == one


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


def test_rows_of_a_statement_are_those_of_the_orm_and_more_than_it_asked_for_stands_beside() -> None:
    entry = Entry.objects.create(kind="tests.Happened", data={"слово": 1})
    statement = "SELECT upper(kind) AS loud, * FROM journal_entry WHERE kind = %s"

    (found,) = every(Entry, statement, "tests.Happened")

    assert (found, found.at, found.data, found.loud) == (entry, entry.at, {"слово": 1}, "TESTS.HAPPENED")  # type: ignore[attr-defined]
    assert not found._state.adding
    assert every(Entry, statement, "tests.Nothing") == []


def test_the_first_row_of_a_statement_or_none() -> None:
    assert first("SELECT %s::int, 2 UNION SELECT 3, 4 ORDER BY 1", 1) == (1, 2)
    assert first("SELECT 1 WHERE %s", False) is None


def test_several_rows_in_one_statement_get_their_numbers_in_order(anna: Any, django_assert_num_queries: Any) -> None:
    entries = [Entry(kind="tests.One", actor=anna), Entry(kind="tests.Two", about="ticket", about_id=7)]

    with django_assert_num_queries(1):
        insert_all(entries)

    stored = [(one.pk, one.kind, one.actor_id, one.about_id) for one in Entry.objects.order_by("pk")]
    assert stored == [(entries[0].pk, "tests.One", anna.pk, None), (entries[1].pk, "tests.Two", None, 7)]
    insert_all([])


@pytest.fixture
def seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Entry, "SELDOM", ("about_id", "data"), raising=False)


@pytest.mark.usefixtures("seldom")
def test_of_a_locked_row_what_seldom_changes_is_left_out() -> None:
    entry = Entry.objects.create(kind="tests.Happened", about="ticket", about_id=7, data={"слово": [1]})
    lock(entry)
    Entry.objects.update(about_id=8)  # somebody else in the same act

    entry.kind = "tests.Else"
    entry.data["слово"].append(2)  # changed in place
    update(entry)

    stored = Entry.objects.get()
    assert (stored.kind, stored.about_id, stored.data) == ("tests.Else", 8, {"слово": [1, 2]})


@pytest.mark.usefixtures("seldom")
def test_what_seldom_changes_is_written_when_it_did() -> None:
    entry = Entry.objects.create(kind="tests.Happened", about_id=7)
    lock(entry)
    entry.about_id = None

    update(entry)

    assert Entry.objects.get().about_id is None


@pytest.mark.usefixtures("seldom")
def test_what_was_found_holds_for_one_writing() -> None:
    """A savepoint may have taken the first one back, so the second one writes all."""
    entry = Entry.objects.create(kind="tests.Happened", about_id=7)
    lock(entry)
    update(entry)
    Entry.objects.update(about_id=8)

    update(entry)

    assert Entry.objects.get().about_id == 7


@pytest.mark.usefixtures("seldom")
def test_a_row_that_was_read_anew_is_written_whole() -> None:
    entry = Entry.objects.create(kind="tests.Happened", about_id=7)
    lock(entry)
    Entry.objects.update(about_id=8)
    let_go(entry)

    update(entry)

    assert Entry.objects.get().about_id == 7


def test_rows_of_one_act_are_written_together(django_assert_num_queries: Any) -> None:
    entries = [Entry.objects.create(kind=f"tests.{name}") for name in ("One", "Two")]
    for entry in entries:
        entry.about_id = 7

    with django_assert_num_queries(1):
        update(*entries)

    assert [(one.kind, one.about_id) for one in Entry.objects.order_by("pk")] == [("tests.One", 7), ("tests.Two", 7)]


def test_values_of_unexpected_types_are_prepared_by_their_field() -> None:
    """Words that are translated later, a number in letters, a choice."""
    entry = Entry(kind=gettext_lazy("Undo"), about=Once.__name__, about_id="7")  # type: ignore[misc]
    insert(entry)

    stored = Entry.objects.get()
    assert (stored.kind, stored.about_id) == (str(gettext_lazy("Undo")), 7)
