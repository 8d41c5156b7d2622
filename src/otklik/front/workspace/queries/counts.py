"""How many: every figure stops at a thousand, because nobody reads the difference and counting all of them is slow."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction

from otklik.core.staff.models import User
from otklik.desk.tickets.models import SavedList
from otklik.desk.tickets.narrowing import Narrowing
from otklik.front.workspace.queries.queue import OPEN, midnight
from otklik.front.workspace.queries.rows import TABLE
from otklik.front.workspace.queries.standing import OURS, SEGMENTS, TODAY, VIEWS, Reader, View

CAP = 1000
SAVED_MS = 700


def said(count: int) -> str:
    """12; 999+"""
    return str(count) if count < CAP else f"{CAP - 1}+"


def of_segments(view: View, reader: Reader, now: datetime) -> dict[str, int]:
    """Rows of each segment, and of our move how many are late and how many are promised for today."""
    open_ = {name: condition for name, (_, condition) in SEGMENTS.items()}
    bands = {"late": f"due_at < %(now)s AND {OURS}", "today": f"{TODAY} AND {OURS}"}
    asked = {name: (view.of(reader), condition) for name, condition in (open_ | bands).items()}
    return _counted(asked, reader, now)


def of_views(reader: Reader, now: datetime) -> dict[str, int]:
    """Rows of each standing view that has a figure; of the whole queues only our move."""
    asked = {}
    for view in VIEWS.values():
        if view.counted:
            condition = {"due": OURS if view.segments else OPEN}.get(view.order, "TRUE")
            asked[view.name] = (view.of(reader), condition)
    return _counted(asked, reader, now)


def of_saved(lists: Sequence[SavedList], user: User, now: datetime) -> dict[int, int]:
    """Rows of saved lists that the reader may see; no figures at all when all of them take longer than they may.

    A condition of somebody's own may have no index, so the time is bounded, not only the number.
    """
    asked, values = {}, {"now": now, "midnight": midnight(now)}
    for one in lists:
        if (view := VIEWS.get(one.view)) is None or view.order == "ended":
            continue
        reader = Reader.of(user, narrowing=Narrowing.read(one.query, user).named(f"l{one.pk}"))
        condition = {"due": OURS if view.segments else OPEN}.get(view.order, "TRUE")
        asked[one.pk] = (view.of(reader), condition)
        values |= reader.parameters
    if not asked:
        return {}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {SAVED_MS}")
            cursor.execute(_select(asked), values)
            found = dict(zip(asked, cursor.fetchone(), strict=True))
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError:
        return {}
    return found


def people_of(one: SavedList, user: User, now: datetime, most: int) -> list[int]:
    """Numbers of the clients whose requests stand in a saved list as the reader sees it, at most so many."""
    if (view := VIEWS.get(one.view)) is None:
        return []
    reader = Reader.of(user, narrowing=Narrowing.read(one.query, user))
    condition = "TRUE" if view.order == "ended" else OPEN
    union = " UNION ".join(f"SELECT contact_id FROM {TABLE} WHERE {part} AND {condition}" for part in view.of(reader))
    values = reader.parameters | {"now": now, "midnight": midnight(now), "most": most}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT contact_id FROM ({union}) AS found ORDER BY contact_id LIMIT %(most)s", values)
        return [number for (number,) in cursor.fetchall()]


def _counted(asked: dict[str, tuple[list[str], str]], reader: Reader, now: datetime) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_select(asked), reader.parameters | {"now": now, "midnight": midnight(now)})
        return dict(zip(asked, cursor.fetchone(), strict=True))


def _select(asked: Mapping[Any, tuple[list[str], str]]) -> str:
    return "SELECT " + ", ".join(_one(streams, condition) for streams, condition in asked.values())


def _one(streams: list[str], condition: str) -> str:
    union = " UNION ALL ".join(f"SELECT 1 FROM {TABLE} WHERE {stream} AND {condition}" for stream in streams)
    return f"(SELECT count(*) FROM (SELECT 1 FROM ({union}) AS every LIMIT {CAP}) AS capped)"
