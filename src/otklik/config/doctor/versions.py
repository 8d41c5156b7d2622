"""Versions below which known defects were not repaired yet."""

import importlib.metadata
import re
import sys
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from otklik import __version__
from otklik.config.doctor import BAD, GOOD, Finding
from otklik.core.ui.phrase import Phrase

FLOORS = {"django": (6, 1), "nh3": (0, 3, 8), "aiosmtpd": (1, 4, 6), "cryptography": (50,), "psycopg": (3, 3)}
PYTHON = (3, 12)


def examine() -> Iterator[Finding]:
    old = [f"{name} {found}" for name, found, floor in _installed() if _numbers(found) < floor]
    if sys.version_info < PYTHON:
        old.append(f"Python {sys.version.split()[0]}")
    if old:
        yield Finding(
            BAD,
            "versions",
            Phrase(_("too old: %(names)s"), names=", ".join(old)),
            Phrase(_("Run ./otklik again: it installs the locked versions.")),
        )
        return
    named = ", ".join(f"{name} {found}" for name, found, _ in _installed())
    yield Finding(GOOD, "versions", f"otklik {__version__}, Python {sys.version.split()[0]}, {named}")


def _installed() -> list[tuple[str, str, tuple[int, ...]]]:
    return [(name, importlib.metadata.version(name), floor) for name, floor in FLOORS.items()]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
