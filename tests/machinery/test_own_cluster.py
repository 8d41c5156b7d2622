"""Workers of one run have nothing in common: not the folder, so not the server, its transactions and its roles."""

from pathlib import Path

import pytest

from tests.fixtures.server import SharedCluster, home


def test_each_worker_has_a_server_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTKLIK_TEST_CACHE", str(tmp_path))
    places = []
    for worker in ("", "gw0", "gw1"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        shared = SharedCluster()
        shared.users.close()
        places.append(shared.cluster.layout.data)
        assert shared.cluster.layout.home == home()
    assert len(set(places)) == 3
    assert home() == tmp_path / "tests" / "gw1"


def test_runs_of_one_worker_share_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTKLIK_TEST_CACHE", str(tmp_path))
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    assert home() == home() == tmp_path / "tests"
