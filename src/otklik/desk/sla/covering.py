"""Which class covers a request: the one rule."""

from dataclasses import dataclass
from datetime import datetime

from otklik.core.journal import clock
from otklik.core.journal.bare import run
from otklik.desk.sla.models import Version
from otklik.desk.tickets.terms import Cover

PRECEDENCE = """
SELECT v.id, c.name, c.rank,
    CASE WHEN a.contact_id IS NOT NULL THEN 'contact' WHEN a.client_id IS NOT NULL THEN 'client'
        WHEN a.product_id IS NOT NULL THEN 'product' ELSE 'channel' END
FROM sla_agreement a
JOIN sla_serviceclass c ON c.id = a.service_class_id
JOIN sla_version v ON v.service_class_id = c.id
    AND v.valid_from <= %(now)s AND (v.valid_until IS NULL OR v.valid_until > %(now)s)
WHERE (a.contact_id = %(contact)s OR a.client_id = %(client)s OR a.product_id = %(product)s
    OR a.channel_id = %(channel)s)
    AND a.starts_on <= %(day)s AND (a.ends_on IS NULL OR a.ends_on >= %(day)s)
ORDER BY (a.contact_id IS NULL), (a.client_id IS NULL), (a.product_id IS NULL), c.rank, a.id DESC
LIMIT 1
"""


@dataclass(frozen=True)
class Ruling:
    """The class that covers a request; `by` is whose agreement it is (contact, client, product, channel) or ""."""

    cover: Cover
    by: str = ""


def in_force() -> list[Cover]:
    """What can be chosen for one request: every class in force, the first to be served first; then the line's own."""
    found = Version.objects.in_force(clock.now()).select_related("service_class").order_by("service_class__rank")
    return [*(Cover(each.pk, each.service_class.name, each.service_class.rank) for each in found), Cover()]


def cover_by_name(name: str) -> Cover | None:
    return next((cover for cover in in_force() if cover.name == name), None)


def cover_of(
    contact: int | None, client: int | None, channel: int | None, at: datetime, product: int | None = None
) -> Cover:
    """An agreement of the person before one of their organisation, before one of the product, before one of the
    channel, else the line.

    Of several agreements of one holder the best class counts.  A class without a version in force covers nobody.
    Every request that comes asks this.
    """
    return ruling_of(contact, client, channel, at, product).cover


def ruling_of(
    contact: int | None, client: int | None, channel: int | None, at: datetime, product: int | None = None
) -> Ruling:
    """The same, and by whose agreement."""
    asked = {
        "contact": contact,
        "client": client,
        "channel": channel,
        "product": product,
        "now": at,
        "day": clock.house_day(at),
    }
    found = run(PRECEDENCE, asked).fetchone()
    return Ruling(Cover(*found[:3]), found[3]) if found else Ruling(Cover())
