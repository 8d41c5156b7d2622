"""From the moment to the letter at a real server: to whom, what, once, and what the history says."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from aiosmtpd.controller import Controller

from otklik.core.audit.models import Line
from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Organisation, User
from otklik.desk.tickets.steps import Resolve
from otklik.team.boards.models import Board, Form, Shared
from otklik.team.reports import sending
from otklik.team.reports.models import Reader, Report, Sending, State, Subject
from otklik.team.reports.moments import Every
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=MOSCOW)


class Postman:
    """Keeps what it is given, by the address it goes to."""

    def __init__(self) -> None:
        self.letters: dict[str, Any] = {}

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        (to,) = envelope.rcpt_tos
        self.letters[to] = message_from_bytes(envelope.content, policy=policy.default)
        return "250 OK"


@pytest.fixture
def postman(settings: Any) -> Iterator[Postman]:
    keeper = Postman()
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    server = Controller(keeper, hostname="127.0.0.1", port=port)
    server.start()
    options = {"host": "127.0.0.1", "port": port, "use_tls": False, "use_ssl": False}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    yield keeper
    server.stop()


@pytest.fixture
def week(writes: Write, anna: User) -> None:
    """Seven requests of the week before, solved after some hours."""
    organisation = Organisation.objects.own_copy()
    organisation.site_url = "https://desk.example"
    organisation.save()
    for number in range(7):
        with clock.at(MONDAY - timedelta(days=4)):
            ticket = writes(sender=f"client{number}@volga.test", subject=f"Вопрос {number}")
        with clock.at(MONDAY - timedelta(days=4) + timedelta(hours=number + 1)):
            ticket.reply("Готово", by=anna, then=Resolve())
    writes(sender="late@volga.test", subject='#read("/etc/passwd") <b>жирно</b>')
    count_facts()


def weekly(by: User, *readers: User, **told: Any) -> Report:
    with clock.at(MONDAY - timedelta(days=2)):
        return Report.objects.make(readers or [by], by=by, **{"name": "Неделя отдела", **told})


def send_all() -> None:
    Sending.objects.begin_due()
    for pk in Sending.objects.untried():
        sending.send(pk)


def states() -> dict[str, str]:
    return dict(Sending.objects.order_by("pk").values_list("person__login", "state"))


def pictures(letter: Any) -> dict[str, bytes]:
    """By the names that the HTML calls them by."""
    parts = [part for part in letter.walk() if part.get_content_maintype() == "image"]
    return {part["Content-ID"].strip("<>"): part.get_content() for part in parts}


def pages(letter: Any) -> str:
    (file,) = letter.iter_attachments()
    assert file.get_content_type() == "application/pdf"
    document = pypdfium2.PdfDocument(file.get_content())
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.django_db(transaction=True)
def test_each_reader_gets_what_they_may_see_in_their_language(
    week: None, postman: Postman, head: User, boris: User, vera: User
) -> None:
    User.objects.filter(pk=vera.pk).update(language="en")
    board = Board.objects.make(by=head, name="Утро", shared=Shared.EVERYBODY)
    for form, details in ((Form.NUMBER, {}), (Form.COURSE, {}), (Form.HEAT, {}), (Form.TABLE, {"by": "line"})):
        board.add(metric="arrivals", form=form, **details)
    board.add(metric="arrivals", form=Form.SPLIT, by="line")
    weekly(head, head, boris, vera)
    with clock.at(MONDAY + timedelta(minutes=3)):
        send_all()

    assert set(states().values()) == {State.SENT}
    of_head, of_boris, of_vera = (postman.letters[one.email] for one in (head, boris, vera))
    for letter in (of_head, of_boris):
        text, html = (letter.get_body((kind,)).get_content().replace("\u00a0", " ") for kind in ("plain", "html"))
        assert letter["Subject"] == "Неделя отдела"
        assert "23 фев – 1 мар" in text and "7 измерений" in text
        assert "ждут первого ответа" not in text, "of a week that is over this is not known"
        assert "https://desk.example/board/reports/" in text and "/mine/" in text
        assert "7 измерений" in pages(letter)
        assert "http://" not in html and "<script" not in html and "<b>жирно</b>" not in html
        assert pictures(letter)
        for name, content in pictures(letter).items():
            assert f'src="cid:{name}" alt="' in html and content.startswith(b"\x89PNG")
        assert 'alt=""' not in html
    assert "Все линии" in pages(of_head) and "Все линии" not in pages(of_boris)
    told = of_vera.get_body(("plain",)).get_content().replace("\u00a0", " ")
    assert "FIRST ANSWER BY DAY" in told and "7 readings" not in told, "another line, another language"

    report = Report.objects.get()
    report.change([head, boris], subject=Subject.BOARD, board=board, name="Утро недели")
    Sending.objects.now(report, head)
    with clock.at(MONDAY + timedelta(hours=1)):
        Sending.objects.filter(by_hand=True).update(moment=MONDAY + timedelta(hours=1))
        send_all()
    told = pages(postman.letters[head.email])
    assert "Утро недели" in told and "Первая линия" in told and "7 измерений" in told
    assert len(pictures(postman.letters[head.email])) == 3, "a course, hours and bars"


def test_once_for_a_moment_and_once_after_a_standstill(postman: Postman, head: User) -> None:
    report = weekly(head)
    with clock.at(MONDAY):
        send_all()
        send_all()
    with clock.at(MONDAY + timedelta(weeks=3, hours=5)):
        send_all()
        send_all()

    assert list(report.sendings.order_by("pk").values_list("moment", flat=True)) == [
        MONDAY,
        MONDAY + timedelta(weeks=3),
    ]
    assert Report.objects.get().next_at == MONDAY + timedelta(weeks=4)


def test_only_one_takes_a_letter_that_waits(head: User) -> None:
    row = Sending.objects.now(weekly(head), head)
    assert Sending.objects.begin(row.pk) and Sending.objects.begin(row.pk) is None


def test_who_does_not_want_it_or_works_here_no_more_gets_none(
    postman: Postman, head: User, boris: User, anna: User, vera: User
) -> None:
    report = weekly(head, head, boris, anna, vera)
    Reader.objects.get(person=boris).want(it=False)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    User.objects.filter(pk=vera.pk).update(email="")
    with clock.at(MONDAY):
        send_all()

    assert states() == {head.login: State.SENT, vera.login: State.SKIPPED}
    assert "адрес" in Sending.objects.get(person=vera).why

    report.change([head, boris])
    assert Reader.objects.get(person=boris).stopped_at, "to be chosen again is not to want it again"
    report.switch(on=False)
    with clock.at(MONDAY + timedelta(weeks=1)):
        send_all()
    assert report.sendings.count() == 2


def test_a_board_may_be_closed_again(postman: Postman, head: User, boris: User) -> None:
    board = Board.objects.make(by=head, name="Утро", shared=Shared.EVERYBODY)
    weekly(head, head, boris, subject=Subject.BOARD, board=board)
    board.change(by=head, shared=Shared.NOBODY)
    with clock.at(MONDAY):
        send_all()
    assert states() == {head.login: State.SENT, boris.login: State.SKIPPED}
    assert "доск" in Sending.objects.get(person=boris).why.lower()


def test_a_server_that_does_not_answer_is_tried_again_and_then_told(head: User, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    options = {"host": "127.0.0.1", "port": port, "use_tls": False, "use_ssl": False, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    row = Sending.objects.now(weekly(head), head)
    for _number in range(sending.TRIES - 1):
        with pytest.raises(sending.NotNow):
            sending.send(row.pk)
    assert Sending.objects.get().state == State.WAITING
    sending.send(row.pk)
    row.refresh_from_db()
    assert (row.state, row.tries) == (State.FAILED, sending.TRIES) and row.why


def test_what_broke_off_is_unclear_and_not_sent_again(postman: Postman, head: User) -> None:
    row = Sending.objects.now(weekly(head), head)
    Sending.objects.begin(row.pk)
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert Sending.objects.find_lost() == 1
        send_all()
    assert Sending.objects.get(pk=row.pk).state == State.UNCERTAIN


def test_the_history_goes_back_a_year_and_a_month(head: User) -> None:
    report = weekly(head)
    for days in (399, 401):
        with clock.at(clock.now() - timedelta(days=days)):
            Sending.objects.now(report, head).end(State.SENT)
    Sending.objects.forget_old()
    assert Sending.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": " "}, "name"),
        ({"subject": Subject.BOARD, "board": None}, "board"),
    ],
)
def test_what_makes_no_sense_is_refused(head: User, told: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        weekly(head, **told)
    assert refused.value.field == field


def test_nobody_is_sent_a_board_that_they_do_not_see(head: User, boris: User) -> None:
    board = Board.objects.make(by=head, name="Моё")
    with pytest.raises(Refused, match=boris.name):
        weekly(head, head, boris, subject=Subject.BOARD, board=board)
    with pytest.raises(Refused):
        Report.objects.make([], by=head, name="Никому")


def test_a_daily_one_goes_by_the_working_days_of_the_lines(head: User, line_one: Any) -> None:
    report = weekly(head, every=Every.DAY)
    assert report.next_at and report.next_at > MONDAY - timedelta(days=2)


def test_a_name_is_no_header(postman: Postman, head: User) -> None:
    weekly(head, name="Неделя\r\nBcc: other@example.test")
    with clock.at(MONDAY):
        send_all()
    assert list(postman.letters) == [head.email]
    assert postman.letters[head.email]["Bcc"] is None


def test_a_letter_put_back_is_found_again_when_its_job_died(head: User) -> None:
    row = Sending.objects.now(weekly(head), head)
    row.end(State.WAITING, "сервер молчал")
    assert Sending.objects.untried() == [], "its job tries it again by itself"
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert Sending.objects.untried() == [row.pk]


def test_a_letter_that_waits_is_not_sent_to_who_wants_it_no_more(postman: Postman, head: User, boris: User) -> None:
    report = weekly(head, head, boris)
    with clock.at(MONDAY):
        Sending.objects.begin_due()
        Reader.objects.get(person=boris).want(it=False)
        send_all()
    assert states() == {head.login: State.SENT, boris.login: State.SKIPPED} and list(postman.letters) == [head.email]

    with clock.at(MONDAY + timedelta(weeks=1)):
        Sending.objects.begin_due()
        report.refresh_from_db()
        report.switch(on=False)
        send_all()
    assert set(Sending.objects.filter(moment__gt=MONDAY).values_list("state", flat=True)) == {State.SKIPPED}
    by_hand = Sending.objects.now(report, boris)
    sending.send(by_hand.pk)
    assert Sending.objects.get(pk=by_hand.pk).state == State.SENT, "whoever asks for it gets it"


@pytest.mark.parametrize(
    ("answer", "state"),
    [("554 5.7.1 no", State.FAILED), ("451 4.7.1 later", State.WAITING), ("", State.UNCERTAIN)],
)
def test_what_a_server_says_of_a_letter(
    postman: Postman, head: User, monkeypatch: pytest.MonkeyPatch, answer: str, state: str
) -> None:
    """For good, for now, and nothing: it has the whole letter and ends the talk."""

    async def handle_DATA(self: Postman, server: Any, session: Any, envelope: Any) -> str:
        if not answer:
            server.transport.abort()
        return answer

    monkeypatch.setattr(Postman, "handle_DATA", handle_DATA)
    row = Sending.objects.now(weekly(head), head)
    with suppress(sending.NotNow):
        sending.send(row.pk)
    row.refresh_from_db()
    assert (row.state, row.tries) == (state, 1) and row.why


def test_an_address_that_is_refused_for_good_is_not_tried_again(
    postman: Postman, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def handle_RCPT(self: Postman, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        return "550 5.1.1 no such person"

    monkeypatch.setattr(Postman, "handle_RCPT", handle_RCPT, raising=False)
    row = Sending.objects.now(weekly(head), head)
    sending.send(row.pk)
    row.refresh_from_db()
    assert row.state == State.FAILED and "no such person" in row.why


def test_a_change_of_words_moves_no_moment_and_brings_nothing_back(head: User) -> None:
    report, stale = weekly(head), Report.objects.get()
    with clock.at(MONDAY + timedelta(minutes=2)):
        report.change([head], name="Итоги недели")
        report.switch(on=True)
        assert report.next_at == MONDAY, "the job has not come yet, and finds it due"
        Sending.objects.begin_due()
        stale.change([head], name="Неделя")
        report.refresh_from_db()
        assert report.next_at == MONDAY + timedelta(weeks=1) and report.sendings.count() == 1
        report.switch(on=False)
        stale.change([head], hour=7)
        report.refresh_from_db()
    assert not report.is_on and report.next_at == MONDAY + timedelta(weeks=1, hours=-2)


def test_why_not_is_told_in_the_language_of_the_owner(head: User, boris: User) -> None:
    User.objects.filter(pk=boris.pk).update(language="en", email="")
    row = Sending.objects.now(weekly(head, head, boris), boris)
    sending.send(row.pk)
    row.refresh_from_db()
    assert row.state == State.SKIPPED and "адрес" in row.why


def test_who_gets_figures_leaves_a_line_and_a_run_of_the_job_none(head: User, boris: User) -> None:
    report = weekly(head)
    begun = Line.objects.filter(about="reports.Reader", kind="row.insert").count()
    report.change([head, boris])
    assert (begun, Line.objects.filter(about="reports.Reader", kind="row.insert").count()) == (1, 2)
    lines = Line.objects.count()
    with clock.at(MONDAY):
        Sending.objects.begin_due()
    assert Line.objects.count() == lines
