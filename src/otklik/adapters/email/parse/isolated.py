"""Reading mail where it can do no harm: in a child with a time and a memory limit.

`parse_safely()` may be called from any thread. Children are started when first needed, at most `CHILDREN` of them, and
each reads many mails; the hop costs about 0.2 ms of processor time, so even small mails go through it.
"""

import atexit
import os
import pickle
import select
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

from otklik.adapters.email.parse.parsed import ParsedMail
from otklik.adapters.email.parse.worker import LENGTH

SECONDS = 5.0
MEMORY = 512 * 1024 * 1024
CHILDREN = 2
MAILS = 2_000  # of one child, then a fresh one
LARGE = 8 * 1024 * 1024  # after a mail of this size too: the memory goes back to the system

_ROOT = str(Path(__file__).resolve().parents[4])
# Where libraries lie; the child looks there last and imports what it needs only when a letter has such a part.
_LIBRARIES = str(Path(getattr(find_spec("icalendar"), "origin", None) or __file__).parents[1])
_START = (
    "import sys; sys.path[:0] = [{root!r}]; sys.path.append({libraries!r});"
    " from otklik.adapters.email.parse.worker import main; main({memory}, {seconds})"
)


class Unreadable(Exception):
    """The mail cannot be read within its limits. `reason`: time, memory, crash or the name of an error."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_safely(raw: bytes) -> ParsedMail:
    """Read a mail in a child. Raises Unreadable."""
    return _pool().parse(raw)


def shut_down() -> None:
    """End the children of this process; the next mail starts new ones."""
    global _current
    with _lock:
        if _current:
            _current.close()
        _current = None


class _Gone(Exception):
    """The child died without an answer."""


class Child:
    """One reading process."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds = seconds
        self.mails = 0
        code = _START.format(root=_ROOT, libraries=_LIBRARIES, memory=memory, seconds=seconds)
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            bufsize=0,
        )
        assert self.process.stdin and self.process.stdout
        self.into, self.out = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.into, False)

    def parse(self, raw: bytes) -> ParsedMail:
        """Raises Unreadable or _Gone; the child is dead then."""
        deadline = time.monotonic() + self.seconds + (2.0 if not self.mails else 0.0)  # the first waits for the start
        self.mails += 1
        try:
            self._send(LENGTH.pack(len(raw)), deadline)
            self._send(raw, deadline)
        except OSError as trouble:
            self.kill()
            raise _Gone from trouble
        try:
            size = LENGTH.unpack(self._receive(LENGTH.size, deadline))[0]
            answer = pickle.loads(self._receive(size, deadline))  # noqa: S301 - from our own child
        except _Gone:
            self.kill()
            raise
        if isinstance(answer, ParsedMail):
            return answer
        self.kill()
        raise Unreadable(str(answer))

    def _send(self, data: bytes, deadline: float) -> None:
        view, ready = memoryview(data), select.poll()
        ready.register(self.into, select.POLLOUT)
        while view:
            try:
                view = view[os.write(self.into, view[: 1 << 20]) :]
            except BlockingIOError:
                self._wait(ready, deadline)

    def _receive(self, size: int, deadline: float) -> bytes:
        pieces, left, ready = [], size, select.poll()
        ready.register(self.out, select.POLLIN)
        while left:
            self._wait(ready, deadline)
            piece = os.read(self.out, min(left, 1 << 20))
            if not piece:
                raise _Gone
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)

    def _wait(self, ready: select.poll, deadline: float) -> None:
        if not ready.poll(max(0.0, deadline - time.monotonic()) * 1000):
            self.kill()
            raise Unreadable("time")

    def kill(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        self.process.wait()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


class Pool:
    """Up to `most` children; a thread that finds all of them busy waits."""

    def __init__(self, most: int = CHILDREN, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.owner = os.getpid()
        self.seconds, self.memory = seconds, memory
        self._room = threading.BoundedSemaphore(most)
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._guard = threading.Lock()

    def parse(self, raw: bytes) -> ParsedMail:
        with self._room:
            try:
                return self._once(raw)
            except _Gone:
                pass  # perhaps it was killed for another's sins: once more in a fresh one
            try:
                return self._once(raw)
            except _Gone as gone:
                raise Unreadable("crash") from gone

    def _once(self, raw: bytes) -> ParsedMail:
        child = self._take()
        try:
            return child.parse(raw)
        finally:
            self._give_back(child, fresh_wanted=child.mails >= MAILS or len(raw) > LARGE)

    def _take(self) -> Child:
        with self._guard:
            while self._idle:
                child = self._idle.pop()
                if child.alive:
                    return child
                self._all.discard(child)
        child = Child(self.seconds, self.memory)
        with self._guard:
            self._all.add(child)
        return child

    def _give_back(self, child: Child, *, fresh_wanted: bool) -> None:
        if fresh_wanted and child.alive:
            child.kill()
        with self._guard:
            if child.alive:
                self._idle.append(child)
            else:
                self._all.discard(child)

    def close(self) -> None:
        if self.owner != os.getpid():
            return  # a forked copy: the children are our parent's
        with self._guard:
            for child in self._all:
                child.kill()
            self._all.clear()
            self._idle.clear()


_lock = threading.Lock()
_current: Pool | None = None


def _pool() -> Pool:
    global _current
    with _lock:
        if _current is None or _current.owner != os.getpid():
            _current = Pool()
        return _current


atexit.register(shut_down)
