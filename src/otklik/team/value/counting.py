"""From products and payments of clients to sums by month: a few statements, whoever many clients there are.

Each reads its rows once: with n products and payments and m months of courses the work is n·log n for the lives and
n·m for the courses (measured on two busy cores: 23 s for a hundred thousand clients); nothing of it happens while
somebody waits for a page.
A client is an organisation or a person with something in force that is paid for.  What is in force comes from products
(not on trial, not paid once, with a first day), and of who has none from payments that say which days they pay for.
"""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from otklik.core.journal import clock
from otklik.team.metrics.days import day_of
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.observing import BROKEN
from otklik.team.value.models import Cohort, Contrast, Counted, Course, Tally

MONTHS = 24
"""So many whole months back courses go."""
COHORTS_BACK = 12
"""And cohorts, each of which is followed for as many months."""
GRACE = timedelta(days=30)
"""A client whose paid time is over is gone only when so many days passed without a new payment."""
BAD_SCORES = (0, 1, 2)
"""On five faces and from 0 to 5."""
MARKS = [Measure.SCORE.value, Measure.MARK_0_5.value]
HALF = 6
"""Months in which something befell a client, and months after that in which they stayed or left."""

SPAN_ROWS = """
WITH told AS (
    SELECT coalesce('o' || client_id, 'p' || contact_id) AS holder,
        contact_id, client_id, currency, starts_on AS since, ends_on,
        CASE WHEN ends_on < %(today)s OR state = 'ended' THEN ends_on + 1 END AS until,
        CASE WHEN state = 'paused' THEN 0 ELSE coalesce(amount, 0) END
            / CASE period WHEN 'year' THEN 12 WHEN 'quarter' THEN 3 ELSE 1 END AS monthly, plan, product_id
    FROM clients_subscription
    WHERE state <> 'trial' AND period <> 'once' AND starts_on <= %(today)s
        AND NOT (state = 'ended' AND ends_on IS NULL) {whose}
), paid AS (
    SELECT coalesce('o' || client_id, 'p' || contact_id) AS holder,
        contact_id, client_id, currency, covers_from AS since, covers_until AS ends_on, amount, product_id
    FROM clients_payment
    WHERE kind = 'payment' AND covers_from <= %(today)s AND covers_until IS NOT NULL {whose}
), followed AS (
    SELECT p.*, lead(since) OVER (
        PARTITION BY holder, currency, product_id ORDER BY since, ends_on) AS again
    FROM paid p WHERE NOT EXISTS (SELECT 1 FROM told t WHERE t.holder = p.holder AND t.currency = p.currency)
)
SELECT * FROM told
UNION ALL
SELECT holder, contact_id, client_id, currency, since, ends_on,
    CASE WHEN again <= ends_on + %(grace)s THEN greatest(again, since)
        WHEN again IS NOT NULL OR ends_on + %(grace)s < %(today)s THEN ends_on + 1 END AS until,
    amount / greatest(1, round((ends_on + 1 - since) / 30.44)) AS monthly, '' AS plan, product_id
FROM followed
"""
"""What was in force when, of everybody or of `whose`: a row for each product, or for each payment of who has none.

A payment holds until the next one for the same when that follows within the grace, so that who pays each month is
neither gone between two payments nor counted twice in the days of both.
"""
SPANS = f"CREATE TEMP TABLE value_spans ON COMMIT DROP AS {SPAN_ROWS.format(whose='')}"
LIVES = """
CREATE TEMP TABLE value_lives ON COMMIT DROP AS
SELECT holder, min(contact_id) AS contact_id, min(client_id) AS client_id, currency, min(since) AS since,
    CASE WHEN bool_or(until IS NULL) THEN NULL ELSE max(until) END AS until,
    coalesce(sum(monthly) FILTER (WHERE until IS NULL), 0) AS monthly,
    (array_agg(plan ORDER BY until DESC NULLS FIRST, monthly DESC, since))[1] AS plan,
    (array_agg(product_id ORDER BY until DESC NULLS FIRST, monthly DESC, since))[1] AS product_id
FROM value_spans GROUP BY holder, currency
"""
SEGMENTS = """
WITH class_of_client AS (
    SELECT DISTINCT ON (client_id) client_id, service_class_id FROM sla_agreement
    WHERE client_id IS NOT NULL ORDER BY client_id, ends_on DESC NULLS FIRST, id DESC
), class_of_contact AS (
    SELECT DISTINCT ON (contact_id) contact_id, service_class_id FROM sla_agreement
    WHERE contact_id IS NOT NULL ORDER BY contact_id, ends_on DESC NULLS FIRST, id DESC
), line_of_client AS (
    SELECT DISTINCT ON (client_id) client_id, team_id FROM metrics_reading
    WHERE measure = %(opened)s AND client_id IS NOT NULL ORDER BY client_id, at DESC
), line_of_contact AS (
    SELECT DISTINCT ON (contact_id) contact_id, team_id FROM metrics_reading
    WHERE measure = %(opened)s AND client_id IS NULL ORDER BY contact_id, at DESC
), told AS (
    SELECT l.*, m.age,
        l.plan AS by_plan, coalesce(l.product_id::text, '') AS by_product,
        coalesce(oc.service_class_id, pc.service_class_id)::text AS by_class,
        coalesce(ol.team_id, pl.team_id)::text AS by_line
    FROM value_lives l
    CROSS JOIN LATERAL (SELECT age(coalesce(l.until, %(today)s), l.since) AS lived) a
    CROSS JOIN LATERAL (SELECT (extract(year FROM a.lived) * 12 + extract(month FROM a.lived))::int AS whole) w
    CROSS JOIN LATERAL (
        SELECT CASE WHEN l.until IS NULL THEN w.whole
            ELSE greatest(1, w.whole + (l.since + make_interval(months => w.whole) < l.until)::int) END AS age
    ) m
    LEFT JOIN class_of_client oc ON oc.client_id = l.client_id
    LEFT JOIN class_of_contact pc ON pc.contact_id = l.contact_id
    LEFT JOIN line_of_client ol ON ol.client_id = l.client_id
    LEFT JOIN line_of_contact pl ON pl.contact_id = l.contact_id
)
INSERT INTO value_tally (currency, side, key, came_in, left_in, age, clients, monthly)
SELECT currency, side, coalesce(key, ''), date_trunc('month', since), date_trunc('month', until - 1), age,
    count(*), sum(monthly)
FROM told CROSS JOIN LATERAL (VALUES ('', ''), ('plan', by_plan), ('product', by_product), ('class', by_class),
    ('line', by_line)) AS s (side, key)
GROUP BY 1, 2, 3, 4, 5, 6
"""
COURSES = """
WITH months AS (
    SELECT month::date AS month, (month + interval '1 month')::date AS following
    FROM generate_series(%(first)s::date, %(last)s::date, interval '1 month') month
), held AS (
    SELECT m.month, s.holder, s.currency,
        bool_or(s.since < m.month) AND bool_or(s.since <= m.month AND (s.until IS NULL OR s.until > m.month)) AS was,
        bool_or(s.until IS NULL OR s.until > m.following) AS stays,
        coalesce(sum(s.monthly) FILTER (WHERE s.since <= m.month AND (s.until IS NULL OR s.until > m.month)), 0)
            AS before,
        coalesce(sum(s.monthly) FILTER (WHERE s.until IS NULL OR s.until > m.following), 0) AS after
    FROM months m JOIN value_spans s ON s.since <= m.following AND (s.until IS NULL OR s.until >= m.month)
    GROUP BY m.month, s.holder, s.currency
    HAVING bool_or(s.since < m.following AND (s.until IS NULL OR s.until > m.month))
), receipts AS (
    SELECT date_trunc('month', p.paid_on)::date AS month, p.currency,
        sum(CASE p.kind WHEN 'refund' THEN -p.amount ELSE p.amount END) AS paid
    FROM clients_payment p JOIN value_lives l ON l.currency = p.currency
        AND l.holder = coalesce('o' || p.client_id, 'p' || p.contact_id)
    WHERE p.paid_on >= %(first)s GROUP BY 1, 2
)
INSERT INTO value_course (month, currency, started, stayed, came, revenue, lost, shrunk, grown, paid)
SELECT h.month, h.currency, count(*) FILTER (WHERE was), count(*) FILTER (WHERE was AND stays),
    count(*) FILTER (WHERE NOT was),
    coalesce(sum(before) FILTER (WHERE was), 0),
    coalesce(sum(before) FILTER (WHERE was AND NOT stays), 0),
    coalesce(sum(before - after) FILTER (WHERE was AND stays AND after < before), 0),
    coalesce(sum(after - before) FILTER (WHERE was AND stays AND after > before), 0),
    coalesce(max(r.paid), 0)
FROM held h LEFT JOIN receipts r ON r.month = h.month AND r.currency = h.currency
GROUP BY h.month, h.currency
"""
COHORTS = """
WITH came AS (
    SELECT holder, currency, since, date_trunc('month', since)::date AS month FROM value_lives
    WHERE since >= %(cohorts)s AND since < %(followed)s
), ends AS (
    SELECT c.*, later, (c.month + make_interval(months => later + 1))::date AS following
    FROM came c CROSS JOIN generate_series(0, 11) later
    WHERE c.month + make_interval(months => later + 1) <= %(followed)s
), held AS (
    SELECT e.holder, e.currency, e.month, e.later,
        coalesce(sum(s.monthly) FILTER (
            WHERE s.since <= e.following AND (s.until IS NULL OR s.until > e.following)), 0) AS brings,
        coalesce(sum(s.monthly) FILTER (WHERE s.since = e.since), 0) AS at_first,
        bool_or(s.since <= e.following AND (s.until IS NULL OR s.until > e.following)) AS is_there
    FROM ends e JOIN value_spans s ON s.holder = e.holder AND s.currency = e.currency
    GROUP BY e.holder, e.currency, e.month, e.later
), begun AS (
    SELECT h.*, first_value(CASE WHEN is_there THEN brings ELSE at_first END) OVER (
        PARTITION BY holder, currency ORDER BY later) AS began
    FROM held h
)
INSERT INTO value_cohort (currency, came_in, later, clients, revenue, lost, shrunk, grown)
SELECT currency, month, later, count(*), sum(began),
    coalesce(sum(began) FILTER (WHERE NOT is_there), 0),
    coalesce(sum(began - brings) FILTER (WHERE is_there AND brings < began), 0),
    coalesce(sum(brings - began) FILTER (WHERE is_there AND brings > began), 0)
FROM begun GROUP BY currency, month, later
"""
CONTRASTS = """
WITH befell AS (
    SELECT coalesce('o' || client_id, 'p' || contact_id) AS holder,
        bool_or((measure = %(promise)s AND kind = %(broken)s)
            OR (measure = ANY(%(marks)s) AND kind = ANY(%(bad)s))) AS bad
    FROM metrics_reading
    WHERE at >= %(since)s AND at < %(landmark)s AND measure = ANY(%(counted)s)
    GROUP BY 1
), lives AS (
    SELECT holder, min(since) AS since, CASE WHEN bool_or(until IS NULL) THEN NULL ELSE max(until) END AS until
    FROM value_lives GROUP BY holder
)
INSERT INTO value_contrast (kind, since, clients, stayed)
SELECT CASE WHEN b.bad THEN 'broken' ELSE 'none' END, %(since)s, count(*),
    count(*) FILTER (WHERE l.until IS NULL OR l.until > %(followed)s)
FROM befell b JOIN lives l USING (holder)
WHERE l.since < %(landmark)s AND (l.until IS NULL OR l.until > %(landmark)s)
GROUP BY 1
"""
UNDATED = """
SELECT count(*) FROM (
    SELECT DISTINCT coalesce('o' || s.client_id, 'p' || s.contact_id) AS holder FROM clients_subscription s
    WHERE s.state <> 'trial' AND s.period <> 'once' AND (s.starts_on IS NULL OR s.state = 'ended' AND s.ends_on IS NULL)
) u WHERE NOT EXISTS (SELECT 1 FROM value_lives l WHERE l.holder = u.holder)
"""


@transaction.atomic
def count_all() -> None:
    """Replace all sums by those of this day; readers see the old ones until it is done."""
    for model in (Tally, Course, Cohort, Contrast):
        model.objects.all().delete()
    now = clock.now()
    today = day_of(now)
    landmark, followed = months_before(today, HALF), months_before(today, 0)
    told: dict[str, Any] = {
        "today": today,
        "grace": GRACE.days,
        "first": months_before(today, MONTHS),
        "cohorts": months_before(today, COHORTS_BACK),
        "last": months_before(today, 1),
        "since": months_before(today, 2 * HALF),
        "landmark": landmark,
        "followed": followed,
        "opened": Measure.OPENED.value,
        "promise": Measure.PROMISE.value,
        "marks": MARKS,
        "counted": [Measure.OPENED.value, Measure.PROMISE.value, *MARKS],
        "broken": BROKEN,
        "bad": list(BAD_SCORES),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")  # the courses of many clients are grouped in memory
        cursor.execute("DROP TABLE IF EXISTS pg_temp.value_spans, pg_temp.value_lives")
        for statement in (SPANS, LIVES):
            cursor.execute(statement, told)
        cursor.execute("ANALYZE value_spans; ANALYZE value_lives")
        for statement in (SEGMENTS, COURSES, COHORTS, CONTRASTS):
            cursor.execute(statement, told)
        cursor.execute(UNDATED)
        (undated,) = cursor.fetchone()
    Counted.objects.update_or_create(pk=1, defaults={"at": now, "undated": undated})


def months_before(day: date, count: int) -> date:
    """The first day of the month so many months before that of a day."""
    place = day.year * 12 + day.month - 1 - count
    return date(place // 12, place % 12 + 1, 1)
