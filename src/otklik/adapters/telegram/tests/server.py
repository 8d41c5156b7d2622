"""A Bot API server of our own, over real HTTP: as much of the documented protocol as the adapter speaks."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "70001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
NAMES = re.compile(r'(name|filename)="([^"]*)"')
NUMBER, NAME = 70001, "svyaz_bot"


@dataclass
class Called:
    """A method that we were asked for; `file` is (field, name, media type, content)."""

    method: str
    told: dict[str, Any]
    file: tuple[str, str, str, bytes] | None = None


@dataclass
class BotApi:
    """`planned` answers the next calls of a method: (status, body), bytes for no JSON, None for a line that breaks.

    `posting` is what getWebhookInfo says otherwise.
    """

    url: str = ""
    calls: list[Called] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    planned: dict[str, list[Any]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    hook: dict[str, Any] = field(default_factory=dict)
    posting: dict[str, Any] = field(default_factory=dict)
    messages: int = 500
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sent(self, *methods: str) -> list[Called]:
        return [one for one in self.calls if one.method in (methods or ("sendMessage", "sendPhoto", "sendDocument"))]

    @property
    def texts(self) -> list[str]:
        return [one.told["text"] for one in self.sent("sendMessage")]

    def plan(self, method: str, code: int, words: str, **more: Any) -> None:
        body = {"ok": False, "error_code": code, "description": words, **({"parameters": more} if more else {})}
        self.planned.setdefault(method, []).append((code, body))

    def answer(self, called: Called) -> Any:
        with self.lock:
            self.calls.append(called)
            if plan := self.planned.get(called.method):
                return plan.pop(0)
        return self._done(called)

    def _done(self, called: Called) -> Any:
        match called.method:
            case "getMe":
                return _ok({"id": NUMBER, "is_bot": True, "first_name": "Связь", "username": NAME})
            case "getUpdates":
                return self._news(called.told)
            case "setWebhook":
                self.hook = called.told
                return _ok(True)
            case "getWebhookInfo":
                return _ok({"url": self.hook.get("url", ""), "pending_update_count": 0} | self.posting)
            case "deleteWebhook":
                self.hook = {}
                return _ok(True)
            case "sendMessage" | "sendPhoto" | "sendDocument":
                return self._sent(called)
            case "editMessageText" | "answerCallbackQuery":
                return _ok(True)
            case "getFile":
                number = called.told["file_id"]
                if number not in self.files:
                    return _wrong(400, "Bad Request: wrong file_id")
                return _ok({"file_id": number, "file_path": f"documents/{number}"})
        return _wrong(404, "Not Found")

    def _news(self, told: dict[str, Any]) -> Any:
        """At once, also when there is none: how long it may be held back is the longest, not the least."""
        if self.hook:
            return _wrong(409, "Conflict: can't use getUpdates method while webhook is active")
        with self.lock:
            if offset := told.get("offset"):
                self.updates = [one for one in self.updates if one["update_id"] >= offset]
            waiting = [one for one in self.updates if one["update_id"] >= told.get("offset", 0)]
        return _ok(waiting[: told.get("limit", 100)])

    def _sent(self, called: Called) -> Any:
        chat = int(called.told["chat_id"])
        if chat in self.blocked:
            return _wrong(403, "Forbidden: bot was blocked by the user")
        text = called.told.get("text", "x")
        if not text or len(text) > 10_000:
            return _wrong(400, "Bad Request: message is too long")
        with self.lock:
            self.messages += 1
            return _ok({"message_id": self.messages, "chat": {"id": chat, "type": "private"}, "date": 1})


def _ok(result: Any) -> tuple[int, dict[str, Any]]:
    return 200, {"ok": True, "result": result}


def _wrong(code: int, words: str) -> tuple[int, dict[str, Any]]:
    return code, {"ok": False, "error_code": code, "description": words}


class _Handler(BaseHTTPRequestHandler):
    api: BotApi

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        token, _slash, method = self.path.removeprefix("/bot").partition("/")
        if token != TOKEN:
            return self._say((401, {"ok": False, "error_code": 401, "description": "Unauthorized"}))
        return self._say(self.api.answer(_read(method, self.headers.get("Content-Type", ""), body)))

    def do_GET(self) -> None:
        name = self.path.partition(f"/file/bot{TOKEN}/documents/")[2]
        if (content := self.api.files.get(name)) is None:
            self.send_error(404)
            return
        self._write(200, "application/octet-stream", content)

    def _say(self, told: Any) -> None:
        if told is None:
            self.close_connection = True
            self.connection.close()
        elif isinstance(told[1], bytes):
            self._write(told[0], "text/html", told[1])
        else:
            self._write(told[0], "application/json", json.dumps(told[1]).encode())

    def _write(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_told: Any) -> None:
        """Nobody reads it."""


def _read(method: str, kind: str, body: bytes) -> Called:
    if not kind.startswith("multipart/"):
        return Called(method, json.loads(body or b"{}"))
    told, file = dict[str, Any](), None
    for part in body.split(b"--" + kind.partition("boundary=")[2].encode())[1:-1]:
        head, _blank, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
        names = dict(NAMES.findall(head.decode()))
        if "filename" in names:
            media_type = head.decode().partition("Content-Type: ")[2].partition("\r\n")[0]
            file = (names["name"], names["filename"], media_type, content)
        else:
            told[names["name"]] = content.decode()
    return Called(method, told, file)


@contextmanager
def running() -> Iterator[BotApi]:
    api = BotApi()
    served = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"api": api}))
    api.url = f"http://127.0.0.1:{served.server_address[1]}"
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        served.shutdown()
        served.server_close()
        thread.join(5)
