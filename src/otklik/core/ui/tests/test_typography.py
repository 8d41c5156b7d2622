"""Russian typography keeps together what must not be torn apart."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.ui.typography import ru_typo, russian


def shown(text: str) -> str:
    """No-break spaces as ~, so that they can be seen."""
    return russian(text).replace("\N{NO-BREAK SPACE}", "~")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("ответ в течение дня", "ответ в~течение дня"),
        ("И я не против", "И~я~не~против"),
        ("позвоните для проверки", "позвоните для~проверки"),
        ("обещали - нет, обещали — да", "обещали - нет, обещали~— да"),
        ("через 8 мин", "через 8~мин"),
        ("до 14 мая", "до~14~мая"),
        ("оплата 48 200 ₽", "оплата 48~200~₽"),
        ("№ 4817 и №4818", "№~4817 и~№~4818"),
        ("опоздали на -14 мин", "опоздали на~−14~мин"),
        ("номер 8-800 и 555-01-20", "номер 8-800 и~555-01-20"),
        ('клиника "Доктор Лен"', "клиника «Доктор Лен»"),
        ('ООО "Школа "Пятый класс""', "ООО «Школа „Пятый класс“»"),
        ('дюйм 5" один', 'дюйм 5" один'),
    ],
)
def test_rules_of_the_page(written: str, printed: str) -> None:
    assert shown(written) == printed


def test_other_languages_are_left_alone() -> None:
    with translation.override("en"):
        assert ru_typo('a "b" -14') == 'a "b" -14'
    with translation.override("ru"):
        assert ru_typo('а "б"') != 'а "б"'


@given(st.text(alphabet='абвгд "«»„“-—–1234567890№мин ₽\n', max_size=60))
def test_twice_gives_the_same_and_nothing_is_lost(text: str) -> None:
    once = russian(text)
    assert russian(once) == once
    letters = [sign for sign in text if sign.isalpha() or sign.isdigit()]
    assert [sign for sign in once if sign.isalpha() or sign.isdigit()] == letters
