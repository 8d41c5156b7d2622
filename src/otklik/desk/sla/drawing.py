"""An even part of the commitments of the last weeks, where there are too many to look at each.

Nothing says how many there are but counting them, and no index knows their lots.  So they are drawn by the moment in
which they began: of every two hours one slice, at a place that the hours alone decide, as wide as the part that is
wanted.  Whatever begins at any moment has the same chance, nights and storms included; an index reads the slices and
nothing between them.  A part is half, a quarter and so on, and the smaller one lies within the larger.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import connection
from django.db.models import BooleanField, F, Func
from django.db.models.expressions import RawSQL

LOOK = 10_000
"""Up to so many commitments of a kind are counted, and looked at as they are."""
TRIED = 256
"""Of more of them each so-manieth tells how many there are."""
STRATUM = 7200
"""Seconds of which one slice is taken."""
SPAN = "(SELECT %s::timestamptz AS since, %s::timestamptz AS now) AS span"
SLICES = f"""
generate_series(floor(extract(epoch FROM span.since) / {STRATUM})::bigint,
    floor(extract(epoch FROM span.now) / {STRATUM})::bigint) AS stratum,
LATERAL (SELECT to_timestamp({STRATUM} * (stratum
    + floor((hashint8(stratum) & 1048575) / 1048576.0 * part.apart) / part.apart)) AS begins) AS slice,
LATERAL (SELECT id FROM sla_clock WHERE kind = part.of_kind AND dropped_at IS NULL
    AND started_at >= greatest(begins, span.since)
    AND started_at < begins + {STRATUM} * interval '1 second' / part.apart OFFSET 0) AS one
"""  # noqa: S608
"""Of the kind and the distance of a `part`: which of so many slices of each two hours it is.

`OFFSET 0` keeps each slice a look into the index: as a join of a table of 300,000 with a thousand slices the database
once compared all of them with all (8 s for the list of metrics of one agent).
"""
DRAWN = f"SELECT one.id FROM {SPAN}, unnest(%s::text[], %s::float8[]) AS part (of_kind, apart), {SLICES}"  # noqa: S608
MANY = f"""
SELECT told.of_kind, few.n, CASE WHEN few.n > %s THEN (SELECT count(DISTINCT one.id) * {TRIED}
    FROM (SELECT told.of_kind, {TRIED}::float8 AS apart) AS part, {SLICES}) END
FROM {SPAN}, unnest(%s::text[]) AS told (of_kind), LATERAL (SELECT count(*) AS n FROM (
    SELECT FROM sla_clock WHERE kind = told.of_kind AND dropped_at IS NULL AND started_at >= span.since
    ORDER BY started_at DESC LIMIT %s) AS newest) AS few
"""  # noqa: S608


def many(kinds: Collection[str], since: datetime, now: datetime) -> dict[str, int]:
    """Of the kinds that have more than `LOOK` about how many began since; one statement of a bounded cost."""
    with connection.cursor() as cursor:
        cursor.execute(MANY, [LOOK, since, now, [str(one) for one in kinds], LOOK + 1])
        return {kind: max(n, about) for kind, n, about in cursor.fetchall() if about is not None}


def drawn(apart: Mapping[str, int], since: datetime, now: datetime) -> Func:
    """Whether a commitment is one that is drawn: of each kind one of so many.

    As an array, which is read once: of a subquery the database would make a join, and read all that it joins.
    """
    numbers = RawSQL(DRAWN, [since, now, [str(one) for one in apart], [float(one) for one in apart.values()]])  # noqa: S611
    either = {"template": "%(expressions)s)", "arg_joiner": " = ANY(ARRAY"}
    return Func(F("pk"), numbers, **either, output_field=BooleanField())
