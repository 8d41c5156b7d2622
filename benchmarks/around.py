"""What pages of figures read beside the sums: requests, commitments, surveys, calls, time at work, clients who pay.

For `otklik bench measured`; made by the database from one pattern as `multiplied.py` makes its desks, for the days of
which there are readings.  What no page of figures reads (letters, files, the journal) is left out.
"""

from collections.abc import Callable

import psycopg

from benchmarks.loading import AGENTS, forgive
from benchmarks.multiplied import AGENTS_OF_LINE

CLOCK_DAYS = 91
"""Commitments are asked of for twelve weeks."""
PEOPLE_SHARE, CLIENT_SHARE = 20, 200
"""One person for so many requests, one organisation for so many."""
TOPICS, PRODUCTS = 40, 10
TABLES = (
    *("tickets_topic", "clients_product", "clients_client", "clients_contact", "conversations_conversation"),
    *("tickets_ticket", "tickets_promise", "tickets_resolution", "sla_clock", "surveys_invitation", "surveys_score"),
    *("surveys_answer", "surveys_followup", "clients_subscription", "clients_payment", "staff_stint", "calls_call"),
)
BASES = """
CREATE TEMP TABLE base AS SELECT (SELECT coalesce(max(id), 0) FROM tickets_ticket) AS tickets,
    (SELECT coalesce(max(id), 0) FROM conversations_conversation) AS talks,
    (SELECT coalesce(max(id), 0) FROM clients_client) AS clients,
    (SELECT coalesce(max(id), 0) FROM clients_contact) AS contacts,
    (SELECT coalesce(max(id), 0) FROM surveys_invitation) AS invitations,
    (SELECT id FROM channels_channel ORDER BY id LIMIT 1) AS channel,
    greatest(200, %(tickets)s / %(a_person)s) AS people, greatest(50, %(tickets)s / %(a_client)s) AS organisations
"""
BEGUN = (
    "INSERT INTO tickets_topic (name, position, is_active)"
    " SELECT 'Тема ' || n, n, true FROM generate_series((SELECT count(*) + 1 FROM tickets_topic), %(topics)s) AS n",
    "INSERT INTO clients_product (name, is_active, created_at) SELECT 'Продукт ' || n, true, now()"
    " FROM generate_series((SELECT count(*) + 1 FROM clients_product), %(products)s) AS n",
)
# One row of each request; the newest has the highest number, and about three in a hundred are still open.
REQUESTS = """
CREATE TEMP TABLE request AS
WITH line AS (SELECT id, row_number() OVER (ORDER BY level, id) AS place FROM staff_team ORDER BY level, id LIMIT 3),
owner AS (SELECT team_id, array_agg(user_id ORDER BY user_id) AS ids FROM staff_membership m
    JOIN staff_user u ON u.id = m.user_id WHERE u.role = 'agent' GROUP BY team_id),
topic AS (SELECT array_agg(id ORDER BY id) AS ids FROM tickets_topic),
product AS (SELECT array_agg(id ORDER BY id) AS ids FROM clients_product),
class AS (SELECT array_agg(v.id ORDER BY v.id) AS versions, array_agg(c.id ORDER BY v.id) AS ids,
    array_agg(c.name ORDER BY v.id) AS names, array_agg(c.rank ORDER BY v.id) AS ranks
    FROM sla_version v JOIN sla_serviceclass c ON c.id = v.service_class_id),
each AS (SELECT n, pg_temp.share(n || ' line') AS of_line, pg_temp.share(n || ' way') AS way,
    n > %(many)s * 0.97 AND pg_temp.share(n || ' open') < 0.9 AS open, pg_temp.share(n || ' kind') AS kind,
    pg_temp.share(n || ' far') AS far, pg_temp.share(n || ' owner') AS whose,
    now() - %(days)s * interval '1 day' * (1 - (n - 0.5) / %(many)s) AS opened
    FROM generate_series(1, %(many)s::bigint) AS n)
SELECT n, open, opened, far, line.id AS team, b.tickets + n AS ticket, b.talks + n AS talk,
    (ARRAY['email', 'email', 'email', 'email', 'email', 'email', 'chat', 'chat', 'phone', 'telegram'])[
        1 + floor(way * 10)::int] AS channel,
    b.contacts + 1 + (n * 7919) %% b.people AS contact,
    CASE WHEN ((n * 7919) %% b.people) %% 2 = 0 THEN b.clients + 1 + ((n * 7919) %% b.people) %% b.organisations
        END AS client,
    topic.ids[1 + floor(far * cardinality(topic.ids))::int] AS topic,
    product.ids[1 + floor(kind * cardinality(product.ids))::int] AS product,
    class.versions[1 + floor(whose * cardinality(class.ids))::int] AS version,
    class.ids[1 + floor(whose * cardinality(class.ids))::int] AS class,
    class.names[1 + floor(whose * cardinality(class.ids))::int] AS class_name,
    class.ranks[1 + floor(whose * cardinality(class.ids))::int] AS rank,
    CASE WHEN NOT open THEN 'resolved' WHEN kind < 0.1 THEN 'new' WHEN kind < 0.7 THEN 'open'
        ELSE 'pending_client' END AS status,
    CASE WHEN NOT open THEN '' WHEN kind >= 0.7 THEN 'remind' WHEN kind < 0.2 THEN 'keep_promise'
        ELSE 'answer' END AS next_step,
    CASE WHEN NOT open OR kind >= 0.1 THEN owner.ids[1 + floor(whose * cardinality(owner.ids))::int] END AS owner,
    CASE WHEN open THEN now() + (far * 5 - 0.3) * interval '1 day' END AS due,
    CASE WHEN NOT open THEN least(now(), opened + (0.2 + far * 3) * interval '1 day') END AS ended
FROM each CROSS JOIN base b CROSS JOIN topic CROSS JOIN product CROSS JOIN class
JOIN line ON line.place = CASE WHEN of_line < 0.6 THEN 1 WHEN of_line < 0.9 THEN 2 ELSE 3 END
JOIN owner ON owner.team_id = line.id
"""
ASKED = """
CREATE TEMP TABLE asked AS SELECT s.id AS survey, v.id AS version,
    (SELECT id FROM surveys_question WHERE version_id = v.id ORDER BY position, id OFFSET 1 LIMIT 1) AS second
FROM surveys_survey s JOIN surveys_version v ON v.survey_id = s.id AND v.frozen_at IS NOT NULL
WHERE s.occasion = 'resolved' AND s.state = 'running' ORDER BY v.number DESC LIMIT 1
"""
ROWS = {
    "clients_client": """
INSERT INTO clients_client (id, name, created_at) SELECT b.clients + n, 'ООО «Клиент ' || n || '»', now()
FROM base b, generate_series(1, b.organisations) AS n
""",
    "clients_contact": """
INSERT INTO clients_contact (id, name, language, time_zone, created_at, client_id)
SELECT b.contacts + n, 'Человек ' || n, 'ru', 'Europe/Moscow', now(),
    CASE WHEN (n - 1) %% 2 = 0 THEN b.clients + 1 + (n - 1) %% b.organisations END
FROM base b, generate_series(1, b.people) AS n
""",
    "conversations_conversation": """
INSERT INTO conversations_conversation (id, subject, token, created_at, channel_id, contact_id)
SELECT talk, 'Заказ ' || n, md5('talk ' || n), opened, b.channel, contact FROM request, base b
""",
    "tickets_ticket": """
INSERT INTO tickets_ticket (id, key, status, next_step, due_at, due_from, take_by, version, subject, contact_name,
    channel_kind, preview, last_message_id, last_in_id, message_count, opened_at, last_at, waiting_since,
    first_answer_at, ended_at, contact_id, conversation_id, owner_id, team_id, topic_id, product_id, priority,
    class_version, class_name, class_rank, details)
SELECT ticket, gen_random_uuid(), status, next_step, due, CASE WHEN open THEN opened END,
    CASE WHEN open AND owner IS NULL THEN due END, 3, 'Заказ ' || n, 'Человек ' || contact, channel,
    'Здравствуйте! Когда придёт заказ ' || n || '?', ticket, ticket, 3, opened, opened,
    CASE WHEN next_step = 'answer' THEN opened END,
    CASE WHEN status NOT IN ('new', 'open') THEN opened + interval '40 minutes' END, ended, contact, talk, owner, team,
    topic, product, 1 + n %% 4, version, class_name, rank, '{}'
FROM request
""",
    "tickets_promise": """
INSERT INTO tickets_promise (ticket_id, by_id, at, until, what, done_at, why)
SELECT ticket, owner, opened, coalesce(due, ended), 'ответить',
    CASE WHEN NOT open THEN ended + (far - 0.85) * interval '1 hour' END, ''
FROM request WHERE next_step = 'keep_promise' OR (NOT open AND n %% 5 = 0)
""",
    "tickets_resolution": """
INSERT INTO tickets_resolution (ticket_id, by_id, at, summary, shown) SELECT ticket, owner, ended, '', true
FROM request WHERE NOT open
""",
    "sla_clock": """
INSERT INTO sla_clock (ticket_id, version_id, team_id, priority, kind, started_at, within, paused, over, due_at,
    stopped_at)
SELECT ticket, version, team, 2, kind, opened, within, 0, 0, opened + within * interval '1 second',
    CASE WHEN NOT open OR (kind = 'first_answer' AND status <> 'new')
        THEN opened + far * within * 1.2 * interval '1 second' END
FROM request, (VALUES ('first_answer', 14400), ('next_answer', 28800), ('resolution', 172800)) AS k (kind, within)
WHERE opened > now() - %(clock_days)s * interval '1 day' AND (kind <> 'next_answer' OR n %% 3 = 0)
""",
    "surveys_invitation": """
INSERT INTO surveys_invitation (id, survey_id, version_id, source, ticket_id, contact_id, team_id, agent_id, digest,
    send_at, sent_at, finished_at, why_not, rings)
SELECT b.invitations + n, asked.survey, asked.version, 'letter', ticket, contact, team, owner, md5('asked ' || n),
    ended, CASE WHEN n %% 10 < 8 THEN ended END,
    CASE WHEN n %% 10 < 4 THEN least(now(), ended + far * interval '6 days') END,
    CASE WHEN n %% 10 < 8 THEN '' ELSE 'sampling' END, 0
FROM request, asked, base b WHERE NOT open AND n %% 2 = 0
""",
    "surveys_score": """
INSERT INTO surveys_score (invitation_id, ticket_id, team_id, agent_id, value, comment, at)
SELECT i.id, i.ticket_id, i.team_id, i.agent_id, (ARRAY[1, 2, 3, 4, 4, 5, 5, 5, 5, 5])[
    1 + floor(pg_temp.share(i.id || ' mark') * 10)::int],
    CASE WHEN i.id %% 7 = 0 THEN 'Спасибо, всё получилось' ELSE '' END, i.finished_at
FROM surveys_invitation i, base b WHERE i.id > b.invitations AND i.finished_at IS NOT NULL
""",
    "surveys_answer": """
INSERT INTO surveys_answer (invitation_id, question_id, value, words, at)
SELECT i.id, second, (pg_temp.share(i.id || ' once') < 0.8)::int, '', i.finished_at
FROM surveys_invitation i, base b, asked WHERE i.id > b.invitations AND i.finished_at IS NOT NULL
""",
    "surveys_followup": """
INSERT INTO surveys_followup (invitation_id, survey_id, team_id, value, opened_at, due_at, closed_at, result, cause,
    finish_by, finished_at)
SELECT s.invitation_id, asked.survey, s.team_id, s.value, s.at, s.at + interval '1 day', done,
    CASE WHEN done IS NULL THEN '' ELSE 'agreed' END, CASE WHEN done IS NULL THEN '' ELSE 'wait' END,
    s.at + interval '14 days', done
FROM (SELECT *, CASE WHEN at < now() - interval '2 days' THEN at + interval '9 hours' END AS done
    FROM surveys_score) AS s, base b, asked WHERE s.invitation_id > b.invitations AND s.value <= 2
""",
    "clients_subscription": """
INSERT INTO clients_subscription (client_id, product_id, plan, state, starts_on, ends_on, amount, currency, period,
    created_at)
SELECT c.id, p.id, (ARRAY['Старт', 'Бизнес', 'Сеть'])[1 + c.id %% 3], CASE WHEN gone THEN 'ended' ELSE 'active' END,
    since, CASE WHEN gone THEN since + 200 END, 4000 + c.id %% 5 * 1000, 'RUB', 'month', now()
FROM (SELECT n.id, current_date - 1000 + (pg_temp.share(n.id || ' since') * 700)::int AS since,
    pg_temp.share(n.id || ' gone') < 0.3 AS gone FROM clients_client n, base b WHERE n.id > b.clients) AS c,
    LATERAL (SELECT id FROM clients_product ORDER BY id OFFSET c.id %% 10 LIMIT 1) AS p
""",
    "clients_payment": """
INSERT INTO clients_payment (client_id, product_id, kind, amount, currency, paid_on, covers_from, covers_until, source,
    external_id, recorded_at)
SELECT s.client_id, s.product_id, 'payment', s.amount, 'RUB', paid, paid, (paid + interval '1 month')::date - 1,
    'bench', s.id || '-' || month, now()
FROM clients_subscription s CROSS JOIN base b CROSS JOIN generate_series(0, 23) AS month,
    LATERAL (SELECT (current_date - month * interval '1 month')::date AS paid) AS p
WHERE s.client_id > b.clients AND paid >= s.starts_on AND paid <= coalesce(s.ends_on, current_date)
""",
    "staff_stint": """
INSERT INTO staff_stint (user_id, state, lines, since, until, lapsed)
SELECT m.user_id, 'ready', array_agg(m.team_id), day + begins, day + ends, false
FROM staff_membership m JOIN staff_user u ON u.id = m.user_id AND u.login LIKE 'agent-%%',
    generate_series(current_date - least(%(days)s, 182), current_date - 1, interval '1 day') AS day,
    (VALUES (interval '9 hours', interval '12 hours'), (interval '12 hours 40 minutes', interval '15 hours'),
        (interval '15 hours 10 minutes', interval '18 hours')) AS s (begins, ends)
GROUP BY m.user_id, day, begins, ends
""",
    "calls_call": """
INSERT INTO calls_call (channel_id, external_id, team_id, contact_id, ticket_id, begun_at, answered_at, ended_at,
    waited, talked, answer_within, rings, beside, holder_id, answered_by_id, result, wrapped_at)
SELECT b.channel, 'bench ' || n, team, contact, ticket, opened, opened + interval '20 seconds',
    opened + (1 + far * 6) * interval '1 minute', 20, (40 + far * 360)::int, 20, '{}', '{}', owner, owner, 'answered',
    opened + interval '8 minutes'
FROM request, base b WHERE request.channel = 'phone' AND owner IS NOT NULL
""",
}


def people(connection: psycopg.Connection) -> None:
    """Lines get their agents, topics and products are many: the sums are told by these."""
    forgive(connection, TABLES)
    for place, many in enumerate(AGENTS):
        connection.execute(AGENTS_OF_LINE, {"place": place, "many": many})
    connection.execute("SELECT setval(pg_get_serial_sequence('staff_user', 'id'), max(id)) FROM staff_user")
    for statement in BEGUN:
        connection.execute(statement, {"topics": TOPICS, "products": PRODUCTS})


def requests(connection: psycopg.Connection, tickets: int, many: int, days: int) -> None:
    """The plan of `many` requests of the last `days`, as the table `request` of this connection."""
    connection.execute(BASES, {"tickets": tickets, "a_person": PEOPLE_SHARE, "a_client": CLIENT_SHARE})
    connection.execute(REQUESTS, {"many": many, "days": days})
    connection.execute(ASKED)
    connection.execute("ANALYZE request")


def fill(connection: psycopg.Connection, days: int, say: Callable[[str], None]) -> dict[str, int]:
    """The rows of these requests; returns how many each table got."""
    counts = {}
    for table, statement in ROWS.items():
        counts[table] = connection.execute(statement, {"days": days, "clock_days": CLOCK_DAYS}).rowcount
        say(f"\r  {table}: {counts[table]:,} rows      ")
    for table in TABLES:
        connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    return counts
