"""Lines, working hours, channels, organisation: what is typed is what holds."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Availability, Organisation, Stint, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Habits
from otklik.front.setup.forms.hours import read, week_words, written

pytestmark = pytest.mark.django_db


def times(**changes: Any) -> dict[str, Any]:
    told = {
        "name": "Линия",
        "level": "1",
        "first_answer": "30",
        "first_answer_unit": "60",
        "next_answer": "2",
    }
    told |= {"next_answer_unit": "3600", "resolution": "8", "resolution_unit": "3600", "is_active": "on"}
    return told | changes


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("", []),
        ("9-18", [["09:00", "18:00"]]),
        ("9:00–13:00, 14.30—18", [["09:00", "13:00"], ["14:30", "18:00"]]),
        ("0-24", [["00:00", "24:00"]]),
        ("22–6", [["22:00", "06:00"]]),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, pairs: list[list[str]]):
    assert read(text) == pairs


@pytest.mark.parametrize("text", ["9", "nine to five", "9-25", "9:70-18", "9-13, 12-18", "9-9"])
def test_hours_that_make_no_sense_are_explained(text: str):
    with pytest.raises(ValidationError):
        read(text)


@given(st.lists(st.integers(0, 47), min_size=2, max_size=8, unique=True).map(sorted))
def test_hours_shown_for_editing_read_back_the_same(halves: list[int]):
    halves = halves[: len(halves) // 2 * 2]
    said = [f"{half // 2:02}:{half % 2 * 30:02}" for half in halves]
    pairs = [list(pair) for pair in zip(said[::2], said[1::2], strict=True)]
    assert read(written(pairs)) == pairs


def test_a_week_is_said_by_its_repetitions():
    office = [["09:00", "18:00"]]
    week = {
        "mon": office,
        "tue": office,
        "wed": office,
        "thu": office,
        "fri": office,
        "sat": [["10:00", "15:00"]],
    }
    assert week_words(week).count("9:00–18:00") == 1
    assert "10:00–15:00" in week_words(week)


def test_a_line_is_made_and_changed_with_its_people(office: Client, calendar: BusinessCalendar, anna: User):
    anna.say(Availability.READY, by=anna)
    office.post("/settings/lines/new/", times(calendar=calendar.pk, members=[anna.pk]))
    line = Team.objects.get(name="Линия")
    assert (line.first_answer, line.resolution) == (timedelta(minutes=30), timedelta(hours=8))
    assert list(line.members.all()) == [anna]
    assert line.pk in Stint.objects.get(user=anna, until=None).lines
    office.post(f"/settings/lines/{line.pk}/", times(calendar=calendar.pk, name="Новое имя", members=[]))
    assert line.pk not in Stint.objects.get(user=anna, until=None).lines
    line.refresh_from_db()
    assert (line.name, line.members.count()) == ("Новое имя", 0)
    assert Entry.objects.filter(kind="staff.SettingsChanged", data__what="line").count() == 2


def test_times_shorter_than_a_minute_are_refused(office: Client, line_one: Team):
    told = times(calendar=line_one.calendar_id, first_answer="0.001")
    assert office.post(f"/settings/lines/{line_one.pk}/", told).status_code == 422
    assert office.post(f"/settings/lines/{line_one.pk}/", times(calendar="", first_answer="x")).status_code == 422


def test_the_consequences_of_typed_times_are_shown_before_they_are_saved(office: Client, line_one: Team):
    told = times(calendar=line_one.calendar_id, name="Другое")
    page = office.get(f"/settings/lines/{line_one.pk}/consequences/", told)
    assert page.status_code == 200
    assert b"<li>" in page.content
    assert office.get(f"/settings/lines/{line_one.pk}/consequences/", {"first_answer": "x"}).status_code == 204
    line_one.refresh_from_db()
    assert line_one.name == "Первая линия"


def test_a_line_that_mail_leads_to_is_not_switched_off(office: Client, door: Channel):
    told = times(calendar=door.team.calendar_id, name=door.team.name)
    del told["is_active"]
    assert office.post(f"/settings/lines/{door.team_id}/", told).status_code == 422


def test_a_calendar_with_its_special_days(office: Client):
    told = {"name": "Контора", "time_zone": "Europe/Moscow", "mon": "9-18", "fri": "9-17"}
    office.post("/settings/hours/new/", told)
    calendar = BusinessCalendar.objects.get(name="Контора")
    path = f"/settings/hours/{calendar.pk}/"
    office.post(path + "days/", {"date": "2026-12-30", "hours": "9-13", "name": "Ёлка"})
    assert calendar.exceptions.get().windows == [["09:00", "13:00"]]
    office.post(path + "days/", {"date": "2026-12-30", "act": "forget"})
    assert not calendar.exceptions.exists()
    office.post(path + "holidays/", {"year": "2026"})
    assert calendar.exceptions.filter(date=date(2026, 5, 1)).exists()
    office.post(path + "default/")
    calendar.refresh_from_db()
    assert calendar.is_default
    assert office.get(path).status_code == 200


@pytest.mark.parametrize("told", [{"date": "no", "hours": ""}, {"date": "2026-12-30", "hours": "later"}, {}])
def test_a_bad_special_day_is_explained(office: Client, calendar: BusinessCalendar, told: dict[str, str]):
    assert office.post(f"/settings/hours/{calendar.pk}/days/", told).status_code == 422


@pytest.mark.parametrize("year", ["", "x", "1900", "99999"])
def test_holidays_of_an_impossible_year_are_refused(office: Client, calendar: BusinessCalendar, year: str):
    assert office.post(f"/settings/hours/{calendar.pk}/holidays/", {"year": year}).status_code == 302
    assert not calendar.exceptions.exists()


def test_a_week_without_work_is_refused(office: Client):
    assert office.post("/settings/hours/new/", {"name": "Пусто", "time_zone": "UTC"}).status_code == 422


def test_the_organisation_and_its_doors(office: Client):
    told = {"name": "Связь и Ко", "site_url": "https://help.test", "language": "en", "time_zone": "Asia/Omsk"}
    office.post("/settings/organisation/", {**told, "second_factor": "everyone", "undo_seconds": "30"})
    organisation = Organisation.objects.current()
    assert (organisation.name, organisation.language, organisation.second_factor) == (
        "Связь и Ко",
        "en",
        "everyone",
    )
    assert organisation.undo_seconds == 30


@pytest.mark.parametrize("seconds", ["61", "-1", "", "soon"])
def test_an_impossible_time_to_take_a_reply_back_is_refused(office: Client, seconds: str):
    told = {"name": "Связь", "language": "ru", "time_zone": "Asia/Omsk", "second_factor": "nobody"}
    assert office.post("/settings/organisation/", {**told, "undo_seconds": seconds}).status_code == 422


def mailbox(**changes: str) -> dict[str, Any]:
    told = {"address": "Help@Desk.test", "receiving": "imap", "sending": "own", "acknowledges": "on"}
    return told | {"imap_security": "tls", "smtp_security": "tls", "imap_password": "secret"} | changes


def test_a_mailbox_that_fails_is_not_saved_unless_one_insists(office: Client, line_one: Team):
    told = mailbox(team=str(line_one.pk), imap_host="localhost", imap_port="1", smtp_host="localhost", smtp_port="1")
    page = office.post("/settings/channels/new/email/", told)
    assert page.status_code == 200
    assert all(each.trouble for each in page.context["tried"])
    assert len(page.context["tried"]) == 2
    assert not Channel.objects.exists()
    assert office.post("/settings/channels/new/email/", told | {"anyway": "1"}).status_code == 302
    saved = Channel.objects.get()
    assert (saved.address, saved.mailbox.imap_login) == ("help@desk.test", "help@desk.test")
    assert saved.mailbox.imap_password == saved.mailbox.smtp_password == "secret"


def test_the_password_of_a_mailbox_never_comes_back_to_the_page(office: Client, line_one: Team):
    told = mailbox(team=str(line_one.pk), imap_password="geheim-77", anyway="1")
    office.post("/settings/channels/new/email/", told)
    saved = Channel.objects.get()
    page = office.get(f"/settings/channels/{saved.pk}/").content.decode()
    assert "geheim-77" not in page
    office.post(f"/settings/channels/{saved.pk}/", mailbox(team=str(line_one.pk), imap_password="", anyway="1"))
    assert Channel.objects.get().mailbox.imap_password == "geheim-77", "an empty field keeps it"


def test_checking_a_stored_mailbox_remembers_what_was_found(office: Client, line_one: Team):
    told = mailbox(team=str(line_one.pk), imap_host="localhost", imap_port="1", smtp_host="localhost", smtp_port="1")
    office.post("/settings/channels/new/email/", told | {"anyway": "1"})
    saved = Channel.objects.get()
    office.post(f"/settings/channels/{saved.pk}/check/")
    saved.refresh_from_db()
    assert "localhost" in saved.trouble
    assert saved.trouble in office.get("/settings/channels/").content.decode().replace("&#x27;", "'")


def test_two_channels_never_share_an_address(office: Client, line_one: Team):
    told = mailbox(team=str(line_one.pk), anyway="1")
    office.post("/settings/channels/new/email/", told)
    assert office.post("/settings/channels/new/email/", told).status_code == 422


def test_well_known_providers_need_only_an_address_and_a_password(office: Client, line_one: Team):
    office.post("/settings/channels/new/email/", mailbox(team=str(line_one.pk), address="a@yandex.ru", anyway="1"))
    box = Channel.objects.get().mailbox
    assert (box.imap_host, box.imap_port, box.smtp_host, box.smtp_port) == (
        "imap.yandex.ru",
        993,
        "smtp.yandex.ru",
        465,
    )


def test_a_channel_is_closed_and_opened(office: Client, door: Channel):
    office.post(f"/settings/channels/{door.pk}/switch/")
    door.refresh_from_db()
    assert not door.is_active
    assert door.name in office.get("/settings/channels/").content.decode()


def test_the_state_of_the_system_shows_the_worst_first(office: Client):
    page = office.get("/settings/about/")
    levels = [finding["level"] for finding in page.context["findings"]]
    assert levels == sorted(levels, key=["bad", "warning", "good"].index)
    assert levels


def test_the_state_of_the_system_speaks_the_readers_language(office: Client):
    page = office.get("/settings/about/").content.decode()

    assert "connections" not in page and "соединений" in page


APPEALS = {"appeal_days": 30, "appeal_decided_in": 2}


def test_how_a_line_hears_appeals(office: Client, line_one: Team):
    address = f"/settings/lines/{line_one.pk}/habits/"
    form = {"reopen_days": 7, "reminders": 2, "remind_days": 5, "appeals": "on"}
    assert office.post(address, {**form, "appeal_days": 0, "appeal_decided_in": 2}).status_code == 422
    words = {"appeal_words_ru": "Пишите нашему уполномоченному.", "appeal_words_en": ""}
    assert office.post(address, {**form, **words, "appeal_days": 14, "appeal_decided_in": 3}).status_code == 302
    kept = Habits.objects.of_line(line_one.pk)
    assert (kept.appeals, kept.appeal_days, kept.appeal_decided_in) == (True, 14, 3)
    assert (kept.appeal_words("ru"), kept.appeal_words("en"), kept.appeal_words("de")) == (
        words["appeal_words_ru"],
        "",
        "",
    )
    assert "уполномоченному" in office.get(address).content.decode()


def test_what_a_line_does_by_itself(office: Client, line_one: Team):
    assert Habits.objects.of_line(line_one.pk).reopen_days == 7
    address = f"/settings/lines/{line_one.pk}/habits/"
    assert office.post(address, {**APPEALS, "reopen_days": 0, "reminders": 1, "remind_days": 3}).status_code == 422
    assert office.post(address, {**APPEALS, "reopen_days": 14, "reminders": 1, "remind_days": 3}).status_code == 302
    kept = Habits.objects.of_line(line_one.pk)
    assert (kept.reopen_days, kept.reminders, kept.remind_days) == (14, 1, 3)
    assert 'value="14"' in office.get(address).content.decode()
    assert Entry.objects.filter(kind="staff.SettingsChanged", data__what="habits").count() == 1


def test_what_an_answer_of_the_line_begins_with(office: Client, line_one: Team):
    address, form = (
        f"/settings/lines/{line_one.pk}/habits/",
        {**APPEALS, "reopen_days": 7, "reminders": 2, "remind_days": 5},
    )
    assert office.post(address, {**form, "usual_next": "refuse"}).status_code == 422
    assert office.post(address, {**form, "usual_next": "wait"}).status_code == 302
    assert Habits.objects.of_line(line_one.pk).usual_next == "wait"
    assert '<option value="wait" selected>' in office.get(address).content.decode()


def test_which_refusals_a_lead_of_the_line_approves(office: Client, line_one: Team):
    address = f"/settings/lines/{line_one.pk}/habits/"
    form = {**APPEALS, "reopen_days": 7, "reminders": 2, "remind_days": 5}
    assert office.post(address, {**form, "approved_reasons": ["whim"]}).status_code == 422
    assert office.post(address, {**form, "approved_reasons": ["rules", "law"]}).status_code == 302
    assert Habits.objects.of_line(line_one.pk).approved_reasons == ["rules", "law"]
    page = office.get(address).content.decode()
    assert page.count("checked") == 2 and "согласует старший" in page
    office.post(address, form)
    assert Habits.objects.of_line(line_one.pk).approved_reasons == []
