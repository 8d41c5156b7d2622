"""Objects of a JSON file one after the other, however large the file is; only one of them is in memory."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from otklik.desk.imports.reading.row import Unreadable

PIECE = 256 * 1024
LARGEST_OBJECT = 128 * 1024 * 1024
"""Characters of one value: what is larger is no record of a desk."""
BLANK = re.compile(r"[\s,]*")
TABLE = re.compile(r'\{\s*"type"\s*:\s*"table"')
"""How a table begins in an export of phpMyAdmin: its rows are a list inside of it."""


def objects(path: Path) -> Iterator[tuple[str, Any]]:
    """(the name under which it stands, "" for a plain list; the value).  Raises Unreadable where it is no JSON.

    Of a list its elements, of an object the elements of its lists.  Other members of an object are told as they are.
    """
    with path.open(encoding="utf-8-sig", errors="replace") as text:
        yield from _Reader(text).values()


class _Reader:
    def __init__(self, text: TextIO) -> None:
        self.text, self.buffer, self.at = text, "", 0
        self.decoder = json.JSONDecoder()

    def values(self) -> Iterator[tuple[str, Any]]:
        match self._sign():
            case "[":
                yield from self._elements("")
            case "{":
                yield from self._members()
            case "":
                return
            case _:
                raise Unreadable(_("It is no JSON."))

    def _elements(self, name: str) -> Iterator[tuple[str, Any]]:
        self.at += 1
        while (sign := self._sign()) != "]":
            if not sign:
                raise Unreadable(_("The file ends in the middle of a list."))
            if sign == "{" and self._begins(TABLE):
                yield from self._members()
            else:
                yield name, self._value()
        self.at += 1

    def _members(self) -> Iterator[tuple[str, Any]]:
        """Of an object; a list in it stands under its name, in a table under the name of the table."""
        self.at += 1
        table = ""
        while (sign := self._sign()) != "}":
            if sign != '"':
                raise Unreadable(_("It is no JSON."))
            name = str(self._value())
            if self._sign() != ":":
                raise Unreadable(_("It is no JSON."))
            self.at += 1
            if self._sign() == "[":
                yield from self._elements(table if table and name == "data" else name)
                continue
            value = self._value()
            table = str(value) if name == "name" else table
            yield name, value
        self.at += 1

    def _sign(self) -> str:
        """The next character that says something; "" at the end."""
        while True:
            found = BLANK.match(self.buffer, self.at)
            assert found is not None
            self.at = found.end()
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if not self._more():
                return ""

    def _begins(self, pattern: re.Pattern[str]) -> bool:
        while len(self.buffer) - self.at < 100 and self._more():
            pass
        return pattern.match(self.buffer, self.at) is not None

    def _value(self) -> Any:
        """What is cut by the end of the buffer is tried again with twice as much."""
        size = PIECE
        while True:
            try:
                value, end = self.decoder.raw_decode(self.buffer, self.at)
            except RecursionError:
                raise Unreadable(_("It is no JSON.")) from None
            except ValueError:
                if len(self.buffer) - self.at > LARGEST_OBJECT or not self._more(size):
                    raise Unreadable(_("It is no JSON.")) from None
                size *= 2
                continue
            if end == len(self.buffer) and self._more(size):  # a number may go on
                continue
            self.at = end
            return value

    def _more(self, size: int = PIECE) -> bool:
        piece = self.text.read(size)
        self.buffer, self.at = self.buffer[self.at :] + piece, 0
        return bool(piece)
