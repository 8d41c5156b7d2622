"""A mailbox that has grown for years, as Dovecot keeps it: letters of all sizes, threads, a few in two copies."""

import os
import random
import shutil
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.history import address
from benchmarks.mails import letter
from benchmarks.words import Author

REPLIES, COPIES, WITH_FILE, WITH_LARGE_FILE = 0.35, 0.01, 0.12, 0.004
OPEN_THREADS = 500
"""An answer goes to one of so many latest letters."""
YEARS = 3 * 365 * 86400


@dataclass
class Written:
    """What lies there; `distinct` without the second copies, `threads` as many requests as they must become."""

    letters: int = 0
    distinct: int = 0
    threads: int = 0
    bytes: int = 0


@dataclass
class _Thread:
    person: int
    subject: str
    ids: list[str] = field(default_factory=list)


def fill(folder: Path, to: str, many: int, seed: str) -> Written:
    """Write `many` letters straight into the Maildir, oldest first."""
    author, rnd, written = Author(f"{seed}-mailbox"), random.Random(f"{seed}-maildir"), Written()
    threads, last, now = deque[_Thread](maxlen=OPEN_THREADS), b"", time.time()
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number in range(many):
        at = now - 3600 - YEARS * (many - number) / many
        if last and rnd.random() < COPIES:
            raw = b"Received: from again.example.test by in.example.test; second copy\r\n" + last
        else:
            raw = last = _next(author, rnd, threads, written, number, to, at)
            written.distinct += 1
        written.letters, written.bytes = written.letters + 1, written.bytes + len(raw)
        _store(folder / "cur" / f"{int(at)}.{number:06d}.bench:2,", raw, at)
    return written


def _next(
    author: Author, rnd: random.Random, threads: deque[_Thread], written: Written, number: int, to: str, at: float
) -> bytes:
    lang = "ru" if rnd.random() < 0.7 else "en"
    if threads and rnd.random() < REPLIES:
        thread = rnd.choice(threads)
    else:
        thread = _Thread(rnd.randrange(10**7), author.subject(lang))
        threads.append(thread)
        written.threads += 1
    identifier = f"<{number}.{rnd.getrandbits(48):x}@mail.example.test>"
    files = [rnd.randbytes(_size(rnd))] if rnd.random() < WITH_FILE else []
    raw = letter(
        sender=(f"Клиент {thread.person}", address(thread.person)),
        to=to,
        subject=f"Re: {thread.subject}" if thread.ids else thread.subject,
        identifier=identifier,
        references=thread.ids[:1] + thread.ids[1:][-5:],
        at=at,
        text=author.body(lang),
        html=rnd.random() < 0.6,
        files=files,
    )
    thread.ids.append(identifier)
    return raw


def _size(rnd: random.Random) -> int:
    """Mostly some ten thousand bytes, now and then a few million."""
    if rnd.random() < WITH_LARGE_FILE / WITH_FILE:
        return rnd.randrange(1_000_000, 4_000_000)
    return int(min(400_000, max(2_000, rnd.lognormvariate(10.0, 1.0))))


def _store(file: Path, raw: bytes, at: float) -> None:
    """Dovecot takes the time of a letter from its file."""
    file.write_bytes(raw)
    os.utime(file, (at, at))


def hand_to(folder: Path, user: str, group: str) -> None:
    """The server reads mail under another name than ours."""
    for place in (folder, *folder.rglob("*")):
        shutil.chown(place, user, group)
