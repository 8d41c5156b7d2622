"""Sessions of the database, read by one bare statement: every request begins with it."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from otklik.core.journal.rows import first

LIVING = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Only reading differs from Django's own."""

    def load(self) -> dict[str, Any]:
        row = first(LIVING, self.session_key, timezone.now())
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])
