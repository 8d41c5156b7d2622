"""What stands in a visitor's window, read from where all messages are."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from otklik.adapters.sitechat.limits import PAGE
from otklik.adapters.sitechat.models import Line, Visitor
from otklik.desk.channels.parcel import HEAD, Paper, unpacked

FOUND = f"""
SELECT l.id, l.at, l.inbound_id IS NOT NULL, coalesce({HEAD.format(column="i.raw")}, {HEAD.format(column="o.raw")}),
    l.instead_of_id
FROM sitechat_line l
LEFT JOIN channels_inbound i ON i.id = l.inbound_id LEFT JOIN channels_outbound o ON o.id = l.outbound_id
WHERE l.visitor_id = %s AND l.id > %s
    AND NOT EXISTS (SELECT FROM sitechat_line n WHERE n.instead_of_id IN (l.id, l.instead_of_id) AND n.id > l.id)
"""  # noqa: S608 - put together from constants, values are parameters
LATEST = f"{FOUND} ORDER BY l.id DESC LIMIT {PAGE}"
NEXT = f"{FOUND} ORDER BY l.id LIMIT {PAGE}"


def said(visitor: Visitor, after: int) -> list[dict[str, Any]]:
    """The lines behind this one, at most `PAGE`; of a window that has nothing yet the latest ones."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT if after else LATEST, [visitor.pk, after])
        rows = cursor.fetchall()
    return list(_shown(rows if after else reversed(rows)))


def file_of(visitor: Visitor, line: int, place: int) -> Paper | None:
    """A file that stands in their window."""
    beside = ("inbound", "outbound")
    found = Line.objects.filter(visitor=visitor, pk=line).select_related(*beside).first()
    message = (found.inbound or found.outbound) if found else None
    if message is None or not message.raw:
        return None
    files = unpacked(bytes(message.raw)).files
    return files[place] if place < len(files) else None


def _shown(rows: Any) -> Iterator[dict[str, Any]]:
    """What was erased, or is too old to be kept, stands in no window any more."""
    for number, at, is_theirs, head, instead_of in rows:
        if head is None:
            continue
        told = json.loads(head)
        yield {
            "id": number,
            "at": at.isoformat(),
            "mine": is_theirs,
            "kind": told.get("kind", "say"),
            "key": told.get("key", ""),
            "by": told.get("by", "").partition(",")[0],
            "text": told["text"],
            "html": told.get("html", ""),
            "files": [{"name": file["name"], "size": file["size"]} for file in told["files"]],
            "choices": told.get("choices", []),
            "instead_of": instead_of,
        }
