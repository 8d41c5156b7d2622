"""A bare statement: one cursor serves many, and nothing that Django promises about statements is lost by it."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from otklik.core.journal.bare import names, run
from otklik.core.journal.models import Entry
from otklik.core.journal.once import Once
from otklik.core.journal.rows import every, first, insert, pour

pytestmark = pytest.mark.django_db

TWO = "SELECT 1 AS one, %s::int AS other"


def test_one_cursor_serves_all_statements() -> None:
    begun = run(TWO, [2])
    assert (begun.fetchone(), names(begun)) == ((1, 2), ("one", "other"))

    assert run(TWO, [3]) is begun
    assert begun.fetchall() == [(1, 3)]


def test_whoever_counts_statements_sees_them() -> None:
    with CaptureQueriesContext(connection) as seen:
        run(TWO, [2])

    assert len(seen) == 1


def test_whoever_guards_statements_is_asked() -> None:
    def refuse(*_asked: Any) -> None:
        raise PermissionError("no statement here")

    with connection.execute_wrapper(refuse), pytest.raises(PermissionError):
        run(TWO, [2])


def test_what_breaks_a_rule_is_the_error_of_django(anna: Any) -> None:
    insert(Once(person=anna, key="same", fingerprint="x"))

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Once(person=anna, key="same", fingerprint="x"))
    assert first(TWO, 2) == (1, 2), "the block was rolled back, and the connection serves on"


def test_nothing_runs_in_a_transaction_that_has_failed() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            run(TWO, [2])
        transaction.set_rollback(False)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_opened_anew_has_another_cursor() -> None:
    before = run(TWO, [2])
    connection.close()

    assert first(TWO, 3) == (1, 3)
    assert run(TWO, [4]) is not before


def test_many_rows_are_poured_without_being_made() -> None:
    told = Entry(kind="tests.Happened")
    rows = [(told.at, "tests.Poured", 'a "b"\t\\n', place, "{}") for place in range(3)]

    pour(Entry, ("at", "kind", "about", "about_id", "data"), rows)
    pour(Entry, ("at", "kind"), [])

    stored = Entry.objects.filter(kind="tests.Poured").order_by("about_id")
    assert [(one.at, one.about, one.about_id, one.data) for one in stored] == [
        row[:1] + row[2:4] + ({},) for row in rows
    ]


def test_a_row_that_is_read_bare_is_one_of_the_orm() -> None:
    kept = Entry.objects.create(kind="tests.Happened", data={"слово": [1, None]})

    found = every(Entry, "SELECT * FROM journal_entry WHERE id = %s", kept.pk)[0]

    by_orm = Entry.objects.get(pk=kept.pk)
    assert vars(found) | {"_state": None} == vars(by_orm) | {"_state": None}
    assert (found._state.adding, found._state.db) == (by_orm._state.adding, by_orm._state.db)
    found.kind = "tests.Else"
    found.save(update_fields=["kind"])
    assert Entry.objects.get(pk=kept.pk).kind == "tests.Else"
