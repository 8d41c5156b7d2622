"""Mail is fetched by IMAP: in order, stored before it is marked, whatever happens in between."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.db import DatabaseError

from otklik.adapters.email.imap import fetching
from otklik.adapters.email.imap.fetcher import fetcher
from otklik.adapters.email.imap.session import Session
from otklik.adapters.email.models import Delivery, Mailbox, Security
from otklik.adapters.email.tests.conftest import mail
from otklik.adapters.email.tests.fakeimap import FakeImap
from otklik.adapters.email.words import Trouble
from otklik.core.staff.models import Team
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def imap() -> Iterator[FakeImap]:
    server = FakeImap()
    yield server
    server.close()


@pytest.fixture
def box(mailbox: Mailbox, imap: FakeImap) -> Mailbox:
    return connect(mailbox, imap)


def connect(mailbox: Mailbox, imap: FakeImap) -> Mailbox:
    mailbox.fetches, mailbox.only_new = True, False
    mailbox.imap_host, mailbox.imap_port, mailbox.imap_security = "127.0.0.1", imap.port, Security.NONE
    mailbox.imap_login, mailbox.imap_password = "support", "secret"
    mailbox.configured()
    return mailbox


def letter(number: int, text: str = "Добрый день") -> bytes:
    return mail(text, Message_ID=f"<{number}@volga.test>")


def ids() -> list[str]:
    return list(Inbound.objects.order_by("id").values_list("external_id", flat=True))


def test_new_mail_is_stored_in_order_and_marked_as_seen(box: Mailbox, imap: FakeImap) -> None:
    for number in range(5):
        imap.add(letter(number))

    assert box.fetch() == 5
    assert ids() == [f"{number}@volga.test" for number in range(5)]
    assert all(stored.seen for stored in imap.mails)
    row = Inbound.objects.first()
    assert row and row.envelope_to == ["support@desk.test"] and row.source == "imap:INBOX/1"


def test_only_what_is_new_is_read_the_next_time_whatever_its_flags(box: Mailbox, imap: FakeImap) -> None:
    imap.add(letter(1))
    box.fetch()
    imap.add(letter(2), seen=True)

    assert box.fetch() == 1 and box.fetch() == 0
    assert imap.commands.count("UID FETCH") == 4


def test_MAIL_2_a_connection_lost_before_the_mark_costs_nothing(box: Mailbox, imap: FakeImap) -> None:
    for number in range(3):
        imap.add(letter(number))
    imap.hang_up_before = "UID STORE"

    with pytest.raises(Trouble):
        box.fetch()
    assert len(ids()) == 3 and not any(stored.seen for stored in imap.mails)

    assert Mailbox.objects.get().fetch() == 0
    assert len(ids()) == 3 and all(stored.seen for stored in imap.mails)


def test_MAIL_2_nothing_is_marked_before_it_is_stored(
    box: Mailbox, imap: FakeImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MAIL-4 too: the database fails, the mail stays unseen and is fetched later."""
    imap.add(letter(1))

    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("no space left")

    with monkeypatch.context() as context:
        context.setattr(fetching.inbox, "accept", broken)
        with pytest.raises(DatabaseError):
            box.fetch()
    assert not imap.mails[0].seen

    assert Mailbox.objects.get().fetch() == 1 and imap.mails[0].seen


def test_MAIL_2_a_folder_that_was_numbered_anew_gives_every_mail_once(box: Mailbox, imap: FakeImap) -> None:
    for number in range(3):
        imap.add(letter(number))
    box.fetch()
    imap.renumber()
    imap.add(letter(3))

    assert box.fetch() == 1 and len(ids()) == 4


def test_what_lay_there_before_is_left_alone(box: Mailbox, imap: FakeImap) -> None:
    box.only_new = True
    box.configured()
    imap.add(letter(1), date="01-Jan-2020 00:00:00 +0000")

    assert box.fetch() == 0
    imap.add(letter(2))
    assert box.fetch() == 1 and ids() == ["2@volga.test"] and not imap.mails[0].seen

    imap.renumber()
    assert box.fetch() == 0 and ids() == ["2@volga.test"]


def test_old_mail_that_is_taken_in_is_not_answered_and_new_mail_is(box: Mailbox, imap: FakeImap) -> None:
    imap.add(letter(1), date="01-Jan-2020 00:00:00 +0000")
    box.fetch()
    imap.add(letter(2))
    box.fetch()
    inbox.work_all()

    assert Ticket.objects.count() == 2
    (receipt,) = Outbound.objects.filter(kind="auto")
    assert receipt.message.conversation.messages.filter(external_id="2@volga.test").exists()


def test_a_mail_that_is_too_large_is_shown_in_quarantine_and_stays_unread(
    box: Mailbox, imap: FakeImap, settings: Any
) -> None:
    imap.add(letter(1), size=settings.MESSAGE_BYTES + 1)
    imap.add(letter(2))

    assert box.fetch() == 2
    large, small = Inbound.objects.order_by("id")
    assert large.state == Inbound.State.QUARANTINED and "30" in large.reason and "INBOX" in large.reason
    assert b"Message-ID: <1@volga.test>" in bytes(large.raw) and not imap.mails[0].seen
    assert small.state == Inbound.State.ACCEPTED and box.fetch() == 0


@pytest.mark.parametrize("command", ["UID FETCH", "UID SEARCH"])
def test_MAIL_2_what_the_server_refuses_to_give_now_is_fetched_later(
    box: Mailbox, imap: FakeImap, command: str
) -> None:
    """A NO is no sign that the message is gone."""
    imap.add(letter(1))
    imap.refuses = command
    with pytest.raises(Trouble, match="not here"):
        box.fetch()

    imap.refuses = ""
    assert Mailbox.objects.get().fetch() == 1


def test_MAIL_2_a_message_that_the_server_cannot_read_now_is_not_passed_over(
    box: Mailbox, imap: FakeImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    imap.add(letter(1))
    with monkeypatch.context() as context:
        context.setattr(fetching.Reading, "_take", _refused_from_now_on(imap))
        with pytest.raises(Trouble):
            box.fetch()
    imap.refuses = ""
    imap.add(letter(2))

    assert Mailbox.objects.get().fetch() == 2


def _refused_from_now_on(imap: FakeImap) -> Callable[..., int]:
    take = fetching.Reading._take

    def taken(reading: fetching.Reading, batch: Any) -> int:
        imap.refuses = "UID FETCH"
        return take(reading, batch)

    return taken


def test_MAIL_2_a_message_that_comes_without_its_content_is_not_taken_for_gone(
    box: Mailbox, imap: FakeImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some servers say OK and give nothing (BODY[] NIL) while a message is broken or being moved there."""
    for number in range(3):
        imap.add(letter(number))
    bodies = Session._bodies

    def without_the_second(session: Session, uids: Sequence[int], part: str) -> dict[int, bytes]:
        return {uid: raw for uid, raw in bodies(session, uids, part).items() if uid != 2}

    with monkeypatch.context() as context:
        context.setattr(Session, "_bodies", without_the_second)
        with pytest.raises(Trouble, match=r"2 .*INBOX"):
            box.fetch()
    assert ids() == ["0@volga.test"]

    assert Mailbox.objects.get().fetch() == 2 and len(ids()) == 3


def test_a_message_that_vanished_is_passed_over(box: Mailbox, imap: FakeImap) -> None:
    imap.add(letter(1))
    imap.add(letter(2))
    imap.on_fetch = lambda: imap.mails.__delitem__(slice(1, 2))

    assert box.fetch() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"imap_password": "wrong"}, "wrong password"),
        ({"imap_host": "no-such-host.invalid"}, "no-such-host.invalid"),
        ({"imap_port": 1}, "127.0.0.1:1"),
        ({"imap_security": Security.TLS}, "127.0.0.1"),
        ({"imap_security": Security.STARTTLS}, "127.0.0.1"),
        ({"imap_folders": ["Заявки"]}, "INBOX"),
        ({"imap_password": "пароль"}, "wrong password"),
    ],
    ids=["password", "host", "port", "TLS", "STARTTLS", "folder", "letters of a password"],
)
def test_a_mailbox_that_cannot_be_read_says_why(
    box: Mailbox, imap: FakeImap, change: dict[str, Any], words: str
) -> None:
    for name, value in change.items():
        setattr(box, name, value)
    box.save()

    with pytest.raises(Trouble):
        box.fetch()

    channel = Channel.objects.get()
    assert words in channel.trouble and channel.trouble and channel.trouble_since
    assert box.try_out()[0] == channel.trouble


def test_pauses_grow_to_an_hour_and_success_ends_the_trouble(box: Mailbox, imap: FakeImap) -> None:
    box.imap_password = "wrong"
    pauses = []
    for _ in range(9):
        with pytest.raises(Trouble):
            box.fetch()
        assert box.next_try_at and box.failed_at
        pauses.append(round((box.next_try_at - box.failed_at).total_seconds()))
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]

    box.imap_password = "secret"
    box.configured()
    box.fetch()
    assert Channel.objects.get().trouble == "" and Mailbox.objects.get().failures == 0


def test_a_changed_secret_key_asks_for_the_password_again(box: Mailbox, settings: Any) -> None:
    settings.SECRET_KEY = "another key " * 8

    with pytest.raises(Trouble, match=r"password|пароль"):
        box.fetch()


# -- the threads ------------------------------------------------------------------------------------------------


@pytest.fixture
def running(transactional_db: None) -> Iterator[Callable[[], None]]:
    """`running()` starts the fetcher; it is stopped at the end of the test."""
    stop, threads = threading.Event(), list[threading.Thread]()

    def start() -> None:
        threads.append(threading.Thread(target=fetcher().run, args=(stop,), daemon=True))
        threads[-1].start()

    yield start
    stop.set()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


def until(true: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.mark.parametrize("idles", [True, False], ids=["IDLE", "polling"])
def test_a_new_mail_is_here_soon(running: Callable[[], None], box: Mailbox, imap: FakeImap, idles: bool) -> None:
    imap.idles = idles
    box.poll_seconds = 600 if idles else 1
    box.configured()
    running()
    until(lambda: imap.logins and Mailbox.objects.get().fetched_at)

    imap.add(letter(1))

    until(lambda: Inbound.objects.count() == 1)
    assert imap.logins == 1


def test_a_mail_that_comes_while_another_is_read_does_not_wait_for_the_next(
    running: Callable[[], None], box: Mailbox, imap: FakeImap
) -> None:
    """The server tells of it in the answer to FETCH, and in IDLE no more."""
    late = iter([letter(2)])
    imap.on_fetch = lambda: [imap.add(raw) for raw in late]
    imap.add(letter(1))
    running()

    until(lambda: Inbound.objects.count() == 2)


def test_news_in_one_packet_with_the_word_to_wait_are_heard(
    running: Callable[[], None], box: Mailbox, imap: FakeImap
) -> None:
    """The line is in our buffer then, and the socket stays silent."""
    late = iter([letter(1)])
    imap.on_idle = lambda: [imap.add(raw) for raw in late]
    running()

    until(lambda: Inbound.objects.count() == 1)


def test_a_mailbox_in_trouble_takes_nothing_from_the_others(
    running: Callable[[], None], box: Mailbox, imap: FakeImap, line_two: Team
) -> None:
    other = FakeImap(password="other")
    channel = Channel.objects.create(kind="email", address="sales@desk.test", team=line_two)
    connect(Mailbox(channel=channel, delivery=Delivery.VIEWER), other)
    imap.add(letter(1))
    running()

    until(lambda: Inbound.objects.count() == 1)
    until(lambda: Channel.objects.get(pk=channel.pk).trouble)
    assert Channel.objects.get(pk=box.channel_id).trouble == ""
    tries = other.logins
    imap.add(letter(2))
    until(lambda: Inbound.objects.count() == 2)
    assert other.logins == tries, "it should be left alone for half a minute"

    repaired = Mailbox.objects.get(channel=channel)
    repaired.imap_password = "other"
    repaired.configured()
    until(lambda: not Channel.objects.get(pk=channel.pk).trouble)
    other.close()


def test_a_lost_connection_is_made_again(running: Callable[[], None], box: Mailbox, imap: FakeImap) -> None:
    running()
    until(lambda: imap.logins == 1)
    Mailbox.objects.update(next_try_at=None)
    imap.add(letter(1))
    until(lambda: Inbound.objects.count() == 1)

    for line in imap.lines:
        line.shutdown(2)
    imap.add(letter(2))
    until(lambda: Channel.objects.get().trouble)
    Mailbox.objects.get().configured()

    until(lambda: Inbound.objects.count() == 2)


def test_two_processes_do_not_read_the_same_mailbox(running: Callable[[], None], box: Mailbox, imap: FakeImap) -> None:
    running()
    until(lambda: imap.logins == 1)
    running()
    imap.add(letter(1))

    until(lambda: Inbound.objects.count() == 1)
    assert imap.logins == 1


def test_a_mailbox_that_is_switched_off_is_left(running: Callable[[], None], box: Mailbox, imap: FakeImap) -> None:
    running()
    until(lambda: imap.logins == 1)
    Channel.objects.update(is_active=False)

    until(lambda: "LOGOUT" in imap.commands)
