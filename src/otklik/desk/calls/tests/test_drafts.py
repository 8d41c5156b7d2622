"""What is typed into the card of a call is kept until its result is written."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.calls.models import Call, Draft
from otklik.desk.calls.models.call import STILL_WRITTEN
from otklik.desk.calls.models.draft import KEPT
from otklik.desk.calls.tests.conftest import NOON, NUMBER, Tell
from otklik.desk.tickets.errors import Conflict

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def talk(tells: Tell) -> Call:
    tells("ringing", extension="101", number=NUMBER)
    return tells("answered", 5, extension="101")


def test_each_has_their_own_and_nothing_typed_is_none(talk: Call, anna: User, ilya: User) -> None:
    Draft.objects.keep(talk, {"note": "Про счёт", "until": "2026-05-14T15:00"}, by=anna, base="")
    Draft.objects.keep(talk, {"note": "Про роутер"}, by=ilya, base="")
    assert {row.author: row.text for row in Draft.objects.all()} == {anna: "Про счёт", ilya: "Про роутер"}

    assert Draft.objects.keep(talk, {"note": " ", "until": "2026-05-14T15:00"}, by=ilya) is None
    assert list(Draft.objects.all()) == [Draft.objects.of(talk, anna)]
    assert Draft.objects.keep(talk, {"until": "2026-05-14T15:00"}, by=ilya) is None, "the form itself proposes a date"


def test_two_windows_do_not_overwrite_each_other(talk: Call, anna: User) -> None:
    first = Draft.objects.keep(talk, {"note": "Первое"}, by=anna, base="")
    assert first
    for base in ("", "x", (first.saved_at - SECOND).isoformat()):
        with pytest.raises(Conflict):
            Draft.objects.keep(talk, {"note": "Второе"}, by=anna, base=base)
    assert Draft.objects.get().text == "Первое"

    Draft.objects.keep(talk, {"note": "Первое"}, by=anna, base="")  # the same words take nothing away
    kept = Draft.objects.get()
    Draft.objects.keep(talk, {"note": "Второе"}, by=anna, base=kept.stamp)
    assert Draft.objects.get().text == "Второе"


def test_a_single_field_leaves_the_others_and_their_moment(talk: Call, anna: User) -> None:
    kept = Draft.objects.keep(talk, {"note": "Про счёт"}, by=anna, base="")
    assert kept
    Draft.objects.keep(talk, {"name": "Мария", "csrfmiddlewaretoken": "x"}, by=anna)

    row = Draft.objects.get()
    assert (row.form, row.saved_at) == ({"note": "Про счёт", "name": "Мария"}, kept.saved_at)
    Draft.objects.keep(talk, {"note": "Про счёт и роутер"}, by=anna, base=kept.stamp)
    assert Draft.objects.get().form["name"] == "Мария"


def test_no_field_is_longer_than_it_may_be(talk: Call, anna: User) -> None:
    kept = Draft.objects.keep(talk, {"note": "я" * 5000, "result": "x" * 99, "name": "я" * 999}, by=anna)
    assert kept and {name: len(value) for name, value in kept.form.items()} == {"note": 4000, "result": 10, "name": 200}


def test_the_result_ends_it(tells: Tell, talk: Call, anna: User, ilya: User) -> None:
    Draft.objects.keep(talk, {"note": "Про счёт"}, by=anna)
    Draft.objects.keep(talk, {"note": "Моё"}, by=ilya)
    over = tells("ended", 65)
    with clock.at(NOON + timedelta(minutes=2)):
        over.conclude("answered", by=anna, note="Про счёт")

    assert [row.author for row in Draft.objects.all()] == [ilya], "what another has typed is theirs"
    with pytest.raises(Conflict):
        Draft.objects.keep(over, {"note": "Поздно"}, by=anna)


def test_what_another_has_typed_is_forgotten_after_a_month(tells: Tell, talk: Call, anna: User, ilya: User) -> None:
    Draft.objects.keep(talk, {"note": "Моё"}, by=ilya)
    saved = Draft.objects.get().saved_at
    with clock.at(saved + KEPT):
        assert Draft.objects.forget_spent() == 0, "there is no result yet"
    tells("ended", 65).conclude("answered", by=anna)
    with clock.at(saved + KEPT - SECOND):
        assert Draft.objects.forget_spent() == 0
    with clock.at(saved + KEPT):
        assert Draft.objects.forget_spent() == 1


@pytest.mark.parametrize("result", ["answered", "promised", ""])
def test_a_result_of_an_old_window_takes_nothing_away(tells: Tell, talk: Call, anna: User, result: str) -> None:
    """Whether it could be written or not."""
    first = Draft.objects.keep(talk, {"note": "Про счёт"}, by=anna, base="")
    assert first
    kept = Draft.objects.keep(talk, {"note": "Про счёт и\r\nроутер"}, by=anna, base=first.stamp)
    over = tells("ended", 65)
    assert kept
    for base in ("", "x", (first.saved_at - SECOND).isoformat()):
        with pytest.raises(Conflict, match="Про счёт и\r\nроутер"):
            over.conclude(result, by=anna, note="Про счёт", base=base)
    assert Draft.objects.get() == kept and not over.result

    over.conclude("answered", by=anna, note="Про счёт и\nроутер, всё", base="")  # more words take nothing away
    assert not Draft.objects.exists()


def test_the_card_stays_while_the_result_is_being_written(tells: Tell, talk: Call, anna: User, ilya: User) -> None:
    over = tells("ended", 65)
    assert over.wrap_until
    after = over.wrap_until + SECOND
    with clock.at(over.wrap_until - SECOND):
        assert list(Call.objects.shown_to(anna.pk)) == [over]
        Draft.objects.keep(over, {"note": "Про счёт"}, by=anna)
        Draft.objects.keep(over, {"note": "Чужое"}, by=ilya)
    with clock.at(after):
        assert list(Call.objects.shown_to(anna.pk)) == [over], "once, however many have typed"
        assert list(Call.objects.shown_to(ilya.pk)) == [], "it is not theirs to write"
        assert not Call.objects.busy([anna.pk]), "they are given calls again"
    with clock.at(over.wrap_until - SECOND + STILL_WRITTEN):
        assert list(Call.objects.shown_to(anna.pk)) == []
