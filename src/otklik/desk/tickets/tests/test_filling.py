"""The form of a ticket: typed values, by topic, required at resolve."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models.question import LARGEST
from otklik.desk.tickets.errors import Conflict, Invalid, Unfilled
from otklik.desk.tickets.models import Field, Ticket, Topic
from otklik.desk.tickets.models.field import value_of
from otklik.desk.tickets.steps import Refuse, Resolve

pytestmark = pytest.mark.django_db


@pytest.fixture
def phones(db: None) -> Topic:
    topic = Topic(name="Телефония")
    topic.put()
    return topic


@pytest.fixture
def sound(phones: Topic) -> Topic:
    topic = Topic(name="Качество связи", parent=phones)
    topic.put()
    return topic


def field(name: str, kind: str = "text", **more: object) -> Field:
    return Field.objects.create(name=name, kind=kind, **more)


@pytest.mark.parametrize(
    ("kind", "given_", "kept", "said"),
    [
        ("text", "  Договор   44-Т ", "Договор 44-Т", "Договор 44-Т"),
        ("number", "1 250,50", 1250.5, "1\xa0250,5"),
        ("number", "−3", -3, "-3"),
        ("number", 0, 0, "0"),
        ("date", "28.11.2026", "2026-11-28", "28 ноября 2026 г."),
        ("date", "2026-11-28", "2026-11-28", "28 ноября 2026 г."),
        ("choice", "Яблоко", "Яблоко", "Яблоко"),
        ("flag", "no", False, "нет"),
        ("flag", True, True, "да"),
        ("link", "https://вики.рф/а?б=1", "https://вики.рф/а?б=1", "https://вики.рф/а?б=1"),
        ("text", "  ", None, ""),
        ("number", "", None, ""),
    ],
)
def test_values_are_kept_typed_and_said_in_words(kind: str, given_: object, kept: object, said: str) -> None:
    one = Field(name="Поле", kind=kind, options=["Яблоко", "Груша"])
    value = one.read(given_)

    assert (value, type(value)) == (kept, type(kept))
    assert one.said(value) == said


@pytest.mark.parametrize(
    ("kind", "given_"),
    [
        ("text", "о" * 501),
        ("text", "а\x00б"),
        ("number", "двенадцать"),
        ("number", "1e99"),
        ("number", "NaN"),
        ("number", "0.00001"),
        ("number", "-100000000000"),
        ("date", "31.02.2026"),
        ("date", "0001-01-01"),
        ("date", "завтра"),
        ("choice", "Слива"),
        ("flag", "может быть"),
        ("link", "javascript:alert(1)"),
        ("link", "ftp://desk.test/"),
        ("link", "https://" + "о" * 1000 + ".ru"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_name_of_the_field(kind: str, given_: object) -> None:
    one = Field(pk=7, name="Поле", kind=kind, options=["Яблоко"])
    with pytest.raises(Invalid, match=r"^Поле: ") as refused:
        one.read(given_)
    assert refused.value.field == "field-7"


@given(st.decimals(-LARGEST + 1, LARGEST - 1, places=4))
def test_a_number_is_the_same_after_json(number: Decimal) -> None:
    one = Field(name="Поле", kind="number")
    value = one.read(str(number))
    assert Decimal(str(value)) == number and one.read(value) == value


def test_the_form_of_a_topic_has_fields_for_all_and_of_what_is_above(
    ticket: Ticket, anna: User, phones: Topic, sound: Topic
) -> None:
    other = Topic(name="Оплата")
    other.put()
    field("Для всех")
    field("Телефон", topic=phones)
    field("Запись", topic=sound)
    field("Счёт", topic=other)
    field("Был", is_active=False)

    def asked() -> list[str]:
        return [one.name for one in ticket.form()]

    assert asked() == ["Для всех"]
    ticket.classify(phones, by=anna)
    assert asked() == ["Для всех", "Телефон"]
    ticket.classify(sound, by=anna)
    assert asked() == ["Для всех", "Телефон", "Запись"]


def test_values_stay_when_the_topic_changes_and_come_back_with_it(ticket: Ticket, anna: User, phones: Topic) -> None:
    phone = field("Телефон", topic=phones)
    ticket.classify(phones, by=anna)
    ticket.fill({phone.pk: "104"}, by=anna)
    ticket.classify(None, by=anna)
    with pytest.raises(Invalid):
        ticket.fill({phone.pk: "105"}, by=anna)
    ticket.classify(phones, by=anna)

    assert value_of(Ticket.objects.get(pk=ticket.pk).details, phone) == "104"


def test_the_journal_says_what_was_and_what_is(ticket: Ticket, anna: User) -> None:
    urgent = field("Срочно", "flag")
    for told in ("yes", "yes", "", ""):
        ticket.fill({urgent.pk: told}, by=anna)

    news = [entry.data for entry in Entry.objects.filter(kind="tickets.FieldFilled").order_by("id")]
    assert [(one["value"], one["was"]) for one in news] == [("да", ""), ("", "да")]
    assert ticket.details == {}


def test_all_answers_or_none(ticket: Ticket, anna: User) -> None:
    name, count = field("Имя"), field("Счёт", "number")
    with pytest.raises(Invalid):
        ticket.fill({name.pk: "Пекарня", count.pk: "много"}, by=anna)
    assert Ticket.objects.get(pk=ticket.pk).details == {}


def test_a_choice_that_is_not_offered_any_more_may_stay(ticket: Ticket, anna: User) -> None:
    fruit = field("Плод", "choice", options=["Яблоко", "Груша"])
    ticket.fill({fruit.pk: "Груша"}, by=anna)
    fruit.options = ["Яблоко"]
    fruit.save()

    ticket.fill({fruit.pk: "Груша"}, by=anna)
    ticket.fill({fruit.pk: "Яблоко"}, by=anna)
    with pytest.raises(Invalid):
        ticket.fill({fruit.pk: "Груша"}, by=anna)


def test_a_required_field_holds_the_solution_up_and_nothing_leaves(ticket: Ticket, anna: User) -> None:
    cause = field("Причина", is_required=True)
    field("Необязательное")
    said = ticket.conversation.messages.count()

    with pytest.raises(Unfilled, match="заполните поле: Причина") as refused:
        ticket.reply("Готово.", by=anna, then=Resolve())
    assert refused.value.missing == [cause] and refused.value.field == cause.place
    assert ticket.conversation.messages.count() == said

    ticket.fill({cause.pk: "роутер"}, by=anna)
    ticket.reply("Готово.", by=anna, then=Resolve())
    assert Ticket.objects.get(pk=ticket.pk).status == "resolved"


def test_yes_or_no_answered_with_no_is_answered(ticket: Ticket, anna: User) -> None:
    visit = field("Выезд", "flag", is_required=True)
    ticket.fill({visit.pk: False}, by=anna)
    assert ticket.unfilled() == []


def test_a_refusal_asks_for_nothing(ticket: Ticket, anna: User) -> None:
    field("Причина", is_required=True)
    ticket.reply("", by=anna, then=Refuse("outside", "Не наше.", ["Обратитесь к провайдеру"]))
    assert Ticket.objects.get(pk=ticket.pk).status == "refused"


def test_a_joined_ticket_is_only_read(ticket: Ticket, writes, anna: User) -> None:
    name = field("Имя")
    other = writes("Ещё")
    other.merge_into(ticket, by=anna)
    with pytest.raises(Conflict):
        other.fill({name.pk: "Пекарня"}, by=anna)
