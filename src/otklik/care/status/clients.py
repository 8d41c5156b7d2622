"""How many clients have what: whom an outage of a component concerns, by the products on their cards."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from otklik.core.journal import clock
from otklik.desk.clients.models import Subscription

HELD = (Subscription.State.TRIAL, Subscription.State.ACTIVE, Subscription.State.ENDED)


def holders(products: Iterable[int], start: datetime, end: datetime) -> dict[int, int]:
    """Organisations and people who had each product on some day of the window, each counted once.

    The window is without its end: midnight belongs to the next day.
    """
    first, last = clock.house_day(start), clock.house_day(max(start, end - timedelta.resolution))
    had = Subscription.objects.filter(product__in=set(products), state__in=HELD)
    had = had.filter(Q(starts_on=None) | Q(starts_on__lte=last), Q(ends_on=None) | Q(ends_on__gte=first))
    had = had.exclude(state=Subscription.State.ENDED, ends_on=None)
    # a person and an organisation may have the same number: one of the two is counted below zero
    counted = had.values("product").annotate(count=Count(Coalesce("client_id", -F("contact_id")), distinct=True))
    return dict(counted.order_by().values_list("product", "count"))
