"""A mended letter is told from another sense; in doubt it is another sense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.adapters.telegram.slips import is_slip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Не прихдят письма", "Не приходят письма"),
        ("не приходят письма", "Не приходят письма."),
        ("Пришли счёт, пожалуйста", "Пришли счет пожалуйста"),
        ("Спасибо, заработлао", "Спасибо - заработало"),
        ("Спасибоо", "Спасибо"),
        ("Спасибо", "Спасибоо"),
        ("Прошу верунть", "Прошу вернуть"),
        ("", ""),
    ],
)
def test_a_slip_of_the_hand(before: str, after: str) -> None:
    assert is_slip(before, after) and is_slip(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Работает", "Не работает"),
        ("Доступ открыт", "Доступ закрыт"),
        ("Свет включили", "Свет выключили"),
        ("Счёт 12345", "Счёт 12346"),
        ("Заказ АБВГД1", "Заказ АБВГД2"),
        ("Всё работает.", "Всё работает?"),
        ("Спасибо!", "Спасибо"),
        ("Это так", "Это тут"),
        ("Спасибо, работает", "Спасибо, но работает плохо"),
        ("письма приходят", "приходят письма"),
        ("Заработало", "Замерзло"),
        ("Готово 👍", "Готово 👎"),
        ("Оплатил", ""),
        ("Баланс -500", "Баланс 500"),
        ("с 10-15", "с 10,15"),
        ("1.500 рублей", "1,500 рублей"),
    ],
)
def test_another_sense(before: str, after: str) -> None:
    assert not is_slip(before, after) and not is_slip(after, before)


@given(st.lists(st.text("абвгде", min_size=1, max_size=8), max_size=6), st.data())
def test_one_other_letter_behind_the_beginning_of_a_long_word(words: list[str], data: st.DataObject) -> None:
    assert is_slip(" ".join(words), " ".join(words).upper())
    if long := [place for place, word in enumerate(words) if len(word) > 5]:
        place = data.draw(st.sampled_from(long))
        at = data.draw(st.integers(2, len(words[place]) - 1))
        changed = [*words]
        changed[place] = words[place][:at] + "ж" + words[place][at + 1 :]
        assert is_slip(" ".join(words), " ".join(changed))
