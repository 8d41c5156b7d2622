"""Reading in a child: bounded in time and memory, and nothing of it outlives us."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from otklik.adapters.email.parse import isolated, parse
from otklik.adapters.email.parse.isolated import Pool, Unreadable

MAIL = b"From: Anna <anna@volga.example>\r\nSubject: No sound\r\n\r\nHello"


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(most=1, seconds=3)
    yield pool
    pool.close()


def the_child(pool: Pool) -> isolated.Child:
    (child,) = pool._all
    return child


def test_the_child_gives_what_parse_gives(pool: Pool) -> None:
    assert pool.parse(MAIL) == parse(MAIL)


def test_one_child_reads_many_mails(pool: Pool) -> None:
    pool.parse(MAIL)
    first = the_child(pool).process.pid
    pool.parse(MAIL)

    assert the_child(pool).process.pid == first


def test_a_mail_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    pool = Pool(most=1, seconds=0.3)
    pool.parse(MAIL)
    os.kill(the_child(pool).process.pid, signal.SIGSTOP)

    with pytest.raises(Unreadable) as trouble:
        pool.parse(MAIL)

    assert trouble.value.reason == "time"
    assert pool.parse(MAIL).subject == "No sound"
    pool.close()


def test_a_mail_that_takes_too_much_memory_is_given_up() -> None:
    pool = Pool(most=1, memory=100 * 1024 * 1024)

    with pytest.raises(Unreadable) as trouble:
        pool.parse(MAIL + b"x" * 90_000_000)

    assert trouble.value.reason in ("memory", "crash")
    assert pool.parse(MAIL).subject == "No sound"
    pool.close()


def test_a_child_that_died_between_mails_is_replaced_without_a_word(pool: Pool) -> None:
    pool.parse(MAIL)
    os.kill(the_child(pool).process.pid, signal.SIGKILL)

    assert pool.parse(MAIL).subject == "No sound"


def test_many_threads_share_few_children() -> None:
    pool = Pool(most=2)
    subjects: list[str] = []
    threads = [threading.Thread(target=lambda: subjects.append(pool.parse(MAIL).subject)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert subjects == ["No sound"] * 12
    assert len(pool._all) <= 2
    pool.close()


def test_a_fifty_megabyte_mail_passes() -> None:
    content = b"Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n" + (b"QUJD" * 19 + b"\n") * 650_000

    assert isolated.parse_safely(content).attachments[0].size == 37_050_000


def test_children_know_no_secrets_and_load_nothing_but_the_parser(pool: Pool) -> None:
    pool.parse(MAIL)
    process = the_child(pool).process.pid
    with open(f"/proc/{process}/environ", "rb") as environment, open(f"/proc/{process}/maps") as maps:
        assert environment.read().strip(b"\0") in (b"", b"LC_CTYPE=C.UTF-8")
        assert "site-packages" not in maps.read()


def test_children_die_with_their_parent() -> None:
    code = (
        "import sys, os; sys.path.insert(0, sys.argv[1]);"
        "from otklik.adapters.email.parse import isolated;"
        "isolated.parse_safely(b'Subject: x\\n\\n');"
        "print(next(iter(isolated._current._all)).process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    parent = subprocess.run(
        [sys.executable, "-c", code, isolated._ROOT], capture_output=True, text=True, check=False, timeout=30
    )
    child = int(parent.stdout)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and _runs(child):
        time.sleep(0.02)

    assert not _runs(child)


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
