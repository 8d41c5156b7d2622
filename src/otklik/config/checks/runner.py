"""The list of checks, and running them two at a time with their words kept apart."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from otklik.config.embedded import Cluster
from otklik.config.paths import CHECKOUT

SKIPPED = 77  # the exit code by which a check says that it could not run


@dataclass(frozen=True)
class Check:
    """One question about the source: a program of the environment and its arguments."""

    name: str
    command: tuple[str, ...]
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    check: Check
    code: int
    words: str

    @property
    def skipped(self) -> bool:
        return self.code == SKIPPED


# As a public installation would be: https, a real key, nobody's debugging.
PUBLIC = (
    ("OTKLIK_URL", "https://help.example.org"),
    ("OTKLIK_HSTS_SUBDOMAINS", "on"),
    ("OTKLIK_SECRET_KEY", "only-for-this-check-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2),
    ("OTKLIK_SMTP_URL", "smtp://user:password@mail.example.org"),
    ("OTKLIK_DEBUG", "off"),
)
DJANGO = (sys.executable, "-m", "django")
THIS = (sys.executable, "-m", "otklik")


def checks() -> list[Check]:
    """The slowest first: it runs beside the others."""
    return [
        Check("types", ("mypy",)),
        Check("lint", ("ruff", "check", ".")),
        Check("format", ("ruff", "format", "--check", ".")),
        Check("contracts", ("lint-imports",)),
        Check("templates", ("djangofmt", "check", "--output-format", "concise", *_templates())),
        Check("migrations", (*DJANGO, "makemigrations", "--check", "--dry-run")),
        Check("snapshot", (*THIS, "snapshot", "--check")),
        Check("translations", (*THIS, "translations", "--check")),
        Check("supply", (*THIS, "sbom", "--check")),
        Check("deploy", (*DJANGO, "check", "--deploy", "--fail-level", "WARNING"), PUBLIC),
    ]


def run(chosen: Iterable[Check]) -> Iterator[Answer]:
    """Answers in the order of the list, each as soon as it is there."""
    cluster = Cluster(CHECKOUT / ".cache" / "checks", {"fsync": "off"}, holder="otklik check")
    cluster.start(wait=300)
    try:
        with ThreadPoolExecutor(2) as pool:
            yield from pool.map(partial(ask, variables=_database(cluster)), chosen)
    finally:
        cluster.stop()


def ask(check: Check, variables: tuple[tuple[str, str], ...] = ()) -> Answer:
    program, *rest = check.command
    beside = Path(sys.executable).parent / program
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "otklik.config.settings"}
    environment |= dict(variables) | dict(check.variables)
    try:
        done = subprocess.run(
            [str(beside) if beside.exists() else program, *rest],
            cwd=CHECKOUT,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
        )
    except OSError as trouble:
        return Answer(check, 1, f"{program}: {trouble}")
    return Answer(check, done.returncode, (done.stdout + done.stderr).strip())


def _templates() -> list[str]:
    return [str(path.relative_to(CHECKOUT)) for path in sorted((CHECKOUT / "src").rglob("templates/**/*.html"))]


def _database(cluster: Cluster) -> tuple[tuple[str, str], ...]:
    """Models and migrations are checked against a live server of the kind the product uses."""
    entry = {name: quote(value, safe="") for name, value in cluster.django_database("postgres").items()}
    return (("DATABASE_URL", "postgresql://{USER}:{PASSWORD}@/{NAME}?host={HOST}&port={PORT}".format(**entry)),)
