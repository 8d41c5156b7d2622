"""The protocol of ClamAV's daemon, as far as one question needs it: INSTREAM."""

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass

SECONDS = 60.0
PIECE = 64 * 1024
LONGEST_ANSWER = 4096


class Unreachable(OSError):
    """The daemon does not answer."""


@dataclass(frozen=True)
class Found:
    """What the daemon says of one stream: the name of a threat, or why it could not look; both empty when clean."""

    threat: str = ""
    trouble: str = ""


def ask(address: str, pieces: Iterable[bytes]) -> Found:
    """Let the daemon at `host:port` or `unix:/path` read a stream.  Raises Unreachable."""
    try:
        with _connected(address) as line:
            _tell(line, pieces)
            return _read(_answer(line))
    except OSError as trouble:
        raise Unreachable(str(trouble)) from trouble


def _connected(address: str) -> socket.socket:
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        line.connect(address.removeprefix("unix:"))
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]") or "localhost", int(port)), SECONDS)


def _tell(line: socket.socket, pieces: Iterable[bytes]) -> None:
    """Each piece after its length, none at the end.  A daemon that has heard enough hangs up after its answer."""
    try:
        line.sendall(b"zINSTREAM\0")
        for piece in pieces:
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(line: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\0") and len(told) < LONGEST_ANSWER:
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        told += piece
    return told.rstrip(b"\0\n").decode("utf-8", "replace")


def _read(answer: str) -> Found:
    """`stream: OK`, `stream: Eicar-Signature FOUND`, `INSTREAM size limit exceeded. ERROR`."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Found()
    if said.endswith(" FOUND"):
        return Found(threat=said.removesuffix(" FOUND"))
    return Found(trouble=said or "no answer")
