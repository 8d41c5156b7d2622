"""In what order the workers of a run take the files."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.fixtures.browser import _turn


def item(nodeid: str, *fixtures: str, slow: bool = False) -> Any:
    return SimpleNamespace(nodeid=nodeid, fixturenames=fixtures, get_closest_marker=lambda name: slow or None)


PAGE = item("tests/browser/test_panes.py::test_a", "browser")
SHORT = item("src/otklik/desk/tickets/tests/test_query.py::test_b")
LONG = item("src/otklik/front/api/tests/test_schema.py::test_c", slow=True)
PROGRAM = item("tests/machinery/test_up.py::test_d")


def test_workers_begin_with_what_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")
    assert sorted([PAGE, SHORT, LONG, PROGRAM], key=_turn) == [LONG, PROGRAM, SHORT, PAGE]


def test_a_run_without_workers_has_the_browser_last_and_nothing_else_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    assert sorted([PAGE, SHORT, LONG, PROGRAM], key=_turn) == [SHORT, LONG, PROGRAM, PAGE]
