"""One LISTEN connection of the process, and another that finds out whom the news concerns."""

import asyncio
from importlib import import_module
from typing import Any

import psycopg
import structlog
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from otklik.core.journal.listening import connected, until_one_ends
from otklik.core.staff.models.user import LINES
from otklik.core.ui.kept import forget_old
from otklik.front.workspace.alarms import ALARMS, concerned
from otklik.front.workspace.live.hub import Hub, Rights, Told, parsed

log = structlog.get_logger("otklik.live")

CHANNEL = "otklik"
TOGETHER = 0.02
"""Seconds in which news is gathered: an act writes several entries, one statement explains them all."""
RENEW = 20
"""Seconds after which rights and sessions are asked again: who lost them hears nothing after half a minute."""

ENTRIES = """
SELECT e.id, e.kind, e.actor_id, t.id, t.team_id, t.owner_id, e.data->>'team_was', e.data->>'was', e.data->'people',
    t.works_with
FROM journal_entry e
JOIN tickets_ticket t ON t.id = CASE e.about WHEN 'ticket' THEN e.about_id
    ELSE (SELECT c.id FROM tickets_ticket c WHERE c.conversation_id = e.about_id) END
WHERE e.id = ANY(%s) AND e.about IN ('ticket', 'conversation') ORDER BY e.id
"""
CALLS = "SELECT about_id, data->'people' FROM journal_entry WHERE id = ANY(%s) AND about = 'call' ORDER BY id"
PRESENT = "SELECT id, team_id, owner_id, works_with FROM tickets_ticket WHERE id = ANY(%s)"
RIGHTS = f"""
SELECT u.id, u.role, ARRAY({LINES.format(person="u.id")}) FROM staff_user u WHERE u.id = ANY(%s) AND u.is_active
"""  # noqa: S608 - our own statement about the lines of a person, no value of anybody
SESSIONS = "SELECT session_key FROM django_session WHERE session_key = ANY(%s) AND expire_date > now()"


class Ear:
    """The service that hears and tells; when its connection breaks it is started again and everybody reloads."""

    name = "live news"

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def run(self, stop: asyncio.Event) -> None:
        async with await connected() as ear, await connected() as reader:
            await ear.execute(f"LISTEN {CHANNEL}")
            self.hub.hears()
            self.hub.all_again()
            try:
                await until_one_ends(self._hear(ear), self._tell(reader), self._renew(reader), stop.wait())
            finally:
                self.hub.is_deaf()

    async def _hear(self, ear: psycopg.AsyncConnection) -> None:
        async for notice in ear.notifies():
            if self.hub.is_awaited():
                self.heard.put_nowait(parsed(notice.payload))

    async def _tell(self, reader: psycopg.AsyncConnection) -> None:
        while True:
            news = [await self.heard.get()]
            await asyncio.sleep(TOGETHER)
            while not self.heard.empty():
                news.append(self.heard.get_nowait())
            for told in await explained(reader, news):
                self.hub.tell(told)

    async def _renew(self, reader: psycopg.AsyncConnection) -> None:
        while True:
            await asyncio.sleep(RENEW)
            forget_old()  # the process has no other heart that beats whether somebody looks or not
            await renew(self.hub, reader)


async def explained(reader: psycopg.AsyncConnection, news: list[dict[str, Any]]) -> list[Told]:
    """News with the lines and owners it concerns; what is about no ticket is left out."""
    entries = [one["id"] for one in news if _is_number(one.get("id"))]
    present = _numbers(news, "presence")
    told = [Told("notices", 0, people=frozenset([one])) for one in dict.fromkeys(_numbers(news, "notices"))]
    if entries:
        rows = await (await reader.execute(ENTRIES, [entries])).fetchall()
        told += [one for row in rows for one in _entry(*row)]
    if calls := [one["id"] for one in news if one.get("about") == "call" and _is_number(one.get("id"))]:
        rows = await (await reader.execute(CALLS, [calls])).fetchall()
        told += [Told("call", call, people=frozenset(people)) for call, people in rows]
    if present:
        rows = await (await reader.execute(PRESENT, [present])).fetchall()
        told += [
            Told("presence", pk, lines=_set(team), owners=_set(owner, *beside)) for pk, team, owner, beside in rows
        ]
    return told


async def renew(hub: Hub, reader: psycopg.AsyncConnection) -> None:
    """Ask again who may know what, for everybody who listens."""
    if not hub.streams:
        return
    people = list({stream.person for stream in hub.streams})
    rows = await (await reader.execute(RIGHTS, [people])).fetchall()
    hub.renew({pk: rights(role, lines) for pk, role, lines in rows}, await _sessions(hub, reader))


async def _sessions(hub: Hub, reader: psycopg.AsyncConnection) -> set[str] | None:
    """Sessions that still live; None where they are not kept in the database."""
    if not issubclass(import_module(settings.SESSION_ENGINE).SessionStore, DatabaseSessions):
        return None
    asked = [stream.session for stream in hub.streams]
    return {key for (key,) in await (await reader.execute(SESSIONS, [asked])).fetchall()}


def rights(role: str, lines: list[int]) -> Rights:
    return Rights(role in ("head", "quality", "admin"), frozenset(lines))


def _entry(
    pk: int,
    kind: str,
    by: int | None,
    ticket: int,
    team: int,
    owner: int | None,
    team_was: str | None,
    was: str | None,
    people: Any,
    beside: list[int],
) -> list[Told]:
    """Who lost the ticket by this very news must hear of it too; an alarm is told once more to whom it concerns."""
    lines, owners = _set(team, _numbered(team_was)), _set(owner, _numbered(was), *beside)
    told = [Told("ticket", ticket, kind, pk, by, lines, owners)]
    if kind in ALARMS:
        told.append(Told("alarm", ticket, kind, pk, by, lines, owners, concerned(kind, people, owner)))
    return told


def _numbered(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() else None


def _numbers(news: list[dict[str, Any]], about: str) -> list[int]:
    """Of what passes by without an entry."""
    return [one["about_id"] for one in news if one.get("about") == about and _is_number(one.get("about_id"))]


def _is_number(value: object) -> bool:
    return isinstance(value, int) and 0 < value < 2**63


def _set(*numbers: int | None) -> frozenset[int]:
    return frozenset(number for number in numbers if number is not None)
