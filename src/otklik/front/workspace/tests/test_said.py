"""Words in letters: whatever way they are looked for, the same requests are found, the newest letter first."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.core.staff.models import Team, User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.narrowing import Narrowing
from otklik.front.workspace.queries import said
from otklik.front.workspace.queries.search import search
from otklik.front.workspace.queries.standing import Reader
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

LETTERS = """
INSERT INTO conversations_message (conversation_id, direction, author_name, author_address, authenticity,
    authenticity_reason, passed_on_from, passed_on_name, automatic, subject, text, new_text, html, "to", cc, remarks,
    external_id, at)
SELECT %s, 'in', '', '', '', '', '', '', '', '', '',
    CASE n %% 30 WHEN 0 THEN 'доставка' ELSE repeat('мельница ', 40) END, '',
    '[]', '[]', '[]', '', now() FROM generate_series(1, 9000) AS n
"""


@pytest.fixture(params=["rare", "window by window", "by requests", "all at once"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A few letters are enough for each way when windows are small."""
    if request.param != "all at once":
        monkeypatch.setattr(said, "AGE_BITS", 0)
        monkeypatch.setattr(said, "WINDOWS", (1, 2, 4, 1000))
    if request.param in ("window by window", "by requests"):
        monkeypatch.setattr(said, "RARE", 0)
        monkeypatch.setattr(said._Search, "of_few", lambda search: None)
    if request.param == "by requests":
        monkeypatch.setattr(said, "CAP", 0)
    return str(request.param)


@pytest.fixture
def six(writes: Write) -> list[Ticket]:
    return [writes(f"Доставка {number}", sender=f"p{number}@volga.test") for number in range(6)]


def found(words: str, user: User, limit: int = 50) -> list[int]:
    return [hit.id for hit in search(words, user, limit).tickets]


def test_the_newest_letter_comes_first_whichever_way_it_is_found(way: str, six: list[Ticket], anna: User) -> None:
    assert found("доставку", anna) == [ticket.pk for ticket in reversed(six)]
    six[1].note("Позвонили в доставку", by=anna)
    assert found("доставка", anna) == [six[1].pk, *(ticket.pk for ticket in reversed(six) if ticket != six[1])]
    assert found("доставка", anna, 2) == [six[1].pk, six[5].pk]


def test_what_may_not_be_seen_is_not_found_and_stands_in_nobodys_way(
    way: str, six: list[Ticket], anna: User, ilya: User, head: User, line_two: Team
) -> None:
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in six[2:]]).update(team=line_two)

    assert found("доставка", anna, 2) == [six[1].pk, six[0].pk]
    assert len(found("доставка", head)) == 6
    Ticket.objects.filter(pk=six[5].pk).update(works_with=[anna.pk])
    assert found("доставка", anna, 1) == [six[5].pk]


def test_a_letter_that_was_taken_back_is_not_found(way: str, six: list[Ticket], anna: User) -> None:
    Message.objects.filter(conversation=six[4].conversation_id).update(taken_back_at=timezone.now())

    assert six[4].pk not in found("доставка", anna)


def test_filters_narrow_what_was_said_and_the_words_are_marked(
    way: str, six: list[Ticket], anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    six[0].tag(["vpn"], by=anna)
    (hit,) = search("tag:vpn доставка", anna).tickets
    assert hit.id == six[0].pk and f"{said.START}Доставка{said.STOP}" in hit.snippet and hit.message

    monkeypatch.setattr(said, "FEW", 0)  # the filters leave more over than are read one by one
    monkeypatch.setattr(said, "LEFT_OVER", said.LEFT_OVER.replace("LIMIT 2001", "LIMIT 1"))
    assert found("tag:vpn доставка", anna) == [six[0].pk]
    assert found("-tag:vpn доставка", anna) == [ticket.pk for ticket in reversed(six[1:])]


def test_filters_beside_a_name_find_the_requests_of_that_person(six: list[Ticket], anna: User) -> None:
    person = six[2].contact
    person.name = "Савельев Павел"
    person.save()
    six[2].tag(["vpn"], by=anna)

    assert found("tag:vpn савельев", anna) == [six[2].pk]
    assert found("-tag:vpn савельев", anna) == []


def test_letters_of_the_newest_window_are_read_alone(ticket: Ticket, anna: User, monkeypatch: Any) -> None:
    """Of nine thousand letters those of the last ages are touched, and found by the index of words."""
    with connection.cursor() as cursor:
        cursor.execute(LETTERS, [ticket.conversation_id])
        cursor.execute("ANALYZE conversations_message")
    monkeypatch.setattr(said, "WINDOWS", (2048, 1 << 20))
    reader = Reader(anna, tuple(anna.team_ids), everything=True, narrowing=Narrowing())

    with CaptureQueriesContext(connection) as asked:
        assert [hit.id for hit in said.said("доставка", reader, 1)] == [ticket.pk]

    pages = [query["sql"] for query in asked.captured_queries if "WITH hits" in query["sql"]]
    assert len(pages) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {pages[0]}")
        plan = cursor.fetchone()[0]
    told = json.dumps(plan)
    assert "message_said" in told and ">> 10" in told
    assert not any("Seq Scan" in part and "conversations_message" in part for part in told.split("}"))


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("before:2021-01-01", [2, 1, 0]),
        ("-after:2021-01-01", [2, 1, 0]),
        ("after:2021-01-01", [5, 4, 3]),
        ("-before:2021-01-01", [5, 4, 3]),
        ("after:2020-05-02 before:2020-05-03", [1]),
    ],
)
def test_a_day_of_opening_bounds_them(
    way: str, six: list[Ticket], anna: User, vera: User, asked: str, places: list[int]
) -> None:
    for day, ticket in enumerate(six[:3], 1):
        Ticket.objects.filter(pk=ticket.pk).update(opened_at=datetime(2020, 5, day, 12, tzinfo=UTC))

    assert found(f"доставка {asked}", anna) == [six[place].pk for place in places]
    assert found(f"доставка {asked}", vera) == [], "the rights are asked in the same statement"


def test_a_common_word_before_a_day_is_looked_for_from_that_day_on(six: list[Ticket], anna: User) -> None:
    """However many newer letters have the word, none of them is read."""
    with CaptureQueriesContext(connection) as asked, pytest.MonkeyPatch.context() as patch:
        patch.setattr(said._Search, "of_few", lambda search: None)
        search("доставка before:2021-01-01", anna)

    (walk,) = [one["sql"] for one in asked if "search @@" in one["sql"] and "ts_headline" not in one["sql"]]
    assert "ORDER BY opened_at DESC" in walk and "opened_at <" in walk
