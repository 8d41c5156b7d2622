"""A small Internet in a network namespace of its own, and a client that is led astray in it.

Run as a script by test_egress.py inside of `unshare --user --map-root-user --mount --net`: addresses that are public
everywhere else belong to this machine, a name server of ours answers on port 53, and what each attempt to fetch led to
is printed as JSON.  Nothing is replaced in the product: names go through the system's resolver.
"""

import json
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from otklik.core.egress.tests.certificates import certificate_for

PUBLIC, INSIDE = "93.184.216.34", "10.20.30.40"
ZONE = {
    "good.example": [PUBLIC],
    "secure.example": [PUBLIC],
    "impostor.example": [PUBLIC],
    "loop.example": ["127.0.0.1"],
    "both.example": [PUBLIC, INSIDE],
    "inside.example": [INSIDE],
    "metadata.example": ["169.254.169.254"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "sixtofour.example": ["2002:7f00:1::1"],
    "unique-local.example": ["fd00::1"],
    "allowed.example": [INSIDE],
}
asked: Counter[str] = Counter()
hits: Counter[str] = Counter()


def bomb() -> bytes:
    """300 kB that unfold to 300 MB, made without having them in memory."""
    press = zlib.compressobj(9, wbits=31)
    return b"".join([*(press.compress(bytes(1_000_000)) for _ in range(300)), press.flush()])


BOMB = bomb()


class Site(BaseHTTPRequestHandler):
    """Public and inner servers alike: only the address that was reached tells them apart."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        hits[self.connection.getsockname()[0]] += 1
        name, _slash, rest = self.path.strip("/").partition("/")
        getattr(self, f"give_{name}", self.give_ok)(rest)

    def give_ok(self, _rest: str) -> None:
        self.answer(b"hello", "text/plain")

    def give_echo(self, _rest: str) -> None:
        told = {name.lower(): value for name, value in self.headers.items()}
        self.answer(json.dumps(told).encode(), "application/json")

    def give_to(self, rest: str) -> None:
        self.send_response(302)
        self.send_header("Location", rest)
        self.send_header("Set-Cookie", "a=b")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def give_hops(self, rest: str) -> None:
        left = int(rest)
        return self.give_to(f"/hops/{left - 1}") if left else self.give_ok("")

    def give_bomb(self, _rest: str) -> None:
        self.answer(BOMB, "image/png", "gzip")

    def give_large(self, _rest: str) -> None:
        self.answer(b"\0" * 12_000_000, "image/png")

    def give_largest(self, _rest: str) -> None:
        self.answer(b"\0" * 10 * 1024 * 1024, "image/png")

    def give_drip(self, _rest: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.dripping(b"x" * 1000)

    def give_driphead(self, _rest: str) -> None:
        self.dripping(b"HTTP/1.1 200 OK\r\nX-Long: " + b"y" * 1000)

    def dripping(self, content: bytes) -> None:
        for byte in content:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.1)

    def answer(self, content: bytes, media_type: str, encoding: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: Any) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50

    def handle_error(self, *_words: Any) -> None:
        pass  # the client hung up: what most of these attempts end with


def serve(address: str, port: int, context: ssl.SSLContext | None = None) -> None:
    server = Quiet((address, port), Site)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def serve_names() -> None:
    """A name server: one name is public at the first question and ours at every later one, another never answers."""
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("127.0.0.1", 53))

    def work() -> None:
        while True:
            question, sender = line.recvfrom(4096)
            if answer := reply_to(question):
                line.sendto(answer, sender)

    threading.Thread(target=work, daemon=True).start()


def reply_to(question: bytes) -> bytes:
    labels, at = [], 12
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode())
        at += length + 1
    kind = struct.unpack(">H", question[at + 1 : at + 3])[0]
    name = ".".join(labels).lower()
    if kind == 1:
        asked[name] += 1
    if name == "silent.example":
        return b""
    found = [ip_address(one) for one in addresses(name)]
    packed = [one.packed for one in found if (one.version == 4) == (kind == 1) and kind in (1, 28)]
    head = question[:2] + struct.pack(">HHHHH", 0x8180 if name in ZONE or packed else 0x8183, 1, len(packed), 0, 0)
    answers = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(one)) + one for one in packed)
    return head + question[12 : at + 5] + answers


def addresses(name: str) -> list[str]:
    if name == "rebind.example":
        return [PUBLIC] if asked[name] <= 1 else ["127.0.0.1"]
    return ZONE.get(name, [])


def build(folder: Path) -> ssl.SSLContext:
    """Addresses, names, and a certificate that the system trusts (SSL_CERT_FILE)."""
    names = folder / "resolv.conf"
    names.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:2\n")
    for words in (
        "ip link set lo up",
        f"ip address add {PUBLIC}/32 dev lo",
        f"ip address add {INSIDE}/32 dev lo",
        "ip address add 169.254.169.254/32 dev lo",
        f"mount --bind {names} /etc/resolv.conf",
    ):
        subprocess.run(words.split(), check=True)
    return certificate_for("secure.example", folder)


def attempt(act: Callable[[], Any]) -> dict[str, Any]:
    from otklik.core.egress import Refused

    began = time.monotonic()
    try:
        answer = act()
        start = answer.content[:600].decode("latin-1")
        told: dict[str, Any] = {"status": answer.status, "size": len(answer.content), "start": start}
    except Refused as refused:
        told = {"refused": str(refused), "reason": refused.reason}
    return told | {"seconds": time.monotonic() - began}


def main(folder: Path, addresses_to_try: list[str]) -> None:
    context = build(folder)
    from django.conf import settings

    settings.configure(EGRESS_ALLOW=["allowed.example", "10.20.30.0/24:8080"])
    from otklik.core.egress import fetch

    serve_names()
    for address in (PUBLIC, INSIDE, "127.0.0.1", "169.254.169.254"):
        serve(address, 80)
    serve(PUBLIC, 443, context)
    serve(PUBLIC, 8080)
    serve(INSIDE, 8080)
    serve(INSIDE, 9090)
    told = {
        url: attempt(lambda url=url: fetch(url, seconds=1.5 if "drip" in url or "silent" in url else 10))  # type: ignore[misc]
        for url in addresses_to_try
    }
    print(json.dumps({"told": told, "asked": asked, "hits": hits, "peak": peak()}))


def peak() -> int:
    """The most memory that this process held, in bytes; unlike `ru_maxrss` without that of the process it came from."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
