"""Words of a search: however many signs stand in them, PostgreSQL reads them."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.ui.typed import SIGNS, searchable


def read(words: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT websearch_to_tsquery('otklik_ru', %s)::text", [searchable(words)])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "run", ["-", "- ", '-""', "-(", "-!", "-&", "-|", "-:", "-'", "-*", "-<", '-"', "-\\", "-.", "- or ", "-)("]
)
def test_no_run_of_signs_is_too_much(run: str) -> None:
    read(run * 100)
    if run not in ('-"', "- or "):
        assert read(f"{run * 100} модем") == "'мод'"


@pytest.mark.django_db
def test_what_says_something_still_does() -> None:
    assert read("модем -роутер") == "'мод' & !'роутер'"
    assert read('модем -"нет звук" -роутер').count("!") == 2
    assert read("--модем") == "'мод'", "an option of a program, or twice not"


@given(st.text(alphabet="-аб \"()!&|:*<>'.", max_size=200))
def test_no_sign_stands_upon_another(words: str) -> None:
    said = searchable(words)
    assert not SIGNS.search(said) and [one for one in said if one in "аб"] == [one for one in words if one in "аб"]
