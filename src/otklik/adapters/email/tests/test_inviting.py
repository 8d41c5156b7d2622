"""An invitation comes as a letter, is seen as an event and answered as calendars want it."""

import email
import email.policy
import re
from typing import Any

import pytest
from django.test import Client as Browser
from icalendar import Calendar

from otklik.adapters.email.tests.conftest import SUPPORT, Take
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.conversations.models import Invitation, Message
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db

EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample//EN
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:20260501T100000Z
DTSTART:{start}
DTEND:20260514T090000Z
SUMMARY:Настройка звонков
ORGANIZER;CN=Павел Демидов:mailto:pavel@volga.test
ATTENDEE;CN=Поддержка;RSVP=TRUE:mailto:{guest}
END:VEVENT
END:VCALENDAR
"""


def invitation(number: int, method: str = "REQUEST", uid: str = "e1@volga.test", **told: Any) -> bytes:
    """Letters of one organiser, none of which names an earlier one, as calendar programs write them."""
    told = {"sequence": number - 1, "start": "20260514T080000Z", "guest": SUPPORT, "sender": "pavel@volga.test", **told}
    calendar = EVENT.format(method=method, uid=uid, **told)
    return (
        f"From: {told['sender']}\nTo: {SUPPORT}\nSubject: Настройка звонков\nMessage-ID: <i{number}-{uid}>\n"
        f"MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\n"
        "Content-Type: text/plain; charset=utf-8\n\nПриглашаю\n--b\n"
        f"Content-Type: text/calendar; charset=utf-8; method={method}\n\n{calendar}\n--b--\n"
    ).encode()


def answer(browser: Browser, said: str) -> Any:
    ticket, message = Ticket.objects.get(), Message.objects.filter(direction="in").latest("id")
    return browser.post(
        f"/tickets/{ticket.number}/messages/{message.pk}/invitation/", {"answer": said}, headers={"HX-Request": "true"}
    )


def sent() -> tuple[Any, Any]:
    """The last letter of ours, and the calendar inside."""
    raw = bytes(Outbound.objects.filter(kind="reply").latest("id").raw)
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    return letter, (part, Calendar.from_ical(part.get_content()))


def test_an_invitation_is_shown_as_an_event(take: Take, annas: Browser) -> None:
    take(invitation(1))

    page = annas.get(f"/tickets/{Ticket.objects.get().number}/").content.decode().replace("\xa0", " ")

    assert 'class="event"' in page and "Настройка звонков" in page
    assert "чт, 14 мая 2026" in page or "Thu, 14 May 2026" in page
    assert page.count('name="answer"') == 3


def test_accepting_sends_the_organiser_a_reply_of_the_mailbox(take: Take, annas: Browser, mailbox: object) -> None:
    take(invitation(1))

    assert answer(annas, "accepted").status_code == 204

    letter, (part, calendar) = sent()
    event = calendar.walk("VEVENT")[0]
    assert letter["To"] == "pavel@volga.test"
    assert (part.get_param("method"), str(calendar["METHOD"])) == ("REPLY", "REPLY")
    assert (str(event["UID"]), event["SEQUENCE"], str(event["ORGANIZER"])) == (
        "e1@volga.test",
        0,
        "mailto:pavel@volga.test",
    )
    assert (str(event["ATTENDEE"]), event["ATTENDEE"].params["PARTSTAT"]) == (f"mailto:{SUPPORT}", "ACCEPTED")
    assert Invitation.objects.get().answer == "accepted"
    assert Message.objects.latest("id").direction == "out"


def test_the_same_answer_twice_is_one_letter_and_another_answer_is_another(take: Take, annas: Browser) -> None:
    take(invitation(1))

    for said in ("tentative", "tentative", "declined"):
        assert answer(annas, said).status_code == 204

    assert Outbound.objects.filter(kind="reply").count() == 2
    assert sent()[1][1].walk("VEVENT")[0]["ATTENDEE"].params["PARTSTAT"] == "DECLINED"


def test_the_guest_answers_under_the_address_that_was_invited(take: Take, annas: Browser) -> None:
    take(invitation(1, guest="Support+sales@desk.test"))

    answer(annas, "accepted")

    assert str(sent()[1][1].walk("VEVENT")[0]["ATTENDEE"]) == "mailto:Support+sales@desk.test"


def test_a_change_and_the_end_of_an_event_belong_to_its_request(take: Take, annas: Browser) -> None:
    take(invitation(1))
    take(invitation(2, start="20260515T080000Z"))
    ticket = Ticket.objects.get()
    first = Message.objects.filter(direction="in").first()
    assert first is not None

    page = annas.get(f"/tickets/{ticket.number}/").content.decode()
    late = annas.post(f"/tickets/{ticket.number}/messages/{first.pk}/invitation/", {"answer": "accepted"},
                      headers={"HX-Request": "true"})  # fmt: skip

    assert page.count('class="event"') == 2
    assert page.count('name="answer"') == 3  # on the newest alone
    assert late.status_code == 409

    take(invitation(3, method="CANCEL"))
    page = annas.get(f"/tickets/{ticket.number}/").content.decode()
    assert Ticket.objects.count() == 1
    assert 'name="answer"' not in page
    assert answer(annas, "accepted").status_code == 409


def test_a_stranger_who_knows_an_event_begins_a_request_of_their_own(take: Take) -> None:
    take(invitation(1))
    take(invitation(2, sender="stranger@elsewhere.test"))

    assert Ticket.objects.count() == 2


def test_a_calendar_without_a_wish_asks_for_no_answer(take: Take, annas: Browser) -> None:
    take(invitation(1, method="PUBLISH"))

    page = annas.get(f"/tickets/{Ticket.objects.get().number}/").content.decode()

    assert 'class="event"' in page and 'name="answer"' not in page
    assert answer(annas, "accepted").status_code == 409


def test_only_one_of_three_answers_is_taken(take: Take, annas: Browser, support: Channel) -> None:
    take(invitation(1))

    assert answer(annas, "whatever").status_code == 409
    assert not Outbound.objects.filter(kind="reply").exists()


def test_an_end_before_the_beginning_is_not_shown(take: Take, annas: Browser) -> None:
    take(invitation(1, start="20260601T080000Z"))

    page = annas.get(f"/tickets/{Ticket.objects.get().number}/").content.decode()

    assert re.search(r'<p class="when">[^<–]+</p>', page)


@pytest.mark.parametrize(
    "start",
    [
        "20260514T080000",
        "99991231T235959Z",
        "20260514T080000Z\nRRULE:FREQ=DAILY;UNTIL=99991231T235959Z",
        "20260514T080000Z\nRRULE:FREQ=DAILY;INTERVAL=0;COUNT=-1",
    ],
    ids=["begin of no zone, end of one", "the last moment", "repeats for ever", "repeats never"],
)
def test_no_moment_of_an_event_keeps_a_request_from_being_read(take: Take, annas: Browser, start: str) -> None:
    take(invitation(1, start=start))
    page = annas.get(f"/tickets/{Ticket.objects.get().number}/")

    assert page.status_code == 200 and "Настройка звонков" in page.content.decode()
