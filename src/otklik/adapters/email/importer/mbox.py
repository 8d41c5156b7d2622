"""Splitting an mbox: one file, letters one after the other, each begun by a line `From somebody date`."""

import re
from collections.abc import Iterable, Iterator

# Strict on purpose: "From here on …" in a letter must not cut it in two.
SEPARATOR = re.compile(
    rb"From \S.* (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:\w{3} +\d{1,2}|\d{1,2} +\w{3}) .*\d{4}(?: [-+]\d{4})?\s*$"
)
_ESCAPED = re.compile(rb"^>+From ")


def is_separator(line: bytes) -> bool:
    return line.startswith(b"From ") and len(line) < 1000 and SEPARATOR.match(line) is not None


def letters(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The letters of an mbox, without their separators and with `>From ` as it was written."""
    letter, blank = list[bytes](), True
    for line in lines:
        if blank and is_separator(line):
            if letter:
                yield _whole(letter)
            letter = []
        else:
            letter.append(line[1:] if _ESCAPED.match(line) else line)
        blank = not line.strip(b"\r\n")
    if letter:
        yield _whole(letter)


def _whole(lines: list[bytes]) -> bytes:
    """Without the empty line that belongs to the next separator."""
    if len(lines) > 1 and not lines[-1].strip(b"\r\n"):
        lines = lines[:-1]
    return b"".join(lines)
