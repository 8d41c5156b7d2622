"""Names as two published programs decline them: ours gives their form or the nominative, and never another one."""

import json
from typing import Any

import pytest

from otklik.core.formulas.tests.shared import real
from otklik.desk.clients.declension import declined

BESIDE = {"male": "Иван", "female": "Анна"}
FAMILY = {"male": "Демидов", "female": "Демидова"}
LEFT_AS_THEY_ARE = {"  Иванов--Петров \t"}
"""Blanks and two dashes are no name that anybody would understand without a doubt."""


@pytest.mark.parametrize("path", real("vectors/ru_names.json"))
def test_a_name_has_the_published_form(path: Any) -> None:
    rows = json.loads(path.read_text())["case_forms"]
    assert len(rows) > 10
    told = []
    for row in rows:
        before = "" if row["part"] == "firstname" else f"{BESIDE[row['gender'] or 'male']} "
        form = declined(before + row["name"], row["case"])
        wanted = before + row["name"] if row["name"] in LEFT_AS_THEY_ARE else row["expect"]
        if not form.endswith(wanted):
            told.append(f"{row['name']!r}, {row['case']}: {form!r}, not {wanted!r}")
    assert told == []


@pytest.mark.parametrize("path", real("vectors/ru_names.json"))
def test_what_tells_a_gender_goes_with_its_own_only(path: Any) -> None:
    """Beside a name of the other gender it contradicts itself, and nothing is declined."""
    rows = [row for row in json.loads(path.read_text())["gender"] if " " not in row["name"]]
    assert len(rows) > 5
    for row in rows:
        for gender in BESIDE:
            other = FAMILY[gender] if row["part"] == "firstname" else BESIDE[gender]
            name = f"{row['name']} {other}" if row["part"] == "firstname" else f"{other} {row['name']}"
            is_declined = declined(name, "dative") != name
            assert is_declined == (gender == row["gender"]), name


@pytest.mark.parametrize("path", real("vectors/ru_names.json"))
def test_fathers_of_two_words_stay_as_they_are(path: Any) -> None:
    rows = [row for row in json.loads(path.read_text())["gender"] if " " in row["name"]]
    assert rows
    for row in rows:
        name = f"{BESIDE[row['gender']]} {row['name']}"
        assert declined(name, "dative") == name
