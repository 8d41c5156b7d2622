"""The database: reachable, current, durable, able to do Russian."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from otklik.config.doctor import BAD, GOOD, WARNING, Finding
from otklik.config.health.safety import unsafe_database
from otklik.core.ui.phrase import Phrase

CROWDED = 0.8


def examine() -> Iterator[Finding]:
    from django.db import connection

    from otklik.config.database.migration import pending

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int / 10000,"
            " pg_size_pretty(pg_database_size(current_database()))"
        )
        major, size = cursor.fetchone()
        cursor.execute(
            "SELECT count(*), current_setting('max_connections')::int"
            " FROM pg_stat_activity WHERE backend_type = 'client backend'"
        )
        used, most = cursor.fetchone()
        unsafe = unsafe_database(cursor)
    for reason in unsafe:
        yield Finding(BAD, "database", reason, Phrase(_("The server refuses to be ready until this is repaired.")))
    if waiting := pending():
        yield Finding(
            BAD,
            "database",
            Phrase(_("%(count)s migrations wait, first %(name)s"), count=len(waiting), name=waiting[0]),
            Phrase(_("Run: otklik migrate")),
        )
    if used > CROWDED * most:
        yield Finding(
            WARNING,
            "database",
            Phrase(_("%(used)s of %(most)s connections are used"), used=used, most=most),
            Phrase(_("Raise max_connections or put a pooler in front.")),
        )
    yield Finding(
        GOOD,
        "database",
        Phrase(
            _("PostgreSQL %(version)s, %(size)s, %(used)s of %(most)s connections"),
            version=major,
            size=size,
            used=used,
            most=most,
        ),
    )
