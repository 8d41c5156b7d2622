"""`otklik test` as a command: in what surroundings it starts the tests."""

import os
from pathlib import Path

import pytest

from otklik.config.cli import test as command

NAMES = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the command sets ends with the test; programs of later ones would inherit it."""
    for name in NAMES:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_compiled_files_are_kept_aside_where_they_may_not_lie_beside_the_sources(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    command.keep_bytecode()
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert Path(os.environ["PYTHONPYCACHEPREFIX"]) == command.BYTECODE


def test_elsewhere_nothing_is_changed() -> None:
    command.keep_bytecode()
    assert "PYTHONPYCACHEPREFIX" not in os.environ
