"""A desk of any size made by the database itself: rows of one pattern, multiplied by `generate_series`.

Every request has one letter of realistic width in its own words (so that the index of words grows as it would), a tenth
of the requests is open, with clocks and promises; what was said later, raw letters and files are left out.  Nothing of
it is past its moment, so nothing hangs and nothing is due.  References are not checked and indexes are made at the end:
the rows come from one counted pattern and are no subject of the test.
"""

import time
from collections.abc import Callable

import psycopg

from benchmarks.loading import AGENTS, forgive
from benchmarks.words import MEDIUM, RARE, Author

BODIES = 2000
DAYS = 730
OPEN_SHARE = 10
"""One request in so many is open."""
LARGE = [
    *("clients_client", "clients_contact", "clients_identity", "conversations_conversation", "conversations_message"),
    *("tickets_ticket", "tickets_promise", "tickets_resolution", "tickets_schedule", "sla_clock", "journal_entry"),
    "metrics_ticketfact",
]
NUMBERED = [table for table in LARGE if table != "metrics_ticketfact"]

# An even share from 0 to 1 of a number; `salt` tells one use from another.
SHARE = """
CREATE FUNCTION pg_temp.share(n bigint, salt int) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashint8extended(n, salt) & 1048575) / 1048576.0 $$
"""
BASES = """
CREATE TEMP TABLE base AS SELECT (SELECT coalesce(max(id), 0) FROM tickets_ticket) AS tickets,
    (SELECT coalesce(max(id), 0) FROM conversations_conversation) AS talks,
    (SELECT coalesce(max(id), 0) FROM conversations_message) AS messages,
    (SELECT coalesce(max(id), 0) FROM clients_client) AS clients,
    (SELECT coalesce(max(id), 0) FROM clients_contact) AS contacts,
    (SELECT id FROM channels_channel ORDER BY id LIMIT 1) AS channel
"""
AGENTS_OF_LINE = """
WITH line AS (SELECT id FROM staff_team ORDER BY level OFFSET %(place)s LIMIT 1), made AS (
    INSERT INTO staff_user (id, password, login, email, name, title, role, portrait, is_active, created_at, language,
        time_zone, theme, compact, keys_on, undo_seconds, sessions_round)
    SELECT (SELECT max(id) FROM staff_user) + number, '!', login, login || '@desk.example.test', 'Agent ' || login, '',
        'agent', '', true, now(), 'ru', 'Europe/Moscow', 'system', false, true, 15, 0
    FROM (SELECT number, 'agent-' || %(place)s || '-' || number AS login
        FROM generate_series(1, %(many)s) AS number) AS a
    RETURNING id)
INSERT INTO staff_membership (user_id, team_id, capacity) SELECT made.id, line.id, '{}' FROM made, line
"""
# One row of each request: what it is, before it is written into the tables of the product.
PLAN = """
CREATE TEMP TABLE plan AS
WITH line AS (SELECT id, row_number() OVER (ORDER BY level) AS place FROM staff_team ORDER BY level LIMIT 3),
owner AS (SELECT team_id, array_agg(user_id ORDER BY user_id) AS ids FROM staff_membership m
    JOIN staff_user u ON u.id = m.user_id WHERE u.role = 'agent' GROUP BY team_id),
class AS (SELECT array_agg(v.id ORDER BY v.id) AS versions, array_agg(c.name ORDER BY v.id) AS names,
    array_agg(c.rank ORDER BY v.id) AS ranks FROM sla_version v JOIN sla_serviceclass c ON c.id = v.service_class_id),
each AS (SELECT n, CASE WHEN pg_temp.share(n, 1) < 0.6 THEN 1 WHEN pg_temp.share(n, 1) < 0.9 THEN 2 ELSE 3 END AS place,
    CASE WHEN n > %(tickets)s * 0.9 THEN pg_temp.share(n, 2) < 0.9 ELSE pg_temp.share(n, 2) < 0.0111 END AS open,
    now() - %(days)s * interval '1 day' * (1 - (n - 1)::float8 / %(tickets)s) AS opened,
    pg_temp.share(n, 3) AS kind, pg_temp.share(n, 4) AS step, pg_temp.share(n, 5) AS far,
    1 + floor(pg_temp.share(n, 6) * 3)::int AS class FROM generate_series(1, %(tickets)s::bigint) AS n)
SELECT n, open, opened, far, line.id AS team, class.versions[class] AS version, class.names[class] AS class_name,
    class.ranks[class] AS rank, b.tickets + n AS ticket, b.talks + n AS talk, b.messages + n AS message,
    b.contacts + 1 + floor(pg_temp.share(n, 7) * %(people)s)::bigint AS contact,
    CASE WHEN NOT open THEN 'resolved' WHEN kind < 0.1 THEN 'new' WHEN kind < 0.7 THEN 'open'
        WHEN kind < 0.9 THEN 'pending_client' ELSE 'scheduled' END AS status,
    CASE WHEN NOT open THEN '' WHEN kind >= 0.9 THEN 'continue' WHEN kind >= 0.7 THEN 'remind'
        WHEN step < 0.15 THEN 'keep_promise' WHEN step < 0.25 THEN 'solve' ELSE 'answer' END AS next_step,
    CASE WHEN NOT open OR kind >= 0.1 THEN owner.ids[1 + floor(step * cardinality(owner.ids))::int] END AS owner,
    CASE WHEN open THEN now() + interval '2 hours' + far * interval '5 days' END AS due,
    CASE WHEN open THEN now() - pg_temp.share(n, 8) * interval '1 day' END AS since,
    CASE WHEN NOT open THEN least(now(), opened + pg_temp.share(n, 9) * interval '3 days') END AS ended,
    kind >= 0.95 AND open AS third
FROM each CROSS JOIN base b CROSS JOIN class JOIN line USING (place) JOIN owner ON owner.team_id = line.id
"""
ROWS = {
    "clients_client": """
INSERT INTO clients_client (id, name, note, created_at, website, tax_number, quiet_hours, tags)
SELECT b.clients + n, 'ООО «Клиент ' || n || '»', '', now(), '', '', '', '{}'
FROM base b, generate_series(1, %(people)s / 10 + 1) AS n
""",
    "clients_contact": """
INSERT INTO clients_contact (id, name, address_as, position, language, time_zone, interests, quiet_hours, note,
    created_at, client_id, tags, reach_by, reach_hours)
SELECT b.contacts + n, 'Человек ' || n, '', '', 'ru', 'Europe/Moscow', '', '', '', now(),
    CASE WHEN n %% 2 = 0 THEN b.clients + 1 + n / 10 END, '{}', '', '' FROM base b, generate_series(1, %(people)s) AS n
""",
    "clients_identity": """
INSERT INTO clients_identity (kind, value, contact_id)
SELECT 'email', 'person' || n || '@client.example.test', b.contacts + n FROM base b, generate_series(1, %(people)s) AS n
""",
    "conversations_conversation": """
INSERT INTO conversations_conversation (id, subject, token, created_at, channel_id, contact_id)
SELECT talk, 'Заказ ' || n, md5('talk ' || n), opened, b.channel, contact FROM plan, base b
""",
    "conversations_message": """
INSERT INTO conversations_message (id, direction, author_name, author_address, automatic, subject, text, new_text, html,
    "to", cc, remarks, external_id, at, contact_id, conversation_id)
SELECT message, 'in', 'Человек ' || contact, 'person@client.example.test', '', 'Заказ ' || n, said, said, '',
    '["support@desk.example.test"]', '[]', '[]', md5('letter ' || n) || '@mail.example.test', opened, contact, talk
FROM plan JOIN LATERAL (SELECT body.text || ' ZK-' || lpad(n::text, 8, '0')
    || CASE WHEN n %% greatest(1, %(tickets)s / 16) = 7 THEN ' ' || %(rare)s ELSE '' END
    || CASE WHEN n %% 64 = 9 THEN ' ' || %(medium)s ELSE '' END AS said
    FROM body WHERE body.number = floor(pg_temp.share(n, 10) * %(bodies)s)::int) AS letter ON true
""",
    "tickets_ticket": """
INSERT INTO tickets_ticket (id, key, status, next_step, next_note, due_at, due_from, take_by, inform_by, version,
    subject, contact_name, client_name, channel_kind, preview, last_speaker, last_message_id, last_in_id, message_count,
    delivery_trouble, sender_doubtful, moves, reopened, returned, opened_at, last_at, waiting_since, first_answer_at,
    ended_at, contact_id, conversation_id, owner_id, team_id, priority, class_version, class_name, class_rank,
    waits_for)
SELECT ticket, gen_random_uuid(), status, next_step, '', due, since,
    CASE WHEN open AND owner IS NULL THEN due END, CASE WHEN status = 'scheduled' THEN due + interval '1 day' END, 3,
    'Заказ ' || n, 'Человек ' || contact, '', 'email', left(said.new_text, 200), '', message, message, 1, false, false,
    0, 0, '', opened, opened, CASE WHEN next_step = 'answer' THEN since END,
    CASE WHEN status NOT IN ('new', 'open') THEN opened + interval '40 minutes' END, ended, contact, talk, owner, team,
    1 + floor(pg_temp.share(n, 11) * 4)::int, version, class_name, rank,
    CASE WHEN third THEN 'Поставщик' ELSE '' END
FROM plan JOIN conversations_message said ON said.id = plan.message
""",
    "tickets_promise": """
INSERT INTO tickets_promise (ticket_id, by_id, at, until, what, done_at, why, next_mark)
SELECT ticket, owner, coalesce(since, opened), coalesce(due, ended), 'ответить',
    CASE WHEN NOT open THEN ended + (far - 0.85) * interval '1 hour' END, '',
    CASE WHEN open THEN due - interval '10 minutes' END
FROM plan WHERE next_step = 'keep_promise' OR (NOT open AND pg_temp.share(n, 12) < 0.2)
""",
    "tickets_schedule": """
INSERT INTO tickets_schedule (ticket_id, by_id, at, until, what, agreed)
SELECT ticket, owner, since, due, 'проверить', true FROM plan WHERE status = 'scheduled'
""",
    "tickets_resolution": """
INSERT INTO tickets_resolution (ticket_id, by_id, at, summary, shown) SELECT ticket, owner, ended, '', true FROM plan
WHERE NOT open
""",
    "sla_clock": """
INSERT INTO sla_clock (ticket_id, version_id, team_id, priority, kind, started_at, within, paused, over, due_at,
    next_at, stopped_at)
SELECT ticket, version, team, 2, kind, coalesce(since, opened), 14400, 0, 0,
    CASE WHEN open THEN due + more ELSE opened + interval '1 day' END,
    CASE WHEN open AND status IN ('new', 'open') THEN due + more - interval '15 minutes' END, ended
FROM plan, (VALUES ('first_answer', interval '15 minutes'), ('resolution', interval '1 day')) AS k (kind, more)
""",
    "journal_entry": """
INSERT INTO journal_entry (at, kind, about, about_id, data, actor_id)
SELECT CASE WHEN step = 1 THEN opened ELSE coalesce(ended, least(now(), opened + interval '1 hour')) END,
    CASE WHEN step = 1 THEN 'tickets.TicketOpened' WHEN open THEN 'tickets.StatusChanged'
        ELSE 'tickets.TicketResolved' END, 'ticket', ticket,
    jsonb_build_object('ticket_id', ticket, 'team_id', team, 'automatic', '', 'status', status, 'was', 'new'),
    CASE WHEN step = 2 THEN owner END
FROM plan, generate_series(1, 2) AS step ORDER BY 1
""",
    "metrics_ticketfact": """
INSERT INTO metrics_ticketfact (ticket_id, channel_kind, excluded, opened_at, first_answer_at, ended_at, ended_as,
    frt_business_s, frt_calendar_s, resolution_business_s, resolution_calendar_s, reopened, agent_id, team_id)
SELECT ticket, 'email', '', opened, CASE WHEN NOT open THEN opened + interval '40 minutes' END, ended,
    CASE WHEN open THEN '' ELSE 'resolved' END, CASE WHEN NOT open THEN 2400 END, CASE WHEN NOT open THEN 2400 END,
    extract(epoch FROM ended - opened), extract(epoch FROM ended - opened), 0, owner, team FROM plan
""",
}
# Constraints stay: only what serves the search for rows is made anew at the end.
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::text[]::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def load(address: str, seed: str, tickets: int, say: Callable[[str], None] = lambda words: None) -> dict[str, int]:
    """Fill the database of `address` (it holds the demo company already); returns how many rows each table got."""
    with psycopg.connect(address, cursor_factory=psycopg.ClientCursor) as connection:  # it makes tables by values
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET maintenance_work_mem = '512MB'")
        forgive(connection)
        connection.execute("SET session_replication_role = replica")
        counts = _multiply(connection, seed, tickets, say)
        connection.commit()
        connection.autocommit = True
        say("\r  Vacuum and statistics …                    ")
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
        return counts


def _multiply(connection: psycopg.Connection, seed: str, tickets: int, say: Callable[[str], None]) -> dict[str, int]:
    indexes = connection.execute(INDEXES, [LARGE]).fetchall()
    for name, _definition in indexes:
        connection.execute(f"DROP INDEX {name}")
    values = {
        **{"tickets": tickets, "people": max(200, tickets // 4), "days": DAYS, "bodies": BODIES},
        **{"rare": RARE["ru"].split()[0], "medium": MEDIUM["ru"].split()[0]},
    }
    _prepare(connection, seed, values)
    counts: dict[str, int] = {}
    began = time.monotonic()
    for table, statement in ROWS.items():
        counts[table] = connection.execute(statement, values).rowcount
        say(f"\r  {table}: {counts[table]:,} rows, {time.monotonic() - began:.0f} s ")
    for name, definition in indexes:
        connection.execute(definition)
        say(f"\r  {name}, {time.monotonic() - began:.0f} s ")
    for table in NUMBERED:
        connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    connection.execute("DELETE FROM metrics_watermark")
    connection.execute("INSERT INTO metrics_watermark (id, entry_id) SELECT 1, max(id) FROM journal_entry")
    return counts


def _prepare(connection: psycopg.Connection, seed: str, values: dict[str, object]) -> None:
    """Letters to choose from, people, and the plan of all requests."""
    connection.execute("CREATE TEMP TABLE body (number int PRIMARY KEY, text text)")
    author = Author(seed)
    with connection.cursor().copy("COPY body FROM STDIN") as copy:
        for number in range(BODIES):
            copy.write_row((number, author.body("ru" if number % 10 < 7 else "en")))
    for place, many in enumerate(AGENTS):
        connection.execute(AGENTS_OF_LINE, {"place": place, "many": many})
    connection.execute("SELECT setval(pg_get_serial_sequence('staff_user', 'id'), max(id)) FROM staff_user")
    connection.execute(SHARE)
    connection.execute(BASES)
    connection.execute(PLAN, values)
    connection.execute("ANALYZE plan")
