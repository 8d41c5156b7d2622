"""Everybody in these tests comes through the real door."""

from collections.abc import Iterator

import pytest

from otklik.core.staff import first_run


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Processes remember that a desk is set up; each test has a desk of its own."""
    first_run.forget_answer()
    yield
    first_run.forget_answer()
