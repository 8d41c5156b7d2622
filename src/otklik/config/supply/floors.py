"""The oldest versions that are served with: below them defects are known that we rely on being repaired.

What is enforced stops the start. Of Python and OpenSSL distributions repair old numbers, so that a newer number is only
advised; the doctor names it.
"""

import importlib.metadata
import re
import ssl
import sys

type Numbers = tuple[int, ...]

PACKAGES: dict[str, Numbers] = {
    "django": (6, 1),
    "psycopg": (3, 3),
    "nh3": (0, 3, 8),
    "aiosmtpd": (1, 4, 6),
    "cryptography": (50,),
    "urllib3": (2, 6),
    "pillow": (12,),
    "uvicorn": (0, 54),
}
PYTHON: Numbers = (3, 12, 5)
"""Before it the standard library let a line break in a header begin a new header (CVE-2024-6923)."""
PYTHON_ADVISED: dict[Numbers, Numbers] = {(3, 12): (3, 12, 12), (3, 13): (3, 13, 9), (3, 14): (3, 14, 0)}
OPENSSL: Numbers = (3, 0)
"""The series before is repaired by nobody."""
OPENSSL_ADVISED: dict[Numbers, Numbers] = {
    (3, 0): (3, 0, 18),
    (3, 2): (3, 2, 6),
    (3, 3): (3, 3, 5),
    (3, 4): (3, 4, 3),
    (3, 5): (3, 5, 4),
}
POSTGRES = {17: 7, 18: 1}
"""Patch level by major version: CVE-2025-12817, CVE-2025-12818 and what was before them."""
OLDEST_POSTGRES = min(POSTGRES)


def numbers(version: str) -> Numbers:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def installed() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in PACKAGES}


def too_old_programs() -> list[str]:
    """Reasons not to start, in words that say what to do."""
    reasons = []
    if sys.version_info[:3] < PYTHON:
        reasons.append(f"Python {_told(sys.version_info[:3])} is too old: {_told(PYTHON)} or newer is needed.")
    if _openssl()[:2] < OPENSSL:
        reasons.append(f"{ssl.OPENSSL_VERSION} is too old: use a Python with OpenSSL {_told(OPENSSL)} or newer.")
    reasons += [
        f"{name} {found} is too old: {_told(PACKAGES[name])} or newer is needed. ./otklik installs the locked versions."
        for name, found in installed().items()
        if numbers(found) < PACKAGES[name]
    ]
    return reasons


def too_old_postgres(number: int) -> list[str]:
    """`server_version_num`: 180006 is 18.6."""
    major, patch = divmod(number, 10_000)
    if major < OLDEST_POSTGRES:
        return [f"PostgreSQL {major} is too old: {OLDEST_POSTGRES}.{POSTGRES[OLDEST_POSTGRES]} or newer is needed."]
    if patch < (floor := POSTGRES.get(major, 0)):
        return [
            f"PostgreSQL {major}.{patch} has known defects: update to {major}.{floor} or newer (docs/operations.md)."
        ]
    return []


def programs() -> tuple[str, str]:
    """Of Python and of the OpenSSL that it was built with."""
    return _told(sys.version_info[:3]), _told(_openssl())


def advised() -> list[tuple[str, str]]:
    """Name with version, and the version that would be better; distributions may have repaired the older one."""
    asked = (("Python", sys.version_info[:3], PYTHON_ADVISED), ("OpenSSL", _openssl(), OPENSSL_ADVISED))
    return [
        (f"{name} {_told(found)}", _told(better))
        for name, found, series in asked
        if found < (better := series.get(found[:2], (0,)))
    ]


def _openssl() -> Numbers:
    """Since 3.0 the patch is the fourth number; the third is always 0."""
    major, minor, _, patch, _ = ssl.OPENSSL_VERSION_INFO
    return major, minor, patch


def _told(version: Numbers) -> str:
    return ".".join(map(str, version))
