"""The name of a month that stands by itself, as each language writes it."""

from django.utils import translation

from otklik.front.board.value.telling import named


def test_a_month_has_a_capital_where_the_language_gives_it_one() -> None:
    with translation.override("en"):
        assert (named(2026, 5), named(2024, 11)) == ("May 2026", "Nov 2024")
    with translation.override("ru"):
        assert (named(2026, 5), named(2024, 11)) == ("май 2026", "ноя 2024")
