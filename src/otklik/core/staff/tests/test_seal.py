"""Secrets at rest open with the key they were sealed with, in the place they were sealed for."""

import pytest
from django.test import override_settings

from otklik.core.staff import seal


def test_a_sealed_text_opens_in_its_own_place_alone() -> None:
    closed = seal.close("секрет", "telegram:1:token")

    assert "секрет" not in closed and seal.open_(closed, "telegram:1:token") == "секрет"
    for elsewhere in ("telegram:2:token", "telegram:1:hook", ""):
        with pytest.raises(seal.Sealed):
            seal.open_(closed, elsewhere)
    assert seal.open_(seal.close("секрет"), "telegram:1:token") == "секрет", "closed before places were told"


def test_an_old_key_opens_while_it_is_listed_and_then_it_is_said_what_to_do() -> None:
    with override_settings(SECRET_KEY="old" * 20):
        closed = seal.close("секрет", "x")
    with override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=["old" * 20]):
        assert seal.open_(closed, "x") == "секрет"
    with override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=[]), pytest.raises(seal.Sealed) as sealed:
        seal.open_(closed, "x")
    assert "Введите заново" in str(sealed.value)


@pytest.mark.parametrize("damaged", ["nonsense", "gAAAAA-of-another-key", "ё"])
def test_damage_is_told_apart_from_nothing(damaged: str) -> None:
    assert seal.close("") == seal.open_("") == ""
    with pytest.raises(seal.Sealed):
        seal.open_(damaged)


def test_keys_of_addresses_are_long_and_never_the_same() -> None:
    made = {seal.new_key() for _one in range(100)}
    assert len(made) == 100 and all(len(key) == 32 for key in made)
