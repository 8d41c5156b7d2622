"""Who was able to work, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Availability, Role, Stint, Takes, Team, User
from otklik.core.staff.models.stint import KEPT
from otklik.core.staff.tasks import stints, sweep
from otklik.core.staff.tests.test_sessions import signed_in

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 6, 1, 6, tzinfo=UTC)
type Told = tuple[str, float, float | None, bool]


def at(hour: float) -> datetime:
    return MORNING + timedelta(hours=hour)


def say(person: User, word: str, hour: float) -> None:
    with clock.at(at(hour)):
        person.say(Availability(word), by=person)


def of(person: User) -> list[Told]:
    """State, hours of beginning and end, and whether nobody said the end."""
    return [
        (one.state, _hour(one.since), None if one.until is None else _hour(one.until), one.lapsed)
        for one in Stint.objects.filter(user=person).order_by("since")
    ]


def _hour(moment: datetime) -> float:
    return (moment - MORNING).total_seconds() / 3600


def test_one_row_for_each_change_and_none_for_time_away(anna: User, line_one: Team) -> None:
    for word, hour in (("ready", 0), ("ready", 1), ("break", 3), ("busy", 3.5), ("away", 4), ("ready", 5), ("off", 8)):
        say(anna, word, hour)

    assert of(anna) == [
        ("ready", 0, 3, False),
        ("break", 3, 3.5, False),
        ("busy", 3.5, 4, False),
        ("ready", 5, 8, False),
    ]
    assert {tuple(one.lines) for one in Stint.objects.all()} == {(line_one.pk,)}


def test_what_lasted_no_moment_is_not_written_down(anna: User) -> None:
    for word in ("ready", "break", "off"):
        say(anna, word, 0)

    assert of(anna) == []


def test_a_clock_that_is_set_back_overlaps_nothing(anna: User) -> None:
    for word, hour in (("ready", 0), ("break", 2), ("ready", 1), ("off", 3)):
        say(anna, word, hour)

    assert of(anna) == [("ready", 0, 2, False), ("ready", 2, 3, False)]


def test_the_database_keeps_two_stretches_of_one_person_apart(anna: User, ilya: User) -> None:
    say(anna, "ready", 0)
    Stint.objects.create(user=ilya, state="busy", since=at(0))

    for wrong in (
        {"since": at(5)},
        {"since": at(-2), "until": at(-3)},
        {"since": at(-2), "until": at(-1), "state": "off"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stint.objects.create(**{"user": anna, "state": "busy", **wrong})


def test_a_word_that_ran_out_lasted_until_they_were_heard_of(anna: User, ilya: User) -> None:
    """A process that died: nobody said that it is over."""
    say(anna, "ready", 0)
    with clock.at(at(2)):
        Absence.objects.declare(ilya, by=anna, since=at(40), until=at(50))
    with clock.at(at(11.9)):
        stints(0)
    assert of(anna) == [("ready", 0, None, False)]

    with clock.at(at(12.1)):
        stints(0)
        assert anna.availability_now == Availability.OFF
    assert of(anna) == [("ready", 0, 2, True)]


def test_what_is_noted_of_a_forgotten_word_ends_it_where_it_ended(anna: User, ilya: User, line_two: Team) -> None:
    say(anna, "ready", 0)
    with clock.at(at(2)):
        Absence.objects.declare(ilya, by=anna, since=at(40), until=at(50))
    with clock.at(at(20)):
        anna.appoint("agent", [line_two], by=None)

    assert of(anna) == [("ready", 0, 2, True)]


def test_who_leaves_at_work_ends_with_it(anna: User, ilya: User) -> None:
    say(anna, "ready", 0)
    with clock.at(at(3)):
        anna.deactivate(by=ilya)

    assert of(anna) == [("ready", 0, 3, False)]


def test_who_comes_to_a_line_or_goes_from_it_is_in_the_log(
    anna: User, ilya: User, vera: User, boris: User, line_one: Team, line_two: Team
) -> None:
    """Ilya goes, Anna stays, Vera comes, and Boris stands in for Ilya."""
    for person in (anna, ilya, vera, boris):
        say(person, "ready", 0)
    with clock.at(at(1)):
        boris.teams.clear()
        Absence.objects.declare(ilya, by=ilya, deputy=boris, until=at(9))
    with clock.at(at(2)):
        line_one.set_members([anna, vera])
        line_one.set_members([anna, vera])  # as it is

    one, two = line_one.pk, line_two.pk
    told = [
        [(_hour(stint.since), stint.lines) for stint in Stint.objects.filter(user=person).order_by("since")]
        for person in (anna, vera, boris)
    ]
    assert told == [
        [(0, [one])],
        [(0, [two]), (2, sorted([one, two]))],
        [(0, [one]), (2, [])],
    ]
    assert {person.pk for person in line_one.members.all()} == {anna.pk, vera.pk}


def test_who_comes_back_first_finds_yesterday_closed_where_it_ended(anna: User, ilya: User) -> None:
    say(anna, "ready", 0)
    with clock.at(at(3)):
        Absence.objects.declare(ilya, by=anna, since=at(40), until=at(50))
    say(anna, "ready", 24)

    assert of(anna) == [("ready", 0, 3, True), ("ready", 24, None, False)]


def test_of_whom_nothing_was_heard_nothing_is_known(anna: User) -> None:
    say(anna, "ready", 0)
    with clock.at(at(13)):
        stints(0)

    assert of(anna) == []


def test_a_word_said_again_holds_on(anna: User) -> None:
    for hour in (0, 8):
        say(anna, "ready", hour)
    with clock.at(at(13)):
        stints(0)

    assert of(anna) == [("ready", 0, None, False)]


def test_signing_out_is_going_away_and_elsewhere_signed_in_is_not(anna: User) -> None:
    one, other = signed_in("anna"), signed_in("anna")
    assert [stint.until for stint in Stint.objects.filter(user=anna)] == [None]

    one.post("/sign-out/")
    anna.refresh_from_db()
    assert anna.is_ready
    other.post("/sign-out/")
    anna.refresh_from_db()
    assert anna.availability == Availability.AWAY
    (stint,) = Stint.objects.filter(user=anna)
    assert stint.until is not None and not stint.lapsed


def test_who_does_not_work_signs_out_and_still_does_not(anna: User, client: Client) -> None:
    client.force_login(anna)
    anna.say(Availability.OFF, by=anna)
    client.post("/sign-out/")

    anna.refresh_from_db()
    assert anna.availability == Availability.OFF


def test_a_session_that_ran_out_ends_unseen(anna: User, client: Client) -> None:
    client.force_login(anna)
    begun = clock.now()
    Stint.objects.update(since=begun - timedelta(hours=11))
    session = client.session
    session["began"] = int(begun.timestamp()) - 13 * 3600
    session.save()
    client.get("/me/")

    (stint,) = Stint.objects.all()
    assert stint.lapsed and stint.until is not None and stint.until <= clock.now()
    anna.refresh_from_db()
    assert anna.availability == Availability.AWAY


def test_lines_are_those_of_the_moment(anna: User, line_one: Team, line_two: Team, boris: User) -> None:
    say(anna, "ready", 0)
    with clock.at(at(1)):
        anna.appoint(Role.AGENT, [line_two], by=boris)
    with clock.at(at(2)):
        anna.appoint(Role.QUALITY, [line_two], by=boris)
    with clock.at(at(3)):
        anna.deactivate(by=boris)

    told = [
        (one.lines, _hour(one.since), _hour(one.until))
        for one in Stint.objects.filter(user=anna).order_by("pk")
        if one.until
    ]
    assert told == [([line_one.pk], 0, 1), ([line_two.pk], 1, 2), ([], 2, 3)]


def test_who_stands_in_answers_for_both_and_the_absent_for_nobody(
    anna: User, ilya: User, line_one: Team, line_two: Team
) -> None:
    ilya.teams.set([line_two])
    say(anna, "ready", 0)
    say(ilya, "ready", 0)
    with clock.at(at(1)):
        absence = Absence.objects.declare(ilya, by=ilya, deputy=anna, until=at(30))
    say(ilya, "busy", 2)
    with clock.at(at(4)):
        absence.end()

    both = sorted([line_one.pk, line_two.pk])
    assert _lines(anna) == [([line_one.pk], 0), (both, 1), ([line_one.pk], 4)]
    assert _lines(ilya) == [([line_two.pk], 0), ([], 2), ([line_two.pk], 4)]


def _lines(person: User) -> list[tuple[list[int], float]]:
    return [(one.lines, _hour(one.since)) for one in Stint.objects.filter(user=person).order_by("since")]


def test_a_log_is_for_oneself_and_for_who_leads(
    anna: User, ilya: User, boris: User, head: User, quality: User, line_one: Team, line_two: Team
) -> None:
    ilya.teams.set([line_two])
    boris.teams.set([line_one])
    for person in (anna, ilya, quality):
        say(person, "ready", 0)

    def seen(user: User) -> set[str]:
        return {one.user.login for one in Stint.objects.seen_by(user)}

    assert seen(anna) == {anna.login} and seen(quality) == {quality.login}
    assert seen(boris) == {anna.login}
    assert seen(head) == {anna.login, ilya.login, quality.login}


def test_what_is_older_than_a_year_goes(anna: User) -> None:
    now = clock.now()
    for days in (400, 366, 364):
        Stint.objects.create(
            user=anna, state="ready", since=now - timedelta(days=days, hours=2), until=now - timedelta(days=days)
        )
    assert Stint.objects.all().recorded_since() == pytest.approx(now - KEPT, abs=timedelta(minutes=1))
    sweep(0)

    assert Stint.objects.count() == 1
    assert Stint.objects.all().recorded_since() == now - timedelta(days=364, hours=2)


def test_kinds_of_work_and_reasons_of_pauses_are_facts(anna: User) -> None:
    with clock.at(at(0)):
        anna.say(Availability.READY, by=anna, takes=Takes.CALLS)
    say(anna, "break", 1)
    for hour, reason in ((1.1, "Обед"), (1.2, "Обед"), (1.5, "Обучение")):
        with clock.at(at(hour)):
            assert anna.say_why(reason)
    say(anna, "ready", 2)
    with clock.at(at(3)):
        assert not anna.say_why("Обед"), "there is no pause"

    told = Stint.objects.filter(user=anna).order_by("since").values_list("state", "takes", "reason")
    assert list(told) == [
        ("ready", "calls", ""),
        ("break", "any", "Обед"),
        ("break", "any", "Обучение"),
        ("ready", "calls", ""),
    ]
    assert [hour for _state, hour, _end, _lapsed in of(anna)] == [0, 1, 1.5, 2]
