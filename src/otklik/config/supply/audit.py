"""Known vulnerabilities of what is locked, by a database of advisories that lies on this machine.

The records are OSV's: one JSON per advisory, in a folder or a ZIP.  Without them nothing is known, and that is what is
said: no network is asked and no answer is made up.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from otklik.config.supply.lock import Locked

KIND = "PyPI"

type Record = dict[str, Any]


def records(place: Path) -> Iterator[Record]:
    """Every advisory of a folder or a ZIP. Raises OSError or ValueError when it is none."""
    if place.is_dir():
        for path in sorted(place.rglob("*.json")):
            yield json.loads(path.read_bytes())
        return
    try:
        with zipfile.ZipFile(place) as packed:
            for name in sorted(packed.namelist()):
                if name.endswith(".json"):
                    yield json.loads(packed.read(name))
    except zipfile.BadZipFile:
        raise ValueError(f"{place} is neither a folder nor a ZIP of advisories") from None


def found(locked: Iterable[Locked], advisories: Iterable[Record]) -> Iterator[tuple[Locked, Record]]:
    """Each locked version that an advisory names."""
    by_name: dict[str, list[Locked]] = {}
    for each in locked:
        by_name.setdefault(each.name, []).append(each)
    for record in advisories:
        if record.get("withdrawn"):
            continue
        told = set()
        for affected in record.get("affected", ()):
            for each in by_name.get(_package(affected), ()):
                if each not in told and _is_affected(each.version, affected):
                    told.add(each)
                    yield each, record


def repaired_in(record: Record, name: str) -> list[str]:
    """The versions that end it."""
    events = [
        event
        for affected in record.get("affected", ())
        if _package(affected) == name
        for span in _spans(affected)
        for event in span
    ]
    return sorted({event["fixed"] for event in events if "fixed" in event})


def _package(affected: Record) -> str:
    package = affected.get("package", {})
    return canonicalize_name(package.get("name", "")) if package.get("ecosystem") == KIND else ""


def _spans(affected: Record) -> Iterator[list[dict[str, str]]]:
    for span in affected.get("ranges", ()):
        if span.get("type") == "ECOSYSTEM":
            yield span.get("events", [])


def _is_affected(version: str, affected: Record) -> bool:
    return version in affected.get("versions", ()) or any(_is_within(version, events) for events in _spans(affected))


def _is_within(version: str, events: list[dict[str, str]]) -> bool:
    """The last event at or before this version decides, as the format has it."""
    mine, inside = Version(version), False
    for event in sorted(events, key=_moment):
        match event:
            case {"introduced": since} if _version(since) <= mine:
                inside = True
            case {"fixed": until} if _version(until) <= mine:
                inside = False
            case {"last_affected": last} if _version(last) < mine:
                inside = False
    return inside


def _moment(event: dict[str, str]) -> Version:
    return _version(next(iter(event.values())))


def _version(words: str) -> Version:
    """ "0" is the beginning of everything, before the first trial version."""
    if words == "0":
        return Version("0.dev0")
    try:
        return Version(words)
    except InvalidVersion:
        return Version("0.dev0")
