"""What keeps this process from serving, in words."""

import time
from typing import Any

import structlog

log = structlog.get_logger("otklik.health")

REMEMBER_SECONDS = 30.0


class Readiness:
    """Asks the database every time, and the slower questions every half minute."""

    def __init__(self) -> None:
        self.stopping = False
        self._asked_at = 0.0
        self._slow: list[str] = []
        self._migrated = False

    def reasons(self) -> list[str]:
        """Why not; empty when ready."""
        if self.stopping:
            return ["The server is stopping."]
        from django.db import DatabaseError, connection

        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_is_in_recovery()")
                if cursor.fetchone()[0]:
                    return ["The database is read-only."]
                return self._slow_reasons(cursor)
        except DatabaseError as trouble:
            log.warning("The database does not answer", reason=str(trouble))
            return ["The database does not answer."]

    def _slow_reasons(self, cursor: Any) -> list[str]:
        from otklik.config.health.safety import unsafe_database, unsafe_settings, unsafe_versions

        if time.monotonic() - self._asked_at > REMEMBER_SECONDS or self._slow:
            self._slow = [*unsafe_versions(), *unsafe_settings(), *unsafe_database(cursor), *self._migrations()]
            self._asked_at = time.monotonic()
        return self._slow

    def _migrations(self) -> list[str]:
        from otklik.config.database.migration import pending

        self._migrated = self._migrated or not pending()
        return [] if self._migrated else ["Migrations are waiting: run `otklik migrate`."]


readiness = Readiness()
