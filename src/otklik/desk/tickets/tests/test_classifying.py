"""Topics in a tree, tags in one spelling."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Priority, Tag, Ticket, Topic
from otklik.desk.tickets.models.tag import normalised
from otklik.desk.tickets.models.topic import LEVELS, Tree
from otklik.desk.tickets.narrowing import Narrowing
from otklik.desk.tickets.search import found_by
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def topic(name: str, parent: Topic | None = None) -> Topic:
    made = Topic(name=name, parent=parent)
    made.put()
    return made


@pytest.fixture
def phones(db: None) -> Topic:
    return topic("Телефония")


@pytest.fixture
def quality_of_sound(phones: Topic) -> Topic:
    return topic("Качество связи", phones)


def test_a_ticket_gets_a_topic_and_the_journal_says_both_names(
    ticket: Ticket, anna: User, phones: Topic, quality_of_sound: Topic
) -> None:
    ticket.classify(phones, by=anna)
    ticket.classify(quality_of_sound, by=anna)

    told = Entry.objects.filter(kind="tickets.TopicChanged").latest("id").data
    assert (told["name"], told["was"]) == ("Телефония › Качество связи", "Телефония")
    assert Ticket.objects.get(pk=ticket.pk).topic == quality_of_sound


def test_the_same_topic_again_is_no_news(ticket: Ticket, anna: User, phones: Topic) -> None:
    ticket.classify(phones, by=anna)
    version = ticket.version
    ticket.classify(phones, by=anna)

    assert ticket.version == version and Entry.objects.filter(kind="tickets.TopicChanged").count() == 1


def test_a_topic_below_one_that_is_not_in_use_is_not_given(
    ticket: Ticket, anna: User, phones: Topic, quality_of_sound: Topic
) -> None:
    phones.is_active = False
    phones.put()

    with pytest.raises(Invalid) as refused:
        ticket.classify(quality_of_sound, by=anna)
    assert refused.value.field == "topic"


def test_what_follows_and_what_is_split_off_is_about_the_same_until_somebody_says_otherwise(
    ticket: Ticket, writes: Write, anna: User, phones: Topic
) -> None:
    writes("И ещё", token=ticket.conversation.token)
    letter = ticket.conversation.messages.order_by("-id").first()
    assert letter
    ticket.classify(phones, by=anna)
    other = Ticket.objects.get(pk=ticket.pk).split_off([letter.pk], by=anna)
    with clock.at(clock.now() - timedelta(days=10)):
        Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Resolve())
    follower = writes("Снова", token=ticket.conversation.token)

    assert follower.follows == ticket
    assert {Ticket.objects.get(pk=one.pk).topic for one in (other, follower)} == {phones}


def test_a_joined_ticket_is_only_read(ticket: Ticket, writes, anna: User, phones: Topic) -> None:
    other = writes("Ещё одно")
    other.merge_into(ticket, by=anna)

    with pytest.raises(Conflict):
        other.classify(phones, by=anna)
    with pytest.raises(Conflict):
        other.tag(["роутер"], by=anna)


def test_moving_a_topic_loses_no_ticket(ticket: Ticket, anna: User, quality_of_sound: Topic) -> None:
    ticket.classify(quality_of_sound, by=anna)
    network = topic("Сеть")

    quality_of_sound.parent = network
    quality_of_sound.put()

    ticket.refresh_from_db()
    assert ticket.topic == quality_of_sound
    assert Topic.objects.tree().said(ticket.topic_id) == "Сеть › Качество связи"
    assert list(found_by(Ticket.objects.all(), "topic:сеть", anna)) == [ticket]
    assert not found_by(Ticket.objects.all(), "topic:телефония", anna)


def test_a_topic_cannot_stand_below_itself(phones: Topic, quality_of_sound: Topic) -> None:
    phones.parent = quality_of_sound
    with pytest.raises(ValidationError) as refused:
        phones.put()
    assert "parent" in refused.value.message_dict


def test_the_tree_has_four_levels_also_when_a_branch_moves(phones: Topic, quality_of_sound: Topic) -> None:
    third = topic("Эхо", quality_of_sound)
    topic("Гарнитура", third)
    with pytest.raises(ValidationError):
        topic("Громкость", Topic.objects.get(name="Гарнитура"))

    top = topic("Всё остальное")
    phones.parent = top
    with pytest.raises(ValidationError):
        phones.put()


def test_one_name_stands_once_in_a_place(phones: Topic, quality_of_sound: Topic) -> None:
    with pytest.raises(ValidationError):
        topic("телефония")
    topic("Качество связи")  # at the top it is another one


def test_neighbours_change_places(phones: Topic) -> None:
    payments = topic("Оплата")
    topic("Сеть")

    payments.step(-1)
    payments.step(-1)

    assert [one.name for one in Topic.objects.tree().below(None)] == ["Оплата", "Телефония", "Сеть"]


def test_tags_have_one_spelling_and_are_offered_again(ticket: Ticket, writes, anna: User) -> None:
    ticket.tag(["#Роутер,  Филиал на   Ленина", "роутер"], by=anna)
    writes("Ещё").tag(["роутер"], by=anna)

    ticket.refresh_from_db()
    assert ticket.tags == ["роутер", "филиал на ленина"]
    assert Tag.objects.offered() == ["роутер", "филиал на ленина"]
    assert Tag.objects.offered("фил") == ["филиал на ленина"]
    told = Entry.objects.filter(kind="tickets.TagsChanged", about_id=ticket.pk).get().data
    assert told["added"] == ["роутер", "филиал на ленина"] and told["removed"] == []


@given(st.lists(st.text(max_size=30), max_size=8))
def test_a_spelling_is_final(words: list[str]) -> None:
    try:
        once = normalised(words)
    except Invalid:
        return
    assert normalised(once) == once and len(set(once)) == len(once)
    assert all(tag and tag == tag.strip() for tag in once)


def test_too_long_and_too_many_are_refused(ticket: Ticket, anna: User) -> None:
    with pytest.raises(Invalid, match="слишком длинная"):
        ticket.tag(["о" * 41], by=anna)
    with pytest.raises(Invalid, match="20"):
        ticket.tag([f"метка {number}" for number in range(21)], by=anna)


def test_tickets_are_found_by_topic_and_tag(
    ticket: Ticket, writes, anna: User, phones: Topic, quality_of_sound: Topic
) -> None:
    other = writes("Ещё")
    ticket.classify(quality_of_sound, by=anna)
    ticket.tag(["филиал на Ленина"], by=anna)

    def found(query: str) -> list[Ticket]:
        return list(found_by(Ticket.objects.all(), query, anna))

    assert found("topic:телефония") == found(f"topic:{phones.pk}") == [ticket]
    assert found("topic:качество_связи tag:филиал_на_ленина") == [ticket]
    assert found("topic:none") == [other]
    assert found("tag:филиал") == found("topic:9223372036854775808") == []


def test_tickets_are_found_by_product(ticket: Ticket, writes: Write, anna: User) -> None:
    other = writes("Ещё")
    phone = Product.objects.create(name="Облачная АТС")
    ticket.name_product(phone, by=anna)

    def found(query: str) -> list[list[Ticket]]:
        by_search = list(found_by(Ticket.objects.visible_to(anna), query, anna))
        with connection.cursor() as cursor:
            narrowing = Narrowing.read(query)
            cursor.execute(f"SELECT id FROM tickets_ticket WHERE TRUE{narrowing.sql}", narrowing.values)
            return [by_search, [Ticket.objects.get(pk=pk) for (pk,) in cursor.fetchall()]]

    assert found("product:облачная_атс") == found(f"product:{phone.pk}") == [[ticket], [ticket]]
    assert found("product:none") == [[other], [other]]
    assert found("product:атс") == found("product:9223372036854775808") == [[], []]
    assert [part.said for part in Narrowing.read(f"product:{phone.pk} product:none").parts] == [
        "Облачная АТС",
        "без продукта",
    ]


def test_a_priority_is_told_and_found(ticket: Ticket, writes, anna: User) -> None:
    writes("Ещё")
    ticket.prioritise(Priority.URGENT, by=anna)
    ticket.prioritise(Priority.URGENT, by=anna)

    told = Entry.objects.get(kind="tickets.PriorityChanged").data
    assert (told["priority"], told["was"]) == (4, 2)
    for query in ("priority:urgent", "priority:4", "priority:high,urgent"):
        assert list(found_by(Ticket.objects.all(), query, anna)) == [ticket]
    assert not found_by(Ticket.objects.all(), "priority:dire", anna)


def test_a_priority_is_one_of_four_and_of_an_open_ticket(ticket: Ticket, anna: User) -> None:
    with pytest.raises(Invalid):
        ticket.prioritise(5, by=anna)
    ticket.close("spam", by=anna)
    with pytest.raises(Conflict):
        ticket.prioritise(Priority.HIGH, by=anna)


@pytest.mark.django_db(transaction=True)
def test_RACE_two_who_move_at_once_make_no_circle() -> None:
    one, other = topic("Первая"), topic("Вторая")

    def move(pair: tuple[int, int]) -> bool:
        try:
            moved = Topic.objects.get(pk=pair[0])
            moved.parent_id = pair[1]
            moved.put()
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(move, [(one.pk, other.pk), (other.pk, one.pk)]))

    assert sorted(ends) == [False, True]
    assert [level for level, _topic in Topic.objects.tree().walk()] == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_RACE_two_who_name_one_topic_at_once_get_one() -> None:
    def make(_number: int) -> bool:
        try:
            topic("Телефония")
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(make, range(4))).count(True) == 1


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), max_size=30))
def test_whatever_is_moved_the_tree_stays_a_tree_of_four_levels(moves: list[tuple[int, int]]) -> None:
    topics = [Topic(pk=number, name=f"Тема {number}", position=number) for number in range(1, 10)]
    for number, parent in moves:
        moved, was = topics[number - 1], topics[number - 1].parent_id
        tree = Tree(topics)
        moved.parent_id = parent or None
        try:
            tree.check_place(moved)
        except ValidationError:
            moved.parent_id = was
    walked = list(Tree(topics).walk())
    assert sorted(one.pk for _level, one in walked) == list(range(1, 10)), "nobody is lost in a circle"
    assert max(level for level, _topic in walked) < LEVELS
