"""A Zammad is read page by page: a token in the head, 429 waited for, and on behind the last page after any end."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact
from otklik.desk.imports.desks import zammad_api
from otklik.desk.imports.models import Takeover
from otklik.desk.imports.taking_over import from_server, go_on
from otklik.desk.imports.tests import exports
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


class Server:
    """Speaks as docs.zammad.org says; `busy` are answers 429 before the next good one."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.busy = 0
        self.fails_at = ""
        tables = json.loads(json.dumps(exports.ZAMMAD))
        self.tables: dict[str, list[dict[str, Any]]] = tables

    def answer(self, path: str, token: str) -> tuple[int, Any]:
        self.asked.append(path)
        if token != "Token token=secret":
            return 401, {"error": "Invalid BasicAuth credentials"}
        if self.busy:
            self.busy -= 1
            return 429, {"error": "Too many requests"}
        parts, query = urlsplit(path), parse_qs(urlsplit(path).query)
        if self.fails_at and path.startswith(self.fails_at):
            return 404, {"error": "gone"}
        name = parts.path.removeprefix("/api/v1/")
        if name.startswith("ticket_articles/by_ticket/"):
            number = int(name.rpartition("/")[2])
            return 200, [row for row in self.tables["articles"] if row["ticket_id"] == number]
        if name == "tags":
            return 200, {"tags": ["звонки"] if query["o_id"] == ["30"] else []}
        page, size = int(query["page"][0]), int(query["per_page"][0])
        return 200, self.tables[name][(page - 1) * size : page * size]


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    known = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, value = known.answer(self.path, self.headers.get("Authorization", ""))
            content = json.dumps(value).encode()
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "7")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Silent."""

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    known.address = f"http://127.0.0.1:{served.server_port}"  # type: ignore[attr-defined]
    settings.EGRESS_ALLOW = [f"127.0.0.1:{served.server_port}"]
    monkeypatch.setattr(zammad_api, "PAGE", 2)
    yield known
    served.shutdown()
    served.server_close()


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(zammad_api.time, "sleep", found.append)
    init = zammad_api.ZammadApi.__init__
    monkeypatch.setattr(init, "__defaults__", (found.append,))
    return found


def begun(server: Server, door: Channel, token: str = "secret") -> Takeover:
    return from_server("zammad", server.address, token, door)  # type: ignore[attr-defined]


def test_it_is_read_page_by_page_and_brought_in(server: Server, door: Channel, anna: User) -> None:
    of = begun(server, door)
    go_on(of)
    assert (of.state, of.token, of.read) == ("ready", "", 9), of.trouble
    assert [path for path in server.asked if "users" in path] == [
        f"/api/v1/users?page={page}&per_page=2&expand=true" for page in (1, 2, 3)
    ]
    of.begin(dry=False)
    go_on(of)
    ticket = Ticket.objects.get(subject="Нет звука")
    assert of.state == "done" and ticket.tags == ["звонки"] and ticket.conversation.messages.count() == 4
    assert Contact.objects.get(identities__value="pavel@don.example").client
    assert not of.folder.exists()


def test_who_is_asked_too_often_is_waited_for(server: Server, door: Channel, waited: list[float]) -> None:
    server.busy = 2
    of = begun(server, door)
    go_on(of)
    assert of.state == "ready" and waited == [7.0, 7.0]


def test_who_never_has_time_is_told_and_nothing_is_lost(server: Server, door: Channel, waited: list[float]) -> None:
    of = begun(server, door)
    server.busy = 1000
    go_on(of)
    assert of.state == "failed" and len(waited) == zammad_api.TRIES
    server.busy = 0
    of.begin(dry=False)
    go_on(of)
    assert of.state == "ready"


def test_it_goes_on_behind_the_last_page(server: Server, door: Channel) -> None:
    server.fails_at = "/api/v1/users?page=2"
    of = begun(server, door)
    go_on(of)
    assert of.state == "failed" and of.trouble
    server.fails_at, server.asked = "", []
    of.begin(dry=False)
    go_on(Takeover.objects.get(pk=of.pk))
    of.refresh_from_db()
    assert of.state == "ready" and server.asked[0].startswith("/api/v1/users?page=2")
    assert not [path for path in server.asked if "organizations" in path]


def test_it_can_be_stopped(server: Server, door: Channel) -> None:
    of = begun(server, door)
    go_on(of, lambda one: Takeover.objects.get(pk=one.pk).stop() if one.read > 2 else None)
    of.refresh_from_db()
    assert of.state == "stopped" and not of.is_read
    of.begin(dry=True)
    go_on(of)
    assert of.state == "ready"


def test_a_wrong_token_and_a_forbidden_address_are_told(server: Server, door: Channel, settings: Any) -> None:
    of = begun(server, door, token="wrong")
    go_on(of)
    assert of.state == "failed" and "окен" in of.trouble
    asked = len(server.asked)
    settings.EGRESS_ALLOW = []
    of = begun(server, door)
    go_on(of)
    assert of.state == "failed" and len(server.asked) == asked


def test_the_token_is_sealed(server: Server, door: Channel) -> None:
    of = begun(server, door)
    assert "secret" not in of.token and Path(of.folder).name == str(of.pk)
