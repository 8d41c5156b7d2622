"""Requests in whose letters and notes the words were said, the newest first.

The index of words also knows how old a letter is (`message_said`), so the newest letters alone can be asked, and what a
word costs does not grow with the desk (docs/decisions/0035).  The window of letters becomes wider until a page is full;
a word that hardly occurs in the first one is rare: then all letters are asked at once.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection

from otklik.core.ui.found import START, STOP
from otklik.desk.conversations.models.message import AGE_BITS
from otklik.front.workspace.queries.standing import Reader

CAP = 2000
"""Hits of a rare word that are looked at; more of them in a window are many."""
WINDOWS = (1 << 10, 1 << 13, 1 << 16, 1 << 19, 1 << 22, 1 << 25)
"""How many of the newest letters are asked."""
RARE = 3
"""Fewer hits in the first window: all letters hold hardly more than `CAP` of a million."""
FEW = 2000
"""So few requests that the reader may see, or that filters leave over, are read one by one."""
SECONDS = 3

WORDS = "websearch_to_tsquery('otklik_ru', %(words)s)"
FIELDS = "id, subject, contact_name, client_name, status, channel_kind, last_at, owner_id, merged_into_id"
BEGIN = f"""SELECT set_config('statement_timeout', '{SECONDS}s', true),
    set_config('plan_cache_mode', 'force_custom_plan', true), (SELECT max(id) FROM conversations_message)
"""
LEFT_OVER = f"SELECT conversation_id FROM tickets_ticket WHERE {{seen}} LIMIT {FEW + 1}"
# Requests are read one by one, from the newest hit on, until the page is full.  `OFFSET 0` keeps it so: the planner
# takes the hits of a common word for many more than they are and would read all requests that a filter leaves over.
PAGE = """
WITH hits AS MATERIALIZED (SELECT id, conversation_id FROM conversations_message
        WHERE search @@ {words} AND taken_back_at IS NULL{among}),
    latest AS (SELECT conversation_id AS talk, max(id) AS hit FROM hits GROUP BY conversation_id),
    page AS (SELECT hit, request.* FROM (SELECT talk, hit FROM latest ORDER BY hit DESC) AS newest
        CROSS JOIN LATERAL (SELECT {fields} FROM tickets_ticket
            WHERE conversation_id = talk AND {seen} OFFSET 0) AS request
        ORDER BY hit DESC LIMIT %(limit)s)
SELECT every.count, page.* FROM (SELECT count(*) FROM hits) AS every LEFT JOIN page ON TRUE ORDER BY hit DESC
"""
SAID = """FROM conversations_message m WHERE m.conversation_id = tickets_ticket.conversation_id
    AND m.search @@ {words} AND m.taken_back_at IS NULL"""
WALK = f"""
SELECT (SELECT max(m.id) {SAID}), {{fields}} FROM tickets_ticket
WHERE {{seen}} AND EXISTS (SELECT 1 {SAID}) ORDER BY opened_at DESC LIMIT %(limit)s
"""
HEADLINES = f"""
SELECT id, ts_headline('otklik_ru', translate(left(new_text, 4000), chr(2) || chr(3), ''), {WORDS},
    'MaxFragments=2, MaxWords=16, MinWords=6, FragmentDelimiter=" … ", StartSel={START}, StopSel={STOP}')
FROM conversations_message WHERE id = ANY(%(ids)s)
"""


class Hit(NamedTuple):
    """A request that was found; `snippet` marks the found words with START and STOP, it is plain text otherwise."""

    message: int | None
    id: int
    subject: str
    contact_name: str
    client_name: str
    status: str
    channel_kind: str
    last_at: Any
    owner_id: int | None
    merged_into: int | None
    snippet: str = ""


def said(words: str, reader: Reader, limit: int) -> list[Hit]:
    """As far as the reader may see them and their narrowing lets them through; within a transaction.

    Raises OperationalError when it takes too long, InternalError for words of too many parts.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN)
        newest = cursor.fetchone()[-1] or 0
        seen = f"{reader.visible}{reader.narrowing.sql}"
        search = _Search(cursor, seen, reader.parameters | {"words": words, "limit": limit})
        found = search.of_few() if reader.narrowing.parts else None
        if found is None:
            opened = reader.narrowing.opened
            found = search.by_requests() if "before" in opened else search.newest_first(newest, since="after" in opened)
        return search.with_snippets(found)


class _Search:
    """The statements of one search."""

    def __init__(self, cursor: Any, seen: str, values: dict[str, Any]) -> None:
        self.cursor, self.seen, self.values = cursor, seen, values

    def of_few(self) -> list[Hit] | None:
        """Where few requests are left over their letters are read, of whatever age; else None."""
        self.cursor.execute(LEFT_OVER.format(seen=self.seen), self.values)
        talks = [talk for (talk,) in self.cursor.fetchall()]
        if len(talks) > FEW:
            return None
        return self._page(" AND conversation_id = ANY(%(talks)s)", talks=talks)[1]

    def newest_first(self, newest: int, *, since: bool) -> list[Hit]:
        """`since` a day: requests are walked as soon as two windows do not fill the page, for they come to an end."""
        found: list[Hit] = []
        for place, (hits, found, whole) in enumerate(self._widening(newest)):
            if whole or len(found) >= self.values["limit"]:
                break
            if place == 0 and hits < RARE:
                every, those = self._page(f" LIMIT {CAP}")
                if every < CAP:
                    return those
            if place == 1 and (few := self.of_few()) is not None:
                return few
            if place and (since or hits > CAP):
                return self.by_requests()
        return found

    def by_requests(self) -> list[Hit]:
        """A common word, and requests that stand elsewhere than the newest letters: these are walked instead.

        In the order in which they were opened, so a day before which they were is where the walk begins.
        """
        self.cursor.execute(WALK.format(words=WORDS, fields=FIELDS, seen=self.seen), self.values)
        return sorted((Hit(*row) for row in self.cursor.fetchall()), key=lambda hit: -(hit.message or 0))

    def _widening(self, newest: int) -> Iterator[tuple[int, list[Hit], bool]]:
        """(hits of the words, requests, whether all letters were asked) of each window."""
        for window in WINDOWS:
            since = max(newest - window, 0)
            age = f" AND (id >> {AGE_BITS}) >= %(since)s::bigint" if since else ""
            yield *self._page(age, since=since >> AGE_BITS), not since

    def _page(self, among: str, **more: Any) -> tuple[int, list[Hit]]:
        """How many letters hold the words, and the requests of a page."""
        sql = PAGE.format(words=WORDS, among=among, fields=FIELDS, seen=self.seen)
        self.cursor.execute(sql, self.values | more)
        rows = self.cursor.fetchall()
        return rows[0][0], [Hit(*row[1:]) for row in rows if row[1] is not None]

    def with_snippets(self, found: list[Hit]) -> list[Hit]:
        if not found:
            return []
        self.cursor.execute(HEADLINES, self.values | {"ids": [hit.message for hit in found]})
        snippets = dict(self.cursor.fetchall())
        return [hit._replace(snippet=snippets.get(hit.message, "")) for hit in found]
