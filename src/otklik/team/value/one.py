"""What one client is worth, and what serving them takes: METRICS L3 with their own revenue and everybody's lifetime.

How long this one will stay nobody knows: the months are those that clients of the same currency stay.  What they have
brought already is counted, not reckoned.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, Q, Sum, When
from django.db.models.functions import TruncMonth

from otklik.core.formulas import contact_cost, ltv_client
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.clients.models import Client, Contact, Paid, Payment, sums_of
from otklik.desk.sla.models import Agreement
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.days import midnight
from otklik.team.metrics.days import today as house_today
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.value.counting import GRACE, MONTHS, SPAN_ROWS, months_before
from otklik.team.value.figures import YEAR, Kept, courses, population, worth
from otklik.team.value.models import Policy


@dataclass(frozen=True)
class Life:
    """Since when they are a client, until when (None: they are here), how many whole months that is, what they bring
    a month by what is in force now."""

    since: date
    until: date | None
    age: int
    monthly: float


@dataclass
class Lately:
    """What was paid for the last twelve whole months: `spread` by payments that say which days they pay for, each with
    its share of those days; `at_once` by those that do not, in them.
    """

    spread: float = 0.0
    at_once: float = 0.0

    def a_month(self, life: Life, today: date) -> float | None:
        """For each month in which they were a client; None where that is not known.

        Who paid for a year or a quarter a month ago has not paid that each month: payments that say no days tell only
        of whoever was there in all twelve, else the price is nearer to it.
        """
        here = _months_here(life, today)
        if self.at_once and here < YEAR and life.monthly:
            return None
        months = here if self.at_once else _days_here(life, today) * YEAR / _length(today)
        paid = self.spread + self.at_once
        return paid / months if paid > 0 and months > 0 else None


@dataclass(frozen=True)
class Service:
    """Of the last twelve whole months: requests, seconds of measured talks, requests that came by other ways."""

    requests: int
    talks: int
    seconds: float
    unmeasured: int

    def cost(self, policy: Policy) -> float | None:
        """Of the talks alone, by what an hour of work costs; None where nobody said that."""
        if policy.hour_cost is None:
            return None
        shares = float(policy.occupancy) / 100, float(policy.shrinkage) / 100
        return contact_cost(float(policy.hour_cost), *shares, self.seconds)


@dataclass(frozen=True)
class Money:
    """Of one currency.  `arpu` a month, of payments where `by_payments`, else of prices; `stays` are the months of L3
    with the curve they come of (None: of the churn); `whole` is what all clients bring a month, `mean` each of them.
    """

    currency: str
    life: Life | None
    paid: Paid | None
    course: list[tuple[date, float]]
    arpu: float | None
    by_payments: bool
    stays: float | None
    kept: Kept | None
    whole: float
    mean: float | None
    margin: float | None

    @property
    def _margin(self) -> float:
        return 1.0 if self.margin is None else self.margin

    @property
    def ltv(self) -> float | None:
        """L3; of who has left nothing is expected any more."""
        if self.life is None or self.life.until is not None or self.arpu is None:
            return None
        return ltv_client(self.arpu, self._margin, self.stays)

    @property
    def brought(self) -> float | None:
        """By margin, where it is known."""
        return None if self.paid is None else float(self.paid.in_all) * self._margin

    @property
    def outlived(self) -> bool:
        """They are here for longer than a client stays: L3 tells less than they have brought."""
        life = self.life
        return life is not None and life.until is None and self.stays is not None and life.age > self.stays

    @property
    def share(self) -> float | None:
        """Of what all clients bring a month."""
        if self.life is None or self.life.until is not None or not self.whole:
            return None
        return self.life.monthly / self.whole


@dataclass(frozen=True)
class Value:
    """`service_class` is the name of the class that is agreed with them, "" of the base one."""

    money: list[Money]
    service_class: str
    service: Service


def value_of(holder: Contact | Client, policy: Policy) -> Value:
    """Where they pay most first.  As many statements for who has much as for who has little (of one currency)."""
    today = house_today()
    lives, sums = _lives(holder, today), {one.currency: one for one in sums_of(holder, today)}
    months, lately = _by_month(holder, today), _lately(holder, today)
    known = sorted({*lives, *sums}, key=lambda one: (-(sums[one].in_all if one in sums else 0), one))
    found = [
        _money(one, lives.get(one), sums.get(one), months.get(one, {}), lately.get(one, Lately()), policy, today)
        for one in known
    ]
    return Value(found, _class_of(holder, today), _service(holder, today))


def _money(
    currency: str,
    life: Life | None,
    paid: Paid | None,
    months: dict[date, float],
    lately: Lately,
    policy: Policy,
    today: date,
) -> Money:
    found, rows = population(currency, today), courses(currency)
    usual = worth(found, rows, policy)
    by_payments = lately.a_month(life, today) if life else None
    arpu = life.monthly if by_payments is None and life and life.until is None else by_payments
    course = [
        (month, months.get(month, 0.0)) for month in (months_before(today, back) for back in range(MONTHS, 0, -1))
    ]
    begun = next((place for place, (_month, amount) in enumerate(course) if amount), len(course))
    return Money(
        currency,
        life,
        paid,
        course[begun:],
        arpu,
        by_payments is not None,
        usual.months,
        usual.kept,
        found.monthly,
        usual.client,
        policy.share,
    )


def _lately(holder: Contact | Client, today: date) -> dict[str, Lately]:
    """By currency; refunds are taken off, those that say their days as payments are."""
    first, end = months_before(today, YEAR), months_before(today, 0)
    dated = Q(covers_from__isnull=False, covers_until__isnull=False)
    within = Q(covers_from__lt=end, covers_until__gte=first)
    rows = holder.payments.filter((dated & within) | (~dated & Q(paid_on__gte=first, paid_on__lt=end)))
    found: dict[str, Lately] = {}
    for currency, kind, amount, since, last in rows.values_list(
        "currency", "kind", "amount", "covers_from", "covers_until"
    ):
        signed = -float(amount) if kind == Payment.Kind.REFUND else float(amount)
        told = found.setdefault(currency, Lately())
        if since is None or last is None:
            told.at_once += signed
        else:
            until = last + timedelta(days=1)
            told.spread += signed * (min(until, end) - max(since, first)).days / (until - since).days
    return found


def _length(today: date) -> int:
    """Days of the last twelve whole months."""
    return (months_before(today, 0) - months_before(today, YEAR)).days


def _days_here(life: Life, today: date) -> int:
    """Of these the days on which they were a client."""
    first, end = months_before(today, YEAR), months_before(today, 0)
    return max(0, (min(life.until or end, end) - max(life.since, first)).days)


def _months_here(life: Life, today: date) -> int:
    """Of the last twelve whole months those in which they were a client on any day."""
    first, last = months_before(today, YEAR), months_before(today, 1)
    begun = max(months_before(life.since, 0), first)
    ended = last if life.until is None else min(months_before(life.until - timedelta(days=1), 0), last)
    return max(0, (ended.year - begun.year) * 12 + ended.month - begun.month + 1)


def _lives(holder: Contact | Client, today: date) -> dict[str, Life]:
    """By currency; the same rows of which all clients are counted."""
    whose = "AND client_id = %(holder)s" if isinstance(holder, Client) else "AND contact_id = %(holder)s"
    told: dict[str, Any] = {"today": today, "grace": GRACE.days, "holder": holder.pk}
    spans: dict[str, list[tuple[date, date | None, float]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(SPAN_ROWS.format(whose=whose), told)
        names = [one.name for one in cursor.description]
        for row in cursor.fetchall():
            one = dict(zip(names, row, strict=True))
            spans.setdefault(one["currency"], []).append((one["since"], one["until"], float(one["monthly"])))
    return {currency: _life(some, today) for currency, some in spans.items()}


def _life(spans: list[tuple[date, date | None, float]], today: date) -> Life:
    since = min(one for one, _until, _monthly in spans)
    ends = [until for _since, until, _monthly in spans]
    until = None if None in ends else max(end for end in ends if end is not None)
    monthly = sum(monthly for _since, end, monthly in spans if end is None)
    return Life(since, until, months_lived(since, until, today), monthly)


def months_lived(since: date, until: date | None, today: date) -> int:
    """Whole months: rounded up for who left, down for who is here, as all clients are counted."""
    end = until or today
    whole = (end.year - since.year) * 12 + end.month - since.month - (end.day < since.day)
    return whole if until is None else max(1, whole + (end.day != since.day))


def _by_month(holder: Contact | Client, today: date) -> dict[str, dict[date, float]]:
    """What was paid in each of the last whole months, refunds taken off."""
    signed = Case(When(kind=Payment.Kind.REFUND, then=-F("amount")), default=F("amount"))
    rows = holder.payments.filter(paid_on__gte=months_before(today, MONTHS), paid_on__lt=months_before(today, 0))
    found: dict[str, dict[date, float]] = {}
    told = rows.annotate(month=TruncMonth("paid_on")).values_list("currency", "month").order_by()
    for currency, month, amount in told.annotate(sum=Sum(signed)):
        found.setdefault(currency, {})[month] = float(amount or Decimal(0))
    return found


def _class_of(holder: Contact | Client, today: date) -> str:
    """Their own, else the one of their organisation."""
    holders = [Q(client=holder)] if isinstance(holder, Client) else [Q(contact=holder)]
    if isinstance(holder, Contact) and holder.client_id:
        holders.append(Q(client=holder.client_id))
    rows = Agreement.objects.not_over(today).filter(starts_on__lte=today).select_related("service_class")
    found = (rows.filter(one).order_by("-starts_on", "-pk").first() for one in holders)
    return next((one.service_class.name for one in found if one), "")


def _service(holder: Contact | Client, today: date) -> Service:
    whose = Q(client_id=holder.pk) if isinstance(holder, Client) else Q(ticket__contact=holder)
    whole = {"at__gte": midnight(months_before(today, YEAR)), "at__lt": midnight(months_before(today, 0))}
    rows = Reading.objects.filter(whose, **whole, measure__in=(Measure.OPENED, Measure.HANDLED))
    came, talked = Q(measure=Measure.OPENED), Q(measure=Measure.HANDLED)
    told = rows.aggregate(
        requests=Count("pk", filter=came),
        unmeasured=Count("pk", filter=came & ~Q(channel=VOICE)),
        talks=Count("pk", filter=talked),
        spent=Sum("value", filter=talked),
    )
    seconds = (told["spent"] or 0) / SECOND
    return Service(told["requests"], told["talks"], seconds, told["unmeasured"])
