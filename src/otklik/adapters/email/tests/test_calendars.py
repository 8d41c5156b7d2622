"""Invitations in letters: read within limits, never in the way of the letter."""

import os
from pathlib import Path

import pytest

from otklik.adapters.email.parse import isolated, parse
from otklik.adapters.email.parse.parsed import Attendee, Recurrence
from otklik.adapters.email.tests.parse_samples import HEAD

CALENDARS = Path(os.environ.get("OTKLIK_SHARED") or Path(__file__).parents[6] / "shared") / "data" / "calendar"

INVITATION = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample//EN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Custom/Somewhere
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:one@client.example
SEQUENCE:2
DTSTAMP:20260501T100000Z
DTSTART;TZID=Custom/Somewhere:20260514T100000
DURATION:PT45M
SUMMARY:Разбор отчётов\\, второй
LOCATION:Переговорная 3
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=6
ORGANIZER;CN=Ольга:mailto:olga@client.example
ATTENDEE;CN=Help;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:support@otklik.example
URL:https://meet.example/abc
END:VEVENT
END:VCALENDAR
"""


def letter(calendar: str, head: str = "Content-Type: text/calendar; method=REQUEST; charset=utf-8") -> bytes:
    return HEAD + head.encode() + b"\n\n" + calendar.encode()


def test_an_invitation_is_read_as_an_event_and_stays_a_file() -> None:
    mail = parse(letter(INVITATION))
    event = mail.events[0]

    assert (event.method, event.uid, event.sequence) == ("REQUEST", "one@client.example", 2)
    assert (event.summary, event.location) == ("Разбор отчётов, второй", "Переговорная 3")
    assert (event.starts, event.ends) == ("2026-05-14T07:00:00+00:00", "2026-05-14T07:45:00+00:00")
    assert event.organizer == Attendee("Ольга", "olga@client.example")
    assert event.attendees == (Attendee("Help", "support@otklik.example", "NEEDS-ACTION"),)
    assert event.recurrence == Recurrence("weekly", 2, 6, "", ("TH",))
    assert event.address == "https://meet.example/abc"
    assert [file.name for file in mail.attachments] == ["invite.ics"]


def test_the_child_reads_invitations_within_its_limits() -> None:
    try:
        mail = isolated.parse_safely(letter(INVITATION))
    finally:
        isolated.shut_down()

    assert [event.summary for event in mail.events] == ["Разбор отчётов, второй"]


def test_a_broken_calendar_is_a_file_with_a_remark() -> None:
    mail = parse(letter(INVITATION.replace("DTSTART;TZID=Custom/Somewhere:20260514T100000", "DTSTART:nonsense")))

    assert mail.events == ()
    assert "calendar_unreadable" in mail.defects
    assert [file.name for file in mail.attachments] == ["invite.ics"]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=YEARLY;BYSECOND=1,2,3", "FREQ=DAILY", "FREQ=YEARLY;X=1"])
def test_a_zone_that_would_be_counted_for_minutes_is_not_counted(rule: str) -> None:
    bomb = INVITATION.replace("TZOFFSETFROM:+0300\n", f"TZOFFSETFROM:+0300\nRRULE:{rule[:6]}\n {rule[6:]}\n")

    mail = parse(letter(bomb))

    assert mail.events == ()
    assert "calendar_unreadable" in mail.defects


def test_a_link_that_is_no_web_address_is_not_taken() -> None:
    assert parse(letter(INVITATION.replace("https://meet", "javascript://meet"))).events[0].address == ""


@pytest.mark.skipif(not CALENDARS.exists(), reason=f"the calendars are not at {CALENDARS}")
def test_every_calendar_of_others_is_read_or_stays_a_file() -> None:
    read = broken = 0
    for path in sorted(CALENDARS.glob("*.ics")):
        mail = parse(b"Content-Type: text/calendar; charset=utf-8\n\n" + path.read_bytes())
        assert not [defect for defect in mail.defects if defect.endswith("_unreadable") and defect[:8] != "calendar"]
        assert len(mail.attachments) == 1, path.name
        read += bool(mail.events)
        broken += "calendar_unreadable" in mail.defects

    assert (read, broken) == (38, 27)
