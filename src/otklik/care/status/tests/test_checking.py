"""States by real checks: several misses in a row before anybody is told, several answers before it is over."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from otklik.care.status import checking, speaking
from otklik.care.status.models import Check, Component, Outage, Report
from otklik.care.status.models.check import place
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

        def do_GET(self) -> None:
            self.send_response(type(self).status)
            self.send_header("Content-Length", "0")
            self.end_headers()

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
