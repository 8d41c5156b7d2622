"""Two tickets that belong together and stay two."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Ticket, Tie
from otklik.desk.tickets.steps import PromiseDate, Refuse, Resolve, Wait
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
type Three = tuple[Ticket, Ticket, Ticket]


@pytest.fixture
def three(ticket: Ticket, writes: Write) -> Three:
    return ticket, writes("Второе"), writes("Третье")


def test_a_tie_is_told_in_both_stories_from_each_side(three: Three, anna: User) -> None:
    first, second, _third = three
    second.tie("duplicate", first, by=anna)

    told = {entry.about_id: entry.data for entry in Entry.objects.filter(kind="tickets.Tied")}
    assert (told[second.pk]["other_id"], told[second.pk]["back"]) == (first.pk, False)
    assert (told[first.pk]["other_id"], told[first.pk]["back"]) == (second.pk, True)
    assert Ticket.objects.get(pk=second.pk).is_open, "a duplicate stays what it is"


def test_it_is_taken_away_from_either_side(three: Three, anna: User) -> None:
    first, second, _third = three
    made = second.tie("cause", first, by=anna)
    first.untie(made, by=anna)

    assert not Tie.objects.exists() and Entry.objects.filter(kind="tickets.Untied").count() == 2
    made.pk = made.pk or 1
    with pytest.raises(Conflict):
        first.untie(made, by=anna)


def test_two_have_one_tie_in_one_direction(three: Three, anna: User) -> None:
    first, second, _third = three
    second.tie("duplicate", first, by=anna)

    for kind, one, other in (("duplicate", second, first), ("part", second, first), ("part", first, second)):
        with pytest.raises(Refused):
            one.tie(kind, other, by=anna)
    assert Tie.objects.count() == 1


def test_no_circle_and_nothing_with_itself(three: Three, anna: User) -> None:
    first, second, third = three
    second.tie("part", first, by=anna)
    third.tie("part", second, by=anna)

    with pytest.raises(Invalid, match="круг"):
        first.tie("part", third, by=anna)
    first.tie("cause", third, by=anna)  # another kind is another story
    with pytest.raises(Invalid):
        first.tie("part", first, by=anna)
    with pytest.raises(Invalid):
        first.tie("twin", second, by=anna)


def test_a_joined_ticket_is_tied_to_nothing(three: Three, anna: User) -> None:
    first, second, third = three
    second.merge_into(first, by=anna)
    with pytest.raises(Conflict):
        third.tie("part", second, by=anna)


def test_only_who_sees_both_sees_the_tie(three: Three, anna: User, vera: User, head: User, line_two: Team) -> None:
    first, second, _third = three
    second.tie("cause", first, by=anna)
    second.hand_over(line_two, Brief("Звонок", "", "Дальше у вас"), by=anna)

    assert Tie.objects.of(first).seen_by(head).count() == 1
    assert not Tie.objects.of(first).seen_by(anna) and not Tie.objects.of(second).seen_by(vera)


@pytest.mark.django_db(transaction=True)
def test_RACE_tied_from_both_sides_at_once_they_have_one_tie(ticket: Ticket, writes: Write, anna: User) -> None:
    other = writes("Второе")

    def tie(pair: tuple[int, int]) -> str:
        try:
            one, two = (Ticket.objects.get(pk=pk) for pk in pair)
            one.tie("duplicate", two, by=anna)
        except Refused as error:
            return type(error).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(6) as pool:
        ends = list(pool.map(tie, [(ticket.pk, other.pk), (other.pk, ticket.pk)] * 3))

    assert ends.count("") == 1 and Tie.objects.count() == 1


def test_the_whole_does_not_end_before_its_parts(three: Three, anna: User) -> None:
    whole, part, other = three
    part.tie("part", whole, by=anna)
    other.tie("cause", whole, by=anna)
    no = Refuse("outside", "Не наше.", ["Спросите провайдера."])
    for end in (
        lambda: whole.close("spam", by=anna),
        lambda: whole.reply("Готово", by=anna, then=Resolve("Готово")),
        lambda: whole.reply("Нет", by=anna, then=no),
    ):
        with pytest.raises(Conflict, match="Открыта ещё 1 часть"):
            end()
    whole.reply("Сделаем до вечера", by=anna, then=PromiseDate(clock.now() + HOUR))

    part.reply("Готово", by=anna, then=Resolve("Готово"))
    whole.reply("Готово", by=anna, then=Resolve("Готово"))
    assert Ticket.objects.get(pk=whole.pk).status == "resolved", "what it has caused is another matter"


def test_a_part_may_end_first_and_the_link_be_taken_away(three: Three, anna: User) -> None:
    whole, part, _other = three
    tie = part.tie("part", whole, by=anna)
    whole.untie(tie, by=anna)
    whole.close("spam", by=anna)

    assert not Ticket.objects.get(pk=whole.pk).is_open and Ticket.objects.get(pk=part.pk).is_open


def test_silence_does_not_end_the_whole_before_its_parts(three: Three, anna: User) -> None:
    whole, part, _other = three
    part.tie("part", whole, by=anna)
    whole.reply("Какая модель?", by=anna, then=Wait(clock.now() + HOUR))
    for days in (3, 9, 20):
        with clock.at(clock.now() + days * DAY):
            Ticket.objects.wake_due()

    whole.refresh_from_db()
    assert (whole.status, whole.returned) == ("open", "silence")
