"""Jobs: somebody works, nothing waits for long, nothing failed for good."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from otklik.config.doctor import BAD, GOOD, WARNING, Finding
from otklik.core.ui.phrase import Phrase

LATE_MINUTES = 5

QUESTION = """
SELECT count(*) FILTER (WHERE status = 'todo'),
       count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, '-infinity') < now() - interval '5 minutes'
                        AND NOT EXISTS (SELECT FROM procrastinate_events e
                                        WHERE e.job_id = j.id AND e.at > now() - interval '5 minutes')),
       count(*) FILTER (WHERE status = 'failed')
FROM procrastinate_jobs j
"""
WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'"


def examine() -> Iterator[Finding]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        waiting, late, failed = cursor.fetchone()
        cursor.execute(WORKERS)
        (workers,) = cursor.fetchone()
    if not workers:
        yield Finding(
            WARNING,
            "queue",
            Phrase(_("no worker is running")),
            Phrase(_("Start `otklik up` or `otklik worker`: without it no mail is read or sent.")),
        )
    if late:
        yield Finding(
            BAD,
            "queue",
            Phrase(_("%(count)s jobs wait for more than %(minutes)s minutes"), count=late, minutes=LATE_MINUTES),
            Phrase(_("Start more workers, or see their log.")),
        )
    if failed:
        yield Finding(
            WARNING,
            "queue",
            Phrase(_("%(count)s jobs failed for good"), count=failed),
            Phrase(_("The log of the worker says why.")),
        )
    yield Finding(
        GOOD, "queue", Phrase(_("%(workers)s workers, %(waiting)s jobs wait"), workers=workers, waiting=waiting)
    )
