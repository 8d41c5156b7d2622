"""Who is at a conversation now, on either side of it: told to open pages in passing, not written into the journal."""

import json
from datetime import timedelta

from django.db import connection

FRESH = timedelta(seconds=30)
"""A heartbeat of a page is good for so long."""
_NOTIFIED = "otklik"


def tell(ticket: int) -> None:
    """Whoever has the request open asks anew who is here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [_NOTIFIED, json.dumps({"about": "presence", "about_id": ticket})])
