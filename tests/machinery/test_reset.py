"""Tests do not hear of each other: what a transactional test wrote is gone, and what migrations wrote stands again."""

import pytest
from django.db import connection

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.staff.models import Organisation, Team
from tests.fixtures.cast import ALWAYS
from tests.fixtures.reset import reset

pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> dict[str, int]:
    """How many each table holds, none left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM public.\"{name}\"" for name in names))
        return dict(cursor.fetchall())


def seeds() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'seeds' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def changed() -> list[str]:
    """Tables that do not hold what migrations put in, row by row."""
    return [name for name in seeds() if told(f'public."{name}"') != told(f'seeds."{name}"')]


def told(table: str) -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT one::text FROM {table} one ORDER BY 1")
        return list(cursor.fetchall())


def test_a_table_that_was_written_is_as_after_the_migrations() -> None:
    reset(connection)
    clean = rows()
    calendar = BusinessCalendar.objects.create(name="Always", time_zone="UTC", weekly=ALWAYS)
    Team.objects.create(name="Первая линия", level=1, calendar=calendar)
    Organisation.objects.update(name="Другая")
    assert rows() != clean

    reset(connection)

    assert rows() == clean
    assert {name for name, count in clean.items() if count} == set(seeds())
    assert not changed()


def test_a_row_of_a_migration_that_a_test_wrote_over_is_as_before() -> None:
    """As many rows as before, but not the same: with another word, or one in the place of another."""
    reset(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE auth_permission SET name = 'Другое' WHERE id = (SELECT min(id) FROM auth_permission)")
        cursor.execute("DELETE FROM django_migrations WHERE id = (SELECT min(id) FROM django_migrations)")
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())")
    assert changed() == ["auth_permission", "django_migrations"]

    reset(connection)

    assert not changed()


def test_what_nobody_touched_is_not_written_anew() -> None:
    """Dead rows of thousands of resets would make each next one slower."""
    reset(connection)
    with connection.cursor() as cursor:
        written = "SELECT ctid, xmin FROM auth_permission ORDER BY id"
        cursor.execute(written)
        before = cursor.fetchall()
        reset(connection)
        cursor.execute(written)
        assert cursor.fetchall() == before


def test_a_row_that_was_emptied_out_and_written_again_is_found() -> None:
    """A file that holds dead rows only, as a test that was rolled back leaves it, hides no later living one."""
    reset(connection)
    clean = rows()
    for _ in range(3):
        BusinessCalendar.objects.create(name="Always", time_zone="UTC", weekly=ALWAYS)
        reset(connection)
        assert rows() == clean


def test_what_migrations_wrote_and_a_test_took_away_comes_back() -> None:
    reset(connection)
    clean = rows()
    names = seeds()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for name in names:
            cursor.execute(f'DELETE FROM public."{name}"')
        cursor.execute("SET session_replication_role = DEFAULT")
    assert rows() != clean

    reset(connection)

    assert rows() == clean
    assert not changed()


def test_a_sequence_goes_on() -> None:
    """What one test saw as the key of a row is not the key of another row in the next."""
    first = BusinessCalendar.objects.create(name="Always", time_zone="UTC", weekly=ALWAYS).pk
    reset(connection)
    assert BusinessCalendar.objects.create(name="Always", time_zone="UTC", weekly=ALWAYS).pk > first
