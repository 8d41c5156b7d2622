"""States by real checks: several misses in a row before anybody is told, several answers before it is over."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from otklik.care.status import checking, figures, speaking
from otklik.care.status.models import Check, Component, Outage, Report, Works
from otklik.care.status.models.check import place
from otklik.care.status.models.report import Said
from otklik.care.status.states import State
from otklik.care.status.tests.conftest import Tell
from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.staff.models import User

pytestmark = pytest.mark.django_db
START = datetime(2026, 6, 10, 12, tzinfo=UTC)


def looks(check: Check, *whys: str, start: datetime = START) -> datetime:
    """One look a minute; returns the moment of the next one."""
    for why in whys:
        with clock.at(start):
            if turned := check.heard(why, 20, start):
                speaking.of_check(turned)
        start += timedelta(minutes=1)
    return start


def test_one_miss_is_told_to_nobody(check: Check) -> None:
    looks(check, "", "silent", "silent", "", "silent", "")
    assert not Outage.objects.exists() and not Notice.objects.exists() and not Report.objects.exists()


def test_three_misses_begin_with_the_first_and_end_with_the_first_answer(check: Check, boris: User) -> None:
    after = looks(check, "", "silent", "silent", "silent", "silent")
    outage = Outage.objects.get()
    assert (outage.began_at, outage.ended_at, outage.state) == (START + timedelta(minutes=1), None, State.DOWN)
    assert "Звонки" in Notice.objects.get(person=boris).text
    looks(check, "", "silent", "", "", "", start=after)
    outage.refresh_from_db()
    assert outage.ended_at == after + timedelta(minutes=2)
    assert Outage.objects.count() == 1


def test_what_a_check_finds_stands_on_the_page_in_both_languages(check: Check, boris: User) -> None:
    after = looks(check, *["silent"] * 3)
    report = Report.objects.get()
    assert (report.title_ru, report.title_en) == ("«Звонки» не работает", "“Calls” does not work")
    assert report.goes_on and report.notes.count() == 1
    looks(check, "", "", start=after)
    report.refresh_from_db()
    assert not report.goes_on and report.notes.first().stage == "over"


def test_where_somebody_wrote_already_the_check_adds_nothing(check: Check, calls: Component, tell: Tell) -> None:
    with clock.at(START):
        told = tell(calls)
    looks(check, *["silent"] * 3, start=START + timedelta(minutes=1))
    assert Report.objects.get() == told
    assert set(Outage.objects.values_list("report", flat=True)) == {told.pk}


def test_a_person_takes_over_what_a_check_began(check: Check, calls: Component, tell: Tell) -> None:
    after = looks(check, *["silent"] * 3)
    with clock.at(after):
        told = tell(calls)
    first = Report.objects.get(is_automatic=True)
    assert first.continued_by == told and not first.goes_on
    assert set(Outage.objects.values_list("report", flat=True)) == {told.pk}


def test_a_hidden_component_is_told_to_us_alone(check: Check, calls: Component, boris: User) -> None:
    Component.objects.update(is_shown=False)
    check.component.refresh_from_db()
    looks(check, *["silent"] * 3)
    assert Notice.objects.filter(person=boris).exists() and not Report.objects.exists()


def test_a_pause_of_the_desk_makes_no_row_of_misses(check: Check) -> None:
    after = looks(check, "silent", "silent")
    looks(check, "silent", start=after + timedelta(hours=3))
    assert Outage.objects.get().state == State.UNKNOWN


def test_a_check_that_is_switched_off_ends_what_it_said(check: Check) -> None:
    after = looks(check, *["silent"] * 3)
    with clock.at(after):
        check.stop()
    assert Outage.objects.get().ended_at == after and not check.failing
    report = Report.objects.get()
    assert not report.goes_on and report.notes.all()[0].stage == "over"


def test_a_failure_that_is_withdrawn_takes_its_own_report_along(check: Check, boris: User) -> None:
    looks(check, *["silent"] * 3)
    Outage.objects.get().withdraw("Ошибка проверки", by=boris)
    report = Report.objects.get()
    assert not report.goes_on and "Ошибка" not in report.notes.all()[0].text_ru


def test_what_a_person_wrote_goes_on_without_the_check(check: Check, calls: Component, tell: Tell, boris: User) -> None:
    after = looks(check, *["silent"] * 3)
    with clock.at(after):
        told = tell(calls)
        check.stop()
    told.refresh_from_db()
    assert told.goes_on


def test_what_is_found_and_what_is_said_are_one(check: Check, boris: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk breaks off between the two: neither has happened, and the next look tells it."""

    def breaks(outage: Outage) -> None:
        raise RuntimeError

    looks(check, *["silent"] * 2)
    monkeypatch.setattr(checking, "ask", lambda check: ("silent", 20))
    with clock.at(START + timedelta(minutes=2)):
        with monkeypatch.context() as broken:
            broken.setattr(speaking, "of_check", breaks)
            assert checking.look() == 1
        check.refresh_from_db()
        assert not check.failing and not Outage.objects.exists()
        Check.objects.update(next_at=clock.now())
        checking.look()
    assert Outage.objects.get().report == Report.objects.get()


def test_two_rounds_never_ask_the_same(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second begins while the first waits for answers."""
    asked: list[int] = []

    def ask(due: list[Check]) -> list[tuple[str, None]]:
        asked.extend(one.pk for one in due)
        if len(asked) == 1:
            assert checking.look() == 0
        return [("silent", None) for _one in due]

    monkeypatch.setattr(checking, "_all", ask)
    assert checking.look() == 1
    check.refresh_from_db()
    assert (check.misses, asked) == (1, [check.pk])


def test_a_round_that_took_long_puts_off_no_turn(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_all", lambda due: [("", 9) for _one in due])
    begun = clock.now()
    with clock.at(begun):
        checking.look()
    with clock.at(begun + timedelta(seconds=55)):
        assert checking.look() == 1


@pytest.mark.parametrize("why", ["forbidden", "address"])
def test_what_we_may_not_ask_is_not_known_and_told_to_who_sets_it(
    check: Check, calls: Component, admin: User, boris: User, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    monkeypatch.setattr(checking, "_all", lambda due: [(why, None) for _one in due])
    for minute in range(5):
        with clock.at(START + timedelta(minutes=minute)):
            Check.objects.update(next_at=clock.now())
            checking.look()
            assert figures.states_now([calls])[calls.pk][0] == State.UNKNOWN
    assert Notice.objects.get(person=admin).about == "component"
    assert not Report.objects.exists() and not Notice.objects.filter(person=boris).exists()
    check.refresh_from_db()
    looks(check, "", start=START + timedelta(minutes=5))
    unknown = Outage.objects.get()
    assert (unknown.state, unknown.began_at, unknown.ended_at) == (State.UNKNOWN, START, START + timedelta(minutes=5))


def test_what_was_asked_before_it_was_changed_is_not_judged(check: Check) -> None:
    old = Check.objects.get(pk=check.pk)
    Check.objects.update(address="https://other.example/")
    assert old.heard("silent", 3, START) is None
    check.refresh_from_db()
    assert check.misses == 0


@pytest.fixture
def works(calls: Component, boris: User) -> Works:
    """From START for an hour."""
    with clock.at(START - timedelta(days=4)):
        return Works.objects.announce(Said("Плата"), Said(), [calls], START, START + timedelta(hours=1), by=boris)


def test_what_fails_in_works_that_were_announced_is_told_to_nobody_again(
    check: Check, calls: Component, works: Works, boris: User
) -> None:
    after = looks(check, *["silent"] * 3, start=START + timedelta(minutes=1))
    assert Outage.objects.get().report is None and not Report.objects.exists()
    assert not Notice.objects.get(person=boris).urgent
    with clock.at(after):
        assert figures.states_now([calls])[calls.pk][0] == State.PLANNED
        assert speaking.after_works() == 0
        known = figures.record([calls], START - timedelta(days=1), after)
        (day,) = figures.days(known, calls, clock.house_day(START), clock.house_day(START))
    assert (day.state, day.lost_s) == (State.PLANNED, 0)
    after = looks(check, "", "", start=after)
    assert not Report.objects.exists()


@pytest.mark.parametrize("ended", [True, False])
def test_what_still_fails_when_works_are_over_is_told(
    check: Check, calls: Component, works: Works, boris: User, ended: bool
) -> None:
    """Also what had its first miss shortly before them, and when nobody says that they are over."""
    looks(check, *["silent"] * 3, start=START - timedelta(minutes=1))
    assert not Report.objects.exists()
    moment = START + timedelta(minutes=30 if ended else 61)
    with clock.at(moment):
        if ended:
            works.end(by=boris)
        assert figures.states_now([calls])[calls.pk][0] == State.DOWN
        assert (speaking.after_works(), speaking.after_works()) == (1, 0)
    assert Outage.objects.get().report == Report.objects.get()


def test_what_a_check_adds_to_an_incident_weighs_as_the_incident_does(
    check: Check, calls: Component, tell: Tell
) -> None:
    with clock.at(START):
        tell(calls, incident=7, affected=4)
    looks(check, *["silent"] * 3, start=START + timedelta(minutes=1))
    assert set(Outage.objects.values_list("affected", flat=True)) == {4}


@pytest.mark.parametrize(
    ("seen", "outages"),
    [
        ("xx.xx.xx.", []),
        ("xxx..", [(0, 3)]),
        ("xxx.x.x..", [(0, 7)]),
        ("..xxxx...xx.xxx..", [(2, 6), (12, 15)]),
        ("xxxxx..xxx", [(0, 5), (7, None)]),
    ],
)
def test_only_rows_begin_and_end_an_outage(check: Check, seen: str, outages: list[tuple[int, int | None]]) -> None:
    """Misses are crosses, answers are dots; it begins and ends with the first of its row, and two never overlap."""
    looks(check, *["silent" if one == "x" else "" for one in seen])
    told = Outage.objects.order_by("began_at").values_list("began_at", "ended_at")
    minutes = [tuple(at and round((at - START).total_seconds() / 60) for at in both) for both in told]
    assert minutes == outages


@pytest.fixture
def page() -> Iterator[Any]:
    """A real server that says what it is told to."""

    class Page(BaseHTTPRequestHandler):
        status = 200
        size = 0

        def do_GET(self) -> None:
            self.send_response(type(self).status)
            self.send_header("Content-Length", str(type(self).size))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(b"x" * type(self).size)

        def log_message(self, *told: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_is_asked_for_real(check: Check, page: Any, settings: Any) -> None:
    port = page.server_address[1]
    settings.EGRESS_ALLOW = [f"127.0.0.1:{port}"]
    Check.objects.update(address=f"http://127.0.0.1:{port}/live")
    assert checking.look() == 1
    check.refresh_from_db()
    assert (check.why, check.hits) == ("", 1) and check.took_ms is not None
    assert checking.look() == 0, "the next one is in a minute"
    page.RequestHandlerClass.status = 503
    Check.objects.update(next_at=clock.now())
    checking.look()
    check.refresh_from_db()
    assert (check.why, check.misses) == ("status 503", 1)


def test_a_long_page_answers_as_well_as_a_short_one(check: Check, page: Any, settings: Any) -> None:
    port = page.server_address[1]
    settings.EGRESS_ALLOW = [f"127.0.0.1:{port}"]
    page.RequestHandlerClass.size = 20_000_000
    check.address = f"http://127.0.0.1:{port}/"
    assert checking.ask(check)[0] == ""


def test_a_port_is_asked_for_real(check: Check, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        check.kind, check.address = Check.Kind.TCP, f"127.0.0.1:{port}"
        assert checking.ask(check) == ("forbidden", None) or checking.ask(check)[0] == "forbidden"
        settings.EGRESS_ALLOW = [f"127.0.0.1:{port}"]
        assert checking.ask(check)[0] == ""
    assert checking.ask(check)[0] == "silent"


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("sip.example.org:5061", ("sip.example.org", 5061)),
        ("[2001:db8::1]:443", ("2001:db8::1", 443)),
        ("sip.example.org", None),
        ("user@host:22", None),
        ("2001:db8::1:443", None),
        ("host:99999", None),
        (":80", None),
    ],
)
def test_addresses_of_ports(address: str, where: tuple[str, int] | None) -> None:
    assert place(address) == where


def test_an_address_that_makes_no_sense_is_refused_in_words(check: Check) -> None:
    check.address = "calls.example"
    with pytest.raises(ValidationError, match="http"):
        check.full_clean()
