"""`otklik web` and `otklik worker` against an external PostgreSQL: several processes, replaced when they die."""

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from otklik.config.paths import CHECKOUT
from tests.fixtures.live import wait_until
from tests.machinery.running import environment, otklik

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc"),
]
KEY = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789"


@pytest.fixture
def variables() -> dict[str, str]:
    """The database of the tests, as if it were a cluster of somebody else."""
    entry = {
        name: quote(str(connection.settings_dict[name]), safe="")
        for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    }
    url = "postgresql://{USER}:{PASSWORD}@/{NAME}?host={HOST}&port={PORT}".format(**entry)
    return {"DATABASE_URL": url, "OTKLIK_SECRET_KEY": KEY, "OTKLIK_SMTP_LISTEN": "off", "OTKLIK_LMTP_LISTEN": "off"}


class Started:
    """A command in the background and its words."""

    def __init__(self, data: Path, variables: dict[str, str], *words: str) -> None:
        self.words: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "otklik", *words],
            cwd=CHECKOUT,
            env=environment(data) | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        self.words.extend(self.process.stdout or ())

    def says(self, pattern: str) -> re.Match[str]:
        return wait_until(lambda: re.search(pattern, "".join(self.words)) or self.process.poll() is not None, 120)

    def stop(self, sent: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sent)
        return self.process.wait(90)

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]


@pytest.fixture
def web(tmp_path: Path, variables: dict[str, str]) -> Iterator[tuple[Started, str]]:
    started = Started(tmp_path, variables, "web", "--port", "0", "--workers", "2")
    address = started.says(r"http://[\d.]+:\d+")[0]
    wait_until(lambda: answers(address), 120)
    yield started, address
    started.process.kill()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/livez", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_a_web_process_that_dies_is_replaced_and_all_stop_together(web: tuple[Started, str]) -> None:
    started, address = web
    first, second = wait_until(lambda: len(started.children()) == 2 and started.children())
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: len(started.children()) == 2 and first not in started.children())
    assert answers(address)
    assert started.stop() == 0
    assert not Path(f"/proc/{second}").exists()


def test_web_processes_do_not_outlive_their_killed_parent(web: tuple[Started, str]) -> None:
    started, address = web
    started.stop(signal.SIGKILL)
    wait_until(lambda: not answers(address), 30)


def test_a_worker_works_and_stops_when_it_is_told(tmp_path: Path, variables: dict[str, str]) -> None:
    started = Started(tmp_path, variables, "worker")
    assert started.says("Working")

    def heartbeat() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_workers")
            return bool(cursor.fetchone()[0])

    wait_until(heartbeat, 60)
    assert started.stop() == 0
    assert not heartbeat()


def test_people_and_tokens_are_made_at_the_terminal(tmp_path: Path, variables: dict[str, str]) -> None:
    added = subprocess.run(
        [sys.executable, "-m", "otklik", "user", "add", "anna", "--role", "admin"],
        cwd=CHECKOUT,
        env=environment(tmp_path) | variables,
        input="a long and strange password\n",
        capture_output=True,
        text=True,
    )
    assert added.returncode == 0, added.stderr
    issued = otklik(tmp_path, "token", "create", "--user", "anna", "--scope", "tickets:read", **variables)
    assert re.fullmatch(r"otk_\S+\n", issued.stdout), "standard output holds the token alone"
    unknown = otklik(tmp_path, "token", "create", "--user", "anna", "--scope", "everything", **variables)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "tickets:read" in unknown.stderr


def test_a_weak_password_is_refused_in_plain_words(tmp_path: Path, variables: dict[str, str]) -> None:
    refused = otklik(tmp_path, "user", "add", "boris", **variables)
    assert refused.returncode == 1
    assert "too short" in refused.stderr


@pytest.mark.parametrize(
    "command", ["", *"up web worker migrate demo doctor mail user token test check translations snapshot".split()]
)
def test_every_command_explains_itself(command: str, tmp_path: Path) -> None:
    explained = otklik(tmp_path, *command.split(), "--help")
    assert explained.returncode == 0
    assert "usage: otklik" in explained.stdout
    assert not (tmp_path / "secret.key").exists()
