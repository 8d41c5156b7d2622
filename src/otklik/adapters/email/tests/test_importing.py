"""Mail comes in from files: once, completely, and without writing to anybody."""

import mailbox as boxes
import os
from pathlib import Path

import pytest

from otklik.adapters.email.importer import NoChannel, import_path
from otklik.adapters.email.importer.mbox import letters
from otklik.adapters.email.importer.sources import files_of, is_mail
from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.tests.conftest import SUPPORT, Take, mail
from otklik.core.staff.models import Team
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def letter(number: int, **headers: str) -> bytes:
    return mail(f"письмо {number}", Message_ID=f"<{number}@volga.test>", **headers)


@pytest.fixture
def folder(tmp_path: Path, mailbox: Mailbox) -> Path:
    for number in range(3):
        (tmp_path / f"{number}.eml").write_bytes(letter(number))
    return tmp_path


def counts(report: object) -> tuple[int, ...]:
    told = report.as_dict()  # type: ignore[attr-defined]
    names = ("read", "tickets_created", "messages_appended", "duplicates", "quarantined")
    found = tuple(told[name] for name in names)
    assert found[0] == sum(found[1:]) + told["waiting"]
    return found


def test_a_folder_gives_a_ticket_for_each_letter_and_nobody_is_written_to(folder: Path) -> None:
    assert counts(import_path(folder)) == (3, 3, 0, 0, 0)
    assert Ticket.objects.count() == 3 and not Outbound.objects.exists()


def test_the_second_time_everything_is_known(folder: Path) -> None:
    import_path(folder)

    assert counts(import_path(folder)) == (3, 0, 0, 3, 0)
    assert Ticket.objects.count() == 3


def test_what_came_by_mail_before_is_known(folder: Path, take: Take) -> None:
    take(b"Received: from x by y\r\n" + letter(1).replace(b"\n", b"\r\n"))

    assert counts(import_path(folder)) == (3, 2, 0, 1, 0)


def test_receipts_are_sent_when_asked_for(folder: Path) -> None:
    import_path(folder, acknowledge=True)

    assert Outbound.objects.filter(kind="auto").count() == 3


def test_a_conversation_in_files_is_a_conversation_on_the_desk(tmp_path: Path, mailbox: Mailbox) -> None:
    (tmp_path / "1.eml").write_bytes(letter(1))
    (tmp_path / "2.eml").write_bytes(letter(2, In_Reply_To="<1@volga.test>"))
    (tmp_path / "10.eml").write_bytes(letter(10, References="<1@volga.test> <2@volga.test>"))

    assert counts(import_path(tmp_path)) == (3, 1, 2, 0, 0)


def test_a_single_file(folder: Path) -> None:
    assert counts(import_path(folder / "1.eml")) == (1, 1, 0, 0, 0)


def test_an_mbox(tmp_path: Path, mailbox: Mailbox) -> None:
    box = boxes.mbox(tmp_path / "archive")
    for number in range(4):
        box.add(letter(number))
    box.flush()

    assert counts(import_path(tmp_path / "archive")) == (4, 4, 0, 0, 0)
    assert Inbound.objects.order_by("id")[1].source == "import:archive#2"


def test_an_mbox_is_cut_only_where_a_letter_begins() -> None:
    lines = (
        b"From a@b Mon Jan  1 00:00:00 2024\nSubject: one\n\n"
        b"From here on it is text.\n\nFrom me to you\n>From quoted\n\n"
        b"From b@c  Tue Jan  2 00:00:00 2024 +0300\nSubject: two\n\nend\n"
    ).splitlines(keepends=True)

    one, two = letters(lines)
    assert one.endswith(b"From me to you\nFrom quoted\n") and two == b"Subject: two\n\nend\n"


def test_a_maildir_with_folders_inside(tmp_path: Path, mailbox: Mailbox) -> None:
    box = boxes.Maildir(tmp_path / "Maildir", create=True)
    box.add(letter(1))
    seen = boxes.MaildirMessage(letter(2))
    seen.set_subdir("cur")
    box.add(seen)
    box.add_folder("Sent").add(letter(3))
    (tmp_path / "Maildir" / "tmp" / "half").write_bytes(letter(4)[:50])
    (tmp_path / "Maildir" / "dovecot.index.log").write_bytes(b"\x00\x01")

    assert counts(import_path(tmp_path / "Maildir")) == (3, 3, 0, 0, 0)


def test_what_is_no_mail_waits_in_quarantine_and_stops_nothing(folder: Path) -> None:
    (folder / "0.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (folder / "notes.txt").write_text("просто заметки: ничего особенного\n")
    (folder / "data.json").write_text('{"from": "a@b.test"}')

    report = import_path(folder)
    assert counts(report) == (6, 3, 0, 0, 3)
    named = {each["file"]: each["id"] for each in report.quarantine}
    assert set(named) == {"0.png", "notes.txt", "data.json"} and all(each["reason"] for each in report.quarantine)

    Inbound.objects.get(pk=named["notes.txt"]).release()
    inbox.work_all()
    assert Ticket.objects.filter(preview__contains="просто заметки").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_opened_is_listed(folder: Path) -> None:
    (folder / "1.eml").chmod(0)

    assert [each["file"] for each in import_path(folder).unreadable] == ["1.eml"]


def test_a_link_to_nowhere_is_listed_and_stops_nothing(folder: Path) -> None:
    (folder / "broken.eml").symlink_to(folder / "nowhere")

    report = import_path(folder)
    assert counts(report) == (3, 3, 0, 0, 0)
    assert [each["file"] for each in report.unreadable] == ["broken.eml"]


def test_machines_are_counted_by_kind(tmp_path: Path, mailbox: Mailbox) -> None:
    (tmp_path / "a.eml").write_bytes(mail(Subject="Out of office", Auto_Submitted="auto-replied"))

    told = import_path(tmp_path).as_dict()
    assert (told["tickets_created"], told["automatic"], told["automatic_kinds"]) == (1, 1, {"auto_reply": 1})


def test_the_mailbox_can_be_chosen(folder: Path, line_two: Team) -> None:
    Channel.objects.create(kind="email", address="sales@desk.test", team=line_two)

    import_path(folder, channel="Sales@desk.test")
    assert {ticket.team for ticket in Ticket.objects.all()} == {line_two}
    with pytest.raises(NoChannel, match="nobody"):
        import_path(folder, channel="nobody@desk.test")


def test_progress_is_told_for_every_letter(folder: Path) -> None:
    told = list[tuple[int, int | None]]()

    import_path(folder, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3), (3, 3)]


def test_files_are_taken_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("10", "9", "1a", "1"):
        (tmp_path / name).touch()

    assert [file.name for file in files_of(tmp_path)] == ["1", "1a", "9", "10"]


@pytest.mark.parametrize(
    ("raw", "mail"),
    [
        (b"From: a@b\n\nx", True),
        (b"\n\nReceived: x\n\tby y\nFrom: a\n\n", True),
        (b"\xef\xbb\xbfSubject: x\r\n\r\n", True),
        (b"Subject: mac\rFrom: a\r\rtext", True),
        (b"Date : Mon\n\n", True),
        (b'{"baseline": {"a": "From: x"}}', False),
        (b"Hello: world\n\nFrom: x", False),
        (b'x\x9f>"3\x0f\x01', False),
        (b"", False),
    ],
)
def test_what_looks_like_a_mail(raw: bytes, mail: bool) -> None:
    assert is_mail(raw) is mail


def test_letters_are_taken_for_the_mailbox_itself(folder: Path) -> None:
    import_path(folder)

    assert Inbound.objects.first().envelope_to == [SUPPORT]  # type: ignore[union-attr]
