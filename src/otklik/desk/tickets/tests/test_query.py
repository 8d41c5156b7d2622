"""The grammar of a query, and what each filter finds."""

from datetime import datetime

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.narrowing import Narrowing
from otklik.desk.tickets.query import Query, Term
from otklik.desk.tickets.search import found_by
from tests.fixtures.cast import Write

PIECES = st.sampled_from(
    ['"', "-", ":", " ", "//", "status", "статус", "field", "ё", ",", "\x00", ">=", "слово", "_", "№"]
)


def test_words_phrases_and_filters_are_told_apart() -> None:
    text = 'сеть "не работает" -модем topic:"качество связи" -Статус:open https://volga.test/a Re:'
    assert Query.read(text).terms == (
        Term("сеть"),
        Term("не работает", exact=True),
        Term("модем", without=True),
        Term("качество связи", "topic"),
        Term("open", "status", without=True),
        Term("https://volga.test/a"),
        Term("Re:"),
    )
    assert Query.read(text).words == 'сеть "не работает" -модем https://volga.test/a Re:'


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
def test_reading_never_fails_and_what_is_printed_reads_the_same(text: str) -> None:
    once = Query.read(text)
    assert Query.read(str(once)) == once


def both(query: str, user: User) -> list[int]:
    """What the bare condition of lists finds; the search finds the same."""
    narrowing = Narrowing.read(query, user)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM tickets_ticket WHERE TRUE{narrowing.sql} ORDER BY id", narrowing.values)
        bare = [pk for (pk,) in cursor.fetchall()]
    assert list(found_by(Ticket.objects.all(), query, user).order_by("pk").values_list("pk", flat=True)) == bare
    return bare


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("owner:me", [0]),
        ("-owner:me", [1]),
        ("владелец:я", [0]),
        ("owner:none", [1]),
        ("owner:none,me", [0, 1]),
        ('line:"Первая линия"', [0, 1]),
        ("status:open,waiting", [0, 1]),
        ("статус:решён", []),
        ("-status:ended", [0, 1]),
        ("contact:ПАВ", [0]),
        ("from:nina@", [1]),
        ("-from:nina@", [0]),
        ("channel:paper", [0, 1]),
        ("after:today", [0, 1]),
        ("before:сегодня", []),
        ("due:>=2020-01-01", [0, 1]),
        ("due:<01.01.2020", []),
        ("number:>0", [0, 1]),
        ("has:attachment", []),
        ("-есть:вложение", [0, 1]),
        ("unread:yes", [1]),
        ("participant:me", []),
        ("participant:x@volga.test", []),
    ],
)
def test_each_filter_finds_its_requests(
    writes: Write, ticket: Ticket, anna: User, query: str, places: list[int]
) -> None:
    from otklik.desk.tickets.models.presence import Seen

    pair = [ticket.pk, writes("Другое", sender="nina@lena.test", sender_name="Нина").pk]
    ticket.take(by=anna)
    ticket.refresh_from_db()
    Seen.objects.create(user=anna, ticket=ticket, message_id=ticket.last_message_id or 0)

    assert not Narrowing.read(query, anna).errors
    assert both(query, anna) == [pair[place] for place in places]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("zzq:1", "zzq"),
        ("before:вторник", "28.11.2026"),
        ("after:2026-13-45", "28.11.2026"),
        ("status:странный", "pending_client"),
        ("owner:никто-такой", "me"),
        ("status:", "status:"),
        ("number:двенадцать", ">100"),
        ("due:>", "28.11.2026"),
        ("tag:", "tag:"),
        ("priority:dire", "priority:dire"),
        ("channel:голубь", "paper"),
    ],
)
def test_what_cannot_be_understood_finds_nothing_and_says_what_to_write(
    ticket: Ticket, anna: User, query: str, said: str
) -> None:
    for written in (query, f"-{query}"):
        (error,) = Narrowing.read(written, anna).errors
        assert said in error
        assert both(written, anna) == []


@pytest.mark.django_db
def test_a_day_begins_at_midnight_of_the_reader(ticket: Ticket, anna: User) -> None:
    (part,) = Narrowing.read("before:2026-11-01", anna).parts
    moment = part.values["n0"]
    assert isinstance(moment, datetime) and (moment.hour, moment.minute) == (0, 0)
