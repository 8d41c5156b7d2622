"""Finding letters in files and folders."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from otklik.adapters.email.importer import mbox

LARGEST = 256 * 1024 * 1024
"""Bytes of one letter; PostgreSQL keeps a value of up to 1 GB and Python some copies of it."""

SINGLE = {".eml", ".msg", ".message"}
# What mail programs put beside their letters.
_SERVICE = re.compile(
    r"(dovecot[.-]|\.DS_Store|\.mh_sequences|maildirfolder$|subscriptions$|courier|.*\.(?:msf|lock)$)"
)
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_KNOWN = re.compile(
    rb"(?im)^(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|reply-to"
    rb"|sender|x-[\w-]+|resent-\w+|dkim-signature|authentication-results|references|in-reply-to)[ \t]*:"
)
_BLANK = re.compile(rb"\r?\n\r?\n|\r\r")


@dataclass(frozen=True)
class Found:
    """A letter and where it was; `reason` says why it is none or could not be read."""

    name: str
    raw: bytes | None = None
    reason: str = ""


def files_of(path: Path) -> list[Path]:
    """All files that may hold letters, in the order of their names; of a Maildir only what is delivered."""
    if not path.is_dir():
        return [path]
    found = list[Path]()
    for folder, names, files in os.walk(path):
        if "tmp" in names and {"cur", "new"} & set(names):
            names.remove("tmp")
        names.sort(key=_natural)
        found += [Path(folder) / name for name in files if not _SERVICE.match(name)]
    return sorted(found, key=lambda one: _natural(str(one)))


def letters_in(file: Path, name: str) -> Iterator[Found]:
    """The letters of one file: many of an mbox, else the file itself."""
    try:
        with file.open("rb") as stream:
            start = stream.readline(10_000)
            stream.seek(0)
            if mbox.is_separator(start) and file.suffix.lower() not in SINGLE:
                for number, raw in enumerate(mbox.letters(stream), 1):
                    yield judged(f"{name}#{number}", raw)
            else:
                yield _single(name, stream.read(LARGEST + 1))
    except OSError as error:
        yield Found(name, reason=error.strerror or str(error))


def _single(name: str, raw: bytes) -> Found:
    if len(raw) > LARGEST:
        return Found(name, reason=_("larger than %s MB") % (LARGEST // 2**20))
    if raw.startswith((b"From ", b">From ")):  # the envelope line that some programs leave on top
        raw = raw.partition(b"\n")[2]
    return judged(name, raw)


def judged(name: str, raw: bytes) -> Found:
    return Found(name, raw, "" if is_mail(raw) else _("This does not look like a mail: it has no header."))


def is_mail(raw: bytes) -> bool:
    """It begins with header fields, and a well-known one is among them."""
    start = raw[: 256 * 1024].lstrip(b"\r\n\t \xef\xbb\xbf")
    head = start[: blank.start() + 1] if (blank := _BLANK.search(start)) else start
    return bool(_FIELD.match(start)) and bool(_KNOWN.search(head.replace(b"\r", b"\n")))


def _natural(name: str) -> list[tuple[int, str | int]]:
    """2 before 10."""
    return [(1, int(part)) if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]
