"""One act on many tickets, and its one undo."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Membership, Skill, Team, User
from otklik.desk.routing import many
from otklik.desk.routing.models import Handover, Need
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Batch, Ticket, Topic
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_russian() -> Iterator[None]:
    with translation.override("ru"):
        yield


@pytest.fixture
def three(writes: Write) -> list[Ticket]:
    return [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(3)]


def owners() -> list[User | None]:
    return [ticket.owner for ticket in Ticket.objects.select_related("owner").order_by("pk")]


def test_each_goes_back_to_whom_it_was_of(boris: User, anna: User, ilya: User, three: list[Ticket]) -> None:
    three[0].take(by=anna)
    outcome = many.give(three, ilya, by=boris)
    assert owners() == [ilya] * 3 and outcome.batch

    assert outcome.batch.undo(by=boris).done == [ticket.pk for ticket in three]
    assert owners() == [anna, None, None]


def test_what_somebody_has_changed_since_stays(boris: User, anna: User, ilya: User, three: list[Ticket]) -> None:
    batch = many.give(three, ilya, by=boris).batch
    assert batch
    three[1].assign(anna, by=boris)

    back = batch.undo(by=boris)

    assert owners() == [None, anna, None]
    assert back.refused == {"Кто-то изменил это после вас.": [three[1].pk]}
    assert "1: Кто-то изменил это после вас (№" in back.said("2")
    with pytest.raises(Conflict):
        batch.undo(by=boris)


def test_what_was_taken_or_went_away_meanwhile_is_nobody_elses_to_give(
    anna: User, ilya: User, vera: User, line_two: Team, three: list[Ticket]
) -> None:
    chosen, gone = many.chosen([ticket.pk for ticket in three], anna)
    assert not gone
    three[0].take(by=ilya)
    Ticket.objects.filter(pk=three[1].pk).update(team=line_two)

    given = many.give(chosen, anna, by=anna)
    assert given.done == [three[2].pk] and owners() == [ilya, None, anna]
    assert sorted(given.refused.values()) == [[three[0].pk], [three[1].pk]]
    chosen, _gone = many.chosen([three[2].pk], anna)
    Ticket.objects.filter(pk=three[2].pk).update(team=line_two, owner=vera)
    assert many.prioritise(chosen, 4, by=anna).done == []
    assert many.label(chosen, by=anna, add=["vpn"]).done == []


def test_what_changed_between_the_list_and_the_act_is_what_comes_back(
    boris: User, anna: User, ilya: User, three: list[Ticket]
) -> None:
    stale = [Ticket.objects.select_related(*many.RELATED).get(pk=three[0].pk)]
    three[0].assign(anna, by=boris)

    batch = many.give(stale, ilya, by=boris).batch
    assert batch
    batch.undo(by=boris)

    assert owners()[0] == anna


def test_nobody_takes_back_an_old_act_or_another_ones(boris: User, anna: User, ilya: User, three: list[Ticket]) -> None:
    batch = many.give(three, ilya, by=boris).batch
    assert batch
    with pytest.raises(Conflict):
        batch.undo(by=anna)
    with clock.at(clock.now() + timedelta(minutes=11)), pytest.raises(Conflict):
        batch.undo(by=boris)
    with clock.at(clock.now() + timedelta(hours=2)):
        Batch.objects.forget_old()
    assert not Batch.objects.exists() and owners() == [ilya] * 3


def test_who_is_away_of_another_line_or_lacks_the_skill_gets_none(
    boris: User, anna: User, ilya: User, vera: User, three: list[Ticket], line_one: Team
) -> None:
    french = Skill.objects.create(name="французский")
    Need.objects.create(channel=three[0].conversation.channel, skill=french)
    Absence.objects.declare(anna, by=boris, until=clock.now() + timedelta(days=1))

    for person, words in ((anna, "отсутств"), (vera, "не из этой линии"), (ilya, "французский")):
        outcome = many.give(three, person, by=boris)
        assert not outcome.done and words in next(iter(outcome.refused)), person

    ilya.skills.add(french)
    assert len(many.give(three, ilya, by=boris).done) == 3


def test_topic_and_tags_come_and_go_and_come_back(anna: User, three: list[Ticket]) -> None:
    topic = Topic(name="Оплата")
    topic.put()
    three[0].tag(["vpn", "роутер"], by=anna)

    batch = many.label(three, by=anna, topic=topic, add=["срочно"], remove=["vpn"]).batch
    told = list(Ticket.objects.order_by("pk").values_list("topic", "tags"))
    assert told == [(topic.pk, ["роутер", "срочно"]), (topic.pk, ["срочно"]), (topic.pk, ["срочно"])]

    assert batch
    batch.undo(by=anna)
    assert list(Ticket.objects.order_by("pk").values_list("topic", "tags")) == [
        (None, ["vpn", "роутер"]),
        (None, []),
        (None, []),
    ]


def test_a_hand_over_is_taken_back_while_nobody_has_taken_it(
    anna: User, vera: User, line_one: Team, line_two: Team, three: list[Ticket]
) -> None:
    three[0].take(by=anna)
    batch = many.hand_over(three, line_two, Brief.of("Звонок", "", "Доступ"), by=anna).batch
    three[1].refresh_from_db()
    three[1].take(by=vera)

    assert batch
    back = batch.undo(by=anna)

    assert back.done == [three[0].pk, three[2].pk] and list(back.refused.values()) == [[three[1].pk]]
    assert list(Ticket.objects.order_by("pk").values_list("team", "owner")) == [
        (line_one.pk, anna.pk),
        (line_two.pk, vera.pk),
        (line_one.pk, None),
    ]
    assert list(Handover.objects.values_list("ticket", flat=True)) == [three[1].pk]


def test_nothing_comes_back_to_who_is_away_meanwhile(
    boris: User, anna: User, ilya: User, three: list[Ticket], line_one: Team
) -> None:
    three[0].take(by=anna)
    batch = many.give(three[:1], ilya, by=boris).batch
    Absence.objects.declare(anna, by=boris, until=clock.now() + timedelta(days=1))
    assert batch and Membership.objects.filter(user=anna).exists()

    assert batch.undo(by=boris).refused and owners()[0] == ilya
