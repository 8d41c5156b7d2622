"""EGRESS-1: in a small Internet of our own, with names, redirects and servers that lie."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from otklik.core.egress import client
from otklik.core.egress.addresses import is_public, read
from otklik.core.egress.errors import Refused, Unanswered
from otklik.core.egress.targets import Allowance, target_of
from tests.fixtures.server import ROOT

FORBIDDEN = {
    "loopback": "http://127.0.0.1/",
    "loopback as one number": "http://2130706433/",
    "loopback, hexadecimal and short": "http://0x7f.1/",
    "loopback of IPv6": "http://[::1]/",
    "mapped loopback": "http://[::ffff:127.0.0.1]/",
    "this machine": "http://0.0.0.0/",
    "localhost": "http://localhost/",
    "private": "http://10.20.30.40/",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "name of the loopback": "http://loop.example/",
    "name of a private address": "http://inside.example/",
    "name of a public and a private address": "http://both.example/",
    "name of the metadata service": "http://metadata.example/",
    "name of a mapped address": "http://mapped.example/",
    "name of a NAT64 address": "http://nat64.example/",
    "name of a 6to4 address": "http://sixtofour.example/",
    "name of a unique local address": "http://unique-local.example/",
    "no such name": "http://missing.example/",
    "a name that is never answered": "http://silent.example/",
    "redirect to the loopback": "http://good.example/to/http://127.0.0.1/",
    "redirect to a private name": "http://good.example/to/http://inside.example/",
    "redirect to a file": "http://good.example/to/file:///etc/passwd",
    "redirect to another port": "http://good.example/to/http://good.example:8080/",
    "four redirects": "http://good.example/hops/4",
    "another port": "http://good.example:8080/",
    "a port of mail": "http://good.example:25/",
    "the allowed network at another port": "http://10.20.30.40:9090/",
    "credentials": "http://user:secret@good.example/",
    "a host behind an at sign": "http://good.example@127.0.0.1/",
    "a backslash": "http://good.example\\@127.0.0.1/",
    "a file": "file:///etc/passwd",
    "another protocol": "ftp://good.example/",
    "no protocol": "//good.example/",
    "a line feed": "http://good.example/\r\nX: y",
    "a bomb": "http://good.example/bomb",
    "too large": "http://good.example/large",
    "a body in drips": "http://good.example/drip",
    "headers in drips": "http://good.example/driphead",
    "a certificate of another name": "https://impostor.example/",
    "rebound, later": "http://rebind.example/again",
}
FINE = {
    "a page": "http://good.example/",
    "an echo": "http://good.example/echo",
    "cookies of the way": "http://good.example/to/http://good.example/echo",
    "three redirects": "http://good.example/hops/3",
    "exactly the limit": "http://good.example/largest",
    "TLS by name": "https://secure.example/echo",
    "an allowed host": "http://allowed.example/",
    "an allowed network": "http://10.20.30.40:8080/",
    "rebinding": "http://rebind.example/",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What became of every attempt; FINE go first, so that the name that changes is public then."""
    if (
        not (shutil.which("unshare") and shutil.which("ip"))
        or subprocess.run(
            ["unshare", "--user", "--map-root-user", "--mount", "--net", "true"], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no network namespaces here (unshare, ip): the outgoing client was not tried on an Internet")
    folder = tmp_path_factory.mktemp("internet")
    words = [sys.executable, "-m", "otklik.core.egress.tests.internet", str(folder)]
    words.append(json.dumps([*FINE.values(), *FORBIDDEN.values()]))
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "--net", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "SSL_CERT_FILE": str(folder / "trusted.pem"),
             "HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("name", FORBIDDEN)
def test_EGRESS_1_nothing_inside_is_reached(told: dict[str, Any], name: str) -> None:
    outcome = told["told"][FORBIDDEN[name]]

    assert outcome.get("refused") == "the address cannot be fetched", outcome
    assert outcome["seconds"] < 8, "nothing is waited for until its time is over"


@pytest.mark.parametrize("name", FINE)
def test_EGRESS_1_what_is_public_or_allowed_is_fetched(told: dict[str, Any], name: str) -> None:
    assert told["told"][FINE[name]].get("status") == 200, told["told"][FINE[name]]


def test_EGRESS_1_a_name_is_looked_up_once_and_the_checked_address_is_used(told: dict[str, Any]) -> None:
    """A second look-up would have said 127.0.0.1; the later, second visit was told so and refused."""
    assert told["asked"]["rebind.example"] == 2  # one for each of two visits
    assert set(told["hits"]) == {"93.184.216.34", "10.20.30.40"}
    assert told["hits"]["10.20.30.40"] == 2  # the two that are allowed


def test_EGRESS_1_neither_cookies_nor_credentials_nor_where_from(told: dict[str, Any]) -> None:
    for name in ("an echo", "cookies of the way", "TLS by name"):
        sent = json.loads(told["told"][FINE[name]]["start"])
        assert set(sent) == {"host", "accept", "accept-encoding", "user-agent", "connection"}
    assert json.loads(told["told"][FINE["TLS by name"]]["start"])["host"] == "secure.example"


def test_EGRESS_1_ten_seconds_ten_megabytes_and_no_bomb_in_memory(told: dict[str, Any]) -> None:
    assert (client.SECONDS, client.MOST_BYTES, client.REDIRECTS) == (10.0, 10 * 1024 * 1024, 3)
    assert told["peak"] < 200 * 1024 * 1024  # 300 MB would have come out of the bomb; the servers are of it, too


@pytest.mark.parametrize(
    "text",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1%eth0", "fc00::1", "ff02::1",
     "::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::", "2001:0:a00:1::",
     "2001:db8::1", "fec0::1"],
)  # fmt: skip
def test_EGRESS_1_addresses_that_are_not_public(text: str) -> None:
    assert not is_public(read(text))


@pytest.mark.parametrize("text", ["93.184.216.34", "1.1.1.1", "2606:4700::1", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_EGRESS_1_addresses_that_are(text: str) -> None:
    assert is_public(read(text))


@pytest.fixture
def listening(settings: Any) -> Iterator[socket.socket]:
    """A door of this machine that takes every line up, and says nothing by itself."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.EGRESS_ALLOW = [f"127.0.0.1:{door.getsockname()[1]}"]
        yield door


def test_a_line_that_nobody_takes_up_holds_up_for_less_time_than_an_answer(
    listening: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "CONNECT_SECONDS", 0.2)
    began = time.monotonic()
    with pytest.raises(Refused) as refused:  # TLS is a part of taking it up
        client.send(f"https://127.0.0.1:{listening.getsockname()[1]}/", b"{}", {}, seconds=60)

    assert time.monotonic() - began < 30 and not isinstance(refused.value, Unanswered)


def test_an_answer_may_take_longer_than_the_line(listening: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "CONNECT_SECONDS", 0.2)

    def answer() -> None:
        line, _of = listening.accept()
        with line:
            line.recv(1000)
            threading.Event().wait(0.5)
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    server = threading.Thread(target=answer)
    server.start()
    told = client.ask(f"http://127.0.0.1:{listening.getsockname()[1]}/", {}, seconds=60)
    server.join(20)

    assert told.content == b"ok"


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("bot-api.local", "http://bot-api.local/"),
        ("Bot-API.local:8081", "http://bot-api.LOCAL:8081/"),
        ("10.0.0.0/8", "http://10.1.2.3/"),
        ("10.0.0.0/8:8081", "http://10.1.2.3:8081/"),
        ("10.1.2.3:8081", "http://10.1.2.3:8081/"),
        ("[fd00::1]:8081", "http://[fd00::1]:8081/"),
    ],
)
def test_an_entry_names_a_place_by_its_name_or_its_network(entry: str, url: str) -> None:
    target, allowed = target_of(url), Allowance([entry])
    assert allowed.names(target) and not Allowance([]).names(target)
    allowed.check(target, [read("10.9.9.9" if "local" in entry.lower() else target.host)])
    elsewhere = target_of(url.replace(f":{target.port}", "").rstrip("/") + ":9999/")
    assert not allowed.names(elsewhere)


def test_the_host_line_names_a_port_only_when_it_is_unusual() -> None:
    assert target_of("https://Пример.рф/путь?а=б").named == "xn--e1afmkfd.xn--p1ai"
    assert target_of("http://[2606:4700::1]:8080/").named == "[2606:4700::1]:8080"
    with pytest.raises(Refused):
        target_of("http://")
