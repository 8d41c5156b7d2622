"""Lists narrowed by what requests are about, and by the values of a company's own fields."""

import pytest
from django.db import connection

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Field, SavedList, Ticket, Topic, saved_list
from otklik.desk.tickets.narrowing import Narrowing, written
from otklik.desk.tickets.search import found_by
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(db: None) -> dict[str, Field]:
    kinds = {"Договор": "text", "Сумма": "number", "Дата визита": "date", "Модель": "choice", "Гарантия": "flag"}
    made = {name: Field.objects.create(name=name, kind=kind) for name, kind in kinds.items() if kind != "choice"}
    return made | {"Модель": Field.objects.create(name="Модель", kind="choice", options=["T 46", "W_52"])}


@pytest.fixture
def two(writes: Write, anna: User, fields: dict[str, Field]) -> list[Ticket]:
    first, second = (writes(f"Дело {number}", subject=f"Дело {number}") for number in range(2))
    told = {"Договор": "12-44 А", "Сумма": "1500,5", "Дата визита": "2026-11-28", "Модель": "T 46", "Гарантия": "yes"}
    first.fill({fields[name].pk: value for name, value in told.items()}, by=anna)
    told = {"Договор": "7_1", "Сумма": "90", "Дата визита": "01.12.2026", "Модель": "W_52", "Гарантия": "no"}
    second.fill({fields[name].pk: value for name, value in told.items()}, by=anna)
    writes("Без полей")
    return [first, second]


def found(query: str) -> list[str]:
    """Subjects, by the bare condition; the search says the same."""
    narrowing = Narrowing.read(query)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT subject FROM tickets_ticket WHERE TRUE{narrowing.sql} ORDER BY id", narrowing.values)
        return [subject for (subject,) in cursor.fetchall()]


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("field:Договор=12-44_А", ["Дело 0"]),
        ("field:договор=7_1", ["Дело 1"]),
        ("field:договор~44", ["Дело 0"]),
        ("field:договор~%", []),
        ("field:Сумма>=1500.5", ["Дело 0"]),
        ("field:Сумма<100", ["Дело 1"]),
        ("field:Сумма=1500,5", ["Дело 0"]),
        ("field:Дата_визита<=2026-11-30", ["Дело 0"]),
        ("field:Дата_визита>2026-11-28", ["Дело 1"]),
        ("field:Модель=T_46", ["Дело 0"]),
        ("field:Модель=W_52", ["Дело 1"]),
        ("field:Гарантия=no", ["Дело 1"]),
        ("field:Гарантия", ["Дело 0", "Дело 1"]),
        ("field:Сумма>100 field:Гарантия=no", []),
        ("field:Сумма=много", []),
        ("field:Договор>5", []),
        ("field:Нет=1", []),
        ("field:Сумма=", []),
        ("field:Сумма=1'; DROP", []),
    ],
)
def test_values_are_compared_by_their_kind(two: list[Ticket], anna: User, query: str, subjects: list[str]) -> None:
    assert found(query) == subjects
    tickets = found_by(Ticket.objects.visible_to(anna), query.replace(" DROP", ""), anna).order_by("id")
    assert [ticket.subject for ticket in tickets] == subjects


def test_it_says_what_it_is_narrowed_to_and_goes_on_without_a_part(two: list[Ticket], fields: dict[str, Field]) -> None:
    topic = Topic(name="Оплата")
    topic.put()
    word = written(fields["Дата визита"], ">=", "28.11.2026")
    narrowing = Narrowing.read(f"слово topic:{topic.pk} tag:VPN priority:high {word} status:open")

    assert [part.said for part in narrowing.parts[:3]] == ["Оплата", "#vpn", "высокая"]
    assert narrowing.parts[3].said.startswith("Дата визита >= 28 ноября 2026")
    assert narrowing.without(narrowing.parts[1]) == f"topic:{topic.pk} priority:high {word} status:open"
    assert (
        narrowing.query == f"topic:{topic.pk} tag:VPN priority:high {word} status:open"
        and not Narrowing.read("слово").parts
    )
    assert found(narrowing.query) == [] and found("topic:none priority:2")


def test_equal_values_are_found_by_their_index(two: list[Ticket], fields: dict[str, Field]) -> None:
    narrowing = Narrowing.read("field:Сумма=90")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM tickets_ticket WHERE TRUE{narrowing.sql}", narrowing.values)
        assert "ticket_details" in "\n".join(line for (line,) in cursor.fetchall())


def test_saved_lists_are_ones_own_or_of_ones_line(
    anna: User, ilya: User, vera: User, head: User, line_one: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = SavedList.objects.keep(anna, "  Мои   VPN ", "mine", "tag:vpn слово")
    ours = SavedList.objects.keep(anna, "Срочные", "line", "priority:4", line_one)

    assert (own.name, own.query) == ("Мои VPN", "tag:vpn")
    seen = {user.login: set(SavedList.objects.seen_by(user)) for user in (anna, ilya, vera, head)}
    assert seen == {"anna": {own, ours}, "ilya": {ours}, "vera": set(), "head": {ours}}
    for name, query in (("", "tag:vpn"), ("Все", "слово")):
        with pytest.raises(Invalid):
            SavedList.objects.keep(anna, name, "mine", query)
    monkeypatch.setattr(saved_list, "MOST", 2)
    with pytest.raises(Conflict):
        SavedList.objects.keep(anna, "Ещё", "mine", "tag:a")


@pytest.mark.parametrize(
    ("query", "known"),
    [("", True), ("tag:vpn field:7=x", True), ("tag:vpn слово", False), ("owner:me", True), ("zzq:me", False)],
)
def test_a_word_that_narrows_nothing_is_not_left_out_in_silence(query: str, known: bool) -> None:
    assert Narrowing.knows(query) is known
