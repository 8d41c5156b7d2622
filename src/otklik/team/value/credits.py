"""What a breach of availability gives back to clients in a month (METRICS I6), by the fees that are known.

A product is as available as the worst of its components; the tiers that are published say which share of the month's
fee goes back, at most the cap.  A fee is what stands on the card of the client, else a payment that covers the month.
Where there is neither, nothing is reckoned for that client, and it is said of how many.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from otklik.care.status import figures
from otklik.care.status.models import Component, StatusPolicy
from otklik.core.formulas import sla_credit

FEES = """
WITH had AS (
    SELECT contact_id, client_id, currency,
        CASE WHEN amount IS NULL OR period = 'once' THEN NULL
            ELSE amount / CASE period WHEN 'year' THEN 12 WHEN 'quarter' THEN 3 ELSE 1 END END AS monthly
    FROM clients_subscription
    WHERE product_id = %(product)s AND (state IN ('active', 'paused') OR (state = 'ended' AND ends_on IS NOT NULL))
        AND (starts_on IS NULL OR starts_on <= %(last)s) AND (ends_on IS NULL OR ends_on >= %(first)s)
), holders AS (
    SELECT contact_id, client_id, min(currency) AS currency, sum(monthly) AS monthly FROM had
    GROUP BY contact_id, client_id
), fees AS (
    SELECT h.contact_id, h.client_id, coalesce(CASE WHEN h.monthly IS NULL THEN p.currency END, h.currency) AS currency,
        coalesce(h.monthly, p.monthly) AS monthly
    FROM holders h LEFT JOIN LATERAL (
        SELECT currency, sum(amount / greatest(1, round((covers_until + 1 - covers_from) / 30.44))) AS monthly
        FROM clients_payment
        WHERE kind = 'payment' AND product_id = %(product)s AND covers_from <= %(last)s AND covers_until >= %(first)s
            AND (client_id = h.client_id OR contact_id = h.contact_id)
        GROUP BY currency ORDER BY 2 DESC LIMIT 1
    ) p ON h.monthly IS NULL
)
"""
SUMS = f"{FEES} SELECT currency, count(*), count(monthly), coalesce(sum(monthly), 0) FROM fees GROUP BY currency"  # noqa: S608 - constants of ours
ROWS = f"""{FEES} SELECT coalesce(o.name, c.name), f.client_id, f.contact_id, f.currency, f.monthly
FROM fees f LEFT JOIN clients_client o ON o.id = f.client_id LEFT JOIN clients_contact c ON c.id = f.contact_id
ORDER BY f.monthly DESC NULLS LAST, 1, f.client_id, f.contact_id LIMIT %(most)s"""  # noqa: S608 - constants of ours
MOST = 200


@dataclass(frozen=True)
class Credit:
    """Of one product in a month.  `back` is the share of the fee from 0 to 1, None where availability is unknown;
    `sums` the money by currency.  `clients` had the product, the fee of `unknown` of them nobody has written down.
    """

    product: int
    name: str
    availability: float | None
    back: float | None
    clients: int
    unknown: int
    sums: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Of:
    """What one client gets; `fee` and `money` are None where the fee is unknown."""

    name: str
    client: int | None
    contact: int | None
    currency: str
    fee: Decimal | None
    money: Decimal | None


def by_product(components: Iterable[Component], known: figures.Record, month: date) -> list[Credit]:
    """One statement for each product of a component; they are few."""
    found = []
    for product, some in _grouped(components).items():
        share = figures.headline(known.of(one) for one in some)
        back = share_back(share, known.policy)
        rows = _fetch(SUMS, product, month)
        money = {currency: _money(total, back) for currency, _clients, _known, total in rows if back and total}
        found.append(
            Credit(
                product,
                some[0].product.name if some[0].product else "",
                share,
                back,
                sum(row[1] for row in rows),
                sum(row[1] - row[2] for row in rows),
                money,
            )
        )
    return found


def of_clients(credit: Credit, month: date) -> Iterator[Of]:
    """Whom it concerns: the largest fees first, those without one last; at most MOST."""
    for name, client, contact, currency, fee in _fetch(ROWS, credit.product, month):
        money = _money(fee, credit.back) if fee is not None and credit.back is not None else None
        yield Of(name or "", client, contact, currency, fee, money)


def share_back(availability: float | None, policy: StatusPolicy) -> float | None:
    """By the tiers that are published, at most the cap."""
    told = sla_credit(availability, policy.shares, 1.0)
    return None if told is None else min(told, float(policy.cap) / 100)


def _grouped(components: Iterable[Component]) -> dict[int, list[Component]]:
    found: dict[int, list[Component]] = defaultdict(list)
    for one in components:
        if one.product_id:
            found[one.product_id].append(one)
    return found


def _money(fee: Decimal, back: float) -> Decimal:
    return (fee * Decimal(str(back))).quantize(Decimal("0.01"))


def _fetch(statement: str, product: int, month: date) -> Sequence[tuple]:
    first = month.replace(day=1)
    asked: dict[str, int | date] = {
        "product": product,
        "first": first,
        "last": figures.following(first) - timedelta(days=1),
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
