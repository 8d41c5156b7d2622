"""One request with its contact, their organisation and addresses, and the open promise: in one statement.

The ORM gives the same by five joins and a second statement and spends three milliseconds on putting the SQL together;
this page is opened more often than any other.
"""

import json
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.utils.dateparse import parse_datetime

from otklik.desk.clients.models import Client, Contact, Identity
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries.people import colleague, line
from otklik.front.workspace.queries.standing import Reader


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


TICKET, CONTACT, CLIENT = _names(Ticket), _names(Contact), _names(Client)
SELECT = f"""
SELECT {_columns(Ticket, "t")}, {_columns(Contact, "c")}, {_columns(Client, "o")},
    (SELECT until FROM tickets_promise p WHERE p.ticket_id = t.id
        AND p.done_at IS NULL AND p.moved_at IS NULL AND p.taken_back_at IS NULL LIMIT 1),
    EXISTS (SELECT 1 FROM tickets_pin n WHERE n.ticket_id = t.id AND n.user_id = %(me)s),
    (SELECT v.channel_id FROM conversations_conversation v WHERE v.id = t.conversation_id),
    (SELECT json_agg(i ORDER BY i.id) FROM clients_identity i WHERE i.contact_id = c.id)
FROM tickets_ticket t JOIN clients_contact c ON c.id = t.contact_id LEFT JOIN clients_client o ON o.id = c.client_id
WHERE t.id = %(number)s AND """


def ticket(number: int, reader: Reader) -> Ticket | None:
    """The request with this number if the reader may see it, with everything its page shows of it.

    Owner and line come from `people`: good for their names and faces.
    """
    visible = reader.visible.replace("team_id", "t.team_id").replace("owner_id", "t.owner_id")
    with connection.cursor() as cursor:
        cursor.execute(SELECT + visible, reader.parameters | {"number": min(number, 2**63 - 1)})
        row = cursor.fetchone()
    return _built(row) if row else None


def _built(row: tuple[Any, ...]) -> Ticket:
    first, second = len(TICKET), len(TICKET) + len(CONTACT)
    values = [_loaded(name, value) for name, value in zip(TICKET, row[:first], strict=True)]
    found = Ticket.from_db(DEFAULT_DB_ALIAS, TICKET, values)
    found.contact = _contact(list(row[first:second]), list(row[second:-4]), row[-1])
    found.promised_until, found.is_pinned, found.door = row[-4], row[-3], row[-2]  # type: ignore[attr-defined]
    if owner := colleague(found.owner_id):
        found.owner = owner
    if team := line(found.team_id):
        found.team = team
    return found


def _contact(values: list[Any], organisation: list[Any], addresses: Any) -> Contact:
    contact = Contact.from_db(DEFAULT_DB_ALIAS, CONTACT, values)
    contact.client = Client.from_db(DEFAULT_DB_ALIAS, CLIENT, organisation) if organisation[0] else None
    identities = [_identity(told) for told in _json(addresses) or []]
    contact._prefetched_objects_cache = {"identities": identities}  # type: ignore[attr-defined]
    return contact


def _identity(told: dict[str, Any]) -> Identity:
    moments = {name: parse_datetime(told.pop(name) or "") for name in ("verified_at", "failed_at")}
    return Identity(**told, **moments)


def _loaded(name: str, value: Any) -> Any:
    return _json(value) if name == "undo" else value


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
