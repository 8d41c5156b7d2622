"""`otklik test` as a command: in what surroundings it starts the tests."""

import os
from pathlib import Path

import pytest

from otklik.config.cli import test as command


def test_compiled_files_are_kept_aside_where_they_may_not_lie_beside_the_sources(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    command.keep_bytecode()
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert Path(os.environ["PYTHONPYCACHEPREFIX"]) == command.BYTECODE


def test_elsewhere_nothing_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"):
        monkeypatch.delenv(name, raising=False)
    command.keep_bytecode()
    assert "PYTHONPYCACHEPREFIX" not in os.environ
