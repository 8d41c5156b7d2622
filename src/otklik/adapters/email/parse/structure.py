"""The MIME tree over one buffer: parts are offsets, nothing is copied, and limits hold while reading.

The standard parser builds everything first (an endless enclosure takes it 15 seconds); this one stops at a limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from otklik.adapters.email.parse.limits import Limits
from otklik.adapters.email.parse.params import Parameters, content_type, parameters

Header = tuple[str, bytes]  # lower-case name, unfolded raw value

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_PREAMBLE = re.compile(rb"(?i)this is a (?:multi-?part|mime-encapsulated) message|\s*--")
_BLANK = re.compile(rb"\n\r*(?:\n|\Z)")
_DELIMITER = re.compile(rb"(--)?[ \t]{0,200}\r*(?:\n|\Z)")  # what follows the boundary in its line
_GUESS = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,200}?)[ \t]*\r*\n[Cc]ontent-")
_KNOWN = re.compile(
    rb"(?i)(?:from|to|cc|subject|date|mime-version|content-\w+|received|message-id|return-path|reply-to|x-[\w-]+):"
)


@dataclass
class Part:
    """One node: its headers, and where its body lies in `source`."""

    source: bytes
    start: int
    end: int
    headers: list[Header] = field(default_factory=list)
    children: list[Part] = field(default_factory=list)
    media_type: str = "text/plain"
    params: Parameters = field(default_factory=dict)
    declared: bool = False  # a Content-Type header was there
    head: int = 0  # where its headers begin

    @property
    def body(self) -> bytes:
        return self.source[self.start : self.end]

    def get(self, name: str) -> bytes:
        """The first value of a header, or b""."""
        return next((value for key, value in self.headers if key == name), b"")

    def all(self, name: str) -> list[bytes]:
        return [value for key, value in self.headers if key == name]

    @property
    def charset(self) -> str:
        return self.params.get("charset", "")

    @property
    def disposition(self) -> str:
        return self.get("content-disposition").split(b";")[0].strip().lower().decode("ascii", "replace")

    @property
    def encoding(self) -> str:
        return self.get("content-transfer-encoding").split(b";")[0].strip().lower().decode("ascii", "replace")

    def leaves(self) -> list[Part]:
        """All parts that have no children, in order."""
        found, stack = [], [self]
        while stack:
            part = stack.pop()
            if part.children:
                stack.extend(reversed(part.children))
            else:
                found.append(part)
        return found


class Reader:
    """Reads one buffer; counts parts and remembers what was odd."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parts = 0
        self.defects: set[str] = set()
        self.truncated: set[str] = set()

    def read(self, raw: bytes) -> Part:
        source = unix_lines_if_mac(raw)
        start = _skip_envelope(source)
        return self._part(source, start, len(source), depth=0, default="text/plain", top=True)

    def _part(self, source: bytes, start: int, end: int, *, depth: int, default: str, top: bool = False) -> Part:
        self.parts += 1
        headers, body = self._headers(source, start, end, top=top)
        part = Part(source, body, end, headers, head=start)
        raw_type = part.get("content-type")
        part.declared = bool(raw_type)
        part.media_type = content_type(raw_type) or default
        part.params = parameters(raw_type)
        if depth >= self.limits.depth:
            self._stop("depth", part)
        elif part.media_type.startswith("multipart/"):
            self._multipart(part, depth)
        elif not raw_type and top:
            self._undeclared(part, depth)
        return part

    def _stop(self, what: str, part: Part) -> None:
        if part.media_type.startswith("multipart/"):
            self.truncated.add(what)
            part.media_type = "application/octet-stream"

    def _multipart(self, part: Part, depth: int) -> None:
        boundary = part.params.get("boundary", "").encode("utf-8", "replace")[:300].rstrip()
        pieces = _pieces(part, boundary, self.limits.parts - self.parts) if boundary else []
        if not pieces and (guess := _GUESS.search(part.source, max(0, part.start - 1), part.end)):
            self.defects.add("boundary_guessed")
            pieces = _pieces(part, guess[1], self.limits.parts - self.parts)
        if not pieces:
            self.defects.add("boundary_missing")
            part.media_type = "text/plain"
            return
        default = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
        for start, end in pieces:
            if self.parts >= self.limits.parts:
                self.truncated.add("parts")
                break
            part.children.append(self._part(part.source, start, end, depth=depth + 1, default=default))

    def _undeclared(self, part: Part, depth: int) -> None:
        """A multipart whose Content-Type got lost on the way: its first line is a boundary."""
        guess = _GUESS.search(part.source, max(0, part.start - 1), min(part.end, part.start + 1_000))
        if guess and (part.get("mime-version") or _PREAMBLE.match(part.source, part.start)):
            self.defects.add("boundary_guessed")
            part.media_type, part.params = ("multipart/mixed", {"boundary": guess[1].decode("latin-1")})
            self._multipart(part, depth)

    def _headers(self, source: bytes, start: int, end: int, *, top: bool) -> tuple[list[Header], int]:
        """The header block and where the body begins."""
        blank = _BLANK.search(source, max(0, start - 1), end)
        stop = blank.start() + 1 if blank else end
        after = blank.end() if blank else end
        if stop <= start:
            return [], after
        if stop - start > self.limits.headers:
            self.truncated.add("headers")
            stop = start + self.limits.headers
        headers: list[Header] = []
        position = start
        while position < stop:
            line_end = source.find(b"\n", position, stop)
            following = stop if line_end < 0 else line_end + 1
            line = source[position:following]
            if line[:1] in (b" ", b"\t") and headers:
                self._continue(headers, line)
            elif match := _FIELD.match(line):
                if len(headers) >= self.limits.header_fields:
                    self.truncated.add("headers")
                    break
                headers.append((match[1].lower().decode("ascii"), line[match.end() : match.end() + self.limits.header]))
            elif top and _KNOWN.match(source, following, stop):
                self.defects.add("header_broken")
            elif line.strip():
                self.defects.add("header_end_missing")
                return _finished(headers), position
            position = following
        return _finished(headers), after

    def _continue(self, headers: list[Header], line: bytes) -> None:
        name, value = headers[-1]
        if len(value) + len(line) > self.limits.header:
            self.truncated.add("header")
            return
        headers[-1] = (name, value + line)


def _finished(headers: list[Header]) -> list[Header]:
    return [(name, value.replace(b"\r\n", b"").replace(b"\n", b"").strip()) for name, value in headers]


def unix_lines_if_mac(raw: bytes) -> bytes:
    """Bare CR as line end (old Macintosh mailers) becomes LF; other messages are left byte for byte."""
    if b"\r" not in raw[:2000]:
        return raw
    double = raw.find(b"\r\r")
    head = raw[: double if double >= 0 else len(raw)]
    if b"\n" in head:
        return raw
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _skip_envelope(source: bytes) -> int:
    """Where the headers begin: after blank lines and a mailbox's "From " line."""
    start = 0
    while source[start : start + 1] in (b"\r", b"\n"):
        start += 1
    if source.startswith((b"From ", b">From "), start):
        line_end = source.find(b"\n", start)
        start = len(source) if line_end < 0 else line_end + 1
    return start


def _pieces(part: Part, boundary: bytes, room: int) -> list[tuple[int, int]]:
    """(start, end) of the bodies between delimiter lines; one more than `room` at most."""
    source, mark = part.source, b"--" + boundary
    found: list[tuple[int, int]] = []
    opened = -1
    position = part.start
    while len(found) <= room:
        at = source.find(mark, position, part.end)
        if at < 0:
            break
        position = at + len(mark)
        tail = _DELIMITER.match(source, position, part.end)
        if tail is None or (at > part.start and source[at - 1 : at] != b"\n"):
            continue
        if opened >= 0:
            found.append((opened, _before_newline(source, opened, at)))
        opened = -1 if tail[1] else tail.end()
        position = tail.end()
        if tail[1]:
            break
    if opened >= 0 and opened < part.end:
        found.append((opened, part.end))  # the closing delimiter is missing
    return found


def _before_newline(source: bytes, start: int, end: int) -> int:
    """The line break before a delimiter belongs to the delimiter."""
    if end > start and source[end - 1 : end] == b"\n":
        end -= 1
        if end > start and source[end - 1 : end] == b"\r":
            end -= 1
    return end
