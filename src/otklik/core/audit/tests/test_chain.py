"""AUDIT-2: the chain has no fork and no gap, and nobody waits for it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.test import override_settings

from otklik.core.audit import anchors, chain
from otklik.core.audit.models import Line, Seal
from otklik.core.audit.writing import note

ACTS, LONGEST = 50, "100ms"


def bare(words: str) -> None:
    """As somebody with the rights of the owner would do it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(words)
        cursor.execute("SET LOCAL session_replication_role = origin")


def faults(*anchored: chain.Head) -> list[tuple[int, str]]:
    return [(fault.number, fault.what) for fault in chain.verify(anchored)]


@pytest.mark.django_db(transaction=True)
def test_AUDIT_2_fifty_at_once_make_one_chain_and_wait_for_nothing():
    """While a batch is being sealed and holds its lock; every third act is rolled back and leaves a hole in the ids.

    The database itself refuses an act that waits longer for any lock: a clock would measure how busy the machine is.
    """
    together = Barrier(ACTS)

    def act(number: int) -> None:
        connection.ensure_connection()
        together.wait()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST])
                note("test", about_id=number)
                if number % 3 == 0:
                    raise Undone
        except Undone:
            pass
        finally:
            connection.close()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [chain.LOCK])
        with ThreadPoolExecutor(ACTS) as crowd:
            list(crowd.map(act, range(ACTS)))
    with ThreadPoolExecutor(4) as sealers:
        list(sealers.map(seal_apart, range(4)))

    written = Line.objects.filter(kind="test").count()
    assert written == ACTS - len(range(0, ACTS, 3))
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == list(range(1, written + 1))
    assert Seal.objects.values("line").distinct().count() == written
    assert faults() == []


def seal_apart(_: int) -> None:
    chain.seal()
    connection.close()


class Undone(Exception):
    pass


@pytest.fixture
def sealed(db: None) -> list[Line]:
    """The last of five is head."""
    for number in range(5):
        note("test", about_id=number)
    chain.seal(everything=True)
    return list(Line.objects.filter(kind="test").order_by("id"))


def number_of(line: Line) -> int:
    return Seal.objects.get(line=line).number


def test_AUDIT_2_a_changed_line_is_found(sealed: list[Line]):
    bare(f"UPDATE audit_line SET actor_id = 77 WHERE id = {sealed[2].pk}")
    assert faults() == [(number_of(sealed[2]), "the line or its seal was changed")]


def test_AUDIT_2_a_removed_line_is_found(sealed: list[Line]):
    number = number_of(sealed[1])
    bare(f"DELETE FROM audit_line WHERE id = {sealed[1].pk}")
    assert faults() == [(number, "the line was removed")]


def test_AUDIT_2_a_line_removed_with_its_seal_is_found(sealed: list[Line]):
    number = number_of(sealed[1])
    bare(f"DELETE FROM audit_line WHERE id = {sealed[1].pk}")
    bare(f"DELETE FROM audit_seal WHERE number = {number}")
    assert (number, "a seal is missing") in faults()


def test_AUDIT_2_a_line_slipped_in_is_found(sealed: list[Line]):
    bare(
        "INSERT INTO audit_line (at, outcome, door, address, session, call, before, after, kind, about, about_id)"
        " SELECT at - interval '2 hours', outcome, door, address, session, call, before, after, kind, about, about_id"
        f" FROM audit_line WHERE id = {sealed[0].pk}"
    )
    assert "never sealed" in faults()[0][1]


def test_AUDIT_2_a_chain_that_was_cut_off_is_found_by_what_was_written_down(sealed: list[Line]):
    end = chain.head()
    bare(f"DELETE FROM audit_line WHERE id = {sealed[-1].pk}")
    bare(f"DELETE FROM audit_seal WHERE number = {end.number}")
    assert faults() == []
    assert faults(end)[0][0] == end.number


def test_what_an_earlier_key_sealed_stays_proven(sealed: list[Line]):
    from django.conf import settings

    with override_settings(SECRET_KEY="another key " * 6, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        note("test")
        chain.seal()
        assert faults() == []
    with override_settings(SECRET_KEY="another key " * 6, SECRET_KEY_FALLBACKS=[]):
        assert "a key that is not among" in faults()[0][1]


def test_the_head_is_written_down_once(sealed: list[Line], settings, tmp_path):
    settings.DATA_DIR = tmp_path
    anchors.write_down()
    anchors.write_down()
    assert anchors.written() == [chain.head()]
    assert anchors.place().stat().st_mode & 0o777 == 0o600
