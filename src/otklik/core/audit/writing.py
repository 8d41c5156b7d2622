"""How a line comes into being, other than by the hand of the database."""

import dataclasses
import json
from typing import Any

from django.db import connection

from otklik.core.audit import door
from otklik.core.audit.models import Outcome
from otklik.core.datamap import washed
from otklik.core.datamap.registry import codes
from otklik.core.journal.news import News, cause

COLUMNS = "outcome, actor_id, program_id, door, address, session, call, before, after, kind, about, about_id"
NOTE = f"INSERT INTO audit_line ({COLUMNS}) SELECT " + ", ".join(["%s"] * 7 + ["%s::jsonb"] * 2 + ["%s"] * 3)
UNLESS_TOLD = " WHERE NOT EXISTS (SELECT FROM audit_line WHERE call = %s AND call <> '')"
# Who and what stand in the entry already; a job has no door, but its entry has an actor.
HEARD = """
INSERT INTO audit_line (outcome, actor_id, program_id, door, address, session, call, before, after,
                        kind, about, about_id, entry_id)
SELECT 'done', entry.actor_id, %s, %s, %s, %s, %s, '{}'::jsonb, %s::jsonb,
       entry.kind, entry.about, coalesce(entry.about_id::text, ''), entry.id
FROM journal_entry entry WHERE entry.id = %s
"""
LONGEST_NAME, LONGEST_ID = 80, 40


def note(kind: str, about: str = "", about_id: object = "", *, outcome: str = Outcome.DONE, after: Any = None) -> None:
    """A line of its own; in the caller's transaction, if there is one."""
    _execute(NOTE, _values(kind, about, about_id, outcome, after))


def note_door(about: str, about_id: object, outcome: str, call: str) -> None:
    """A line for what was sent to a door, unless the deed has left one itself."""
    kind = "door" if outcome == Outcome.DONE else "refused"
    statement, values = NOTE, _values(kind, about, about_id, outcome, None)
    if outcome == Outcome.DONE:
        statement, values = NOTE + UNLESS_TOLD, [*values, call]
    _execute(statement, values)


def heard(news: News) -> None:
    """The reaction to privileged news: who, about whom and when stand in its entry."""
    who = door.here()
    told = {field.name: getattr(news, field.name) for field in dataclasses.fields(news)}
    kept = washed(json.loads(json.dumps(told, default=str)), news.kind(), codes())
    after = {name: value for name, value in kept.items() if name != news.key and value not in ("", None, [], {})}
    names = ("program", "door", "address", "session", "call")
    _execute(HEARD, [*(who[name] for name in names), json.dumps(after), cause()])


def _values(kind: str, about: str, about_id: object, outcome: str, after: Any) -> list[Any]:
    who = door.here()
    names = ("actor", "program", "door", "address", "session", "call")
    told = ["{}", json.dumps(after or {})]
    return [str(outcome), *(who[name] for name in names), *told, kind, about[:LONGEST_NAME], str(about_id)[:LONGEST_ID]]


def _execute(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
