"""What was said in one conversation and what happened to its ticket: two statements, whatever the length."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from otklik.core.journal import clock
from otklik.core.ui.kept import kept

WINDOW = 60
KEPT = 5_000_000
"""Signs of letters that the process keeps as they were read."""
LONG = 40_000
"""Characters of a new part that a page shows; the whole letter has its own page."""
QUOTE = 12_000
EVENTS = 300

MESSAGES = """
SELECT m.id, m.direction, m.author_id, m.contact_id, m.author_name, m.author_address, m.automatic, m.subject, m.at,
    CASE WHEN octet_length(m.new_text) <= %(long)s THEN m.new_text ELSE left(m.new_text, %(long)s) END,
    octet_length(m.new_text) > %(long)s AND length(m.new_text) > %(long)s,
    CASE WHEN m.text = m.new_text THEN ''
        WHEN length(m.text) - length(m.new_text) BETWEEN 2 AND %(quote)s THEN m.text ELSE '' END,
    m.text <> m.new_text AND length(m.text) - length(m.new_text) > %(quote)s,
    CASE WHEN m.direction = 'in' THEN '' ELSE m.html END, m.html <> '',
    p.may_hold AND m.html ~* '<(img|table)[\\s>]',
    m."to", m.cc, m.remarks, m.authenticity, m.authenticity_reason, m.passed_on_from, m.passed_on_name,
    m.inbound_id, m.outbound_id, o.kind = 'forward',
    o.state, o.attempt, o.not_before, o.sent_at, o.detail,
    CASE WHEN o.state = 'ready' THEN (SELECT c.rests_until FROM channels_channel c WHERE c.id = o.channel_id) END,
    CASE WHEN o.state = 'sent' THEN (SELECT e.data->>'trouble' FROM journal_entry e
        WHERE e.about = 'conversation' AND e.about_id = m.conversation_id AND e.kind = 'conversations.FateChanged'
            AND e.data->>'message_id' = m.id::text ORDER BY e.id DESC LIMIT 1) END,
    CASE WHEN p.may_hold THEN regexp_count(m.html, '<img', 1, 'i') ELSE 0 END,
    p.may_hold AND m.html ~* '<img[\\s/][^>]*src\\s*=\\s*["'']?\\s*https?://',
    nullif(o.fates, '{}'),
    (SELECT json_agg(json_build_object('key', a.key, 'name', a.name, 'size', a.size, 'type', a.media_type,
            'shown', a.content_id <> '' AND position('cid:' || a.content_id in m.html) > 0,
            'verdict', a.verdict) ORDER BY a.id) FROM conversations_attachment a WHERE a.message_id = m.id),
    m.protection,
    (SELECT json_build_object('events', i.events, 'method', i.method, 'uid', i.uid, 'sequence', i.sequence,
            'answer', i.answer,
            'later', EXISTS (SELECT 1 FROM conversations_invitation o JOIN conversations_message om
                ON om.id = o.message_id WHERE o.uid = i.uid AND i.uid <> '' AND o.message_id > i.message_id
                    AND om.conversation_id = m.conversation_id),
            'earlier', EXISTS (SELECT 1 FROM conversations_invitation o JOIN conversations_message om
                ON om.id = o.message_id WHERE o.uid = i.uid AND i.uid <> '' AND o.message_id < i.message_id
                    AND om.conversation_id = m.conversation_id))
        FROM conversations_invitation i WHERE i.message_id = m.id)
FROM conversations_message m LEFT JOIN channels_outbound o ON o.id = m.outbound_id,
    LATERAL (SELECT m.direction = 'in' AND m.html ~* '<(img|table)' AS may_hold OFFSET 0) p
WHERE m.conversation_id = %(conversation)s AND m.taken_back_at IS NULL
"""
"""Signs of a text are counted, and pictures looked for, only where its bytes say that there may be any: both walk
through each character of a letter, and a page has twenty."""

ENTRIES = """
SELECT e.id, e.at, e.kind, e.actor_id, e.data,
    CASE e.kind
        WHEN 'tickets.TicketResolved' THEN (SELECT json_build_object('summary', r.summary, 'link', r.link,
            'taken_back', r.taken_back_at)
            FROM tickets_resolution r WHERE r.id = (e.data->>'resolution_id')::bigint)
        WHEN 'tickets.TicketRefused' THEN (SELECT json_build_object('reason', r.reason, 'explanation', r.explanation,
            'alternatives', r.alternatives, 'taken_back', r.taken_back_at)
            FROM tickets_refusal r WHERE r.id = (e.data->>'refusal_id')::bigint)
        WHEN 'tickets.ParticipantSettled' THEN (SELECT json_build_object('address', p.address)
            FROM tickets_participant p WHERE p.id = (e.data->>'participant_id')::bigint)
        WHEN 'calls.CallStands' THEN (SELECT to_json(c) FROM calls_call c
            WHERE c.id = (e.data->>'call_id')::bigint AND c.ticket_id = e.about_id
                AND NOT EXISTS (SELECT 1 FROM journal_entry l WHERE l.about = 'ticket' AND l.about_id = e.about_id
                    AND l.kind = e.kind AND l.id > e.id AND l.data->>'call_id' = e.data->>'call_id'))
    END,
    (SELECT c.data->>'name' FROM journal_entry c WHERE c.id = e.cause_id AND c.kind = 'automation.RuleFired')
FROM journal_entry e
WHERE e.about = 'ticket' AND e.about_id = %(ticket)s AND e.kind <> ALL(%(silent)s)
"""

SEEN = """
WITH looked_at AS (
    UPDATE journal_notice SET seen_at = %(now)s
    WHERE person_id = %(me)s AND about = 'ticket' AND about_id = %(ticket)s AND seen_at IS NULL
    RETURNING pg_notify('otklik', json_build_object('about', 'notices', 'about_id', person_id)::text)
)
INSERT INTO tickets_seen (user_id, ticket_id, message_id, opened_at)
    VALUES (%(me)s, %(ticket)s, %(message)s, %(opened)s)
ON CONFLICT (ticket_id, user_id) DO UPDATE SET message_id = GREATEST(tickets_seen.message_id, EXCLUDED.message_id),
    opened_at = COALESCE(EXCLUDED.opened_at, tickets_seen.opened_at)
RETURNING (SELECT message_id FROM tickets_seen WHERE ticket_id = %(ticket)s AND user_id = %(me)s),
    EXISTS (SELECT 1 FROM channels_outbound o JOIN conversations_message m ON m.outbound_id = o.id
        WHERE o.state = 'ready' AND o.sent_at IS NULL AND o.not_before > %(now)s AND m.author_id = %(me)s)
"""

SEEN_BEFORE = """
SELECT (SELECT message_id FROM tickets_seen WHERE ticket_id = %(ticket)s AND user_id = %(me)s), EXISTS (
    SELECT 1 FROM channels_outbound o JOIN conversations_message m ON m.outbound_id = o.id
    WHERE o.state = 'ready' AND o.sent_at IS NULL AND o.not_before > %(now)s AND m.author_id = %(me)s)
"""

# Acts that the messages themselves show.
SILENT = [
    "tickets.ClientWrote",
    "tickets.ClientCorrected",
    "tickets.MachineWrote",
    "tickets.Answered",
    "tickets.Informed",
    "tickets.Noted",
    "tickets.Acknowledged",
]


class File(NamedTuple):
    """An attachment as the timeline shows it."""

    key: str
    name: str
    size: int
    type: str
    shown: bool
    verdict: str

    @property
    def is_picture(self) -> bool:
        return self.type in ("image/png", "image/jpeg", "image/gif", "image/webp") and not self.is_infected

    @property
    def is_pdf(self) -> bool:
        return self.type == "application/pdf" and not self.is_infected

    @property
    def is_infected(self) -> bool:
        return self.verdict == "infected"


class Said(NamedTuple):
    """One message.  `text` is its new part, `whole` the letter with what it quotes when that is not too long.

    `pictures` are counted in its markup; `remote` when some of them would come from another server.  `fates` are those
    of single recipients, where they differ.  `row` is what the database gave: what was drawn of it is found by that.
    """

    id: int
    direction: str
    author_id: int | None
    contact_id: int | None
    author_name: str
    author_address: str
    automatic: str
    subject: str
    at: datetime
    text: str
    is_cut: bool
    whole: str
    quotes_much: bool
    html: str
    has_html: bool
    is_rich: bool
    to: list[str]
    cc: list[str]
    remarks: list[str]
    authenticity: str
    authenticity_reason: str
    passed_on_from: str
    passed_on_name: str
    inbound_id: int | None
    outbound_id: int | None
    is_forward: bool | None
    state: str | None
    attempt: int | None
    not_before: datetime | None
    sent_at: datetime | None
    detail: str | None
    rests_until: datetime | None
    warning: str | None
    pictures: int
    remote: bool
    fates: dict[str, dict[str, str]]
    files: list[File]
    protection: dict[str, str] | None
    invitation: dict[str, Any] | None
    row: tuple[Any, ...]

    @property
    def waits(self) -> bool:
        """What is said of it follows from the clock or from other messages, too."""
        return self.state == "ready" or self.invitation is not None


class Happened(NamedTuple):
    """One entry of the journal about the ticket; `outcome` holds words of it that stand in other tables.

    `rule` is the name of the rule that did it.
    """

    id: int
    at: datetime
    kind: str
    actor_id: int | None
    data: dict[str, Any]
    outcome: dict[str, Any] | None
    rule: str | None = None


@dataclass(frozen=True)
class Window:
    """A stretch of a conversation; `earlier` when there is more before it."""

    messages: list[Said]
    events: list[Happened]
    earlier: bool = False


def newest(ticket_id: int, conversation_id: int, before: int | None = None) -> Window:
    """The last messages (before one of them) and everything that happened meanwhile."""
    limit = WINDOW + 1
    condition = " AND m.id < %(before)s" if before else ""
    rows = _messages(f"{condition} ORDER BY m.id DESC LIMIT %(limit)s", conversation_id, before=before, limit=limit)
    earlier = len(rows) > WINDOW
    messages = rows[:WINDOW][::-1]
    since = messages[0].at if earlier else None
    return Window(messages, _events(ticket_id, since, before), earlier)


def later(ticket_id: int, conversation_id: int, after: int, after_event: int) -> Window:
    """What was said and what happened after these two."""
    messages = _messages(" AND m.id > %(after)s ORDER BY m.id LIMIT 200", conversation_id, after=after)
    return Window(messages, _events(ticket_id, after=after_event))


def some(conversation_id: int, ids: list[int]) -> list[Said]:
    """Chosen messages, to draw them anew when their fate has changed."""
    return _messages(" AND m.id = ANY(%(ids)s) ORDER BY m.id", conversation_id, ids=ids)


def see(ticket_id: int, me: int, message_id: int | None, *, opens: bool = False) -> tuple[int, bool]:
    """Remember that a person has looked up to this message; what they open is among their recent ones.

    What the desk told them of the ticket is looked at with it, and their other pages hear so.

    Returns up to where they had before (0 for never), and whether a reply of theirs can still be taken back.
    """
    now = clock.now()
    parameters: dict[str, Any] = {"me": me, "ticket": ticket_id, "message": message_id or 0, "now": now}
    parameters["opened"] = now if opens else None
    with connection.cursor() as cursor:
        cursor.execute(SEEN, parameters)
        before, can_undo = cursor.fetchone()
    return before or 0, can_undo


def seen(ticket_id: int, me: int) -> tuple[int, bool]:
    """What `see` returns, for whoever has not looked yet."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN_BEFORE, {"me": me, "ticket": ticket_id, "now": clock.now()})
        before, can_undo = cursor.fetchone()
    return before or 0, can_undo


def _messages(condition: str, conversation_id: int, **parameters: Any) -> list[Said]:
    with connection.cursor() as cursor:
        cursor.execute(
            MESSAGES + condition,
            {"conversation": conversation_id, "long": LONG, "quote": QUOTE, **parameters},
        )
        rows = cursor.fetchall()
    return [said_of(row) for row in rows]


def signs_of(row: tuple[Any, ...]) -> int:
    """The signs of all texts in it."""
    return sum(len(value) for value in row if isinstance(value, str))


def _weight(_said: Said, row: tuple[Any, ...]) -> int:
    """Its texts are those of the row."""
    return signs_of(row) + 1000


@kept(KEPT, _weight)
def said_of(row: tuple[Any, ...]) -> Said:
    fates, files, protection, invitation = row[-4:]
    last = [_object(fates) or {}, _files(files), _object(protection), _object(invitation)]
    return Said._make([*row[:16], *map(_list, row[16:19]), *row[19:-4], *last, row])


def _events(ticket_id: int, since: datetime | None = None, before: int | None = None, after: int = 0) -> list[Happened]:
    condition = " AND e.at >= %(since)s" if since else ""
    condition += " AND e.at < (SELECT at FROM conversations_message WHERE id = %(before)s)" if before else ""
    condition += " AND e.id > %(after)s" if after else ""
    parameters: dict[str, Any] = {"ticket": ticket_id, "silent": SILENT}
    parameters |= {"since": since, "before": before, "after": after}
    with connection.cursor() as cursor:
        cursor.execute(f"{ENTRIES}{condition} ORDER BY e.id DESC LIMIT {EVENTS}", parameters)
        rows = cursor.fetchall()
    return [_happened(row) for row in reversed(rows)]


def calls(ticket_id: int, ids: list[int]) -> list[Happened]:
    """Where these calls began to belong to the ticket, to draw them anew."""
    condition = " AND e.kind = 'calls.CallStands' AND (e.data->>'call_id')::bigint = ANY(%(ids)s) ORDER BY e.id"
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES + condition, {"ticket": ticket_id, "silent": SILENT, "ids": ids})
        return [_happened(row) for row in cursor.fetchall()]


def history(ticket_id: int, limit: int, before: int | None = None) -> list[Happened]:
    """What was done with a ticket, the newest first."""
    condition = " AND e.id < %(before)s" if before else ""
    parameters: dict[str, Any] = {"ticket": ticket_id, "silent": SILENT, "before": before, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(f"{ENTRIES}{condition} ORDER BY e.id DESC LIMIT %(limit)s", parameters)
        return [_happened(row) for row in cursor.fetchall()]


def _happened(row: tuple[Any, ...]) -> Happened:
    return Happened._make([*row[:4], _object(row[4]) or {}, _object(row[5]), row[6]])


def _files(value: Any) -> list[File]:
    names = ("key", "name", "size", "type", "shown", "verdict")
    return [File(*(told[name] for name in names)) for told in _object(value) or []]


def _list(value: Any) -> list[str]:
    """Most letters have no copies and no remarks: an empty list need not be read."""
    return [] if value == "[]" else _object(value) or []


def _object(value: Any) -> Any:
    """Django leaves jsonb of a bare cursor as text."""
    return json.loads(value) if isinstance(value, str) else value
