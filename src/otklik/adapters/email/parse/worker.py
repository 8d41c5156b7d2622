"""The child that reads mail: bytes come on stdin, pickled results leave on stdout, nothing else is open to it.

It needs only the standard library and this package, so it starts in some 60 ms and knows no secrets. It dies by itself:
when the parent closes the pipe, and by an alarm when one mail takes too long and nobody kills it.
"""

import contextlib
import os
import pickle
import signal
import struct
import sys

from otklik.adapters.email.parse.reading import parse

LENGTH = struct.Struct(">Q")
GRACE = 1.0  # seconds after which the alarm does what the parent should have done


def main(memory: int, seconds: float) -> None:
    """Serve until the pipe closes. `memory`: bytes of address space, `seconds`: per mail."""
    _limit_memory(memory)
    while head := _read(LENGTH.size):
        raw = _read(LENGTH.unpack(head)[0])
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
        answer = _answer(raw)
        del raw
        signal.setitimer(signal.ITIMER_REAL, 0)
        _write(LENGTH.pack(len(answer)))
        _write(answer)


def _answer(raw: bytes) -> bytes:
    try:
        return pickle.dumps(parse(raw), protocol=5)
    except MemoryError:
        return pickle.dumps("memory")
    except BaseException as trouble:
        return pickle.dumps(f"{type(trouble).__name__}: {trouble}"[:200])


def _limit_memory(most: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(size: int) -> bytes:
    pieces, left = [], size
    while left:
        piece = os.read(0, min(left, 1 << 20))
        if not piece:
            sys.exit(0)
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]
