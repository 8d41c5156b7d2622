"""`otklik mail` as scripts and people use it: counts on standard output, progress beside it, quarantine in hand."""

import json
import mailbox
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from otklik.adapters.email.tests.conftest import mail
from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from tests.mail.program import Program, until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def support(line_one: Team) -> Channel:
    return Channel.objects.create(kind="email", address="support@desk.test", team=line_one)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """An .eml, one that is none, an mbox of two and a Maildir of one, below one folder."""
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "1.eml").write_bytes(mail(Message_ID="<1@x.test>"))
    (folder / "2.eml").write_bytes(b"\x89PNG no mail at all")
    box = mailbox.mbox(folder / "3.mbox")
    for number in (3, 4):
        box.add(mail(Message_ID=f"<{number}@x.test>"))
    box.close()
    mailbox.Maildir(folder / "5").add(mail(Message_ID="<5@x.test>"))
    return folder


class Run:
    """One `otklik mail …` on the database of the tests."""

    def __init__(self, folder: Path, *words: object) -> None:
        environment = Program(folder, "mail").environment
        command = [sys.executable, "-m", "otklik", "mail", *map(str, words)]
        done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=120)
        self.code, self.raw, self.err = done.returncode, done.stdout, done.stderr.decode()

    @property
    def told(self) -> Any:
        return json.loads(self.raw)


def test_counts_are_the_only_output_and_the_second_time_everything_is_known(tmp_path: Path, letters: Path) -> None:
    first, again = (Run(tmp_path, "import", letters, "--json") for _ in range(2))

    counts = {name: value for name, value in first.told.items() if isinstance(value, int) and value}
    assert counts == {"read": 5, "tickets_created": 4, "quarantined": 1}
    (kept,) = first.told["quarantine"]
    assert kept["file"] == "2.eml" and kept["reason"] and Inbound.objects.quarantined().get().pk == kept["id"]
    assert "5 of 5 messages" in first.err and (first.code, again.code) == (0, 0)
    assert (again.told["read"], again.told["duplicates"], again.told["tickets_created"]) == (5, 5, 0)
    assert Ticket.objects.count() == 4 and not Outbound.objects.exists()


def test_people_get_the_same_in_lines(tmp_path: Path, letters: Path) -> None:
    out = Run(tmp_path, "import", letters).raw.decode()

    assert "tickets created    4" in out and "in quarantine" in out and "2.eml" in out


def test_a_path_that_is_not_there_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    run = Run(tmp_path, "import", tmp_path / "nothing")

    assert run.code == 2 and "nothing" in run.err and "Traceback" not in run.err


def test_what_is_in_quarantine_can_be_listed_seen_and_read_again(tmp_path: Path, letters: Path) -> None:
    """MAIL-3: `reprocess` after a fix."""
    Run(tmp_path, "import", letters)

    (row,) = Run(tmp_path, "quarantine", "--json").told
    assert Run(tmp_path, "quarantine", "show", row["id"]).raw == (letters / "2.eml").read_bytes()
    assert Run(tmp_path, "reprocess", row["id"], "--json").told == {"released": 1, "read": 1, "quarantined": []}
    assert Run(tmp_path, "quarantine", "--json").told == []
    assert Ticket.objects.count() == 5 and Inbound.objects.filter(state="read").count() == 5


def test_MAIL_1_an_import_that_was_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number}.eml").write_bytes(mail(f"письмо {number}", Message_ID=f"<{number}@x.test>"))
    command = [sys.executable, "-m", "otklik", "mail", "import", str(folder)]
    killed = subprocess.Popen(command, env=Program(tmp_path, "mail").environment, stderr=subprocess.DEVNULL)
    until(lambda: Inbound.objects.count() > 60, "the import is in the middle")
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert Inbound.objects.count() < 300

    told = Run(tmp_path, "import", folder, "--json").told

    assert told["read"] == 300 and told["quarantined"] == told["waiting"] == 0
    read = Counter(Message.objects.filter(direction="in").values_list("external_id", flat=True))
    assert len(read) == 300 and set(read.values()) == {1}
    assert Ticket.objects.count() == 300
