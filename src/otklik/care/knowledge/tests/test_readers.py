"""Views, opinions and searches are counted without anybody; what was sought in vain is a gap."""

from datetime import timedelta

import pytest
from django.utils import timezone

from otklik.care.knowledge import figures
from otklik.care.knowledge.models import ArticleDay, ArticleUse, Opinion, Sought
from otklik.care.knowledge.sampling import midnight
from otklik.care.knowledge.states import How, Side
from otklik.care.knowledge.terms import EVERY, today
from otklik.care.knowledge.tests.conftest import Begin
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def test_views_add_up_by_day(begin: Begin) -> None:
    made, day = begin(public=True), today()
    for on in (day, day, day - timedelta(days=1)):
        ArticleDay.objects.viewed(made, on)
    assert list(made.days.order_by("day").values_list("views", flat=True)) == [1, 2]


def test_an_opinion_keeps_no_address(begin: Begin) -> None:
    made = begin(public=True)
    assert Opinion.objects.give(made, False, "Пишите на a@b.test или +7 916 123 45 67").missing == "Пишите на … или …"
    assert Opinion.objects.give(made, True, "лишнее").missing == ""
    assert Opinion.objects.forget_words() == 0
    with clock.at(clock.now() + timedelta(days=180)):
        assert Opinion.objects.forget_words() == 1
    assert not Opinion.objects.exclude(missing="").exists() and Opinion.objects.filter(helped=False).exists()


def test_gaps_are_what_was_sought_in_vain_or_never_opened() -> None:
    day = today()
    for _ in range(4):
        Sought.objects.looked_for("Факс через АТС", Side.CLIENTS, 0, day)
    for _ in range(3):
        Sought.objects.looked_for("счёт", Side.CLIENTS, 2, day)
    Sought.objects.opened("Счет", Side.CLIENTS, day)
    Sought.objects.opened("никто не искал", Side.CLIENTS, day)
    for _ in range(3):
        Sought.objects.looked_for("запись", Side.DESK, 2, day)
    for _ in range(2):
        Sought.objects.looked_for("иванова анна", Side.DESK, 0, day)
    Sought.objects.looked_for("давно", Side.DESK, 0, day - timedelta(days=40))
    told = [(gap.words, gap.side, gap.times, gap.empty) for gap in Sought.objects.gaps(day, 10)]
    assert told == [("факс через атс", "clients", 4, 4), ("запись", "desk", 3, 0)]
    assert Sought.objects.forget(day + timedelta(days=60)) == 1


def test_a_letter_of_a_reader_counts_once_however_requests_are_joined(begin: Begin, writes: Write, anna: User) -> None:
    made = begin(public=True)
    for _ in range(6):
        ArticleDay.objects.viewed(made, today())
    one, two = writes("раз", subject=f"[KB-{made.pk}]"), writes("два", sender="other@x.test")
    one.merge_into(two, by=anna, disclose=True)
    assert ArticleUse.objects.filter(how=How.READ).count() == 2
    assert figures.read(today(), today()) == [figures.Views(today(), 5, 6)]


@pytest.mark.parametrize("zone", ["Asia/Vladivostok", "America/New_York"])
def test_days_are_those_of_the_house_wherever_one_looks(begin: Begin, zone: str) -> None:
    """Opinions at both ends of a day: in the reader's zone one of them lies outside of it."""
    made, day = begin(public=True), today()
    for _ in range(6):
        ArticleDay.objects.viewed(made, day)
    for moment in (midnight(day) + timedelta(minutes=5), midnight(day + timedelta(days=1)) - timedelta(minutes=5)):
        with clock.at(moment):
            Opinion.objects.give(made, False)
    with timezone.override(zone):
        assert figures.read(day, day) == [figures.Views(day, 4, 6)]
        with clock.at(midnight(day) + timedelta(minutes=5)):
            assert today() == day, "late yesterday where this reader is, or nearly so"
        with clock.at(midnight(day + timedelta(days=1)) - timedelta(minutes=5)):
            assert today() == day, "already tomorrow in the east"
            made.was_read_anew()
    assert made.review_on == day + EVERY


def test_of_a_day_on_which_nobody_read_nothing_is_told(begin: Begin) -> None:
    made = begin(public=True)
    Opinion.objects.give(made, False)
    assert figures.read(today(), today()) == [] and figures.unmet(today(), today()) == []


def test_figures_of_readers(begin: Begin, ticket: Ticket, anna: User, django_assert_num_queries) -> None:
    made = begin(public=True)
    for _ in range(10):
        ArticleDay.objects.viewed(made, today())
    Opinion.objects.give(made, False), Opinion.objects.give(made, True)
    ArticleUse.objects.note(ticket, made, How.READ, by=None)
    for number in range(5):
        Sought.objects.looked_for("номер", Side.CLIENTS, 1, today())
        if number < 3:
            Sought.objects.opened("номер", Side.CLIENTS, today())
    for _ in range(5):
        begin()
    week = today() - timedelta(days=6), today()
    with django_assert_num_queries(5):
        (helped,), (unmet,), fresh = figures.read(*week), figures.unmet(*week), figures.fresh(today())
    assert (helped.day, helped.helped, helped.all) == (today(), 8, 10)
    assert (unmet.vain, unmet.all) == (2, 5) and fresh == (6, 6)
    assert figures.read(week[0], week[0]) == [], "of another day"
    with clock.at(clock.now() + EVERY):
        assert figures.fresh(today())[0] == 0
