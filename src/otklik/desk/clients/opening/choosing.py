"""Which lines fit now, the most telling first: the same for a request and an hour, never the last one again."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from itertools import zip_longest
from typing import Protocol

from otklik.desk.clients.opening.places import missing

GRAVE = ("upset", "missed", "refused")
"""Nobody talks of the weather then."""


class Line(Protocol):
    @property
    def pk(self) -> int: ...

    @property
    def situation(self) -> str: ...

    @property
    def text(self) -> str: ...


def fitting[L: Line](
    lines: Iterable[L], situations: Collection[str], values: Mapping[str, str], seed: str, last: int | None
) -> list[L]:
    """One line of each situation that holds, then a second one of each; `situations` go by their weight.

    Of grave ones the first alone counts.  `last` is what this client had before.
    """
    grave = next((one for one in GRAVE if one in situations), None)
    wanted = [grave] if grave else list(situations)
    able = [one for one in lines if one.situation in wanted and one.pk != last and not missing(one.text, values)]
    groups = [
        sorted((one for one in able if one.situation == name), key=lambda one: _lot(seed, one)) for name in wanted
    ]
    return [one for row in zip_longest(*groups) for one in row if one is not None]


def _lot(seed: str, line: Line) -> bytes:
    return hashlib.blake2b(f"{seed}:{line.pk}".encode(), digest_size=8).digest()
