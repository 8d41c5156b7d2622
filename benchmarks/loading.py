"""The history goes into the product's own tables by COPY, beside the demo company: constraints and indexes stay on.

Only the trigger that tells listeners of news is off meanwhile: nobody listens, and a million notices help no one.
"""

import html
import json
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from benchmarks.history import History, Matter, Said

CHUNK = 1000
AGENTS = [42, 13, 5]

COLUMNS = {
    "staff_user": "id password login email name title role portrait is_active created_at language time_zone theme"
    " compact keys_on undo_seconds sessions_round",
    "staff_membership": "user_id team_id",
    "clients_client": "id name note created_at website tax_number quiet_hours tags",
    "clients_contact": "id name address_as position language time_zone interests quiet_hours note created_at client_id"
    " tags reach_by reach_hours",
    "clients_identity": "kind value contact_id",
    "channels_inbound": "id received_at envelope_from envelope_to external_id content_hash size raw source state"
    " outcome automatic tries reason channel_id",
    "channels_outbound": "id kind external_id sender recipients first_recipient subject raw state attempt not_before"
    " created_at sent_at detail server channel_id",
    "conversations_conversation": "id subject token created_at channel_id contact_id",
    "conversations_message": 'id direction author_name author_address automatic subject text new_text html "to" cc'
    " remarks external_id at author_id contact_id conversation_id inbound_id outbound_id",
    "tickets_ticket": "id key status next_step next_note due_at due_from version subject contact_name client_name"
    " channel_kind preview last_speaker last_message_id last_in_id message_count delivery_trouble sender_doubtful"
    " moves reopened returned opened_at last_at waiting_since first_answer_at ended_at contact_id conversation_id"
    " owner_id team_id",
    "tickets_resolution": "id at summary by_id message_id ticket_id",
    "journal_entry": "at kind about about_id data actor_id",
    "metrics_ticketfact": "ticket_id channel_kind excluded opened_at first_answer_at ended_at ended_as frt_business_s"
    " frt_calendar_s resolution_business_s resolution_calendar_s reopened agent_id team_id",
}
EMPTY = {
    **dict.fromkeys(("character varying", "text"), "''"),
    **dict.fromkeys(("smallint", "integer", "bigint"), "0"),
    **dict.fromkeys(("numeric", "double precision"), "0"),
    "ARRAY": "'{}'",
    "boolean": "false",
    "jsonb": "'[]'",
    "timestamp with time zone": "now()",
}
UNFILLED = """
SELECT table_name, column_name, empty FROM information_schema.columns
JOIN unnest(%s::text[], %s::text[]) AS e(kind, empty) ON kind = data_type
WHERE table_name = ANY(%s) AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
    AND is_generated = 'NEVER'
"""
NUMBERED = [table for table, columns in COLUMNS.items() if columns.startswith("id ")]
RECEIPT = {
    "ru": "Здравствуйте!\n\nМы получили ваше письмо, его номер {number}.\n\nОтвечает вам: первая линия",
    "en": "Hello!\n\nWe have received your letter; its number is {number}.\n\nAnswers you: the first line",
}


def load(address: str, seed: str, tickets: int, say: Callable[[str], None] = lambda words: None) -> dict[str, int]:
    """Fill the database of `address` (it holds the demo company already); returns how many rows each table got."""
    with psycopg.connect(address) as connection:
        connection.execute("SET synchronous_commit = off")
        forgive(connection)
        connection.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_tell")
        loader = Loader(connection, seed, tickets)
        loader.people()
        began = time.monotonic()
        for number, matter in enumerate(loader.history.matters(), 1):
            loader.ticket(matter)
            if number % CHUNK == 0 or number == tickets:
                loader.flush()
                say(f"\r  {number:,} of {tickets:,} tickets, {time.monotonic() - began:.0f} s ")
        connection.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_tell")
        loader.finish()
        connection.commit()
        connection.autocommit = True
        say("\r  Vacuum and statistics …                    ")
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
        say("\r")
        return dict(loader.counts)


def forgive(connection: psycopg.Connection, tables: Iterable[str] = COLUMNS) -> None:
    """Columns that a newer product has got and nobody here fills are empty.  For databases of ours alone."""
    for table, column, empty in connection.execute(UNFILLED, [list(EMPTY), list(EMPTY.values()), list(tables)]):
        connection.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" SET DEFAULT {empty}')


class Loader:
    """Collects rows of one chunk, then writes them table by table in one transaction."""

    def __init__(self, connection: psycopg.Connection, seed: str, tickets: int) -> None:
        self.connection = connection
        self.rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.counts: dict[str, int] = defaultdict(int)
        self.next = {table: self._highest(table) for table in NUMBERED}
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.lines = [pk for (pk,) in connection.execute("SELECT id FROM staff_team ORDER BY level LIMIT 3")]
        channel = connection.execute("SELECT id, address FROM channels_channel ORDER BY id LIMIT 1").fetchone()
        assert channel and len(self.lines) == 3
        self.channel, self.address = channel
        self.owners = self._owners()
        self.history = History(seed, tickets, [len(owners) for owners in self.owners])

    def _highest(self, table: str) -> int:
        row = self.connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
        return row[0] if row else 0

    def _owners(self) -> list[list[tuple[int, str]]]:
        """(id, name) of the agents of each line: those of the demo, who can sign in, and sixty more."""
        owners: list[list[tuple[int, str]]] = []
        for line, many in zip(self.lines, AGENTS, strict=True):
            known = self.connection.execute(
                "SELECT u.id, u.name FROM staff_user u JOIN staff_membership m ON m.user_id = u.id"
                " WHERE m.team_id = %s AND u.role = 'agent' ORDER BY u.id",
                [line],
            ).fetchall()
            more = [self._agent(line, len(owners), number) for number in range(many)]
            owners.append([*known, *more])
        return owners

    def _agent(self, line: int, level: int, number: int) -> tuple[int, str]:
        pk, login = self._number("staff_user"), f"agent-{level + 1}-{number + 1}"
        facts = ("agent", "", True, self.now, "ru", "Europe/Moscow", "system", False, True, 15, 0)
        self.rows["staff_user"].append((pk, "!", login, f"{login}@desk.example.test", f"Agent {login}", "", *facts))
        self.rows["staff_membership"].append((pk, line))
        return pk, f"Agent {login}"

    def people(self) -> None:
        organisations = {}
        for person in self.history.people:
            if person.organisation is not None and person.organisation not in organisations:
                pk = organisations[person.organisation] = self._number("clients_client")
                self.rows["clients_client"].append((pk, f"ООО «Клиент {pk}»", "", self.now, "", "", "", []))
        self.contacts = []
        for person in self.history.people:
            pk = self._number("clients_contact")
            self.contacts.append(pk)
            client = organisations.get(person.organisation) if person.organisation is not None else None
            facts = (pk, person.name, "", "", person.lang, person.zone, "", "", "", self.now, client, [], "", "")
            self.rows["clients_contact"].append(facts)
            self.rows["clients_identity"].append(("email", person.email, pk))
        self.clients = {number: f"ООО «Клиент {pk}»" for number, pk in organisations.items()}
        self.flush()

    def ticket(self, matter: Matter) -> None:
        Story(self, matter).tell()

    def flush(self) -> None:
        with self.connection.cursor() as cursor:
            for table, rows in self.rows.items():
                columns = ", ".join(COLUMNS[table].split())
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                self.counts[table] += len(rows)
        self.connection.commit()
        self.rows.clear()

    def finish(self) -> None:
        """Numbers go on after ours; the facts are there already, so nobody reads the journal again."""
        for table in NUMBERED:
            self.connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        self.connection.execute("DELETE FROM metrics_watermark")
        self.connection.execute("INSERT INTO metrics_watermark (id, entry_id) SELECT 1, max(id) FROM journal_entry")

    def _number(self, table: str) -> int:
        self.next[table] += 1
        return self.next[table]


class Story:
    """The rows of one ticket."""

    def __init__(self, loader: Loader, matter: Matter) -> None:
        self.loader, self.matter, self.rows = loader, matter, loader.rows
        self.person = loader.history.people[matter.person]
        self.contact = loader.contacts[matter.person]
        self.team = loader.lines[matter.line]
        self.owner = loader.owners[matter.line][matter.agent] if matter.agent is not None else None
        self.number, self.conversation = (
            loader._number("tickets_ticket"),
            loader._number("conversations_conversation"),
        )
        self.messages: list[tuple[int, Said]] = []

    def tell(self) -> None:
        opened = self.at(self.matter.opened)
        self.add("conversations_conversation", self.conversation, self.matter.subject, uuid.uuid4().hex, opened,
                 self.loader.channel, self.contact)  # fmt: skip
        self.entry(opened, "tickets.TicketOpened", {"team_id": self.team, "automatic": ""})
        if self.owner:
            was = {"was": None, "team_id": self.team, "team_was": self.team}
            self.entry(opened, "tickets.TicketAssigned", {"owner_id": self.owner[0], **was}, self.owner[0])
        for said in self.matter.said:
            self.say(said)
        self.end()

    def say(self, said: Said) -> None:
        pk, at = self.loader._number("conversations_message"), self.at(said.at)
        first = not any(earlier.kind == "out" for _pk, earlier in self.messages)
        self.messages.append((pk, said))
        if said.kind == "in":
            self.hear(pk, at, said)
        elif said.kind == "note":
            self.message(pk, "note", at, said.text, author=self.owner, markup=_markup(said.text))
            self.entry(at, "tickets.Noted", {"message_id": pk}, self.owner and self.owner[0])
        elif said.kind == "auto":
            text = RECEIPT[self.matter.lang].format(number=self.number)
            self.send(pk, at, text, "auto", None)
            self.entry(at, "tickets.Acknowledged", {"message_id": pk})
        else:
            self.send(pk, at, said.text, "reply", self.owner)
            self.entry(at, "tickets.Answered", {"message_id": pk, "first": first}, self.owner and self.owner[0])

    def hear(self, pk: int, at: datetime, said: Said) -> None:
        inbound, identity = self.loader._number("channels_inbound"), f"{uuid.uuid4().hex}@mail.example.test"
        raw = f"From: {self.person.email}\r\nMessage-ID: <{identity}>\r\n\r\n{said.text[:120]}".encode()
        facts = (len(raw), raw, "lmtp:127.0.0.1", "read", "appended", "", 0, "")
        self.add("channels_inbound", inbound, at, self.person.email, json.dumps([self.loader.address]), identity,
                 uuid.uuid4().hex * 2, *facts, self.loader.channel)  # fmt: skip
        markup = _markup(said.text) if pk % 2 else ""
        self.message(pk, "in", at, said.text, markup=markup, inbound=inbound, identity=identity)
        if len(self.messages) > 1:
            self.entry(at, "tickets.ClientWrote", {"message_id": pk})

    def send(self, pk: int, at: datetime, text: str, kind: str, author: tuple[int, str] | None) -> None:
        outbound, identity = self.loader._number("channels_outbound"), f"{uuid.uuid4().hex}@desk.example.test"
        raw = f"To: {self.person.email}\r\nMessage-ID: <{identity}>\r\n\r\n{text[:120]}".encode()
        facts = (raw, "sent", 1, at, at, at, "", "viewer", self.loader.channel)
        self.add("channels_outbound", outbound, kind, identity, self.loader.address, json.dumps([self.person.email]),
                 self.person.email, self.matter.subject, *facts)  # fmt: skip
        markup = "" if kind == "auto" else _markup(text)
        self.message(pk, "out", at, text, author=author, markup=markup, outbound=outbound, identity=identity,
                     automatic="" if kind == "reply" else kind)  # fmt: skip
        data = {"conversation_id": self.conversation, "message_id": pk, "fate": "sent", "trouble": ""}
        self.add("journal_entry", at, "conversations.FateChanged", "conversation", self.conversation, json.dumps(data),
                 None)  # fmt: skip

    def message(
        self,
        pk: int,
        direction: str,
        at: datetime,
        text: str,
        *,
        author: tuple[int, str] | None = None,
        markup: str = "",
        inbound: int | None = None,
        outbound: int | None = None,
        identity: str = "",
        automatic: str = "",
    ) -> None:
        incoming = direction == "in"
        name = self.person.name if incoming else author[1] if author else "Северный мост"
        to = json.dumps([self.loader.address if incoming else self.person.email] if direction != "note" else [])
        self.add("conversations_message", pk, direction, name, self.person.email if incoming else "", automatic,
                 self.matter.subject, text, text, markup, to, "[]", "[]", identity, at, author and author[0],
                 self.contact if incoming else None, self.conversation, inbound, outbound)  # fmt: skip

    def end(self) -> None:
        matter, owner = self.matter, self.owner and self.owner[0]
        answers = [said for _pk, said in self.messages if said.kind == "out"]
        first = self.at(answers[0].at) if answers else None
        ended = self.at(matter.ended) if matter.ended is not None else None
        self.turn(ended, owner)
        self.row(first, ended, owner)
        self.fact(first, ended, owner)

    def turn(self, ended: datetime | None, owner: int | None) -> None:
        last, said = self.messages[-1]
        if ended is None:
            if self.matter.status == "pending_client":
                self.entry(
                    self.at(said.at),
                    "tickets.StatusChanged",
                    {"status": "pending_client", "was": "open"},
                    owner,
                )
            return
        resolution = self.loader._number("tickets_resolution")
        self.add("tickets_resolution", resolution, ended, "", owner, last, self.number)
        self.entry(ended, "tickets.StatusChanged", {"status": "resolved", "was": "open"}, owner)
        self.entry(ended, "tickets.TicketResolved", {"resolution_id": resolution}, owner)

    def row(self, first: datetime | None, ended: datetime | None, owner: int | None) -> None:
        matter, (last, said) = self.matter, self.messages[-1]
        due = self.at(matter.due) if matter.due is not None else None
        due_from = min(self.at(said.at), due - timedelta(hours=1)) if due else None
        step = "" if due is None else "remind" if matter.status == "pending_client" else "answer"
        client = self.loader.clients.get(self.person.organisation, "") if self.person.organisation is not None else ""
        speaker = "" if said.kind == "in" else self.owner[1] if self.owner else "Северный мост"
        last_in = max(pk for pk, each in self.messages if each.kind == "in")
        preview = " ".join(said.text[:600].split())[:200]
        waits = self.at(said.at) if step == "answer" else None
        self.add("tickets_ticket", self.number, uuid.uuid4(), matter.status, step, "", due, due_from, 3, matter.subject,
                 self.person.name, client, "email", preview, speaker, last, last_in, len(self.messages), False, False,
                 0, 0, "", self.at(matter.opened), self.at(said.at), waits, first, ended, self.contact,
                 self.conversation, owner, self.team)  # fmt: skip

    def fact(self, first: datetime | None, ended: datetime | None, owner: int | None) -> None:
        opened = self.at(self.matter.opened)
        answered = (first - opened).total_seconds() if first else None
        solved = (ended - opened).total_seconds() if ended else None
        seconds = (answered, answered, solved, solved)
        self.add("metrics_ticketfact", self.number, "email", "", opened, first, ended,
                 "resolved" if ended else "", *seconds, 0, owner if first else None, self.team)  # fmt: skip

    def entry(self, at: datetime, kind: str, data: dict[str, Any], by: int | None = None) -> None:
        self.add(
            "journal_entry",
            at,
            kind,
            "ticket",
            self.number,
            json.dumps({"ticket_id": self.number, **data}),
            by,
        )

    def add(self, table: str, *values: Any) -> None:
        self.rows[table].append(values)

    def at(self, seconds: int) -> datetime:
        return self.loader.now - timedelta(seconds=seconds)


def _markup(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))


def terminal() -> Callable[[str], None]:
    """Progress on stderr: redrawn at a terminal, every tenth line elsewhere."""
    alive, seen = sys.stderr.isatty(), iter(_every(10))

    def say(words: str) -> None:
        if alive or next(seen):
            print(words if alive else words.strip("\r"), end="" if alive else "\n", file=sys.stderr, flush=True)

    return say


def _every(number: int) -> Iterator[bool]:
    while True:
        yield True
        for _ in range(number - 1):
            yield False
