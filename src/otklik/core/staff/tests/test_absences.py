"""Away for a time: who may say so, what is refused, when it begins and ends, and who stands in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.deputies import cover_of, deputy_of, may_decide_for
from otklik.core.staff.errors import NotAllowed
from otklik.core.staff.models import Absence, Availability, Team, User

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def away(
    person: User, deputy: User | None = None, start: float = 0, end: float = 1, *, sudden: bool = False
) -> Absence:
    now = clock.now()
    return Absence.objects.declare(
        person, by=person, since=now + start * DAY, until=now + end * DAY, deputy=deputy, sudden=sudden
    )


def test_a_planned_one_begins_and_ends_by_itself(anna: User, ilya: User) -> None:
    absence = away(anna, ilya, 1, 2)
    assert deputy_of(anna) is None and Absence.objects.turn_due() == 0

    with clock.at(clock.now() + 1.5 * DAY):
        assert Absence.objects.turn_due() == 1 and Absence.objects.turn_due() == 0
        assert deputy_of(anna) == ilya
        anna.refresh_from_db()
        assert anna.availability == Availability.AWAY
    with clock.at(clock.now() + 2.5 * DAY):
        assert Absence.objects.turn_due() == 1
        assert deputy_of(anna) is None

    kinds = Entry.objects.filter(kind__startswith="staff.Absence").order_by("id").values_list("kind", flat=True)
    assert [kind.removeprefix("staff.Absence") for kind in kinds] == ["Declared", "Began", "Ended"]
    absence.refresh_from_db()
    assert absence.begun_at and absence.given_back_at


def test_from_now_on_it_has_begun_and_coming_back_ends_it(anna: User) -> None:
    absence = away(anna, sudden=True)
    assert absence.begun_at
    assert absence.end(by=anna) and not absence.end(by=anna)
    assert anna.is_ready


def test_called_off_before_it_began_it_was_nothing(anna: User, ilya: User) -> None:
    away(anna, ilya, 1, 2).end(by=anna)
    with clock.at(clock.now() + 1.5 * DAY):
        assert Absence.objects.turn_due() == 0 and cover_of(anna.pk) is None
    assert not Entry.objects.filter(kind="staff.AbsenceBegan").exists()


@pytest.mark.parametrize(
    ("start", "end", "field"), [(2, 1, "until"), (0, -1, "until"), (0.5, 3, "since")], ids=["turned", "past", "meets"]
)
def test_an_impossible_span_says_which_end_to_mend(anna: User, start: float, end: float, field: str) -> None:
    away(anna, None, 1, 2)
    with pytest.raises(NotAllowed) as refusal:
        away(anna, None, start, end)
    assert refusal.value.field == field


def test_the_deputy_must_be_there_and_somebody_else(anna: User, ilya: User, quality: User) -> None:
    away(ilya, None, 1, 2)
    for deputy in (anna, quality, ilya):
        with pytest.raises(NotAllowed) as refusal:
            away(anna, deputy, 1.5, 3)
        assert refusal.value.field == "deputy"
    assert away(anna, ilya, 2.5, 3).deputy == ilya


def test_the_database_itself_knows_one_absence_at_a_time(anna: User) -> None:
    first = away(anna, None, 1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(user=anna, since=first.since, until=first.until + DAY, declared_by=anna)


def test_a_deputy_who_goes_away_is_passed_over_for_their_own(anna: User, ilya: User, boris: User) -> None:
    away(anna, ilya, 0, 5)
    away(ilya, boris, 0, 1)
    assert deputy_of(anna) == boris
    with clock.at(clock.now() + 2 * DAY):
        assert deputy_of(anna) == ilya


def test_a_circle_or_a_deputy_who_left_leads_to_the_line(anna: User, ilya: User, boris: User) -> None:
    away(anna, ilya, 0, 5)
    Absence.objects.create(
        user=ilya, deputy=anna, since=clock.now(), until=clock.now() + DAY, declared_by=boris
    )  # no verb makes it
    cover = cover_of(anna.pk)
    assert cover and cover.deputy is None

    away(boris, None, 1, 2).end(by=boris)
    absence = away(boris, None, 3, 4)
    User.objects.filter(pk=ilya.pk).update(is_active=False)
    Absence.objects.filter(pk=absence.pk).update(deputy=ilya)
    with clock.at(clock.now() + 3.5 * DAY):
        cover = cover_of(boris.pk)
    assert cover and cover.deputy is None


def test_a_deputy_sees_the_lines_of_the_absent_for_that_time(anna: User, vera: User, line_one: Team) -> None:
    assert line_one.pk not in vera.team_ids
    absence = away(anna, vera)
    for known in (User.objects.get(pk=vera.pk), User.objects.in_session(vera.pk)):
        assert known and line_one.pk in known.team_ids

    absence.end(by=anna)
    assert line_one.pk not in User.objects.get(pk=vera.pk).team_ids


def test_ACCESS_5_a_deputy_decides_for_that_time_and_never_for_oneself(anna: User, ilya: User, boris: User) -> None:
    assert not may_decide_for(ilya, boris, asked_by=anna)
    away(boris, ilya)
    assert may_decide_for(ilya, boris, asked_by=anna)
    assert not may_decide_for(ilya, boris, asked_by=ilya)
    assert not may_decide_for(anna, boris, asked_by=ilya)
    assert not may_decide_for(ilya, boris, asked_by=anna, at=clock.now() + 2 * DAY)


def test_an_absence_ends_with_the_work(anna: User, admin: User) -> None:
    absence = away(anna)
    anna.deactivate(by=admin)
    absence.refresh_from_db()
    assert absence.given_back_at


def form(person: User, deputy: User | None = None) -> dict[str, object]:
    until = (clock.now() + DAY).strftime("%Y-%m-%dT%H:%M")
    return {"person": person.pk, "until": until, "deputy": deputy.pk if deputy else "", "reason": "отпуск"}


def test_one_declares_ones_own_and_calls_it_off(client: Client, anna: User, ilya: User) -> None:
    client.force_login(anna)
    assert client.post("/absences/", form(anna, ilya))["Location"] == "/absences/"
    absence = Absence.objects.get(user=anna)
    page = client.get("/absences/").content.decode()
    assert "отпуск" in page and f"/absences/{absence.pk}/end/" in page
    client.post(f"/absences/{absence.pk}/end/")
    absence.refresh_from_db()
    assert absence.given_back_at


def test_of_others_only_their_lead_and_the_head(
    client: Client, anna: User, ilya: User, vera: User, boris: User, head: User
) -> None:
    tries = [(anna, ilya, False), (boris, vera, False), (boris, ilya, True), (head, vera, True)]
    for who, whose, may in tries:
        client.force_login(who)
        assert (client.post("/absences/", form(whose)).status_code == 302) is may, (who, whose)
        assert Absence.objects.filter(user=whose).exists() is may
    client.force_login(anna)
    absence = Absence.objects.get(user=vera)
    assert client.post(f"/absences/{absence.pk}/end/").status_code == 404


def test_why_somebody_is_away_is_told_to_them_and_to_those_who_could_declare_it(
    client: Client, anna: User, ilya: User, boris: User
) -> None:
    client.force_login(ilya)
    client.post("/absences/", {**form(ilya), "reason": "операция"})
    for who, told in ((ilya, True), (boris, True), (anna, False)):
        client.force_login(who)
        page = client.get("/absences/").content.decode()
        assert ilya.name in page
        assert ("операция" in page) is told, who


def test_a_refusal_stands_at_its_field(client: Client, anna: User) -> None:
    client.force_login(anna)
    answer = client.post("/absences/", form(anna, anna))
    assert answer.status_code == 422 and "кого-то другого" in answer.content.decode()


def test_an_illness_lasts_longer_where_nothing_stands_against_it(anna: User, ilya: User) -> None:
    absence = away(anna, ilya)
    later = clock.now() + 3 * DAY
    absence.end_at(later, by=anna)
    with clock.at(clock.now() + 2 * DAY):
        assert Absence.objects.turn_due() == 0 and deputy_of(anna) == ilya
    assert Entry.objects.filter(kind="staff.AbsenceMoved", data__until=later.isoformat()).exists()

    away(ilya, None, 4, 5)
    away(anna, None, 7, 8)
    for until in (clock.now() - DAY, clock.now() + 4.5 * DAY, clock.now() + 7.5 * DAY):
        with pytest.raises(NotAllowed) as refusal:
            absence.end_at(until, by=anna)
        assert refusal.value.field == "until"
    absence.end(by=anna)
    with pytest.raises(NotAllowed):
        absence.end_at(later, by=anna)


def test_the_end_is_moved_on_the_page(client: Client, anna: User, ilya: User) -> None:
    absence = away(anna, ilya)
    client.force_login(anna)
    client.post(f"/absences/{absence.pk}/move/", {"until": "nonsense"})
    client.post(f"/absences/{absence.pk}/move/", {"until": "2099-01-01T10:00"})
    absence.refresh_from_db()
    assert absence.until.year == 2099
    client.force_login(ilya)
    assert client.post(f"/absences/{absence.pk}/move/", {"until": "2098-01-01T10:00"}).status_code == 404


def test_who_declares_an_absence_reads_that_a_line_has_nobody(client: Client, anna: User, ilya: User) -> None:
    client.force_login(anna)
    warning = "в линии «Первая линия» не остаётся никого"
    assert warning not in client.post("/absences/", form(anna, ilya), follow=True).content.decode()
    client.force_login(ilya)
    assert warning in client.post("/absences/", form(ilya), follow=True).content.decode()


def test_somebody_else_stands_in_for_the_rest_of_it(
    client: Client, anna: User, ilya: User, boris: User, head: User
) -> None:
    first, coming = away(anna, ilya), away(head, ilya, 3, 5)
    ilya.deactivate(by=head)
    client.force_login(boris)
    assert "Илья Соколов больше не замещает" in client.get("/absences/").content.decode()

    client.post(f"/absences/{first.pk}/deputy/", {"deputy": boris.pk})
    second = Absence.objects.standing().get(user=anna)
    assert (second.deputy, second.until, second.declared_by) == (boris, first.until, boris)
    assert deputy_of(anna) == boris and second.begun_at
    for chosen in (ilya.pk, anna.pk, "x"):
        client.post(f"/absences/{second.pk}/deputy/", {"deputy": chosen})
        assert Absence.objects.standing().get(user=anna) == second
    assert client.post(f"/absences/{coming.pk}/deputy/", {"deputy": boris.pk}).status_code == 404
    with pytest.raises(NotAllowed):
        first.let_stand_in(boris, by=head)

    moved = coming.let_stand_in(boris, by=head)
    assert (moved.since, moved.until, moved.begun_at) == (coming.since, coming.until, None)
