"""One page of a queue: late first, then promised today, then the others, the nearest moment first.

The bands are cut at the moment `at` of the first page, which the cursor carries along: a row that becomes late between
two pages is neither shown twice nor left out.  A reader may ask for the newest or the oldest first instead: then there
are no bands.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from otklik.desk.tickets.orders import Order
from otklik.front.workspace.queries.rows import COLUMNS, TABLE, Row, fetch, select
from otklik.front.workspace.queries.standing import KEPT, SEGMENTS, TODAY, Reader, View

PAGE = 50
LATE, TODAYS, WAITING = 0, 1, 2
OPEN = "due_at IS NOT NULL"
STANDS = "status IN ('new', 'open', 'pending_client', 'scheduled')"
"""The same by the status, which the planner guesses well together with others of it."""
BY_AGE = "id > 0"
"""True of every row, and told by these lists alone: so nothing else is tempted by the indexes that serve them."""
OPENED = {
    Order.NEWEST: ("opened_at DESC, id DESC", "(opened_at, id) < (%(moment)s, %(id)s)"),
    Order.OLDEST: ("opened_at, id", "(opened_at, id) > (%(moment)s, %(id)s)"),
}
"""The order of rows, and what stands behind the one of the cursor."""


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after this row, in this band, as of this moment."""

    band: int
    moment: datetime
    id: int
    at: datetime

    def __str__(self) -> str:
        return f"{self.band}.{_micro(self.moment)}.{self.id}.{_micro(self.at)}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """A cursor from an address; None for anything that is not one."""
        try:
            band, moment, id_, at = (int(part) for part in text.split("."))
            cursor = cls(band, _moment(moment), id_, _moment(at))
        except (ValueError, OverflowError):
            return None
        return cursor if band in (LATE, TODAYS, WAITING) and 0 <= id_ < 2**63 else None


@dataclass(frozen=True)
class Page:
    """Rows with their bands, and where the next page begins."""

    rows: list[tuple[int, Row]]
    at: datetime
    after: Cursor | None = None
    begins: Cursor | None = None


def page(
    view: View, segment: str, reader: Reader, now: datetime, cursor: Cursor | None = None, order: Order = Order.DUE
) -> Page:
    """The rows of one page, in one statement."""
    at = cursor.at if cursor else now
    parameters = reader.parameters | {"now": at, "midnight": midnight(at), "limit": PAGE + 1}
    if cursor:
        parameters |= {"moment": cursor.moment, "id": cursor.id}
    if order in OPENED:
        rows = _by_opening(view, segment, reader, parameters, cursor, order)
    else:
        shape = {"due": _by_due, "ended": _by_end, "id": _by_id, "hanging": _by_id, "kept": _kept}[view.order]
        rows = shape(view, segment, reader, parameters, cursor)
    return _cut(rows, view, at, cursor, order)


def among(
    view: View, segment: str, reader: Reader, now: datetime, ids: list[int], order: Order = Order.DUE
) -> list[tuple[int, Row]]:
    """Those of the given requests that belong to the view now, each with its band."""
    if not ids:
        return []
    parameters = reader.parameters | {"now": now, "midnight": midnight(now), "limit": len(ids), "ids": ids}
    condition = f"id = ANY(%(ids)s) AND {_condition(view, segment)}"
    rows = fetch(select(view.of(reader), condition, "id"), parameters)
    banded, end = _has_bands(view, segment) and order not in OPENED, midnight(now)
    return [(band_of(row, now, end) if banded else WAITING, row) for row in rows]


def numbers(view: View, segment: str, reader: Reader, now: datetime, behind: int, limit: int) -> list[int]:
    """Those of the view in the order of their numbers, behind one: all of a list, a portion at a time."""
    parameters = reader.parameters | {"now": now, "midnight": midnight(now), "limit": limit, "id": behind}
    if view.order == "kept":
        parameters["limit"] = PAGE
        return sorted(row.id for _band, row in _kept(view, segment, reader, parameters, None) if row.id > behind)
    condition = f"{_condition(view, segment)} AND id > %(id)s"
    return [row.id for row in fetch(select(view.of(reader), condition, "id"), parameters)]


def extent(view: View, segment: str, reader: Reader, now: datetime) -> tuple[int, int]:
    """How many stand in the list, and the highest number among them."""
    parameters = reader.parameters | {"now": now, "midnight": midnight(now)}
    if view.order == "kept":
        numbers_ = numbers(view, segment, reader, now, 0, PAGE)
        return len(numbers_), max(numbers_, default=0)
    condition = _condition(view, segment)
    union = " UNION ALL ".join(f"SELECT id FROM {TABLE} WHERE {stream} AND {condition}" for stream in view.of(reader))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), coalesce(max(id), 0) FROM ({union}) AS every", parameters)
        count, last = cursor.fetchone()
    return count, last


def midnight(at: datetime) -> datetime:
    """The end of the reader's day."""
    tomorrow = timezone.localtime(at).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, timezone.get_current_timezone())


def _condition(view: View, segment: str) -> str:
    if view.order == "ended":
        return "due_at IS NULL"
    if view.order != "due":
        return "TRUE"
    return SEGMENTS[segment][1] if view.segments else OPEN


def _by_due(
    view: View, segment: str, reader: Reader, parameters: dict[str, Any], cursor: Cursor | None
) -> list[tuple[int, Row]]:
    streams, condition = view.of(reader), _condition(view, segment)
    if not _has_bands(view, segment):
        later = " AND (due_at, id) > (%(moment)s, %(id)s)" if cursor else ""
        found = fetch(select(streams, condition + later, "due_at, id"), parameters)
        return [(WAITING, row) for row in found]
    return _banded(streams, condition, parameters, cursor)


def _banded(
    streams: list[str], condition: str, parameters: dict[str, Any], cursor: Cursor | None
) -> list[tuple[int, Row]]:
    """Late and other rows by one walk in order of the moment, today's promises by another, in one statement."""
    band = cursor.band if cursor else LATE
    start = {
        LATE: "(due_at, id) > (%(moment)s, %(id)s)",
        TODAYS: "due_at >= %(now)s",
        WAITING: "(due_at, id) > (%(moment)s, %(id)s)",
    }[band]
    walk = select(streams, f"{condition} AND NOT ({TODAY})" + (f" AND {start}" if cursor else ""), "due_at, id")
    parts = [f"({walk})"]
    if band != WAITING:
        later = " AND (due_at, id) > (%(moment)s, %(id)s)" if cursor and band == TODAYS else ""
        any_stream = " OR ".join(f"({stream})" for stream in streams)
        todays = select([f"({any_stream})"], f"{condition} AND {TODAY}{later}", "due_at, id")
        parts.append(f"({todays})")
    rows = fetch(" UNION ALL ".join(parts), parameters)
    at, midnight_ = parameters["now"], parameters["midnight"]
    banded = [(band_of(row, at, midnight_), row) for row in rows]
    return sorted(banded, key=lambda pair: (pair[0], pair[1].due_at, pair[1].id))


def _by_opening(
    view: View, segment: str, reader: Reader, parameters: dict[str, Any], cursor: Cursor | None, order: Order
) -> list[tuple[int, Row]]:
    by, behind = OPENED[order]
    stands = SEGMENTS[segment][1] if view.segments else STANDS
    condition = f"{stands} AND {BY_AGE}" + (f" AND {behind}" if cursor else "")
    return [(WAITING, row) for row in fetch(select(view.of(reader), condition, by), parameters)]


def _by_end(
    view: View, segment: str, reader: Reader, parameters: dict[str, Any], cursor: Cursor | None
) -> list[tuple[int, Row]]:
    earlier = " AND (ended_at, id) < (%(moment)s, %(id)s)" if cursor else ""
    condition = _condition(view, segment) + earlier
    return [(WAITING, row) for row in fetch(select(view.of(reader), condition, "ended_at DESC, id DESC"), parameters)]


def _by_id(
    view: View, segment: str, reader: Reader, parameters: dict[str, Any], cursor: Cursor | None
) -> list[tuple[int, Row]]:
    later = " AND id > %(id)s" if cursor else ""
    return [(WAITING, row) for row in fetch(select(view.of(reader), f"TRUE{later}", "id"), parameters)]


def _kept(
    view: View, segment: str, reader: Reader, parameters: dict[str, Any], cursor: Cursor | None
) -> list[tuple[int, Row]]:
    """What was pinned or opened last comes first; a person keeps no more than one page."""
    sql = (
        f"SELECT {COLUMNS} FROM ({KEPT[view.name]}) AS kept JOIN {TABLE} ON {TABLE}.id = kept.ticket_id"
        f" WHERE {reader.visible}{reader.narrowing.sql} ORDER BY kept.at DESC LIMIT %(limit)s"
    )
    return [] if cursor else [(WAITING, row) for row in fetch(sql, parameters)]


def band_of(row: Row, at: datetime, midnight_: datetime) -> int:
    if row.due_at is None or row.due_at >= at:
        todays = row.next_step == "keep_promise" and row.due_at is not None and row.due_at < midnight_
        return TODAYS if todays else WAITING
    return LATE


def _has_bands(view: View, segment: str) -> bool:
    return view.order == "due" and (not view.segments or segment == "ours")


def _cut(rows: list[tuple[int, Row]], view: View, at: datetime, begins: Cursor | None, order: Order) -> Page:
    shown = rows[:PAGE]
    if len(rows) <= PAGE:
        return Page(shown, at, begins=begins)
    band, last = shown[-1]
    aged = last.opened_at if order in OPENED else last.due_at
    moment = (last.ended_at if view.order == "ended" else aged) or at
    return Page(shown, at, Cursor(band, moment, last.id, at), begins)


def _micro(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _moment(micro: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micro)
