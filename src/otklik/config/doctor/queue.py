"""Jobs: somebody works, nothing waits for long, nothing failed for good."""

from collections.abc import Iterator

from otklik.config.doctor import BAD, GOOD, WARNING, Finding

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
            "no worker is running",
            "Start `otklik up` or `otklik worker`: without it no mail is read or sent.",
        )
    if late:
        yield Finding(
            BAD,
            "queue",
            f"{late} jobs wait for more than {LATE_MINUTES} minutes",
            "Start more workers, or see their log.",
        )
    if failed:
        yield Finding(WARNING, "queue", f"{failed} jobs failed for good", "The log of the worker says why.")
    yield Finding(GOOD, "queue", f"{workers} workers, {waiting} jobs wait")
