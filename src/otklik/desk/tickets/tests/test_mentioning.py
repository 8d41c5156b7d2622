"""Colleagues named in a note hear of it, if they may see the request."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal.models import Entry
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import Role, Team, User
from otklik.desk.tickets.access import can_see
from otklik.desk.tickets.mentions import named_in
from otklik.desk.tickets.models import Ticket

PEOPLE = {1: "Анна Белова", 2: "Анна", 3: "Пётр Ёлкин", 4: "Анна Белова", 5: ""}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Анна Белова, глянь", [1, 4]),
        ("@Анна, глянь", [2]),
        ("@анна  белова", [1, 4]),
        ("Спроси (@Петр Елкин)", [3]),
        ("@Пётр Ёлкин и @Анна и снова @Анна", [3, 2]),
        ("anna@Анна.example", []),
        ("@Аннабель", []),
        ("Анна Белова", []),
        ("@", []),
    ],
)
def test_whole_names_behind_the_sign(text: str, named: list[int]) -> None:
    assert named_in(text, PEOPLE) == named


@given(st.text(max_size=60), st.dictionaries(st.integers(1, 9), st.text(max_size=12), max_size=5))
def test_any_text_with_any_names_names_only_these_once(text: str, people: dict[int, str]) -> None:
    found = named_in(text, people)

    assert len(found) == len(set(found)) and set(found) <= set(people)


@given(st.text("абё*.[(+", min_size=1, max_size=8), st.text("вг ,", max_size=8))
def test_a_name_is_found_wherever_it_stands(name: str, around: str) -> None:
    assert named_in(f"{around} @{name} {around}", {7: name}) == [7]


@pytest.mark.django_db
def test_who_is_named_gets_a_notice_in_their_language(ticket: Ticket, anna: User, ilya: User, vera: User) -> None:
    User.objects.filter(pk=ilya.pk).update(language="en")
    ticket.note(f"@{ilya.name} @{anna.name} @{vera.name}: посмотрите журнал", by=anna)

    (notice,) = Notice.objects.all()
    assert (notice.person_id, notice.about, notice.about_id) == (ilya.pk, "ticket", ticket.pk)
    assert "names you in a note" in notice.text and "посмотрите журнал" in notice.text
    assert Entry.objects.get(kind="tickets.Mentioned").data["people"] == [ilya.pk], "Vera is of another line"


@pytest.mark.django_db
def test_a_note_of_a_rule_and_one_without_names_tell_nobody(ticket: Ticket, anna: User, ilya: User) -> None:
    ticket.note(f"@{ilya.name}", by=None, signed="Правило")
    ticket.note("Пиши на info@example.org", by=anna)

    assert not Notice.objects.exists() and not Entry.objects.filter(kind="tickets.Mentioned").exists()


@pytest.mark.django_db
def test_readers_are_those_whom_access_lets_see(ticket: Ticket, anna: User, vera: User, ilya: User) -> None:
    ticket.take(by=anna)
    for role in Role.values:
        User.objects.create_user(f"of-{role}", f"{role}@house.example", role=role)
    ticket.invite(vera, by=anna)
    User.objects.filter(pk=ilya.pk).update(is_active=False)

    everybody = User.objects.all()
    assert set(ticket.readers()) == {person for person in everybody if can_see(person, ticket)}
    assert len(list(ticket.readers())) == len(set(ticket.readers()))


@pytest.mark.django_db
def test_a_line_that_is_named_hears_of_it_whole_but_who_may_not_see_it(
    ticket: Ticket, anna: User, ilya: User, boris: User, vera: User, line_one: Team, line_two: Team
) -> None:
    ticket.note(f"@{ilya.name}, @{line_one.name} и @{line_two.name}: посмотрите журнал", by=anna)

    told = {notice.person_id: notice for notice in Notice.objects.all()}
    assert set(told) == {ilya.pk, boris.pk}, "each once, never the author, and Vera may not see it"
    assert {notice.kind for notice in told.values()} == {"mention"}
    assert "вас" in told[ilya.pk].text and line_one.name in told[boris.pk].text
    entry = Entry.objects.get(kind="tickets.Mentioned")
    assert entry.data["people"] == [ilya.pk, boris.pk] and entry.data["lines"] == [line_one.name]

    ticket.invite(vera, by=anna)
    Notice.objects.all().delete()
    ticket.note(f"@{line_two.name}", by=anna)
    assert [notice.person_id for notice in Notice.objects.all()] == [vera.pk]
