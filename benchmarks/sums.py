"""The metrics of millions of requests: the demo company gets the sums of two years and the readings of half a year.

Readings are those of the measures whose pages read them (a page looks at 91 days and the 91 before).  Both are made by
the database from one pattern; the requests themselves are not there, since no figure reads them.  Rows lie as a real
desk leaves them: day after day, those of one day in no order.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg

from benchmarks.multiplied import INDEXES

DAYS, READ_DAYS = 730, 182
WRITERS = 2
TABLES = ["metrics_cell", "metrics_reading"]
# The middle bucket of a duration (buckets.py); the others lie around it with a deviation of twelve.
MIDDLES = {2: 63, 3: 66, 4: 60, 5: 75, 6: 80, 7: 78}
# How often each kind comes, for one request.
KINDS = {
    1: {0: 1.0},
    8: {0: 0.93, 1: 0.05, 2: 0.02},
    9: {0: 0.9, 1: 0.05},
    10: {0: 0.85, 1: 0.1, 3: 0.05},
    11: {0: 0.7, 1: 0.2, 2: 0.1},
    12: {0: 0.05, 1: 0.95, 6: 0.08, 7: 0.9},
    13: {0: 0.01, 1: 0.18, 2: 0.01},
    14: {1: 0.01, 2: 0.01, 3: 0.02, 4: 0.05, 5: 0.11},
}
READ = (1, 2, 8, 14)
"""Measures with readings: those on whose pages hours by weekdays and lists of requests are drawn."""
SHARE = """
CREATE FUNCTION pg_temp.share(n text) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashtextextended(n, 1) & 1048575) / 1048576.0 $$
"""
# Every side of every line with the share of the line's requests that falls to each of its keys; the line as a whole has
# no fewer than any of its sides together.
SIDES = """
CREATE TEMP TABLE side AS
WITH line AS (SELECT id AS team, (ARRAY[0.6, 0.3, 0.1])[row_number() OVER (ORDER BY level, id)] AS part
    FROM staff_team ORDER BY level, id LIMIT 3)
SELECT team, s.side, s.key, part / count(*) OVER (PARTITION BY team, s.side) AS part FROM line, LATERAL (
    SELECT 'channel' AS side, unnest(ARRAY['email', 'chat', 'phone', 'telegram']) AS key
    UNION ALL SELECT 'agent', generate_series(100000 + team * 100, 100029 + team * 100)::text
    UNION ALL SELECT 'topic', generate_series(100001, 100040)::text
    UNION ALL SELECT 'class', generate_series(100001, 100004)::text
    UNION ALL SELECT 'product', generate_series(100001, 100010)::text) AS s
"""
BUCKETS = """
CREATE TEMP TABLE part (measure smallint, bucket smallint, often float8, total float8)
"""
CELLS = """
WITH of_sides AS (
    SELECT measure, team, side, key, bucket, n, (n * total)::bigint AS total, place FROM (
        SELECT measure, team, side, key, bucket, p.total,
            pg_temp.share(concat_ws(' ', measure, bucket, team, key)) AS place,
            floor(%(a_day)s * s.part * often
                + pg_temp.share(concat_ws(' ', %(back)s, measure, team, key, bucket)))::bigint AS n
        FROM part AS p, side AS s) AS c
    WHERE n > 0),
whole AS (
    SELECT measure, team, '' AS side, '' AS key, bucket, max(n) AS n, max(total) AS total, min(place) AS place FROM (
        SELECT measure, team, side, bucket, sum(n) AS n, sum(total) AS total, min(place) AS place
        FROM of_sides GROUP BY measure, team, side, bucket) AS w
    GROUP BY measure, team, bucket)
INSERT INTO metrics_cell (day, measure, team_id, side, key, bucket, n, total)
SELECT current_date - %(back)s, measure, team, side, key, bucket, n, total
FROM (SELECT * FROM of_sides UNION ALL SELECT * FROM whole) AS c ORDER BY place
"""
READINGS = """
INSERT INTO metrics_reading (ticket_id, measure, at, value, kind, team_id, agent_id, channel, topic_id, class_id,
    product_id, contact_id, client_id)
SELECT n, p.measure, now() - n::float8 / %(many)s * %(days)s * interval '1 day',
    CASE WHEN middle THEN (1.13 ^ (bucket + 24 * (pg_temp.share('v' || n) - 0.5)) * 1000000)::bigint ELSE bucket END,
    CASE WHEN middle THEN 0 ELSE bucket END, t.ids[1 + n %% cardinality(t.ids)], 100000 + n %% 30, 'email',
    100001 + n %% 40, 100001 + n %% 4, 100001 + n %% 10, n, n %% 5000
FROM generate_series(1, %(many)s::bigint) AS n, (SELECT array_agg(DISTINCT team) AS ids FROM side) AS t,
    (SELECT measure, bucket, often, false AS middle FROM part WHERE measure = ANY(%(kinds)s)
     UNION ALL SELECT measure, max(bucket) - 36, 1, true FROM part WHERE measure = ANY(%(spans)s) GROUP BY 1) AS p
WHERE pg_temp.share(concat_ws(' ', n, p.measure, p.bucket)) < p.often
"""
# What keeps rows unique is made anew at the end, like what serves the search for them.
KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY(%s::text[]::regclass[]) AND contype = 'p'
"""


def load(address: str, seed: str, tickets: int, say: Callable[[str], None] = lambda words: None) -> dict[str, int]:
    """Fill the metrics of `address`; returns how many rows each table got.  The pattern knows no seed."""
    with _connected(address) as connection:
        connection.execute("TRUNCATE metrics_cell, metrics_reading")  # the demo's own
        keys = connection.execute(KEYS, [TABLES]).fetchall()
        for table, name, _definition in keys:
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        indexes = connection.execute(INDEXES, [TABLES]).fetchall()
        for name, _definition in indexes:
            connection.execute(f"DROP INDEX {name}")
        with ThreadPoolExecutor(WRITERS) as writers:
            cells = sum(writers.map(lambda number: _cells(address, tickets, number, say), range(WRITERS)))
        say("\r  readings …                      ")
        readings = _readings(connection, tickets)
        say("\r  indexes …                       ")
        for table, name, definition in keys:
            connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        for _name, definition in indexes:
            connection.execute(definition)
        connection.execute("VACUUM ANALYZE metrics_cell, metrics_reading")
        return {"metrics_cell": cells, "metrics_reading": readings}


def _connected(address: str) -> psycopg.Connection:
    connection = psycopg.connect(address, autocommit=True, cursor_factory=psycopg.ClientCursor)
    connection.execute("SET synchronous_commit = off")
    connection.execute("SET maintenance_work_mem = '1GB'")
    connection.execute("SET work_mem = '64MB'")
    connection.execute("SET session_replication_role = replica")  # nobody listens, and no request is there
    for statement in (SHARE, SIDES, BUCKETS):
        connection.execute(statement)
    with connection.cursor().copy("COPY part FROM STDIN") as copy:
        for row in _parts():
            copy.write_row(row)
    return connection


def _cells(address: str, tickets: int, number: int, say: Callable[[str], None]) -> int:
    """Each writer's own days, the earliest first."""
    found = 0
    with _connected(address) as connection:
        for back in range(DAYS - 1 - number, -1, -WRITERS):
            found += connection.execute(CELLS, {"a_day": tickets / DAYS, "back": back}).rowcount
            say(f"\r  sums of {back:>3} days ago … ")
    return found


def _readings(connection: psycopg.Connection, tickets: int) -> int:
    of_half_a_year = {"many": tickets * READ_DAYS // DAYS, "days": READ_DAYS}
    measures = {"kinds": [one for one in READ if one in KINDS], "spans": [one for one in READ if one in MIDDLES]}
    return connection.execute(READINGS, {**of_half_a_year, **measures}).rowcount


def _parts() -> list[tuple[int, int, float, float]]:
    """Measure, bucket, how often for one request, and what one of them adds to the sum of a day."""
    spans = [
        (measure, bucket, _bell(bucket - middle), 1.13**bucket * 1e6)
        for measure, middle in MIDDLES.items()
        for bucket in range(middle - 36, middle + 37)
    ]
    return spans + [(measure, kind, often, float(kind)) for measure, of in KINDS.items() for kind, often in of.items()]


def _bell(off: float, deviation: float = 12) -> float:
    return 2.718281828 ** (-((off / deviation) ** 2) / 2) / (deviation * 2.506628)
