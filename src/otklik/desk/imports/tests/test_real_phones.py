"""Telephone numbers as people type them: import, comparison and search read one number, and know its country."""

from typing import Any

import pytest

from otklik.core.formulas.tests.shared import vectors
from otklik.desk.clients.duplicates import phone_of, phones_alike
from otklik.desk.clients.opening.place import country_of
from otklik.desk.imports.values import phones


@pytest.mark.parametrize("row", vectors("phones"))
def test_a_number_is_read_alike_everywhere(row: dict[str, Any]) -> None:
    assert row["valid"]
    assert phones("phone", row["input"]) == [row["e164"]]
    assert phone_of(row["input"]) == row["e164"]
    assert phone_of(row["national"]) == row["e164"] or row["region"] != "RU", "a national form is of our country"
    assert row["e164"] in phones_alike(row["input"])


@pytest.mark.parametrize("row", vectors("phones"))
def test_a_number_tells_its_country(row: dict[str, Any]) -> None:
    assert country_of([row["e164"]], "") == row["region"]
    assert country_of([row["e164"].removeprefix("+")], "") == row["region"], "as exchanges write it"
