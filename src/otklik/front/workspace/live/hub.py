"""Who listens in this process, what each of them may know, and their queues."""

import asyncio
import json
import math
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

FULL = 500
REMEMBERED = 60
"""Seconds for which news is kept for a page that is on its way to its reader while it is told."""


@dataclass(frozen=True)
class Told:
    """One piece of news about a ticket: which, what, and the lines and owners that concern it, before and after.

    An alarm is for these `people` alone, and carries the number of its entry; that their notices changed is about no
    ticket, and of a call `ticket` is its own number.
    """

    kind: str
    ticket: int
    what: str = ""
    entry: int | None = None
    by: int | None = None
    lines: frozenset[int] = frozenset()
    owners: frozenset[int] = frozenset()
    people: frozenset[int] | None = None

    def as_event(self) -> bytes:
        """As it stands in the stream."""
        told = {"id": self.ticket, "kind": self.what, "by": self.by}
        if self.people is not None:
            told["entry"] = self.entry
        data = json.dumps(told, separators=(",", ":"))
        head = f"id: {self.entry}\n" if self.entry else ""
        return f"{head}event: {self.kind}\ndata: {data}\n\n".encode()


@dataclass(frozen=True)
class Rights:
    """What a person may know now; read again several times a minute."""

    everything: bool = False
    lines: frozenset[int] = frozenset()

    def cover(self, told: Told, person: int) -> bool:
        if told.people is not None and person not in told.people:
            return False
        if told.kind in ("notices", "call"):
            return True
        return self.everything or person in told.owners or not self.lines.isdisjoint(told.lines)


@dataclass(eq=False)
class Stream:
    """One open page's queue; `None` in it ends the stream."""

    person: int
    session: str
    rights: Rights
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(FULL))

    def put(self, event: bytes | None) -> None:
        """A page that does not read is let go of: it comes back and reloads what it shows."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            event = None
        self.queue.put_nowait(event)


class Hub:
    """All streams of the process."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.recent: deque[tuple[float, Told]] = deque(maxlen=FULL)
        self.left = 0.0
        self.awaited_since = math.inf
        self.hears_since = math.inf

    def is_awaited(self) -> bool:
        """Somebody listens, or has just turned a page."""
        return bool(self.streams) or time.time() - self.left < REMEMBERED

    def hears(self) -> None:
        """The ear listens from now on."""
        self.hears_since = time.time()

    def is_deaf(self) -> None:
        """The ear's connection has ended."""
        self.hears_since = math.inf

    def join(self, person: int, session: str, rights: Rights) -> Stream:
        if not self.is_awaited():
            self.awaited_since = time.time()  # what was told while nobody was there has been passed over
        stream = Stream(person, session, rights)
        self.streams.add(stream)
        return stream

    def leave(self, stream: Stream) -> None:
        self.streams.discard(stream)
        self.left = time.time()

    def catch_up(self, stream: Stream, since: float) -> bool:
        """What was told since this moment (Unix time), in which its page was asked for.

        False where that may not be all: it is forgotten, or this process has not heard everything since then.
        """
        for at, told in tuple(self.recent):
            if at >= since and stream.rights.cover(told, stream.person):
                stream.put(told.as_event())
        whole = since >= max(time.time() - REMEMBERED, self.awaited_since, self.hears_since)
        return whole and not (len(self.recent) == FULL and self.recent[0][0] >= since)

    def tell(self, told: Told) -> None:
        self.recent.append((time.time(), told))
        event = told.as_event()
        for stream in self.streams:
            if stream.rights.cover(told, stream.person):
                stream.put(event)

    def all_again(self) -> None:
        """News may have been missed: pages reload what they show."""
        event = b'event: connected\ndata: {"again":true}\n\n'
        for stream in self.streams:
            stream.put(event)

    def renew(self, rights: dict[int, Rights], sessions: set[str] | None) -> None:
        """New rights of everybody; who is not among them, or whose session ended, is let go of."""
        for stream in list(self.streams):
            ended = sessions is not None and stream.session not in sessions
            if stream.person not in rights or ended:
                stream.put(None)
            else:
                stream.rights = rights[stream.person]


hub = Hub()


def parsed(payload: str) -> dict[str, Any]:
    """The words of a NOTIFY; empty when they are not ours."""
    try:
        told = json.loads(payload)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
