"""What a child cannot do, tried from inside of it."""

import socket
import subprocess
from pathlib import Path

import pytest

from otklik.core import apart

MEMORY = 512 * 1024 * 1024
HEAD = "def prepare(*words): pass\n"
TRIES = """
import os, socket

def prepare(*words): pass

def work(content, note, port):
    told = []
    for act in (lambda: os.write(os.open(note, os.O_CREAT | os.O_WRONLY), b"x"),
                lambda: socket.create_connection(("127.0.0.1", int(port)), 1),
                lambda: bytearray(2_000_000_000)):
        try:
            act()
            told.append("done")
        except (OSError, MemoryError) as error:
            told.append(type(error).__name__)
    return " ".join([content.decode(), *told]).encode()
"""


def script(folder: Path, text: str) -> str:
    place = folder / "script.py"
    place.write_text(text)
    return str(place)


def test_FILE_3_it_has_no_network_writes_nothing_and_takes_little(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port, note = server.getsockname()[1], tmp_path / "note"
        told = apart.run(script(tmp_path, TRIES), note, port, content=b"here:", memory=MEMORY, seconds=5)

    assert told == b"here: OSError OSError MemoryError"


def test_it_knows_nothing_of_who_started_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTKLIK_SECRET_KEY", "secret")
    asks = HEAD + "import os\ndef work(content): return repr([*os.environ, os.getcwd()]).encode()\n"

    assert b"OTKLIK" not in apart.run(script(tmp_path, asks), content=b"", memory=MEMORY, seconds=5)


def test_what_needs_more_time_than_it_has_is_ended(tmp_path: Path) -> None:
    works = HEAD + "def work(content):\n    while True: pass\n"

    with pytest.raises((subprocess.CalledProcessError, subprocess.TimeoutExpired)):
        apart.run(script(tmp_path, works), content=b"", memory=MEMORY, seconds=1)


def test_a_script_that_is_not_there_is_an_error() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        apart.run("/nowhere", content=b"", memory=MEMORY, seconds=5)
