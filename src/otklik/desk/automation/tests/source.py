"""A program that fills panels: real HTTP, with an answer for each path, and what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FULL: dict[str, Any] = {
    "title": "Биллинг",
    "notice": {"text": "Счёт не оплачен", "tone": "soon"},
    "rows": [
        {"label": "Баланс", "value": "-1200.50", "kind": "money", "currency": "RUB"},
        {"label": "Клиент с", "value": "2021-05-14", "kind": "date"},
        {"label": "Тариф", "value": "Бизнес", "kind": "badge", "tone": "ok"},
        {"label": "Договор", "value": "№ 17", "kind": "link", "href": "https://billing.example/contracts/17"},
        {"label": "Заметка", "value": "<script>alert(1)</script>"},
    ],
    "tables": [
        {
            "title": "Заказы",
            "columns": [{"label": "День"}, {"label": "Сумма", "kind": "money", "currency": "RUB"}],
            "rows": [["понедельник", 300], ["вторник", 450.5]],
        }
    ],
    "actions": [{"label": "Открыть счёт", "href": "https://billing.example/invoices/9"}],
}


class Source(ThreadingHTTPServer):
    """`answer` is what `/panel` tells, with `status`; every other path is a trouble of its own."""

    daemon_threads = True

    def __init__(self) -> None:
        self.answer: Any = FULL
        self.status = 200
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.seen: list[str] = []
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def at(self, path: str = "panel") -> str:
        return f"http://{self.place}/{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Source

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers.items()), body))
        with suppress(OSError):  # who asks goes away from a slow answer
            self._answer(self.path.strip("/"))

    def _answer(self, path: str) -> None:
        if path == "slow":
            self.server.over.wait(30)
        if path == "away":
            self._say(302, b"", Location=self.server.at("panel"))
        elif path == "huge":
            self._say(200, json.dumps({"title": "я" * 200_000}).encode())
        elif path == "broken":
            self._say(200, b"<html>it works</html>")
        elif path == "failing":
            self._say(500, b"oops")
        elif path == "nobody":
            self._say(204, b"")
        else:
            told = self.server.answer
            self._say(self.server.status, told if isinstance(told, bytes) else json.dumps(told).encode())

    def do_GET(self) -> None:
        """The page of the program that a window shows."""
        self.server.seen.append(self.path)
        self._say(200, "<!doctype html><title>p</title><p>Страница программы</p>".encode(), kind="text/html")

    def _say(self, status: int, content: bytes, kind: str = "application/json", **head: str) -> None:
        self.send_response(status)
        for name, value in head.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def source() -> Iterator[Source]:
    with Source() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join(5)
