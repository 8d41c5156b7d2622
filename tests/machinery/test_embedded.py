"""The embedded PostgreSQL: Russian works in it, and the test database is a fresh copy."""

import pytest
from django.db import connection


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
