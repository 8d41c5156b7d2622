"""The same jobs in bare SQL, prepared, from one connection: what the hardware and PostgreSQL make possible here."""

import json
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from benchmarks.client import Run
from benchmarks.cost import of_thread

LIST = """
SELECT id, status, next_step, due_at, due_from, subject, contact_name, client_name, preview, last_speaker, last_in_id,
    message_count, owner_id, team_id FROM tickets_ticket
WHERE team_id = %s AND due_at IS NOT NULL AND status IN ('new', 'open') ORDER BY due_at, id LIMIT 50
"""
TICKET = """
SELECT t.*, c.name, c.note FROM tickets_ticket t JOIN clients_contact c ON c.id = t.contact_id WHERE t.id = %s
"""
MESSAGES = """
SELECT id, direction, author_id, author_name, at, new_text, html, outbound_id FROM conversations_message
WHERE conversation_id = (SELECT conversation_id FROM tickets_ticket WHERE id = %s) ORDER BY id
"""
EVENTS = "SELECT at, kind, actor_id, data FROM journal_entry WHERE about = 'ticket' AND about_id = %s ORDER BY id"
WORDS = "websearch_to_tsquery('otklik_ru', %(words)s)"
HITS = f"""
WITH hits AS MATERIALIZED (SELECT id, conversation_id FROM conversations_message WHERE search @@ {WORDS} LIMIT 2000)
SELECT t.id, t.subject, t.contact_name, t.status, t.last_at, count(*) OVER () FROM tickets_ticket t
JOIN (SELECT conversation_id, max(id) AS id FROM hits GROUP BY 1) AS latest USING (conversation_id)
ORDER BY latest.id DESC LIMIT 50
"""
MESSAGE = """
INSERT INTO conversations_message (direction, author_name, author_address, automatic, subject, text, new_text, html,
    "to", cc, remarks, external_id, at, conversation_id)
VALUES (%s, 'reference', '', '', '', %s, %s, '', '[]', '[]', '[]', '', now(), %s) RETURNING id
"""
ENTRY = "INSERT INTO journal_entry (at, kind, about, about_id, data) VALUES (now(), %s, 'ticket', %s, %s)"
CONVERSATION = """
INSERT INTO conversations_conversation (subject, token, created_at, channel_id, contact_id)
SELECT 'reference', %s, now(), (SELECT min(id) FROM channels_channel), %s RETURNING id
"""
OPEN = """
INSERT INTO tickets_ticket (
    key, status, next_step, next_note, version, subject, contact_name, client_name, channel_kind,
    preview, last_speaker, message_count, delivery_trouble, sender_doubtful, moves, reopened, returned,
    opened_at, last_at, ended_at, contact_id, conversation_id, team_id)
SELECT %s, 'closed', '', '', 1, 'reference', '', '', 'email', '', '', 1, false, false, 0, 0, '',
    now(), now(), now(), %s, %s, (SELECT min(id) FROM staff_team) RETURNING id
"""
ANSWER = """
UPDATE tickets_ticket SET version = version + 1, last_at = now(), preview = %s, message_count = message_count + 1
WHERE id = %s
"""


class Reference:
    """Measures one statement of work after the other; CPU of our backend and of this process's own driver."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        connection.prepare_threshold = 0
        self.pid = connection.info.backend_pid

    def page_of_list(self, team: int, times: int = 200) -> Run:
        return self._run([team] * times, lambda line: self.fetch(LIST, [line]))

    def page_of_ticket(self, tickets: Sequence[int]) -> Run:
        def one(number: int) -> None:
            for statement in (TICKET, MESSAGES, EVENTS):
                self.fetch(statement, [number])

        return self._run(tickets, one)

    def reply(self, text: str, times: int = 200) -> Run:
        """A message, the ticket's row, an entry, in one transaction."""
        conversation, ticket = self._open(text)

        def one(_number: int) -> None:
            with self.connection.transaction():
                message = self.fetch(MESSAGE, ["out", text, text, conversation])[0][0]
                self.connection.execute(ANSWER, [text[:200], ticket])
                self.connection.execute(ENTRY, ["reference.Answered", ticket, json.dumps({"message_id": message})])

        return self._run(range(times), one)

    def intake(self, texts: Sequence[str]) -> Run:
        """A conversation, its ticket and first message, an entry, in one transaction."""
        return self._run(texts, lambda text: self._open(text))

    def search(self, words: Sequence[str], times: int = 5) -> Run:
        return self._run([word for word in words for _ in range(times)], lambda word: self.fetch(HITS, {"words": word}))

    def finds(self, words: str) -> bool:
        return bool(self.fetch(HITS, {"words": words}))

    def _open(self, text: str) -> tuple[int, int]:
        contact = self.fetch("SELECT min(id) FROM clients_contact", [])[0][0]
        with self.connection.transaction():
            conversation = self.fetch(CONVERSATION, [uuid.uuid4().hex, contact])[0][0]
            ticket = self.fetch(OPEN, [uuid.uuid4(), contact, conversation])[0][0]
            self.connection.execute(MESSAGE, ["in", text, text, conversation])
            self.connection.execute(ENTRY, ["reference.Opened", ticket, "{}"])
        return conversation, ticket

    def fetch(self, statement: str, values: Any) -> list[Any]:
        return self.connection.execute(statement, values).fetchall()

    def _run[T](self, work: Sequence[T], one: Callable[[T], object]) -> Run:
        one(work[0])
        run = Run()
        backend, own, began = of_thread(self.pid), time.process_time(), time.perf_counter()
        for piece in work:
            start = time.perf_counter()
            one(piece)
            run.ms.append(1000 * (time.perf_counter() - start))
        run.wall = time.perf_counter() - began
        run.app, run.db = time.process_time() - own, of_thread(self.pid) - backend
        return run


def tomorrow() -> str:
    return (datetime.now(UTC) + timedelta(days=2)).isoformat()
