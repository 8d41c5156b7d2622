"""Vectors of real and published cases, kept outside the repository."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("OTKLIK_SHARED") or Path(__file__).parents[6] / "shared")


def vectors(name: str) -> list[Any]:
    """Parameters of a test, one for each row; a single loud skip where the folder is absent."""
    path = SHARED / "data/vectors" / f"{name}.json"
    if not path.exists():
        return [pytest.param({}, id=name, marks=pytest.mark.skip(reason=f"vectors not checked: {path} is absent"))]
    return [pytest.param(row, id=row["id"]) for row in json.loads(path.read_text())["vectors"]]


def printed(result: Mapping[str, Any], places: int, *keys: str) -> list[float]:
    """Figures of an answer with so many decimals, as the definitions print them."""
    return [round(result[key], places) for key in keys]


def calendar_of(row: dict[str, Any]) -> dict[str, Any]:
    """A calendar of the vectors as `core.formulas` takes it."""
    source = row["calendar"]
    closed: dict[str, list[Any]] = {day: [] for day in source.get("holidays", [])}
    return {"tz": source["tz"], "weekly": source["week"], "exceptions": closed | source.get("days", {})}


def real(place: str) -> list[Any]:
    """The one parameter of a test over real data; a loud skip where they are absent."""
    path = SHARED / "data" / place
    absent = () if path.exists() else (pytest.mark.skip(reason=f"real data not checked: {path} is absent"),)
    return [pytest.param(path, id=path.name, marks=absent)]


def expected_figures(name: str) -> dict[str, Any]:
    """What two other programs computed from a file of real data."""
    figures: dict[str, Any] = json.loads((SHARED / "data/expected_figures.json").read_text())["values"][name]
    return figures
