"""The order of the house, from the floor up; the same as in the import contracts (pyproject.toml)."""

from collections.abc import Iterator
from pathlib import Path

from otklik.config.paths import PACKAGE

CHANNELS = "email webform sitechat telegram max vk whatsapp viber phone webhook"
CARE = "knowledge surveys quality complaints problems incidents status outreach"

# Each line may use the lines above it and itself app by app, never a neighbour on its own line.
FLOORS = (
    ("core", "apart formulas ui egress datamap versions recent"),
    ("core", "paper"),
    ("core", "journal calendar"),
    ("core", "audit"),
    ("core", "staff"),
    ("core", "notices"),
    ("desk", "clients channels"),
    ("desk", "conversations"),
    ("desk", "tickets"),
    ("desk", "sla"),
    ("desk", "calls"),
    ("desk", "routing"),
    ("desk", "automation imports"),
    ("desk", "privacy"),
    ("adapters", CHANNELS),
    ("care", CARE),
    ("team", "shifts"),
    ("team", "metrics"),
    ("team", "goals people continuity vault alerts boards indicators value"),
    ("team", "reports"),
    ("front", "workspace portal api setup board"),
)
FLOOR = {f"{room}.{app}": number for number, (room, apps) in enumerate(FLOORS) for app in apps.split()}


def app_of(path: Path) -> str:
    """`desk.tickets` for a file of that app; empty for files of none (config, locale)."""
    parts = path.relative_to(PACKAGE).parts
    name = ".".join(parts[:2])
    return name if name in FLOOR else ""


def points_down(source: str, target: str) -> bool:
    return source == target or FLOOR[target] < FLOOR[source]


def files(*patterns: str) -> Iterator[tuple[str, Path]]:
    """Files of the apps that fit, tests left out: (app, path)."""
    for pattern in patterns:
        for path in sorted(PACKAGE.rglob(pattern)):
            if (app := app_of(path)) and "tests" not in path.parts:
                yield app, path
