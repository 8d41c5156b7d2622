"""How complete the cards of active clients were, a row for each fact and day: counted each night (METRICS V24).

A client is a person, none who was erased.  One is active who wrote within a year, no machine, or who has a product of
ours, themselves or by their organisation, that runs or ended within it.  A year's requests are too many to be read for
a page; a sum of the night is read at once, and a course by day comes of itself.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models import Confirmed
from otklik.desk.clients.models.confirmation import HOLDS
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.stories import BY_SOMEBODY

WHOLE = "all"
"""The fact of a card as a whole."""
RUNS = "(s.state <> 'ended' OR s.ends_on >= %(first)s)"
ACTIVE = f"""
    SELECT t.contact_id AS id FROM tickets_ticket t LEFT JOIN metrics_ticketfact f ON f.ticket_id = t.id
        WHERE t.opened_at >= %(since)s AND t.opened_at < %(until)s
        AND coalesce(f.excluded, '') = ANY(%(by_somebody)s)
    UNION SELECT s.contact_id FROM clients_subscription s WHERE s.contact_id IS NOT NULL AND {RUNS}
    UNION SELECT c.id FROM clients_contact c JOIN clients_subscription s ON s.client_id = c.client_id WHERE {RUNS}"""  # noqa: S608
SURE = "k.at > %(since)s AND k.at < %(until)s"
CARDS = f"""
WITH active AS MATERIALIZED ({ACTIVE}), sure AS (
    SELECT k.contact_id AS id, array_agg(k.fact) AS facts FROM clients_confirmation k
    WHERE k.contact_id IS NOT NULL AND {SURE} GROUP BY 1
), known AS (
    SELECT k.client_id AS id FROM clients_confirmation k
    WHERE k.client_id IS NOT NULL AND k.fact = 'products' AND {SURE}
), have AS (
    SELECT DISTINCT s.contact_id AS person, s.client_id AS place FROM clients_subscription s WHERE s.state <> 'ended'
), cards AS (
    SELECT c.client_id IS NOT NULL AS speaks,
        c.address_as <> '' AND 'address_as' = ANY(sure.facts) AS address_as,
        c.time_zone <> '' AND 'time_zone' = ANY(sure.facts) AS time_zone,
        c.literacy IS NOT NULL AND 'literacy' = ANY(sure.facts) AS literacy,
        m.roles <> '{{}}' AND 'roles' = ANY(sure.facts) AS roles,
        (mine.person IS NOT NULL OR ours.place IS NOT NULL)
            AND (mine.person IS NULL OR 'products' = ANY(sure.facts))
            AND (ours.place IS NULL OR known.id IS NOT NULL) AS products
    FROM active JOIN clients_contact c ON c.id = active.id AND c.merged_into_id IS NULL AND c.name <> '№ ' || c.id
    LEFT JOIN sure ON sure.id = c.id LEFT JOIN known ON known.id = c.client_id
    LEFT JOIN have mine ON mine.person = c.id LEFT JOIN have ours ON ours.place = c.client_id
    LEFT JOIN clients_membership m ON m.contact_id = c.id AND m.is_main AND m.left_at IS NULL
)"""  # noqa: S608
COUNT = f"""{CARDS}
SELECT count(*), count(*) FILTER (WHERE speaks),
    count(*) FILTER (WHERE address_as), count(*) FILTER (WHERE time_zone), count(*) FILTER (WHERE literacy),
    count(*) FILTER (WHERE speaks AND roles), count(*) FILTER (WHERE products),
    count(*) FILTER (WHERE address_as AND time_zone AND literacy AND products AND (roles OR NOT speaks))
FROM cards"""  # noqa: S608


class CardSumManager(models.Manager["CardSum"]):
    def count_on(self, day: date) -> None:
        """Cards as they are now, put down for this day; a second count of a day takes the place of the first."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT, bounds(midnight(day + timedelta(days=1))))
            n, speak, address_as, time_zone, literacy, roles, products, whole = cursor.fetchone()
        good = {
            WHOLE: whole,
            Confirmed.ADDRESS_AS: address_as,
            Confirmed.TIME_ZONE: time_zone,
            Confirmed.LITERACY: literacy,
            Confirmed.ROLES: roles,
            Confirmed.PRODUCTS: products,
        }
        rows = [
            CardSum(day=day, fact=fact, good=some, n=speak if fact == Confirmed.ROLES else n)
            for fact, some in good.items()
        ]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["day", "fact"], update_fields=["good", "n"])


class CardSum(models.Model):
    """Of `n` active clients that can have the fact, `good` whose card says it and somebody confirmed it in a year."""

    day = models.DateField()
    fact = models.CharField(max_length=10)
    good = models.PositiveBigIntegerField()
    n = models.PositiveBigIntegerField()

    objects: CardSumManager = CardSumManager()

    class Meta:
        verbose_name = _("cards of a day")
        verbose_name_plural = _("cards of days")
        constraints = [models.UniqueConstraint(fields=["day", "fact"], name="cards_counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.fact} on {self.day}"


def bounds(until: datetime) -> dict[str, Any]:
    """The year that ends here."""
    since = until - HOLDS
    return {"since": since, "until": until, "first": day_of(since), "by_somebody": list(BY_SOMEBODY)}
