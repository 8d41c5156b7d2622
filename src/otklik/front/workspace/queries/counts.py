"""How many: every figure stops at a thousand, because nobody reads the difference and counting all of them is slow."""

from datetime import datetime

from django.db import connection

from otklik.front.workspace.queries.queue import OPEN, midnight
from otklik.front.workspace.queries.rows import TABLE
from otklik.front.workspace.queries.standing import OURS, SEGMENTS, TODAY, VIEWS, Reader, View

CAP = 1000


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
        if view.order not in ("ended", "kept"):
            condition = {"due": OURS if view.segments else OPEN}.get(view.order, "TRUE")
            asked[view.name] = (view.of(reader), condition)
    return _counted(asked, reader, now)


def _counted(asked: dict[str, tuple[list[str], str]], reader: Reader, now: datetime) -> dict[str, int]:
    sql = "SELECT " + ", ".join(_one(streams, condition) for streams, condition in asked.values())
    with connection.cursor() as cursor:
        cursor.execute(sql, reader.parameters | {"now": now, "midnight": midnight(now)})
        return dict(zip(asked, cursor.fetchone(), strict=True))


def _one(streams: list[str], condition: str) -> str:
    union = " UNION ALL ".join(f"SELECT 1 FROM {TABLE} WHERE {stream} AND {condition}" for stream in streams)
    return f"(SELECT count(*) FROM (SELECT 1 FROM ({union}) AS every LIMIT {CAP}) AS capped)"
