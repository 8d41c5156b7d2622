"""One request with its contact, their organisation and addresses, and what a page or an act needs: in one statement.

The ORM gives the same by five joins and a second statement and spends three milliseconds on putting the SQL together;
nothing is asked for more often.
"""

import json
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.dateparse import parse_datetime

from otklik.care.incidents.severity import Severity
from otklik.care.incidents.states import State
from otklik.care.problems.states import State as Stage
from otklik.core.journal import clock
from otklik.core.journal.bare import run
from otklik.core.journal.rows import columns, read
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Answered, CardField, Client, Contact, Holds, Identity, Secrecy
from otklik.desk.clients.models.question import Value
from otklik.desk.conversations.models import Conversation
from otklik.desk.sla.models import Kind
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.layout import COLUMN as LAYOUTS
from otklik.front.workspace.complaints.stripe import KNOWN as COMPLAINTS
from otklik.front.workspace.conduct_block import COLUMN as CONDUCT
from otklik.front.workspace.conduct_block import Conduct
from otklik.front.workspace.passed import COLUMN as PASSED
from otklik.front.workspace.queries.people import colleague, line
from otklik.front.workspace.queries.standing import Reader
from otklik.front.workspace.still_true import COLUMNS as STILL_TRUE

FIRST, CONTACT, CLIENT, TALK = (len(model._meta.concrete_fields) for model in (Ticket, Contact, Client, Conversation))
SECOND, LAST = FIRST + CONTACT, FIRST + CONTACT + CLIENT
COLUMNS = f"""{columns(Ticket, "t")}, {columns(Contact, "c")}, {columns(Client, "o")},
    (SELECT json_agg(i ORDER BY i.id) FROM clients_identity i WHERE i.contact_id = c.id),
    (SELECT json_agg(q ORDER BY q.id) FROM clients_quietperiod q
        WHERE q.contact_id = c.id OR q.client_id = c.client_id)"""
FROM = """
FROM tickets_ticket t JOIN clients_contact c ON c.id = t.contact_id LEFT JOIN clients_client o ON o.id = c.client_id"""
TO_READ = f"""
SELECT {COLUMNS},
    (SELECT until FROM tickets_promise p WHERE p.ticket_id = t.id
        AND p.done_at IS NULL AND p.moved_at IS NULL AND p.taken_back_at IS NULL LIMIT 1),
    EXISTS (SELECT 1 FROM tickets_pin n WHERE n.ticket_id = t.id AND n.user_id = %(me)s),
    (SELECT array_agg(w.user_id ORDER BY w.id) FROM tickets_watch w WHERE w.ticket_id = t.id),
    (SELECT json_agg(json_build_array(d.author_id, d.mode, d.saved_at) ORDER BY d.saved_at DESC)
        FROM conversations_draft d WHERE d.conversation_id = t.conversation_id AND d.author_id <> %(me)s
            AND d.mode <> 'held' AND d.text <> ''),
    (SELECT count(*) FROM conversations_attachment f WHERE f.conversation_id = t.conversation_id
        AND NOT f.inline AND EXISTS (SELECT FROM conversations_message m WHERE m.id = f.message_id
            AND m.taken_back_at IS NULL)),
    (SELECT v.channel_id FROM conversations_conversation v WHERE v.id = t.conversation_id),
    (SELECT array_agg(DISTINCT k.kind) FROM sla_clock k WHERE k.ticket_id = t.id AND k.dropped_at IS NULL
        AND (k.breached_at IS NOT NULL OR k.stopped_at > k.due_at)),
    (SELECT count(*) FROM tickets_task k WHERE k.ticket_id = t.id AND k.done_at IS NULL),
    EXISTS (SELECT 1 FROM tickets_task k WHERE k.ticket_id = t.id AND k.done_at IS NULL AND k.due_at < %(now)s),
    (SELECT s.at FROM tickets_schedule s WHERE t.waits_for <> '' AND s.ticket_id = t.id
        AND s.woke_at IS NULL AND s.taken_back_at IS NULL ORDER BY s.id DESC LIMIT 1),
    (SELECT p.name FROM clients_product p WHERE p.id = t.product_id),
    (SELECT json_agg(json_build_array(p.name, s.plan, s.details, s.state, s.contact_id IS NOT NULL)
            ORDER BY s.starts_on, s.id)
        FROM clients_subscription s JOIN clients_product p ON p.id = s.product_id
        WHERE (s.contact_id = c.id OR s.client_id = c.client_id) AND s.state <> 'ended'),
    (SELECT json_agg(json_build_array(f.id, f.name, f.kind, f.is_personal, a.value) ORDER BY f.position, f.id)
        FROM clients_cardfield f LEFT JOIN clients_cardanswer a ON a.field_id = f.id AND a.contact_id = c.id
        WHERE f.of = 'contact' AND f.is_active),
    (SELECT row_to_json(p) FROM clients_secrecy p WHERE p.id = 1),
    (SELECT json_build_array(i.id, i.title, i.severity, i.state, i.next_at)
        FROM incidents_affected a JOIN incidents_incident i ON i.id = a.incident_id
        WHERE a.ticket_id = t.id AND a.stands),
    (SELECT json_build_array(p.id, p.title, p.state, p.workaround)
        FROM problems_linked l JOIN problems_problem p ON p.id = l.problem_id WHERE l.ticket_id = t.id),
    {COMPLAINTS},{STILL_TRUE},
    {PASSED},{LAYOUTS},
    (t.reopened > 0 AND t.ended_at IS NULL AND t.appealed IS NULL AND EXISTS (
        SELECT 1 FROM tickets_refusal r WHERE r.ticket_id = t.id AND r.taken_back_at IS NULL
            AND r.by_id IS NOT NULL AND r.reopened_at IS NOT NULL
            AND EXISTS (SELECT 1 FROM conversations_message m WHERE m.conversation_id = t.conversation_id
                AND m.direction = 'in' AND m.contact_id = t.contact_id AND m.automatic = '' AND m.at > r.at)
            AND NOT EXISTS (SELECT 1 FROM tickets_appeal a WHERE a.refusal_id = r.id)
            AND NOT EXISTS (SELECT 1 FROM tickets_refusal n WHERE n.ticket_id = t.id AND n.id > r.id)
            AND NOT EXISTS (SELECT 1 FROM tickets_resolution s WHERE s.ticket_id = t.id AND s.taken_back_at IS NULL
                AND s.at > r.at))),
    EXISTS (SELECT FROM privacy_hold h
        WHERE h.lifted_at IS NULL AND (h.contact_id = t.contact_id OR h.ticket_id = t.id
            OR EXISTS (SELECT FROM conversations_message w
                WHERE w.conversation_id = t.conversation_id AND w.contact_id = h.contact_id)
            OR EXISTS (
                WITH RECURSIVE came(id) AS (SELECT t.id UNION
                    SELECT CASE WHEN r.undone_at IS NULL THEN r.source_id ELSE r.target_id END
                    FROM came JOIN tickets_relocation r ON r.undone_at IS NULL AND r.target_id = came.id
                        OR r.undone_at IS NOT NULL AND r.source_id = came.id)
                SELECT FROM came JOIN tickets_ticket s ON s.id = came.id
                WHERE s.id = h.ticket_id OR s.contact_id = h.contact_id))),{CONDUCT}{FROM}
WHERE t.id = %(number)s AND """
TO_ACT = f"""
SELECT {COLUMNS}, {columns(Conversation, "v")}, {columns(User, "u")}{FROM}
JOIN conversations_conversation v ON v.id = t.conversation_id LEFT JOIN staff_user u ON u.id = t.owner_id
WHERE t.id = %(number)s AND """


class Owned(NamedTuple):
    """One product that the client has, themselves or by their organisation; `state` is none of those that are over."""

    product: str
    plan: str
    details: str
    state: str
    is_own: bool


class Begun(NamedTuple):
    """A text of a colleague that is not sent: whose, a reply or a note, and when it was saved."""

    author: int
    mode: str
    saved: str

    @property
    def saved_at(self) -> datetime | None:
        return parse_datetime(self.saved)


class PartOf(NamedTuple):
    """The incident that a request is part of; `next_at` is until when the clients hear from us."""

    number: int
    title: str
    level: str
    goes_on: bool
    next_at: datetime | None

    @classmethod
    def told(cls, number: int, title: str, severity: int, state: str, next_at: str | None) -> "PartOf":
        return cls(number, title, Severity(severity).label, State(state).goes_on, parse_datetime(next_at or ""))


class MadeBy(NamedTuple):
    """The problem that made a request; `helps` is its workaround."""

    number: int
    title: str
    state: str
    helps: str
    is_removed: bool

    @classmethod
    def told(cls, number: int, title: str, state: str, helps: str) -> "MadeBy":
        return cls(number, title, str(Stage(state).label), helps, state == Stage.REMOVED)


def ticket(number: int, reader: Reader) -> Ticket | None:
    """The request with this number if the reader may see it, with everything its page shows of it.

    Owner and line come from `people`: good for their names and faces.
    """
    found, more = _asked(TO_READ, number, reader)
    if found is None:
        return None
    names = (
        "promised_until",
        "is_pinned",
        "watched_by",
        "begun_by_others",
        "files_in_all",
        "door",
        "broken",
        "tasks_left",
        "has_late_task",
        "third_since",
        "product_said",
        "owned",
        "details_of_card",
        "secrecy",
        "incident",
        "problem",
        "low_mark_at",
        "has_complaint",
        "confirmed",
        "roles",
        "passed",
        "delegated",
        "layouts",
        "may_appeal",
        "is_held",
        "conduct",
    )
    for name, value in zip(names, more, strict=True):
        setattr(found, name, value)
    found.watched_by = found.watched_by or []  # type: ignore[attr-defined]
    found.is_watched = reader.user.pk in found.watched_by  # type: ignore[attr-defined]
    found.begun_by_others = [Begun(*told) for told in _json(found.begun_by_others) or []]  # type: ignore[attr-defined]
    found.broken = [str(Kind(kind).label) for kind in found.broken or ()]  # type: ignore[attr-defined]
    found.owned = [Owned(*told) for told in _json(found.owned) or []]  # type: ignore[attr-defined]
    found.details_of_card = [_answered(*told) for told in _json(found.details_of_card) or []]  # type: ignore[attr-defined]
    found.confirmed, found.roles = _json(found.confirmed) or [], _json(found.roles) or []  # type: ignore[attr-defined]
    found.secrecy = Secrecy.told(_json(found.secrecy))  # type: ignore[attr-defined]
    found.conduct = Conduct.told(_json(found.conduct))  # type: ignore[attr-defined]
    found.problem = MadeBy.told(*_json(found.problem)) if found.problem else None  # type: ignore[attr-defined]
    found.incident = PartOf.told(*_json(found.incident)) if found.incident else None  # type: ignore[attr-defined]
    if owner := colleague(found.owner_id):
        found.owner = owner
    if team := line(found.team_id):
        found.team = team
    return found


def _answered(number: int, name: str, kind: str, is_personal: bool, value: Value) -> Answered:
    return Answered(CardField(pk=number, of=Holds.CONTACT, name=name, kind=kind, is_personal=is_personal), value)


def ticket_to_act(number: int, person: User) -> Ticket | None:
    """The request with this number if the person may see it, with what an act needs: the owner, the talk, its channel.

    The channel is some seconds old at most.
    """
    found, more = _asked(TO_ACT, number, Reader.of(person))
    if found is None:
        return None
    found.owner = read(User, more[TALK:]) if found.owner_id else None
    found.conversation = read(Conversation, more[:TALK])
    if found.conversation.contact_id == found.contact_id:
        found.conversation.contact = found.contact
    channel = found.conversation.channel = Channel.objects.known(found.conversation.channel_id)
    if channel.team_id == found.team_id:
        found.team = channel.team
    return found


def _asked(statement: str, number: int, reader: Reader) -> tuple[Ticket | None, tuple[Any, ...]]:
    """The ticket with its contact, and the columns that this statement adds."""
    visible = reader.visible_as("t.")
    asked = reader.parameters | {"number": min(number, 2**63 - 1), "now": clock.now()}
    row = run(statement + visible, asked).fetchone()
    return (_built(row), row[LAST + 2 :]) if row else (None, ())


def _built(row: tuple[Any, ...]) -> Ticket:
    found = read(Ticket, row[:FIRST])
    found.contact = _contact(read(Contact, row[FIRST:SECOND]), row[SECOND:LAST], row[LAST])
    found.quiet = _json(row[LAST + 1]) or ()  # type: ignore[attr-defined]
    return found


def _contact(contact: Contact, organisation: tuple[Any, ...], addresses: Any) -> Contact:
    contact.client = read(Client, organisation) if organisation[0] else None
    identities = contact.identities.all()
    identities._result_cache = [_identity(told) for told in _json(addresses) or []]
    contact._prefetched_objects_cache = {"identities": identities}  # type: ignore[attr-defined]
    return contact


def _identity(told: dict[str, Any]) -> Identity:
    moments = {name: parse_datetime(told.pop(name) or "") for name in ("verified_at", "failed_at")}
    return Identity(**told, **moments)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
