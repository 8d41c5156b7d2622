"""Clients without a contract: are they still there, and how often will they buy (METRICS L8, BG/NBD)?

A model that nobody checked is a story.  So the past is halved: from the first half the purchases of the second are
foretold, and what came stands beside it.  A forecast is told where both agree, and of three hundred clients at least.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from otklik.core.formulas import bgnbd_alive, bgnbd_expected, bgnbd_fit
from otklik.core.formulas.purchases import Buying
from otklik.core.journal import clock
from otklik.team.metrics.days import day_of
from otklik.team.value.models import Buyers

FEWEST = 300
"""Clients, in both halves: of fewer nothing is foretold (METRICS L8)."""
AHEAD = 52.0
"""Weeks."""
OFF = 0.25
"""A forecast of the second half that is farther off bears nothing out; our own line, no standard."""
MOST_TIMES = 4
"""Who had bought again more often stands with these."""

ROWS = """
WITH bound AS (
    SELECT coalesce('o' || client_id, 'p' || contact_id) AS holder FROM clients_subscription
    WHERE state <> 'trial' AND period <> 'once'
    UNION
    SELECT coalesce('o' || client_id, 'p' || contact_id) FROM clients_payment
    WHERE covers_from IS NOT NULL AND covers_until IS NOT NULL
), stood AS (
    SELECT id, coalesce('o' || client_id, 'p' || contact_id) AS holder, currency, amount, kind, paid_on,
        sum(CASE kind WHEN 'payment' THEN 1 ELSE -1 END) OVER (
            PARTITION BY coalesce('o' || client_id, 'p' || contact_id), currency, amount ORDER BY paid_on, kind, id
        ) AS n
    FROM clients_payment WHERE paid_on <= %(today)s
), later AS (
    SELECT *, min(n) OVER (
        PARTITION BY holder, currency, amount ORDER BY paid_on, kind, id
        ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS fewest FROM stood
), bought AS (
    SELECT DISTINCT holder, currency, paid_on FROM later
    WHERE kind = 'payment' AND coalesce(fewest >= n, true)
), theirs AS (
    SELECT * FROM bought WHERE holder NOT IN (SELECT holder FROM bound)
), halved AS (
    SELECT currency, min(paid_on) + (%(today)s::date - min(paid_on)) / 2 AS half FROM theirs GROUP BY currency
), each AS (
    SELECT currency, half, count(*) - 1 AS x, max(paid_on) - min(paid_on) AS last,
        %(today)s::date - min(paid_on) AS known, count(*) FILTER (WHERE paid_on <= half) - 1 AS early,
        coalesce(max(paid_on) FILTER (WHERE paid_on <= half) - min(paid_on), 0) AS early_last,
        half - min(paid_on) AS early_known, count(*) FILTER (WHERE paid_on > half) AS later
    FROM theirs JOIN halved USING (currency) GROUP BY holder, currency, half
)
SELECT currency, half, x, round(last / 7.0), round(known / 7.0), early, round(early_last / 7.0),
    round(early_known / 7.0), sum(later), count(*)
FROM each GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""
"""Clients who are alike, in weeks.  Purchases of one day are one; a contract in any currency makes no buyer.

What was given back whole was not bought: a refund takes back the newest purchase before it of the same sum that no
other one took back, which is where fewer of that sum stand later than stood with it.  A part given back leaves it.
"""


@dataclass(frozen=True)
class Alike:
    """`clients` who bought again `x` times, the last time `last` weeks after the first, and are `known` for so long.

    `early` are (x, last, known) as they stood at the half, None of who came later; `later` the purchases since.
    """

    x: int
    last: float
    known: float
    early: tuple[int, float, float] | None
    later: int
    clients: int


@transaction.atomic
def foretell() -> None:
    """Replace what was foretold by what this day tells; readers see the old until it is done."""
    now = clock.now()
    found: dict[str, list[Alike]] = {}
    halves: dict[str, date] = {}
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"today": day_of(now)})
        for currency, half, *row in cursor:
            found.setdefault(currency, []).append(_alike(*row))
            halves[currency] = half
    told = [
        Buyers(currency=one, half=halves[one], at=now, **_told(some, halves[one], day_of(now)))
        for one, some in found.items()
    ]
    Buyers.objects.all().delete()
    Buyers.objects.bulk_create(told)


def is_borne_out(one: Buyers) -> bool:
    """Whether the second half came nearly as it was foretold."""
    return bool(one.predicted is not None and one.actual and abs(one.predicted / one.actual - 1) <= OFF)


def _alike(x: int, last: Any, known: Any, early: int, early_last: Any, early_known: Any, later: Any, n: int) -> Alike:
    then = (early, float(early_last), float(early_known)) if early >= 0 else None
    return Alike(x, float(last), float(known), then, int(later), n)


def _told(some: list[Alike], half: date, today: date) -> dict[str, Any]:
    clients, known = sum(one.clients for one in some), [one for one in some if one.early]
    counts: dict[str, Any] = {"clients": clients, "held": sum(one.clients for one in known)}
    if counts["held"] < FEWEST:
        return counts
    past = bgnbd_fit((*one.early, one.clients) for one in known if one.early)
    now = bgnbd_fit((one.x, one.last, one.known, one.clients) for one in some)
    if past is None or now is None:
        return counts
    weeks = (today - half) / timedelta(weeks=1)
    foretold = [_expected(past, one.early, one.clients, weeks) for one in known if one.early]
    ahead = [_expected(now, (one.x, one.last, one.known), one.clients, AHEAD) for one in some]
    if None in foretold or None in ahead:
        return counts
    groups: list[list[float]] = [[0, 0.0, 0] for _times in range(MOST_TIMES + 1)]
    for one, predicted in zip(known, foretold, strict=True):
        group = groups[min(one.early[0] if one.early else 0, MOST_TIMES)]
        group[0] += one.clients
        group[1] += predicted or 0.0
        group[2] += one.later
    return {
        **counts,
        "groups": groups,
        "predicted": sum(group[1] for group in groups),
        "actual": sum(group[2] for group in groups),
        "alive": sum(one.clients * bgnbd_alive(*now, one.x, one.last, one.known) for one in some),
        "expected": sum(one or 0.0 for one in ahead),
    }


def _expected(buying: Buying, stood: tuple[int, float, float], clients: int, weeks: float) -> float | None:
    """Purchases of so many clients alike in the next weeks; None where the formula has no value."""
    each = bgnbd_expected(*buying, *stood, weeks)
    return None if each is None else clients * each
