"""A telephone number that is typed into the search is the one that is stored."""

from typing import Any

import pytest

from otklik.core.formulas.tests.shared import vectors
from otklik.front.workspace.queries.search import phone_of


@pytest.mark.parametrize("row", vectors("phones"))
def test_the_search_reads_the_number_that_is_stored(row: dict[str, Any]) -> None:
    assert phone_of(row["input"]) == row["e164"]
