"""The metrics of millions of requests: the demo company gets the sums of two years and the readings beside them.

Readings are those of the measures whose pages read them: of a large desk those of half a year (a page looks at 91 days
and the 91 before), of a smaller one all.  Both are made by the database from one pattern, with what else the pages read
(`around.py`).  Rows lie as a real desk leaves them: day after day, those of one day in no order.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg

from benchmarks import around
from benchmarks.multiplied import INDEXES

DAYS, READ_DAYS = 730, 182
WHOLE_UP_TO = 1_000_000
"""Up to so many requests every day has its readings, so that figures of two years can be counted exactly."""
WRITERS = 2
SUMS = ["metrics_cell", "metrics_reading"]
TABLES = [*SUMS, *around.TABLES]
# The middle bucket of a duration (buckets.py); the others lie around it with a deviation of twelve.
MIDDLES = {2: 63, 3: 66, 4: 60, 5: 75, 6: 80, 7: 78, 23: 76}
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
    15: dict.fromkeys(range(11), 0.005),
    16: dict.fromkeys(range(1, 8), 0.004),
    18: {0: 0.2, 1: 0.2},
    25: {0: 0.01, 1: 0.02},
    40: {0: 0.02, 1: 0.07, 2: 0.01},
    50: {0: 0.85, 1: 0.15},
    51: {0: 0.1, 1: 0.8},
}
READ = (1, 2, 8, 9, 12, 13, 14, 50)
"""Measures with readings: those on whose pages hours by weekdays, two sides at once and lists of requests stand."""
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
    UNION ALL SELECT 'agent', user_id::text FROM staff_membership m JOIN staff_user u ON u.id = user_id
        WHERE m.team_id = line.team AND u.role = 'agent'
    UNION ALL SELECT 'topic', id::text FROM tickets_topic
    UNION ALL SELECT 'class', id::text FROM sla_serviceclass
    UNION ALL SELECT 'product', id::text FROM clients_product) AS s
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
        FROM part AS p, side AS s WHERE p.measure <> ALL(%(counted)s)) AS c
    WHERE n > 0),
whole AS (
    SELECT measure, team, '' AS side, '' AS key, bucket, max(n) AS n, max(total) AS total, min(place) AS place FROM (
        SELECT measure, team, side, bucket, sum(n) AS n, sum(total) AS total, min(place) AS place
        FROM of_sides GROUP BY measure, team, side, bucket) AS w
    GROUP BY measure, team, bucket)
INSERT INTO metrics_cell (day, measure, team_id, side, key, bucket, n, total)
SELECT %(today)s::date - %(back)s, measure, team, side, key, bucket, n, total
FROM (SELECT * FROM of_sides UNION ALL SELECT * FROM whole) AS c ORDER BY place
"""
READINGS = """
INSERT INTO metrics_reading (ticket_id, measure, at, value, kind, team_id, agent_id, channel, topic_id, class_id,
    product_id, contact_id, client_id)
SELECT ticket, p.measure, opened,
    CASE WHEN middle THEN (1.13 ^ (bucket + 24 * (pg_temp.share('v' || n) - 0.5)) * 1000000)::bigint ELSE bucket END,
    CASE WHEN middle THEN 0 ELSE bucket END, team, owner, channel, topic, class, product, contact, client
FROM request,
    (SELECT measure, bucket, often, false AS middle FROM part WHERE measure = ANY(%(kinds)s)
     UNION ALL SELECT measure, max(bucket) - 36, 1, true FROM part WHERE measure = ANY(%(spans)s) GROUP BY 1) AS p
WHERE pg_temp.share(concat_ws(' ', n, p.measure, p.bucket)) < p.often
"""
# Of measures with readings the sums of those days are theirs, as the product counts them (buckets.py).
BY_MOMENT = "CREATE INDEX bench_by_moment ON metrics_reading USING brin (at) WITH (pages_per_range = 16)"
COUNTED = """
WITH told AS (
    SELECT r.*, CASE WHEN measure <> ALL(%(spans)s) THEN kind WHEN value < 1000000 THEN 0
        ELSE 1 + floor(ln(value / 1e6) / ln(1.13))::int END AS bucket
    FROM metrics_reading r, (SELECT time_zone FROM staff_organisation ORDER BY id LIMIT 1) AS o
    WHERE at >= (%(day)s::date)::timestamp AT TIME ZONE time_zone
        AND at < (%(day)s::date + 1)::timestamp AT TIME ZONE time_zone)
INSERT INTO metrics_cell (day, measure, team_id, side, key, bucket, n, total)
SELECT %(day)s::date, measure, team_id, side, key, bucket, count(*), sum(value)
FROM told, LATERAL (VALUES ('', ''), ('channel', channel), ('agent', agent_id::text), ('topic', topic_id::text),
    ('class', class_id::text), ('product', product_id::text)) AS s (side, key)
WHERE key IS NOT NULL GROUP BY measure, team_id, side, key, bucket
ORDER BY pg_temp.share(concat_ws(' ', measure, bucket, team_id, key))
"""
# What keeps rows unique is made anew at the end, like what serves the search for them.
KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY(%s::text[]::regclass[]) AND contype = 'p'
"""


def load(address: str, seed: str, tickets: int, say: Callable[[str], None] = lambda words: None) -> dict[str, int]:
    """Fill the metrics of `address`; returns how many rows each table got.  The pattern knows no seed."""
    with psycopg.connect(address, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        around.people(connection)
    with _connected(address) as connection:
        connection.execute("TRUNCATE metrics_cell, metrics_reading")  # the demo's own
        keys = connection.execute(KEYS, [SUMS]).fetchall()
        for table, name, _definition in keys:
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        indexes = connection.execute(INDEXES, [TABLES]).fetchall()
        for name, _definition in indexes:
            connection.execute(f"DROP INDEX {name}")
        days = DAYS if tickets <= WHOLE_UP_TO else READ_DAYS
        around.requests(connection, tickets, tickets * days // DAYS, days)
        counts = around.fill(connection, days, say)
        say("\r  readings …                      ")
        readings = _readings(connection)
        connection.execute(BY_MOMENT)
        with ThreadPoolExecutor(WRITERS) as writers:
            cells = sum(writers.map(lambda number: _cells(address, tickets, days, number, say), range(WRITERS)))
        connection.execute("DROP INDEX bench_by_moment")
        say("\r  indexes …                       ")
        for table, name, definition in keys:
            connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        for _name, definition in indexes:
            connection.execute(definition)
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
        return {"metrics_cell": cells, "metrics_reading": readings, **counts}


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


def _cells(address: str, tickets: int, read: int, number: int, say: Callable[[str], None]) -> int:
    """Each writer's own days, the earliest first; the last `read` of them, and the one they begin in, have readings."""
    found, today = 0, datetime.now(UTC).date()
    spans = [measure for measure in READ if measure in MIDDLES]
    with _connected(address) as connection:
        for back in range(DAYS - number, -2, -WRITERS):  # it may be tomorrow already where the department is
            day, counted = today - timedelta(days=back), back <= read
            if 0 <= back < DAYS:
                told = {"a_day": tickets / DAYS, "back": back, "today": today, "counted": list(READ) if counted else []}
                found += connection.execute(CELLS, told).rowcount
            if counted:
                found += connection.execute(COUNTED, {"day": day, "spans": spans}).rowcount
            say(f"\r  sums of {back:>3} days ago … ")
    return found


def _readings(connection: psycopg.Connection) -> int:
    kinds, spans = ([one for one in READ if one in some] for some in (KINDS, MIDDLES))
    return connection.execute(READINGS, {"kinds": kinds, "spans": spans}).rowcount


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
