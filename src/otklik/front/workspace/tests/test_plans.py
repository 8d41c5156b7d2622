"""A page of the queue costs the same in a small and in a huge desk: what the database reads is bounded."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.routing import loads
from otklik.desk.tickets.models import Ticket, Topic
from otklik.desk.tickets.models.queryset import HANDFUL
from otklik.desk.tickets.search import found_by
from otklik.desk.tickets.steps import PromiseDate
from otklik.front.workspace.queries import counts, queue
from otklik.front.workspace.queries.search import search
from otklik.front.workspace.queries.standing import SEGMENTS, VIEWS, Reader

pytestmark = pytest.mark.django_db

MOST_BUFFERS = 200
MANY = 3000
HALVES = {
    *(
        "ticket_line_moves",
        "ticket_own_ours",
        "ticket_own_load",
        "ticket_unowned_turn",
        "ticket_ours",
        "ticket_promised",
    ),
    *("ticket_line_asleep", "ticket_own_waits", "ticket_waits"),
}
CONVERSATIONS = """
INSERT INTO conversations_conversation (subject, token, created_at, channel_id, contact_id)
SELECT 'many', 'many-' || n, now(), channel_id, contact_id
FROM conversations_conversation, generate_series(1, 9000) AS n WHERE id = %s
"""
TICKETS = """
INSERT INTO tickets_ticket (key, status, next_step, next_note, due_at, due_from, version, subject, contact_name,
    client_name, channel_kind, preview, last_speaker, message_count, delivery_trouble, sender_doubtful, moves, reopened,
    returned, opened_at, last_at, ended_at, contact_id, conversation_id, owner_id, team_id, priority, class_name,
    class_rank)
SELECT gen_random_uuid(), CASE c.id %% 12 WHEN 0 THEN 'open' WHEN 1 THEN 'pending_client' ELSE 'resolved' END,
    CASE WHEN c.id %% 12 < 2 THEN 'answer' ELSE '' END, '',
    CASE WHEN c.id %% 12 < 2 THEN now() + c.id * interval '1 s' END,
    now(), 1, 'many', '', '', 'email', '', '', 1, false, false, 0, 0, '', now(), now(),
    CASE WHEN c.id %% 12 >= 2 THEN now() END, c.contact_id, c.id,
    CASE c.id %% 7 WHEN 0 THEN NULL WHEN 1 THEN %s::bigint END, %s, 2, '', 100
FROM conversations_conversation c WHERE c.subject = 'many'
"""
LARGE = {
    *("channels_inbound", "channels_outbound", "clients_contact", "clients_identity"),
    *("conversations_conversation", "conversations_message", "journal_entry", "tickets_ticket"),
}


@pytest.fixture(scope="module", autouse=True)
def _swept(django_db_setup: None, django_db_blocker: Any) -> None:
    """Pages that are empty since earlier tests would be read, too."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM (INDEX_CLEANUP ON)")


@pytest.fixture
def thousands(ticket: Ticket, anna: User) -> None:
    """Nine thousand requests of one line: a twelfth is our move and a twelfth waits, a seventh is Anna's."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # filling is no request of anybody
        cursor.execute(CONVERSATIONS, [ticket.conversation_id])
        cursor.execute(TICKETS, [anna.pk, ticket.team_id])
        cursor.execute("ANALYZE tickets_ticket")


@pytest.fixture
def full_house(thousands: None, ticket: Ticket, door: Channel) -> None:
    """And of everything else that grows with the years, some thousands as well."""
    many = [f"many-{number}" for number in range(MANY)]
    inbound = {"channel": door, "size": 1, "raw": b"", "state": Inbound.State.READ}
    Inbound.objects.bulk_create(Inbound(external_id=one, content_hash=one, **inbound) for one in many)
    outbound = {"channel": door, "kind": Outbound.Kind.AUTO, "recipients": [], "raw": b"", "state": Outbound.State.SENT}
    Outbound.objects.bulk_create(Outbound(external_id=one, first_recipient=one, **outbound) for one in many)
    talks = Conversation.objects.filter(subject="many")[:MANY]
    Message.objects.bulk_create(
        Message(conversation=talk, direction="in", external_id=f"many-{talk.pk}", at=clock.now()) for talk in talks
    )
    people = Contact.objects.bulk_create(Contact(name=one) for one in many)
    Identity.objects.bulk_create(Identity(kind="email", value=f"{one.name}@desk.test", contact=one) for one in people)
    tickets = Ticket.objects.filter(subject="many")[:MANY]
    Entry.objects.bulk_create(Entry(kind="tickets.Noted", about="ticket", about_id=one.pk) for one in tickets)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plans(queries: list[dict[str, str]]) -> list[dict[str, Any]]:
    found = []
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query['sql']}")
            plan = cursor.fetchone()[0]
            found.append((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
    return found


def walks(queries: list[dict[str, str]]) -> list[str]:
    """Statements that read a whole large table, without running them again."""
    found = []
    with connection.cursor() as cursor:
        for query in queries:
            if query["sql"].split()[0] not in ("SELECT", "UPDATE", "DELETE", "INSERT", "WITH"):
                continue
            cursor.execute(f"EXPLAIN (FORMAT JSON) {query['sql']}")
            plan = cursor.fetchone()[0]
            scans = nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
            if any(node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE for node in scans):
                found.append(query["sql"])
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


def test_whose_turn_it_is_and_what_people_have_is_told_by_an_index_alone(thousands: None, anna: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    with CaptureQueriesContext(connection) as taken:
        assert Ticket.objects.take_next(anna)
    with CaptureQueriesContext(connection) as asked:
        loads.of_people([anna.pk], clock.now())

    turn = next(query for query in taken.captured_queries if f"LIMIT {HANDFUL}" in query["sql"])
    found = [node for plan in plans([turn, *asked.captured_queries]) for node in nodes(plan)]
    scans = [node for node in found if node.get("Relation Name") == "tickets_ticket"]
    assert [(node["Node Type"], node["Index Name"]) for node in scans] == [
        ("Index Only Scan", "ticket_unowned_turn"),
        ("Index Only Scan", "ticket_own_load"),
    ]


def test_a_page_of_a_request_reads_little(full_house: None, ticket: Ticket, annas: Browser) -> None:
    address = f"/tickets/{ticket.number}/?view=line"
    annas.get(address)

    with CaptureQueriesContext(connection) as asked:
        assert annas.get(address).status_code == 200

    read = [query for query in asked.captured_queries if query["sql"].split()[0] == "SELECT"]
    touched = sum(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in plans(read))
    assert len(read) > 4 and touched <= MOST_BUFFERS
    assert walks(asked.captured_queries) == []


def test_people_are_found_by_how_their_address_begins_in_an_index(full_house: None, anna: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        search("many-7@desk", anna)

    sql = next(query["sql"] for query in asked.captured_queries if "clients_identity" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        assert "identity_begins" in str(cursor.fetchall())


def test_a_letter_walks_through_no_large_table(full_house: None, ticket: Ticket, anna: User, tomorrow, writes) -> None:
    ours = ticket.reply("Вернусь", by=anna, then=PromiseDate(tomorrow))

    with CaptureQueriesContext(connection) as asked:
        writes("Спасибо", references=[ours.external_id])
        writes("Другое дело", sender="nina@lena.test")

    assert len(asked.captured_queries) > 20
    assert walks(asked.captured_queries) == []


def test_a_reply_and_its_sending_walk_through_no_large_table(
    full_house: None, ticket: Ticket, anna: User, tomorrow
) -> None:
    with CaptureQueriesContext(connection) as asked:
        ticket.reply("Вернусь", by=anna, then=PromiseDate(tomorrow))
        assert outbox.send_due() == 2

    assert walks(asked.captured_queries) == []


def test_requests_of_a_topic_a_tag_and_upset_clients_are_found_without_reading_the_others(
    thousands: None, ticket: Ticket, anna: User
) -> None:
    topic = Topic(name="Телефония")
    topic.put()
    ticket.classify(topic, by=anna)
    ticket.tag(["роутер"], by=anna)
    ticket.mark_upset(by=anna)

    known = ((f"topic:{topic.pk}", "ticket_of_topic"), ("tag:роутер", "ticket_tagged"), ("upset:yes", "ticket_upset"))
    for query, index in known:
        plan = json.loads(found_by(Ticket.objects.all(), query, anna).explain(format="json"))
        assert index in json.dumps(plan), plan


@pytest.mark.parametrize("query", ["contact:many-7", "number:7", "participant:me"])
def test_a_filter_that_few_requests_pass_does_not_read_the_others(full_house: None, anna: User, query: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        list(found_by(Ticket.objects.all(), query, anna).order_by("-id")[:50])

    assert walks(asked.captured_queries) == []
