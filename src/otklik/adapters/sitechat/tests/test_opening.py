"""The window says what is true of the hours, and no number that was not measured."""

from datetime import UTC, datetime, timedelta

import pytest

from otklik.adapters.sitechat import opening
from otklik.adapters.sitechat.models import Chat, Line, Visitor
from otklik.adapters.sitechat.tests.conftest import Window
from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Outbound

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


@pytest.fixture
def office(chat: Chat) -> Chat:
    BusinessCalendar.objects.update(weekly={"mon": [["09:00", "18:00"]], "tue": [["09:00", "18:00"]]}, time_zone="UTC")
    return Chat.objects.open(chat.key)  # type: ignore[return-value]


def heard(chat: Chat, number: int, at: datetime, wait: timedelta | None) -> None:
    visitor = Visitor.objects.create(channel=chat.channel, digest=f"{number}")
    told = inbox.accept(chat.channel, b"{}\n", external_id="", content_hash=f"{number}")
    Line.objects.create(visitor=visitor, inbound_id=told.inbound_id, at=at)
    if wait is not None:
        sent = Outbound.objects.create(
            channel=chat.channel, kind="reply", external_id=f"o{number}", recipients=[], first_recipient="", raw=b""
        )
        Line.objects.create(visitor=visitor, outbound=sent, at=at + wait)


def test_hours_are_those_of_the_line(office: Chat) -> None:
    with clock.at(MONDAY):
        assert opening.state(office) == {"open": True, "opens": None, "minutes": None}
    with clock.at(MONDAY + timedelta(hours=8)):
        shut = opening.state(office)
    assert not shut["open"] and datetime.fromisoformat(shut["opens"]) == datetime(2026, 10, 6, 9, 0, tzinfo=UTC)


def test_a_number_needs_enough_answers(office: Chat) -> None:
    with clock.at(MONDAY):
        for number in range(9):
            heard(office, number, MONDAY - timedelta(minutes=90), timedelta(minutes=4))
        assert opening.state(office)["minutes"] is None
        opening.forget()
        heard(office, 9, MONDAY - timedelta(minutes=90), timedelta(minutes=50))
        assert opening.state(office)["minutes"] == 4


def test_whoever_still_waits_makes_it_no_faster(office: Chat) -> None:
    with clock.at(MONDAY):
        for number in range(8):
            heard(office, number, MONDAY - timedelta(minutes=90), timedelta(minutes=4))
        for number in range(8, 20):
            heard(office, number, MONDAY - timedelta(minutes=90), None)
        assert opening.state(office)["minutes"] is None


def test_nights_do_not_count(office: Chat) -> None:
    """Asked on Monday evening, answered on Tuesday at five past nine."""
    with clock.at(MONDAY + timedelta(days=1)):
        for number in range(10):
            heard(office, number, MONDAY + timedelta(hours=7), timedelta(hours=14, minutes=5))
        assert opening.state(office)["minutes"] == 5


def test_of_a_busy_chat_the_latest_count(office: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where more was asked than answered: nobody whose question is not read any more counts."""
    monkeypatch.setattr(opening, "MOST", 20)
    with clock.at(MONDAY):
        for number in range(30):
            heard(office, number, MONDAY - timedelta(minutes=170), timedelta(minutes=50))
        for number in range(30, 50):
            heard(office, number, MONDAY - timedelta(minutes=90 - number), timedelta(minutes=4))
        assert opening.state(office)["minutes"] == 4


def test_one_window_measures_and_the_others_do_not_wait(office: Chat) -> None:
    with clock.at(MONDAY):
        for number in range(10):
            heard(office, number, MONDAY - timedelta(minutes=90), timedelta(minutes=4))
        with opening._measuring:
            assert opening.state(office)["minutes"] is None
        assert opening.state(office)["minutes"] == 4


def test_the_window_is_told(window: Window, office: Chat) -> None:
    with clock.at(MONDAY + timedelta(hours=8)):
        assert window.told()["state"]["open"] is False
