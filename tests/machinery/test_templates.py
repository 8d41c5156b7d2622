"""Of what the database of the tests is made decides which one is taken."""

from pathlib import Path

import pytest

from otklik.config.database import snapshot
from tests.fixtures.database import fingerprint, template_name


def test_another_file_of_tables_makes_another_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read instead of the migrations; what these alone lead to stays the same."""
    before, migrations = template_name(), fingerprint()
    other = tmp_path / "tables.sql"
    other.write_bytes(snapshot.FILE.read_bytes() + b"-- changed")
    monkeypatch.setattr(snapshot, "FILE", other)

    assert template_name() != before and fingerprint() == migrations
