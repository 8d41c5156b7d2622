"""What figures cost over millions of requests: pages of the head and of a lead over sums of days and readings.

The desk is the demo company with the metrics of so many requests over two years: sums of all days, and the readings of
the last half year of the measures whose pages read them (a page looks at 91 days and the 91 before).  Both are made by
the database from one pattern; the requests themselves are not there, since no figure reads them.
"""

import argparse
import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from benchmarks import report
from benchmarks.client import Browser, Run, drive
from benchmarks.desk import Figures
from benchmarks.product import Product, passwords
from benchmarks.store import Store

HEAD, LEAD = "vera", "olga"
WITHIN_MS = 1000
"""Issue of the metrics: any dashboard over ten million requests answers within a second in 95 of 100 cases."""
DAYS, READ_DAYS = 730, 182
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
# Every side of every line with the share of the line's requests that falls to each of its keys.
SIDES = """
CREATE TEMP TABLE side AS
WITH line AS (SELECT id AS team, (ARRAY[0.6, 0.3, 0.1])[row_number() OVER (ORDER BY level, id)] AS part
    FROM staff_team ORDER BY level, id LIMIT 3)
SELECT team, s.side, s.key, part / count(*) OVER (PARTITION BY team, s.side) AS part FROM line, LATERAL (
    SELECT '' AS side, '' AS key
    UNION ALL SELECT 'channel', unnest(ARRAY['email', 'chat', 'phone', 'telegram'])
    UNION ALL SELECT 'agent', generate_series(100000 + team * 100, 100029 + team * 100)::text
    UNION ALL SELECT 'topic', generate_series(100001, 100040)::text
    UNION ALL SELECT 'class', generate_series(100001, 100004)::text
    UNION ALL SELECT 'product', generate_series(100001, 100010)::text) AS s
"""
BUCKETS = """
CREATE TEMP TABLE part (measure smallint, bucket smallint, often float8, total float8)
"""
CELLS = """
INSERT INTO metrics_cell (day, measure, team_id, side, key, bucket, n, total)
SELECT day, measure, team, side, key, bucket, n, (n * total)::bigint FROM (
    SELECT current_date - back AS day, measure, team, side, key, bucket, p.total,
        floor(%(a_day)s * s.part * often + pg_temp.share(concat_ws(' ', back, measure, team, key, bucket)))::bigint AS n
    FROM part AS p, side AS s, generate_series(0, %(days)s - 1) AS back) AS c
WHERE n > 0 ORDER BY measure, side, day, team, key, bucket
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
PAGES = {
    "board": "/board/?days=91",
    "list of metrics": "/board/metrics/?days=91",
    "first answer": "/board/metrics/frt/?days=91",
    "first answer by topic": "/board/metrics/frt/?days=91&by=topic",
    "first answer by person": "/board/metrics/frt/?days=91&by=agent",
    "requests that came": "/board/metrics/arrivals/?days=91",
    "satisfied by class": "/board/metrics/csat.t2b/?days=91&by=class",
    "requests behind a figure": "/board/metrics/frt/requests/?days=91",
}


def load(address: str, seed: str, tickets: int, say: Callable[[str], None] = lambda words: None) -> dict[str, int]:
    """Fill the metrics of `address`; returns how many rows each table got.  The pattern knows no seed."""
    with psycopg.connect(address, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET session_replication_role = replica")  # nobody listens, and no request is there
        connection.execute("TRUNCATE metrics_cell, metrics_reading")  # the demo's own
        for statement in (SHARE, SIDES, BUCKETS):
            connection.execute(statement)
        with connection.cursor().copy("COPY part FROM STDIN") as copy:
            for row in _parts():
                copy.write_row(row)
        say("\r  sums of days …          ")
        cells = connection.execute(CELLS, {"a_day": tickets / DAYS, "days": DAYS}).rowcount
        say("\r  readings …              ")
        of_half_a_year = {"many": tickets * READ_DAYS // DAYS, "days": READ_DAYS}
        measures = {"kinds": [one for one in READ if one in KINDS], "spans": [one for one in READ if one in MIDDLES]}
        readings = connection.execute(READINGS, {**of_half_a_year, **measures}).rowcount
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE metrics_cell, metrics_reading")
        return {"metrics_cell": cells, "metrics_reading": readings}


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


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sizes", default="1000000,10000000", help="requests of each desk (1000000,10000000)")
    parser.add_argument("--times", type=int, default=40, help="so often each page is opened by each person (40)")
    parser.add_argument("--data", type=Path, default=Path(".cache/measured"), help="data folder (.cache/measured)")
    parser.add_argument("--port", type=int, default=8390, help="port of the product under test (8390)")
    parser.add_argument("--out", type=Path, help="also write the lines of JSON to this file")


def run(typed: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="otklik bench measured", description=__doc__)
    configure(parser)
    given = parser.parse_args(typed)
    found: list[Figures] = []
    for size in map(int, given.sizes.split(",")):
        store = Store(given.data.resolve() / str(size), given.port, "pattern", size, load)
        store.provide(fresh=False)
        with store.copy() as folder, Product(folder, given.port, "web") as product:
            found += asyncio.run(_measure(given, product, size))
    print(f"\n{report.table(found)}\n")
    if given.out:
        given.out.write_text("".join(f"{report.line(each)}\n" for each in found))
    return 1 if any(each["failed"] or not each["gate"]["held"] for each in found) else 0


async def _measure(given: argparse.Namespace, product: Product, size: int) -> list[Figures]:
    known, found = passwords(product.folder), []
    for login in (HEAD, LEAD):
        browser = Browser(product.url)
        try:
            await browser.sign_in(login, known[login])
            for name, path in PAGES.items():
                await browser.get(path)
                run = await drive(product.tree, [path] * given.times, browser.get, at_once=1)
                found.append(_told(f"{size:,}: {name}, {login}", run))
                print(report.line(found[-1]), flush=True)
        finally:
            await browser.close()
    return found


def _told(job: str, run: Run) -> Figures:
    app, db = round(run.app_ms, 1), round(run.db_ms, 1)
    return {
        "job": job,
        "n": len(run.ms),
        "p50_ms": run.at(0.5),
        "p95_ms": run.at(0.95),
        "cpu_ms": {"app": app, "db": db, "sum": round(app + db, 1)},
        "gate": {"p95_ms": WITHIN_MS, "held": run.at(0.95) <= WITHIN_MS},
        "failed": len(run.failed),
    }
