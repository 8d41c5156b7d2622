"""A page of the queue costs the same in a small and in a huge desk: what the database reads is bounded."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import counts, queue
from otklik.front.workspace.queries.standing import SEGMENTS, VIEWS, Reader

pytestmark = pytest.mark.django_db

MOST_BUFFERS = 200
HALVES = {
    *("ticket_line_ours", "ticket_own_ours", "ticket_unowned_ours", "ticket_ours", "ticket_promised"),
    *("ticket_line_waits", "ticket_own_waits", "ticket_waits"),
}
CONVERSATIONS = """
INSERT INTO conversations_conversation (subject, token, created_at, channel_id, contact_id)
SELECT 'many', 'many-' || n, now(), channel_id, contact_id
FROM conversations_conversation, generate_series(1, 9000) AS n WHERE id = %s
"""
TICKETS = """
INSERT INTO tickets_ticket (key, status, next_step, next_note, due_at, due_from, version, subject, contact_name,
    client_name, channel_kind, preview, last_speaker, message_count, delivery_trouble, sender_doubtful, moves, reopened,
    returned, opened_at, last_at, ended_at, contact_id, conversation_id, owner_id, team_id)
SELECT gen_random_uuid(), CASE c.id %% 12 WHEN 0 THEN 'open' WHEN 1 THEN 'pending_client' ELSE 'resolved' END,
    CASE WHEN c.id %% 12 < 2 THEN 'answer' ELSE '' END, '',
    CASE WHEN c.id %% 12 < 2 THEN now() + c.id * interval '1 s' END,
    now(), 1, 'many', '', '', 'email', '', '', 1, false, false, 0, 0, '', now(), now(),
    CASE WHEN c.id %% 12 >= 2 THEN now() END, c.contact_id, c.id,
    CASE c.id %% 7 WHEN 0 THEN NULL WHEN 1 THEN %s::bigint END, %s
FROM conversations_conversation c WHERE c.subject = 'many'
"""


@pytest.fixture
def thousands(ticket: Ticket, anna: User) -> None:
    """Nine thousand requests of one line: a twelfth is our move and a twelfth waits, a seventh is Anna's."""
    with connection.cursor() as cursor:
        cursor.execute(CONVERSATIONS, [ticket.conversation_id])
        cursor.execute(TICKETS, [anna.pk, ticket.team_id])
        cursor.execute("ANALYZE tickets_ticket")


def plans(queries: list[dict[str, str]]) -> list[dict[str, Any]]:
    found = []
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query['sql']}")
            plan = cursor.fetchone()[0]
            found.append((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
    return found


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("segment", SEGMENTS)
@pytest.mark.parametrize("name", [view.name for view in VIEWS.values() if view.segments])
def test_a_page_of_a_queue_reads_little(thousands: None, anna: User, name: str, segment: str, everything: bool) -> None:
    reader = Reader(anna, tuple(anna.team_ids), everything)

    with CaptureQueriesContext(connection) as asked:
        queue.page(VIEWS[name], segment, reader, clock.now())

    (plan,) = plans(asked.captured_queries)
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] <= MOST_BUFFERS
    assert not [node for node in nodes(plan) if node["Node Type"] == "Seq Scan"]


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("name", [view.name for view in VIEWS.values() if view.segments])
def test_figures_are_counted_in_the_index_of_their_half(
    thousands: None, anna: User, name: str, everything: bool
) -> None:
    reader = Reader(anna, tuple(anna.team_ids), everything)

    with CaptureQueriesContext(connection) as asked:
        found = counts.of_segments(VIEWS[name], reader, clock.now())

    assert 0 < found["ours"] <= counts.CAP
    (plan,) = plans(asked.captured_queries)
    scans = [node for node in nodes(plan) if node.get("Relation Name") == "tickets_ticket"]
    assert "Seq Scan" not in {node["Node Type"] for node in scans}
    of_many = [node for node in scans if node["Actual Rows"] > 20]
    assert of_many and {node["Node Type"] for node in of_many} == {"Index Only Scan"}
    assert {node["Index Name"] for node in of_many} <= HALVES


def test_the_scheduler_looks_at_waiting_requests_alone(thousands: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        list(Ticket.objects.to_wake(clock.now()).values_list("pk", flat=True))

    (plan,) = plans(asked.captured_queries)
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] <= 10
