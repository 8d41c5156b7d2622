"""Notes of cards: whose words they are, what the card repeats, how the one old text became the first of them."""

from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import CardNote, Client, Contact, Merging

pytestmark = pytest.mark.django_db
migration = import_module("otklik.desk.clients.migrations.0025_notes_of_cards")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        for of, news in migration.HOLDERS:
            cursor.execute(statement.format(of=of, news=news))


def test_the_old_text_is_the_first_note_and_goes_back(pavel: Contact, volga: Client, anna: User) -> None:
    Contact.objects.filter(pk=pavel.pk).update(note="Звонить после обеда")
    Client.objects.filter(pk=volga.pk).update(note="Платят пятого")
    said = {"field": "note", "value": "Звонить после обеда"}
    told = Entry.objects.create(
        kind="clients.ContactChanged", about="contact", about_id=pavel.pk, actor=anna, data=said
    )

    run(migration.FORWARD)

    note, other = CardNote.objects.get(contact=pavel), CardNote.objects.get(client=volga)
    assert (note.text, note.by, note.at, note.pinned_at) == ("Звонить после обеда", anna, told.at, told.at)
    assert (other.text, other.by, other.at) == ("Платят пятого", None, volga.created_at)
    CardNote(contact=pavel, text="Говорит тихо").put(by=anna)
    run(migration.BACK)
    pavel.refresh_from_db()
    assert pavel.note == "Звонить после обеда\n\nГоворит тихо"


def test_who_says_what_matters_writes_over_nobody(pavel: Contact, anna: User, ilya: User) -> None:
    pavel.change("note", "Любит короткие ответы", by=anna)
    pavel.change("note", "Любит очень короткие ответы", by=anna)
    assert CardNote.objects.get().text == pavel.note == "Любит очень короткие ответы"

    pavel.change("note", "Только по делу", by=ilya)

    assert [(one.text, one.by, one.pinned_at is None) for one in CardNote.objects.order_by("pk")] == [
        ("Любит очень короткие ответы", anna, True),
        ("Только по делу", ilya, False),
    ]
    assert pavel.note == "Только по делу"
    pavel.change("note", "", by=anna)
    assert pavel.note == "" and CardNote.objects.standing().count() == 2


def test_what_is_in_the_archive_is_not_pinned(pavel: Contact, anna: User) -> None:
    note = CardNote(contact=pavel, text="Старое")
    note.put(by=anna)
    note.end(by=anna)
    with pytest.raises(ValidationError):
        note.pin(True, by=anna)


def test_two_at_one_note_do_not_undo_each_other(pavel: Contact, anna: User, ilya: User) -> None:
    CardNote(contact=pavel, text="Старое").put(by=anna)
    words, pinned, again, twice = (CardNote.objects.get() for _window in range(4))
    CardNote.objects.get().end(by=ilya)

    words.text = "Новое"
    words.put(by=anna)
    assert words.archived_by == ilya, "who changes words does not bring it back"
    with pytest.raises(ValidationError):
        pinned.pin(True, by=anna)
    again.end(by=anna)
    twice.text = "Совсем новое"
    twice.put(by=anna)

    note = CardNote.objects.get()
    assert (note.text, note.archived_by, note.pinned_at) == ("Совсем новое", ilya, None)
    assert [one.data["field"] for one in Entry.objects.filter(kind="clients.ContactChanged").order_by("pk")] == [
        *("note", "note_archived", "note", "note")
    ]


def test_words_that_somebody_has_written_meanwhile_are_theirs(pavel: Contact, anna: User, ilya: User) -> None:
    CardNote.objects.create(contact=pavel, text="Из таблицы")
    mine, theirs, gone = (CardNote.objects.get() for _window in range(3))
    theirs.text = "Уточнил"
    theirs.put(by=ilya)
    mine.text = "И я"
    with pytest.raises(ValidationError):
        mine.put(by=anna)
    assert CardNote.objects.get().text == "Уточнил"
    CardNote.objects.all().delete()
    for act in (gone.put, gone.end, gone.bring_back):
        with pytest.raises(ValidationError):
            act(by=anna)
    assert not CardNote.objects.exists()


ACTS = st.lists(
    st.tuples(st.sampled_from(["write", "pin", "unpin", "end", "back", "say"]), st.integers(0, 4)), max_size=12
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_the_card_always_repeats_its_first_pinned_note(acts: list[tuple[str, int]], pavel: Contact, anna: User) -> None:
    CardNote.objects.all().delete()
    Contact.objects.filter(pk=pavel.pk).update(note="")
    for act, place in acts:
        notes = list(CardNote.objects.order_by("pk"))
        note = notes[place % len(notes)] if notes else None
        if act == "write":
            CardNote(contact=pavel, text=f"Заметка {place}").put(by=anna)
        elif act == "say":
            Contact.objects.get(pk=pavel.pk).change("note", ["", "Важное", "Иное"][place % 3], by=anna)
        elif note is not None:
            match act:
                case "pin" | "unpin" if note.archived_at is None:
                    note.pin(act == "pin", by=anna)
                case "end":
                    note.end(by=anna)
                case "back":
                    note.bring_back(by=anna)
    found, top = Contact.objects.get(pk=pavel.pk), CardNote.objects.top_of(pavel)
    assert found.note == (top.text if top else "")


def test_two_people_keep_the_notes_of_both(pavel: Contact, anna: User, boris: User) -> None:
    twin = Contact.objects.recognise("email", "pavel@other.test")
    pavel.change("note", "Первое", by=anna)
    twin.change("note", "Второе", by=boris)

    merging = Merging.objects.merge(pavel, twin, by=boris)

    pavel.refresh_from_db()
    assert {(one.text, one.by) for one in pavel.notes.all()} == {("Первое", anna), ("Второе", boris)}
    assert pavel.note == "Второе", "it was pinned last"
    merging.undo(by=boris)
    pavel.refresh_from_db()
    twin.refresh_from_db()
    assert (pavel.note, twin.note) == ("Первое", "Второе")
