"""A message of a window as stored bytes: a line of JSON that says everything, and the files behind it.

So its words are read without its files, however large they are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HEAD = "convert_from(substring({column} FROM 1 FOR nullif(position('\\x0a'::bytea IN {column}), 0) - 1), 'UTF8')"
"""SQL that reads the line alone; NULL where nothing is stored any more."""


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
    line = json.dumps({**told, "files": named}, ensure_ascii=False)
    return b"\n".join([line.encode("utf-8", "replace"), b"".join(file.content for file in files)])


def unpacked(raw: bytes) -> Parcel:
    """Raises ValueError for what we have not packed."""
    line, _feed, rest = raw.partition(b"\n")
    told, files, begins = json.loads(line), [], 0
    for one in told["files"]:
        ends = begins + one["size"]
        files.append(Paper(one["name"], one["media_type"], rest[begins:ends]))
        begins = ends
    return Parcel(told, files)
