"""The lock files: what they name, that everything is pinned by hash, that exactly this is installed."""

import importlib.metadata
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name
from packaging.version import Version

from otklik.config.paths import CHECKOUT

CORE, DEVELOPERS = "requirements.lock", "requirements-dev.lock"
NAMED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([^ ;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})\b")


@dataclass(frozen=True)
class Locked:
    """One line of a lock: a version, the machines that need it, and the files that may be taken for it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    def is_for_this_machine(self) -> bool:
        return not self.marker or Marker(self.marker).evaluate()


def read(name: str = CORE, folder: Path = CHECKOUT) -> list[Locked]:
    return list(parse((folder / name).read_text()))


def parse(text: str) -> Iterator[Locked]:
    """Raises ValueError for a line that is no pinned version: a range, an address, an option."""
    blocks = re.split(r"\n(?![ \t#]|$)", f"\n{text}")
    for block in filter(str.strip, blocks):
        first, *_ = lines = [line for line in block.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        found = NAMED.match(first)
        if not found:
            raise ValueError(f"not a pinned version: {first.strip()}")
        name, version, marker = found.groups()
        yield Locked(canonicalize_name(name), version, marker or "", tuple(HASH.findall("\n".join(lines))))


def problems(name: str) -> Iterator[str]:
    """What keeps this environment from being the one that the lock describes."""
    try:
        locked = read(name)
    except (OSError, ValueError) as trouble:
        yield f"{name}: {trouble}"
        return
    for each in locked:
        if not each.hashes:
            yield f"{name}: {each.name} is not pinned by hash"
        if each.is_for_this_machine() and (words := _difference(each)):
            yield words


def _difference(each: Locked) -> str:
    try:
        found = importlib.metadata.version(each.name)
    except importlib.metadata.PackageNotFoundError:
        return f"{each.name} {each.version} is locked and not installed"
    return "" if Version(found) == Version(each.version) else f"{each.name} {found} is installed, {each.version} locked"


def installed_lock() -> str:
    """The lock of this environment: developers' tools are there, or not."""
    try:
        importlib.metadata.version("pytest")
    except importlib.metadata.PackageNotFoundError:
        return CORE
    return DEVELOPERS
