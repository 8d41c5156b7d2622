"""A name server on the loopback: answers from a table, or keeps silent for the names it is told to."""

import socketserver
import threading
from collections import defaultdict
from collections.abc import Iterable

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset


class NameServer:
    """`add("volga.example", "TXT", '"v=spf1 -all"')`; asks are counted in `asked`."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.silent: set[str] = set()
        self.asked: list[tuple[str, str]] = []
        self.is_silent = False
        house = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                data, socket = self.request
                if (answer := house.answer(data)) is not None:
                    socket.sendto(answer, self.client_address)

        self.server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> "NameServer":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def add(self, name: str, kind: str, *values: str) -> None:
        self.records[name, kind].extend(values)

    def text(self, name: str, value: str) -> None:
        self.add(name, "TXT", " ".join(f'"{piece}"' for piece in _pieces(value)))

    def answer(self, data: bytes) -> bytes | None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if self.is_silent or any(name == one or name.endswith(f".{one}") for one in self.silent):
            return None
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        if values := self.records.get((name, kind)):
            response.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, values))
        elif not any(known == name for known, _kind in self.records):
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response.to_wire()


def _pieces(value: str) -> Iterable[str]:
    return (value[start : start + 200] for start in range(0, len(value), 200))
