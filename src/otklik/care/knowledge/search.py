"""Articles that hold words, in any of their forms, the last of them perhaps half typed; titles in spite of a slip.

What an article may be found by is said in the statement itself: clients never learn that an internal one exists.
"""

from enum import Enum
from typing import Any, NamedTuple

from django.db import connection, transaction

from otklik.core.ui.found import START, STOP
from otklik.core.ui.typed import searchable

LONGEST = 200
PAGE = 30
LIKENESS, LIKE_FROM = 0.5, 6
"""From here on a title is taken for the words with a slip; short words are like too many.

Only where no article holds the words as they are typed.
"""


class Scope(Enum):
    """Among which articles is looked, as the statement says it."""

    CLIENTS = "a.state = 'published' AND a.audience = 'public'"
    PUBLISHED = "a.state = 'published'"
    DESK = "a.state <> 'withdrawn'"


SHOWN = "a.id, a.title, a.state, a.audience, a.language"
# A text that nobody has read anew in time loses its place; one in the reader's language gains one.
WEIGHT = """(CASE WHEN a.review_on <= CURRENT_DATE THEN 0.6 ELSE 1 END)
    * (CASE WHEN a.state = 'published' THEN 1 ELSE 0.5 END)
    * (CASE WHEN a.language = %(language)s THEN 1.3 ELSE 1 END)"""
HALF = "'(^|[^!])''[^'']+''$'"
# The last word is wanted, perhaps half typed; after a minus, or in the brackets of a phrase with one, it is whole.
FIND = f"""
WITH typed AS (SELECT websearch_to_tsquery('otklik_ru', %(words)s) AS words),
asked AS (SELECT CASE WHEN words::text ~ {HALF} THEN (words::text || ':*')::tsquery ELSE words END AS words FROM typed),
best AS (
    SELECT a.id, {{near}} * {WEIGHT} AS weight FROM knowledge_article a, asked
    WHERE {{fits}} AND {{seen}} ORDER BY weight DESC, a.id DESC LIMIT %(limit)s)
SELECT {SHOWN}, ts_headline('otklik_ru', translate(title, chr(2) || chr(3), ''), asked.words,
        'HighlightAll=true, StartSel={START}, StopSel={STOP}'),
    ts_headline('otklik_ru', regexp_replace(left(text, 8000), '[*_`#>|\\x02\\x03]', '', 'g'), asked.words,
        'MaxFragments=2, MaxWords=18, MinWords=8, FragmentDelimiter=" … ", StartSel={START}, StopSel={STOP}')
FROM best JOIN knowledge_article a USING (id), asked ORDER BY best.weight DESC, a.id DESC
"""
HOLDS = {"near": "ts_rank(a.search, asked.words)", "fits": "a.search @@ asked.words"}
IS_LIKE = {"near": "word_similarity(%(words)s, a.title)", "fits": "UPPER(%(words)s) <%% UPPER(a.title)"}
HELD = {scope: FIND.format(**HOLDS, seen=scope.value) for scope in Scope}
ALIKE = {scope: FIND.format(**IS_LIKE, seen=scope.value) for scope in Scope}
FIT = f"""
SELECT {SHOWN}, a.title, '' FROM knowledge_article a,
    (SELECT replace(plainto_tsquery('otklik_ru', %(words)s)::text, '&', '|')::tsquery AS words) asked
WHERE a.search @@ asked.words AND {{seen}}
ORDER BY ts_rank(a.search, asked.words) * {WEIGHT} DESC, a.id DESC LIMIT %(limit)s
"""
FITTING = {scope: FIT.format(seen=scope.value) for scope in Scope}


class Hit(NamedTuple):
    """An article that was found; `shown` and `snippet` mark the found words with START and STOP, else plain text."""

    id: int
    title: str
    state: str
    audience: str
    language: str
    shown: str
    snippet: str

    @property
    def is_public(self) -> bool:
        """Clients read it now: a draft for them is still for colleagues alone."""
        return self.audience == "public" and self.state == "published"


def cut(text: str) -> str:
    """As much of a query as is looked for."""
    return " ".join(text.replace("\x00", " ").split())[:LONGEST]


def find(text: str, scope: Scope, language: str, limit: int = PAGE) -> list[Hit]:
    """The best first; nothing for a query without a word."""
    words = cut(text)
    if not words:
        return []
    hits = _asked(HELD[scope], words, language, limit)
    if hits or len(words) < LIKE_FROM:
        return hits
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {LIKENESS}")
        return _asked(ALIKE[scope], words, language, limit)


def fitting(text: str, language: str, limit: int = 3, scope: Scope = Scope.PUBLISHED) -> list[Hit]:
    """Articles that have something to do with these words, each of which may be missing; one statement."""
    words = cut(text)
    return _asked(FITTING[scope], words, language, limit) if words else []


def _asked(sql: str, words: str, language: str, limit: int) -> list[Hit]:
    told: dict[str, Any] = {"words": searchable(words), "language": language, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return [Hit(*row) for row in cursor.fetchall()]
