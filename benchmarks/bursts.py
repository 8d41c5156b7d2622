"""A thousand moments that fall due within one minute, and how long after the last of them all were told."""

import time

import psycopg

from benchmarks.desk import Figures

LENGTH = 60
"""Seconds over which they are spread."""
PATIENCE = 300
# (how many, statement that makes them due, question that counts what is still untold)
KINDS = {
    "clocks": (
        700,
        """
UPDATE sla_clock SET due_at = m.at, next_at = m.at FROM (SELECT id,
    now() + row_number() OVER () * %(step)s * interval '1 second' AS at FROM (
        SELECT id FROM sla_clock WHERE next_at IS NOT NULL ORDER BY next_at LIMIT %(many)s) AS k) AS m
WHERE sla_clock.id = m.id
""",
        "SELECT count(*) FROM sla_clock WHERE next_at <= now() + interval '65 seconds'",
    ),
    "sleeping requests": (
        200,
        """
UPDATE tickets_ticket SET due_at = m.at FROM (SELECT id,
    now() + row_number() OVER () * %(step)s * interval '1 second' AS at FROM (
        SELECT id FROM tickets_ticket WHERE status IN ('pending_client', 'scheduled') ORDER BY due_at LIMIT %(many)s
    ) AS k) AS m
WHERE tickets_ticket.id = m.id
""",
        "SELECT count(*) FROM tickets_ticket WHERE status IN ('pending_client', 'scheduled')"
        " AND due_at <= now() + interval '65 seconds'",
    ),
    "promises": (
        100,
        """
UPDATE tickets_promise SET until = m.at, next_mark = m.at FROM (SELECT id,
    now() + row_number() OVER () * %(step)s * interval '1 second' AS at FROM (
        SELECT id FROM tickets_promise WHERE done_at IS NULL AND moved_at IS NULL AND taken_back_at IS NULL
            AND next_mark IS NOT NULL ORDER BY next_mark LIMIT %(many)s) AS k) AS m
WHERE tickets_promise.id = m.id
""",
        "SELECT count(*) FROM tickets_promise WHERE done_at IS NULL AND moved_at IS NULL AND taken_back_at IS NULL"
        " AND next_mark <= now() + interval '65 seconds'",
    ),
}


def burst(database: psycopg.Connection) -> Figures:
    """Make them due and watch the worker of the product tell of them."""
    for many, statement, _left in KINDS.values():
        database.execute(statement, {"many": many, "step": LENGTH / many})
    began, waits, told = time.monotonic(), dict(KINDS), dict[str, float]()
    while waits and time.monotonic() - began < PATIENCE:
        time.sleep(0.25)
        for name in list(waits):
            left = database.execute(waits[name][2]).fetchone()
            if left == (0,):
                told[name] = round(time.monotonic() - began, 1)
                del waits[name]
    last = max(told.values(), default=PATIENCE)
    return {
        "moments": sum(many for many, *_ in KINDS.values()),
        "told_s": told,
        "after_the_last_s": round(last - LENGTH, 1),
        "failed": len(waits),
        "troubles": [f"{name} are not told after {PATIENCE} s" for name in waits],
    }
