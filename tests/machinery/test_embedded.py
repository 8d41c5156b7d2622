"""The embedded PostgreSQL: Russian works in it, and the test database is a fresh copy."""

import os
import tempfile
from pathlib import Path

import pytest
from django.db import connection

from otklik.config.embedded import Cluster, ClusterError, NoPostgres, find_binaries, identity


def ask(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_russian_letters_are_lowered_and_cut_into_trigrams() -> None:
    assert ask("SELECT lower('Ё')") == "ё"
    assert ask("SELECT cardinality(show_trgm('Ёлка'))") == 5


@pytest.mark.django_db
def test_russian_search_joins_word_forms_and_ignores_the_dots() -> None:
    assert ask("SELECT to_tsvector('otklik_ru', 'Зелёные ёлки') @@ websearch_to_tsquery('otklik_ru', 'зеленая елка')")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_leaves_nothing_behind(turn: int) -> None:
    assert ask("SELECT count(*) FROM django_session") == 0
    assert ask("SELECT count(*) FROM django_migrations") > 20
    ask("INSERT INTO django_session VALUES ('key', 'data', now()) RETURNING 1")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
def test_root_without_user_namespaces_drops_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_ways", lambda: [identity.Identity("dropped", owner=identity.NOBODY)])
    with tempfile.TemporaryDirectory(prefix="otklik-") as place:
        Path(place).chmod(0o711)
        cluster = Cluster(Path(place) / "data")
        try:
            cluster.start()
        except ClusterError:
            pytest.skip("the user nobody cannot reach the programs in this checkout")
        assert cluster.layout.data.stat().st_uid == identity.NOBODY
        cluster.stop()


def test_a_folder_with_a_very_long_name_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    layout = Cluster(tmp_path / ("очень-длинное-имя-" * 5)).layout
    assert len(os.fsencode(layout.socket_folder / ".s.PGSQL.5432")) < 100
    assert layout.socket_folder != layout.home / "run"


def test_a_stranger_who_prepared_the_socket_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PermissionError):
        Cluster(tmp_path).layout.make_folders()


def test_a_chosen_folder_without_programs_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OTKLIK_PG_BIN", str(tmp_path))
    with pytest.raises(NoPostgres, match=str(tmp_path)):
        find_binaries()
