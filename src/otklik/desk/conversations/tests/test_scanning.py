"""The hook for ClamAV, against a server that speaks its protocol: never in the way of storing, never silently clean."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from otklik.core.staff.models import User
from otklik.desk.conversations import clamd, scanning
from otklik.desk.conversations.models import Attachment

EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 100_000


class Daemon(socketserver.ThreadingTCPServer):
    """clamd's INSTREAM: pieces with their lengths, an empty one at the end, an answer that ends with NUL."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        self.read: list[bytes] = []
        self.says = ""
        super().__init__(("127.0.0.1", 0), Talk)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class Talk(socketserver.StreamRequestHandler):
    server: Daemon

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > LARGEST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.read.append(content)
        answer = "stream: Eicar-Signature FOUND" if EICAR.encode() in content else "stream: OK"
        self.wfile.write((self.server.says or answer).encode() + b"\0")


@pytest.fixture
def daemon(settings: Any, tmp_path: Path) -> Iterator[Daemon]:
    settings.MEDIA_ROOT = tmp_path
    with Daemon() as server:
        settings.CLAMAV = server.address
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def file_of(ticket: Any, name: str, content: str, by: User) -> Attachment:
    return Attachment.objects.upload(ticket.conversation, SimpleUploadedFile(name, content.encode()), by)


def verdicts() -> dict[str, tuple[str, str]]:
    return {file.name: (file.verdict, file.threat) for file in Attachment.objects.all()}


@pytest.mark.django_db(transaction=True)
def test_what_comes_in_is_looked_at_by_a_job(writes: Any, daemon: Daemon, run_jobs: Any) -> None:
    writes("вот файлы", files=[("чистый.txt", "текст"), ("вирус.txt", EICAR), ("пустой.txt", "")])
    assert set(verdicts().values()) == {("", "")}  # stored at once, without asking

    run_jobs()

    assert verdicts() == {
        "чистый.txt": ("clean", ""),
        "вирус.txt": ("infected", "Eicar-Signature"),
        "пустой.txt": ("clean", ""),
    }


@pytest.mark.django_db(transaction=True)
def test_what_a_colleague_uploads_is_looked_at_too(ticket: Any, anna: User, daemon: Daemon, run_jobs: Any) -> None:
    file_of(ticket, "вирус.txt", EICAR, anna)
    run_jobs()

    assert verdicts() == {"вирус.txt": ("infected", "Eicar-Signature")}


@pytest.mark.django_db
def test_what_the_scanner_cannot_judge_is_unknown(ticket: Any, anna: User, daemon: Daemon) -> None:
    file_of(ticket, "большой.bin", "x" * 3 * LARGEST, anna)
    scanning.scan_waiting()

    verdict, why = verdicts()["большой.bin"]
    assert verdict == "unknown" and why
    daemon.says = "stream: something new"
    file_of(ticket, "странный.bin", "x", anna)
    scanning.scan_waiting()
    assert verdicts()["странный.bin"] == ("unknown", "something new")


@pytest.mark.django_db
def test_a_scanner_that_is_away_is_asked_again(ticket: Any, anna: User, daemon: Daemon, settings: Any) -> None:
    here, settings.CLAMAV = daemon.address, "127.0.0.1:1"
    file_of(ticket, "вирус.txt", EICAR, anna)
    scanning.scan_waiting()
    assert verdicts() == {"вирус.txt": ("", "")}

    settings.CLAMAV = here
    scanning.scan_waiting()
    assert verdicts() == {"вирус.txt": ("infected", "Eicar-Signature")}


@pytest.mark.django_db
def test_a_file_that_is_gone_does_not_stop_the_others(ticket: Any, anna: User, daemon: Daemon) -> None:
    Path(file_of(ticket, "пропал.txt", "x", anna).file.path).unlink()
    file_of(ticket, "тут.txt", "x", anna)
    scanning.scan_waiting()

    assert verdicts() == {"пропал.txt": ("unknown", "the file is gone"), "тут.txt": ("clean", "")}


def test_a_file_that_cannot_be_read_does_not_stop_the_others(ticket: Any, anna: User, daemon: Daemon) -> None:
    """The disk says no: that is no silence of the scanner."""
    file_of(ticket, "тут.txt", "x", anna)
    place = Path(file_of(ticket, "сломан.txt", "x", anna).file.path)
    place.unlink()
    place.mkdir()
    scanning.scan_waiting()

    assert verdicts()["тут.txt"] == ("clean", "")
    assert verdicts()["сломан.txt"][0] == "unknown"


@pytest.mark.django_db
def test_without_a_scanner_nothing_is_asked(ticket: Any, anna: User, settings: Any, tmp_path: Path) -> None:
    settings.CLAMAV, settings.MEDIA_ROOT = "", tmp_path
    file = file_of(ticket, "вирус.txt", EICAR, anna)
    scanning.scan_waiting()

    assert file.is_for_clients and verdicts() == {"вирус.txt": ("", "")}


def test_a_socket_of_the_machine_works_as_well(tmp_path: Path) -> None:
    class Local(socketserver.ThreadingUnixStreamServer):
        read: list[bytes] = []
        says = ""

    path = tmp_path / "clamd.ctl"
    with Local(str(path), Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert clamd.ask(f"unix:{path}", [EICAR[:20].encode(), EICAR[20:].encode()]).threat == "Eicar-Signature"
        server.shutdown()
