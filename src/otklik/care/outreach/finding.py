"""What is ahead: last days of products, read again every hour, and days that programs tell."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.dateparse import parse_date

from otklik.care.outreach.models import Dropped, Kind, OutreachPolicy, Upcoming
from otklik.care.outreach.models.upcoming import RUNS
from otklik.core.journal import clock
from otklik.desk.clients.models import ClientEvent, Subscription

HORIZON = timedelta(days=45)
TOLD_BY_PROGRAMS = {"trial_ends": Kind.TRIAL, "contract_ends": Kind.CONTRACT, "balance_ends": Kind.BALANCE}
"""Events that say what comes; their data have `on`, a day as 2027-01-31, and without one it comes no more."""


@transaction.atomic
def find() -> int:
    """Last days of products that came nearer, were moved or came back; returns how many are new."""
    today, lead = clock.house_today(), OutreachPolicy.objects.current().lead_days
    _follow(today)
    near = Subscription.objects.filter(state__in=RUNS, ends_on__gte=today, ends_on__lte=today + HORIZON)
    known = Upcoming.objects.filter(subscription__isnull=False, on__gte=today).values("subscription", "on")
    seen = {(one["subscription"], one["on"]) for one in known}
    fresh = [
        Upcoming(
            kind=Kind.TRIAL if one.state == Subscription.State.TRIAL else Kind.CONTRACT,
            contact_id=one.contact_id,
            client_id=one.client_id,
            subscription=one,
            on=one.ends_on,
            lead_days=lead,
        )
        for one in near.iterator(chunk_size=2000)
        if one.ends_on is not None and (one.pk, one.ends_on) not in seen
    ]
    Upcoming.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
    return len(fresh)


def _follow(today: date) -> None:
    """What is still to come follows its product: moved, ended, or there again.

    What has come stays as it was, from the morning of its day on: a trial that ends on its last day has come.
    """
    open_ones = Upcoming.objects.filter(subscription__isnull=False, on__gte=today)
    later = open_ones.filter(on__gt=today)
    over = later.exclude(subscription__state__in=RUNS)
    moved = later.filter(Q(subscription__ends_on=None) | ~Q(subscription__ends_on=F("on")))
    moved = moved.filter(subscription__state__in=RUNS)
    again = open_ones.filter(subscription__state__in=RUNS, subscription__ends_on=F("on")).exclude(dropped="")
    for rows, value in ((over, Dropped.ENDED.value), (moved, Dropped.MOVED.value), (again, "")):
        Upcoming.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(dropped=value)


@transaction.atomic
def hear(event: ClientEvent) -> Upcoming | None:
    """What a program tells: of its kind the last word holds, so what was told before is moved."""
    kind = TOLD_BY_PROGRAMS.get(event.kind)
    if kind is None:
        return None
    today = clock.house_today()
    before = Upcoming.objects.filter(
        kind=kind, contact=event.contact_id, client=event.client_id, event__isnull=False, on__gte=today
    )
    on = _day(event.data.get("on"))
    if on is not None and (same := before.standing().filter(on=on).first()):
        return same
    before.standing().update(dropped=Dropped.MOVED)
    if on is None or on < today:
        return None
    lead = OutreachPolicy.objects.current().lead_days
    holder = {"contact_id": event.contact_id, "client_id": event.client_id}
    return Upcoming.objects.create(kind=kind, event=event, on=on, lead_days=lead, **holder)


def _day(said: object) -> date | None:
    try:
        return parse_date(said) if isinstance(said, str) else None
    except ValueError:
        return None
