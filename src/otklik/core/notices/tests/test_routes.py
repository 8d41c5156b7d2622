"""What a person, a line and the department choose, and what comes of it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.notices import mailing
from otklik.core.notices.models import Digest, Letter, LineChoice, PersonChoice
from otklik.core.notices.standing import chosen_of
from otklik.core.staff.models import Availability, Team, User

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")


def tell(person: User, kind: NoticeKind = NoticeKind.DUE) -> Notice:
    return Notice.objects.tell([person.pk], f"{kind} скоро", kind=kind, about="ticket", about_id=4817)[0]


def test_own_word_goes_before_the_line_and_the_line_before_the_department(anna: User, line_one: Team) -> None:
    LineChoice.objects.create(team=None, routes={"due": ["mail"], "task": ["mail"], "visit": ["mail"]})
    LineChoice.objects.create(team=line_one, routes={"due": ["push"], "task": ["push"]})
    PersonChoice.objects.create(person=anna, routes={"due": ["sound"]})

    chosen = chosen_of([anna.pk])[anna.pk]
    assert (chosen["due"], chosen["task"], chosen["visit"]) == (["sound"], ["push"], ["mail"])


def test_the_page_keeps_what_was_chosen_and_two_kinds_stay(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert client.get("/me/notices/").status_code == 200

    client.post("/me/notices/", {"due.push": "on", "digest": "off", "bare": "on"})

    choice = PersonChoice.objects.get(person=anna)
    assert (choice.routes["due"], choice.digest, choice.bare) == (["push"], "off", True)
    tell(anna), tell(anna, NoticeKind.MENTION)
    assert [row.stands_out for row in Notice.objects.order_by("pk")] == [False, True]
    client.post("/me/notices/", {"as_line": "1"})
    assert chosen_of([anna.pk])[anna.pk]["due"] == ["desk", "push", "mail"]


def test_what_is_wanted_by_a_letter_alone_is_written_and_not_counted(client: Client, anna: User, office: Team) -> None:
    PersonChoice.objects.create(person=anna, routes={"due": ["mail"], "task": []})
    with clock.at(datetime(2026, 3, 4, 9, 3, tzinfo=MOSCOW)):
        wanted, unwanted = tell(anna), tell(anna, NoticeKind.TASK)
        assert mailing.write_due() == 1

    assert wanted.text in mail.outbox[0].body and unwanted.text not in mail.outbox[0].body
    assert Notice.objects.get(pk=unwanted.pk).seen_at
    client.force_login(anna)
    assert client.get("/menu/figures/").json()["figures"]["notices"] is None


def test_leads_choose_for_their_line_and_the_head_for_all(
    client: Client, anna: User, boris: User, head: User, quality: User, line_one: Team, line_two: Team
) -> None:
    for person, place, status in (
        (anna, "", 403),
        (quality, "", 403),
        (boris, "", 200),
        (boris, f"?line={line_two.pk}", 404),
        (boris, "?line=x", 404),
        (head, "", 200),
        (head, f"?line={line_two.pk}", 200),
    ):
        client.force_login(person)
        assert client.get(f"/me/notices/line/{place}").status_code == status, (person, place)
        assert client.post(f"/me/notices/line/{place}", {"due.desk": "on"}).status_code == (
            302 if status == 200 else status
        )

    assert set(LineChoice.objects.values_list("team", flat=True)) == {line_one.pk, None, line_two.pk}
    assert chosen_of([anna.pk])[anna.pk]["due"] == ["desk"]


@pytest.fixture
def office(line_one: Team) -> Team:
    """The line works from nine to six in Moscow."""
    days = ("mon", "tue", "wed", "thu", "fri")
    line_one.calendar = BusinessCalendar.objects.create(
        name="Офис", time_zone="Europe/Moscow", weekly={day: [["09:00", "18:00"]] for day in days}
    )
    line_one.save()
    return line_one


def test_one_letter_in_the_morning_and_nothing_twice(anna: User, office: Team) -> None:
    morning = datetime(2026, 3, 4, 9, 3, tzinfo=MOSCOW)
    with clock.at(morning - timedelta(hours=10)):
        tell(anna)
        assert mailing.write_due() == 0
    with clock.at(morning):
        assert mailing.write_due() == 1
        tell(anna)
        assert mailing.write_due() == 0, "this morning had its letter"
    with clock.at(morning + timedelta(days=1)):
        assert mailing.write_due() == 1 and mailing.write_due() == 0
    with clock.at(morning + timedelta(days=2)):
        assert mailing.write_due() == 0, "nothing is new"

    assert len(mail.outbox) == Letter.objects.count() == 2
    assert "/go/" in mail.outbox[0].body and "Анна" in mail.outbox[0].body


def test_many_people_are_asked_of_together(
    anna: User, ilya: User, vera: User, boris: User, office: Team, django_assert_max_num_queries: Any
) -> None:
    """At an hour at which nobody's letter is due."""
    with clock.at(datetime(2026, 3, 4, 16, 0, tzinfo=MOSCOW)):
        for person in (anna, ilya, vera, boris):
            tell(person)
        mailing.write_due()  # hours of the lines are read once
        with django_assert_max_num_queries(4):
            assert mailing.write_due() == 0


def test_a_letter_that_does_not_go_out_is_written_again(
    anna: User, office: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.at(datetime(2026, 3, 4, 9, 3, tzinfo=MOSCOW)):
        tell(anna)
        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.EmailMessage.send", lambda self: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                mailing.write_due()
        assert mailing.write_due() == 1


@pytest.mark.parametrize("day", [28, 29, 30])
def test_the_morning_stays_at_nine_when_the_clocks_turn(anna: User, line_one: Team, day: int) -> None:
    """Berlin turns on 29 March 2026."""
    berlin = ZoneInfo("Europe/Berlin")
    every = {name: [["09:00", "18:00"]] for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    line_one.calendar = BusinessCalendar.objects.create(name="Берлин", time_zone="Europe/Berlin", weekly=every)
    line_one.save()
    anna.time_zone = "Europe/Berlin"

    nine = datetime(2026, 3, day, 9, 0, tzinfo=berlin)
    assert mailing.began(anna, [line_one], nine - timedelta(minutes=1)) is None
    assert mailing.began(anna, [line_one], nine + timedelta(minutes=1)) == nine


def test_every_hour_only_while_away_and_never_when_off(anna: User, office: Team) -> None:
    choice = PersonChoice.objects.create(person=anna, digest=Digest.HOURLY)
    with clock.at(datetime(2026, 3, 4, 14, 20, tzinfo=MOSCOW)):
        anna.say(Availability.READY, by=anna)
        tell(anna)
        assert mailing.write_due() == 0
        anna.say(Availability.AWAY, by=anna)
        choice.digest = Digest.OFF
        choice.save()
        assert mailing.write_due() == 0
        choice.digest = Digest.HOURLY
        choice.save()
        assert mailing.write_due() == 1
        tell(anna)
        assert mailing.write_due() == 0, "once in an hour"


def test_what_makes_the_product_installable(client: Client) -> None:
    told = client.get("/manifest.webmanifest").json()
    assert told["display"] == "standalone" and {"192x192", "512x512"} <= {icon["sizes"] for icon in told["icons"]}
    worker = client.get("/worker.js")
    assert worker["Content-Type"].startswith("text/javascript") and b"showNotification" in worker.content
