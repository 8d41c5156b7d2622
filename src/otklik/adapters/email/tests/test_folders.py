"""Folders of a mailbox: several at once, what becomes of a message there, a large one in pieces."""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from otklik.adapters.email.doctor import examine
from otklik.adapters.email.imap import fetching, watching
from otklik.adapters.email.imap import session as sessions
from otklik.adapters.email.imap.fetching import BATCH, BATCH_BYTES, in_batches, read_new
from otklik.adapters.email.imap.session import Listed, Refused, Session
from otklik.adapters.email.models import AfterReading, Folder, Mailbox
from otklik.adapters.email.tests.fakeimap import FakeImap
from otklik.adapters.email.tests.test_fetching import connect, ids, letter, until
from otklik.adapters.email.words import Trouble
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound

pytestmark = pytest.mark.django_db


@pytest.fixture
def imap() -> Iterator[FakeImap]:
    server = FakeImap(folders=("INBOX", "Sales", "Done"))
    yield server
    server.close()


@pytest.fixture
def box(mailbox: Mailbox, imap: FakeImap) -> Mailbox:
    return connect(mailbox, imap)


def sources() -> list[str]:
    return list(Inbound.objects.order_by("id").values_list("source", flat=True))


def test_several_folders_are_read_each_from_where_it_was_left(box: Mailbox, imap: FakeImap) -> None:
    box.imap_folders = ["INBOX", "Sales"]
    box.configured()
    imap.add(letter(1))
    imap.add(letter(2), "Sales")

    assert box.fetch() == 2 and sources() == ["imap:Sales/2", "imap:INBOX/1"]
    imap.add(letter(3), "Sales")
    assert box.fetch() == 1 and sources()[-1] == "imap:Sales/3"
    assert {folder.name: folder.last_uid for folder in box.folders.all()} == {"INBOX": 1, "Sales": 3}


def test_the_same_letter_in_two_folders_comes_once(box: Mailbox, imap: FakeImap) -> None:
    box.imap_folders = ["INBOX", "Sales"]
    box.configured()
    imap.add(letter(1))
    imap.add(letter(1), "Sales")

    assert box.fetch() == 1


def test_a_folder_that_is_missing_is_named(box: Mailbox) -> None:
    box.imap_folders = ["INBOX", "Orders"]
    box.save()

    with pytest.raises(Trouble, match=r"Orders.*Sales"):
        box.fetch()
    assert "Orders" in box.check_fetching()


@pytest.mark.django_db(transaction=True)
def test_in_several_folders_the_first_is_waited_for_and_the_others_are_looked_at(box: Mailbox, imap: FakeImap) -> None:
    from otklik.adapters.email.imap.watching import Watch

    box.imap_folders, box.poll_seconds = ["INBOX", "Sales"], 1
    box.configured()
    stop = threading.Event()
    watch = Watch(box.pk, stop)
    thread = threading.Thread(target=watch.run)
    thread.start()
    try:
        until(lambda: imap.logins and Mailbox.objects.get().fetched_at)
        imap.add(letter(1))
        until(lambda: Inbound.objects.count() == 1)
        imap.add(letter(2), "Sales")
        until(lambda: Inbound.objects.count() == 2)
        assert imap.logins == 1
    finally:
        stop.set()
        watch.changed.set()
        thread.join(30)


# -- what becomes of a message -------------------------------------------------------------------------------------


def after_reading(box: Mailbox, what: AfterReading, move_to: str = "") -> None:
    box.after_reading, box.move_to = what, move_to
    box.configured()


def test_left_as_it_is_nothing_is_touched(box: Mailbox, imap: FakeImap) -> None:
    after_reading(box, AfterReading.LEAVE)
    imap.add(letter(1))
    box.fetch()

    assert not imap.mails[0].seen and not {"UID STORE", "UID MOVE", "UID COPY"} & set(imap.commands)


@pytest.mark.parametrize("capabilities", [("MOVE", "UIDPLUS"), ("UIDPLUS",)], ids=["MOVE", "COPY"])
@pytest.mark.parametrize("folder", ["Done", "Готово"], ids=["there", "to be made"])
def test_moved_it_lies_in_the_other_folder(
    box: Mailbox, imap: FakeImap, capabilities: tuple[str, ...], folder: str
) -> None:
    imap.capabilities = capabilities
    after_reading(box, AfterReading.MOVE, folder)
    imap.add(letter(1))
    imap.add(letter(2))

    assert box.fetch() == 2 and imap.mails == []
    (name, moved), *_ = [(name, mails) for name, mails in imap.others.items() if mails]
    assert [mail.raw for mail in moved] == [letter(1), letter(2)]
    assert name == "Done" if folder == "Done" else name.startswith("&")
    assert box.fetch() == 0 and Channel.objects.get().trouble == ""


def test_deleted_it_is_gone_and_ours_only(box: Mailbox, imap: FakeImap) -> None:
    """Not what somebody else marked as deleted."""
    after_reading(box, AfterReading.DELETE)
    box.only_new = True
    box.save()
    imap.add(letter(1), date="01-Jan-2020 00:00:00 +0000", deleted=True)
    box.fetch()
    imap.add(letter(2))

    assert box.fetch() == 1 and [mail.raw for mail in imap.mails] == [letter(1)]


def test_without_uidplus_it_is_only_marked_as_deleted(box: Mailbox, imap: FakeImap) -> None:
    imap.capabilities = ()
    after_reading(box, AfterReading.DELETE)
    imap.add(letter(1))
    box.fetch()

    assert imap.mails[0].deleted


def test_what_is_too_large_stays_where_it_is(box: Mailbox, imap: FakeImap, settings: Any) -> None:
    after_reading(box, AfterReading.DELETE)
    imap.add(letter(1), size=settings.MESSAGE_BYTES + 1)
    box.fetch()

    assert len(imap.mails) == 1 and not imap.mails[0].deleted


def test_a_folder_that_takes_nothing_is_trouble_and_mail_goes_on_coming(box: Mailbox, imap: FakeImap) -> None:
    after_reading(box, AfterReading.MOVE, "Done")
    imap.refuses = "UID COPY"
    imap.add(letter(1))
    imap.add(letter(2))

    assert box.fetch() == 2 and len(imap.mails) == 2
    assert "Done" in Channel.objects.get().trouble

    imap.refuses = ""
    imap.add(letter(3))
    assert box.fetch() == 1
    Mailbox.objects.update(fetched_at=None)
    Mailbox.objects.get().fetch()
    assert Channel.objects.get().trouble == ""


def test_MAIL_2_a_connection_lost_before_the_move_costs_nothing(box: Mailbox, imap: FakeImap) -> None:
    after_reading(box, AfterReading.MOVE, "Done")
    imap.add(letter(1))
    imap.hang_up_before = "UID COPY"
    with pytest.raises(Trouble):
        box.fetch()
    assert ids() == ["1@volga.test"] and len(imap.mails) == 1

    Mailbox.objects.get().fetch()
    assert ids() == ["1@volga.test"] and imap.mails == [] and len(imap.others["Done"]) == 1


# -- a large mailbox -----------------------------------------------------------------------------------------------


def test_a_long_pass_shows_how_far_it_is_stops_and_goes_on(box: Mailbox, imap: FakeImap) -> None:
    for number in range(300):
        imap.add(letter(number), date="01-Jan-2020 00:00:00 +0000")
    batches = iter(range(3))

    with Session(box) as session:
        assert read_new(box, session, lambda: next(batches, None) is None) == 3 * BATCH
    folder = Folder.objects.in_progress(box).get()
    assert (folder.taken, folder.found, folder.last_uid) == (150, 300, 150)
    assert any("150" in str(finding.words) and "300" in str(finding.words) for finding in examine())

    imap.add(letter(300))
    assert box.fetch() == 151 and len(ids()) == 301
    assert not Folder.objects.in_progress(box).exists()


def test_many_messages_cost_few_questions(box: Mailbox, imap: FakeImap) -> None:
    for number in range(120):
        imap.add(letter(number))

    assert box.fetch() == 120 and all(mail.seen for mail in imap.mails)
    assert imap.commands.count("UID FETCH") == 1 + 3 and imap.commands.count("UID STORE") == 3


def test_what_is_large_together_is_fetched_apart(settings: Any) -> None:
    sizes = [1, 2, BATCH_BYTES, 3, settings.MESSAGE_BYTES + 1, 4]
    listed = [Listed(uid, size, None) for uid, size in enumerate(sizes)]

    assert [[one.uid for one in batch] for batch in in_batches(listed)] == [[0, 1], [2], [3], [4], [5]]


def test_one_message_that_the_server_cannot_give_holds_up_only_what_comes_after_it(
    box: Mailbox, imap: FakeImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        imap.add(letter(number))
    read = Session.read

    def broken(session: Session, uids: Sequence[int]) -> dict[int, bytes]:
        if 4 in uids:
            raise Refused("cannot be read")
        return read(session, uids)

    monkeypatch.setattr(Session, "read", broken)
    with pytest.raises(Trouble):
        box.fetch()

    assert ids() == [f"{number}@volga.test" for number in range(3)]
    assert [mail.seen for mail in imap.mails] == [True, True, True, False, False]


@pytest.mark.parametrize(
    "data",
    [
        [(b"1 (UID 7 BODY[] {3}", b"one"), b")", (b"2 (UID 9 BODY[] {3}", b"two"), b")"],
        [(b"1 (BODY[] {3}", b"one"), b" UID 7)", (b"2 (BODY[] {3}", b"two"), b" FLAGS () UID 9)"],
        [b"3 (FLAGS (Seen) UID 3)", (b"1 (UID 7 BODY[] {3}", b"one"), b")", (b"2 (UID 9 BODY[] {3}", b"two"), b")"],
    ],
    ids=["before", "behind", "with news of another"],
)
def test_the_number_of_a_message_stands_before_or_behind_it(data: list[Any]) -> None:
    assert sessions._bodies(data) == {7: b"one", 9: b"two"}


def test_old_mail_waits_for_those_who_read_it_and_new_mail_does_not(box: Mailbox, imap: FakeImap) -> None:
    for number in range(120):
        imap.add(letter(number), date="01-Jan-2020 00:00:00 +0000")
    asked: list[int] = []

    with Session(box) as session:
        read_new(box, session, hold=lambda: asked.append(Inbound.objects.count()))
        imap.add(letter(121))
    box.fetch()

    assert asked == [0, 50, 100]


def test_a_reader_of_mailboxes_is_not_far_ahead(box: Mailbox, imap: FakeImap, monkeypatch: pytest.MonkeyPatch) -> None:
    """New mail is read in its turn; it must not wait behind thousands of old letters."""
    monkeypatch.setattr(watching, "AHEAD", 10)
    monkeypatch.setattr(watching, "STEP", 0.01)
    for number in range(11):
        imap.add(letter(number))
    box.fetch()
    watch = watching.Watch(box.pk, threading.Event())
    monkeypatch.setattr(watch, "pause", lambda seconds: inbox.work_one())

    assert not watch._holds()

    assert Inbound.objects.waiting().count() == 10


OLD = "01-Jan-2020 00:00:00 +0000"


def order() -> list[int]:
    """The numbers of the letters as they came to us."""
    return [int(one.partition("@")[0]) for one in ids()]


def after_batches(many: int) -> Callable[[], bool]:
    """As `ended()`: stops before the next one."""
    batches = iter(range(many))
    return lambda: next(batches, None) is None


def test_new_mail_comes_before_the_old_mail_that_is_left(box: Mailbox, imap: FakeImap) -> None:
    for number in range(120):
        imap.add(letter(number), date=OLD)
    with Session(box) as session:
        read_new(box, session, after_batches(1))
    imap.add(letter(500))
    imap.add(letter(501))
    with Session(Mailbox.objects.get()) as session:
        read_new(box, session, after_batches(2))
        folder = Folder.objects.get()
        assert order() == [*range(50), 500, 501, *range(50, 100)]
        assert (folder.last_uid, folder.ahead_uid) == (100, 122)

    imap.add(letter(502))
    assert Mailbox.objects.get().fetch() == 21 and order()[102:] == [502, *range(100, 120)]
    folder.refresh_from_db()
    assert (folder.last_uid, folder.ahead_uid, folder.found) == (123, 0, 0)
    assert Mailbox.objects.get().fetch() == 0


@pytest.mark.parametrize("folder", ["INBOX", "Sales"])
def test_what_comes_in_the_midst_of_old_mail_waits_for_one_batch_of_it(
    box: Mailbox, imap: FakeImap, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder that is read, of which the server tells, or in another one, which is looked at."""
    monkeypatch.setattr(fetching, "LOOK", 0.0 if folder == "INBOX" else 600.0)
    box.imap_folders = ["INBOX", "Sales"]
    box.configured()
    for number in range(200):
        imap.add(letter(number), "Sales", date=OLD)
    asked = iter(range(100))
    imap.on_fetch = lambda: imap.add(letter(500), folder) if next(asked) == 1 else None

    box.fetch()

    assert order() == [*range(100), 500, *range(100, 200)]
    assert box.folders.get(name="Sales").last_uid >= 200


def test_while_readers_are_behind_new_mail_is_taken_in_all_the_same(box: Mailbox, imap: FakeImap) -> None:
    for number in range(100):
        imap.add(letter(number), date=OLD)
    held = iter([True, True, False, False])

    def hold() -> bool:
        if (answer := next(held)) and len(imap.mails) == 100:
            imap.add(letter(500))
        return answer

    with Session(box) as session:
        read_new(box, session, hold=hold)
    assert order() == [500, *range(100)]


def test_numbered_anew_in_the_midst_of_old_mail_everything_comes_once(box: Mailbox, imap: FakeImap) -> None:
    """The folder is opened again after another one was looked at."""
    box.imap_folders = ["INBOX", "Sales"]
    box.configured()
    for number in range(100):
        imap.add(letter(number), date=OLD)
    held = iter([True])

    def hold() -> bool:
        if next(held, False):
            imap.renumber()
            return True
        return False

    with Session(box) as session:
        read_new(box, session, hold=hold)
    assert sorted(order()) == [*range(100)] and box.folders.get(name="INBOX").last_uid == 199


def test_a_reader_that_is_far_ahead_looks_for_new_mail_while_it_waits(
    box: Mailbox, imap: FakeImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "AHEAD", 0)
    monkeypatch.setattr(watching, "LOOK", 0.02)
    monkeypatch.setattr(watching, "STEP", 0.01)
    monkeypatch.setattr(watching, "STEP_PATIENCE", 0.1)
    imap.add(letter(1))
    box.fetch()
    watch = watching.Watch(box.pk, threading.Event())

    answers = [watch._holds() for _ in range(20)]
    assert answers[0] and False in answers, "for a while only"


def test_reading_that_was_stopped_is_left_alone_until_it_is_resumed(box: Mailbox) -> None:
    box.stop_reading()
    assert not Mailbox.objects.fetched().exists()

    box.resume_reading()
    assert Mailbox.objects.fetched().exists()


def test_a_folder_is_listed_in_stretches_that_fit_a_line(
    box: Mailbox, imap: FakeImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "STRETCH", 10)
    for number in range(35):
        imap.add(letter(number))

    assert box.fetch() == 35 and imap.commands.count("UID SEARCH") == 4
