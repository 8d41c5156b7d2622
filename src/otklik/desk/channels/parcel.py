"""A message of a window or a form as bytes: the length of its head, the head (JSON that says everything), the files.

So its words are read without its files, however large they are: PostgreSQL fetches only the slices that are asked for.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DIGITS = 8
"""How many of them say, in front, how many bytes the head has."""
LENGTH = f"nullif(convert_from(substring({{column}} FROM 1 FOR {DIGITS}), 'UTF8'), '')::int"
HEAD = f"convert_from(substring({{column}} FROM {DIGITS + 1} FOR {LENGTH}), 'UTF8')"
"""SQL that reads the head alone; NULL where nothing is stored any more."""


@dataclass(frozen=True)
class Paper:
    """A file that goes along."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Parcel:
    told: Mapping[str, Any]
    files: Sequence[Paper] = ()


def packed(told: Mapping[str, Any], files: Sequence[Paper] = ()) -> bytes:
    named = [{"name": file.name, "media_type": file.media_type, "size": len(file.content)} for file in files]
    head = json.dumps({**told, "files": named}, ensure_ascii=False).encode("utf-8", "replace")
    return b"".join([f"{len(head):0{DIGITS}}".encode(), head, *(file.content for file in files)])


def unpacked(raw: bytes) -> Parcel:
    """Raises ValueError for what we have not packed."""
    begins = DIGITS + int(raw[:DIGITS])
    told, files = json.loads(raw[DIGITS:begins]), []
    for one in told["files"]:
        ends = begins + one["size"]
        files.append(Paper(one["name"], one["media_type"], raw[begins:ends]))
        begins = ends
    return Parcel(told, files)
