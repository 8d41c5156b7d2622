"""Is one client likelier to leave than the others?  In words and with the reason; what is not proven is said so.

Nothing is reckoned into a score: what is known of all clients (L1, how many leave in a year; L9, whether those whom we
let down stay less) meets what befell this one in the last half year, and what their products say.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import F, Max, Min, Q, Sum
from django.db.models.functions import Coalesce

from otklik.care.surveys.models import Answer, Score
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Subscription
from otklik.desk.tickets.models import Promise, Ticket
from otklik.team.value.counting import BAD_SCORES, GRACE, HALF, months_before
from otklik.team.value.effect import Effect, effect
from otklik.team.value.figures import YEAR, Churn
from otklik.team.value.models import Tally

SOON = timedelta(days=30)
"""A product that ends so soon may not be renewed."""
RUNNING = (Subscription.State.ACTIVE, Subscription.State.PAUSED)


class Verdict(StrEnum):
    """`usual` needs as much data as `raised`: of too few clients nothing is said."""

    LEFT = "left"
    RAISED = "raised"
    USUAL = "usual"
    UNPROVEN = "unproven"
    FEW = "few"


@dataclass(frozen=True)
class Risk:
    """What speaks for it; shares are of all clients of this currency in the last whole year.

    `is_whole` says that the reader sees requests of every line: else there may be more than what is told.
    """

    verdict: Verdict
    broken: int
    bad: int
    ends_on: date | None
    paused: bool
    paid_until: date | None
    year: Churn
    effect: Effect
    is_whole: bool = True

    @property
    def is_let_down(self) -> bool:
        return bool(self.broken or self.bad)

    @property
    def is_overdue(self) -> bool:
        """What they paid for is over, and nothing new was paid."""
        return self.paid_until is not None


def risk_of(holder: Contact | Client, reader: User) -> Risk | None:
    """As far as this reader may see; None of who was never a client that pays; seven statements, whoever it is."""
    today, now = clock.house_today(), clock.now()
    of = {"contact": holder} if isinstance(holder, Contact) else {"client": holder}
    products = list(Subscription.objects.filter(**of).exclude(state=Subscription.State.TRIAL).exclude(period="once"))
    paid = holder.payments.filter(kind="payment").aggregate(until=Max("covers_until"), currency=Min("currency"))
    if not products and paid["until"] is None:
        return None
    running = [one for one in products if one.state in RUNNING and (one.ends_on is None or one.ends_on >= today)]
    paid_until: date | None = paid["until"]
    left = not running if products else paid_until is not None and paid_until + GRACE < today
    currency = running[0].currency if running else products[0].currency if products else paid["currency"]
    year, known = _of_year(currency, today), effect()
    broken, bad = _let_down(holder, reader, now, today)
    overdue = paid_until is not None and paid_until < today and not left
    ends = min((one.ends_on for one in running if one.ends_on and one.ends_on <= today + SOON), default=None)
    paused = any(one.state == Subscription.State.PAUSED for one in running)
    return Risk(
        _verdict(left, bool(broken or bad), overdue or paused, known, year),
        broken,
        bad,
        ends,
        paused,
        paid_until if overdue else None,
        year,
        known,
        is_whole=reader.sees_everything,
    )


def _verdict(left: bool, let_down: bool, wavers: bool, known: Effect, year: Churn) -> Verdict:
    """Who pauses or pays no more is on the way out by their own act; the rest asks for proof."""
    if left:
        return Verdict.LEFT
    if wavers:
        return Verdict.RAISED
    if let_down:
        if not known.is_enough:
            return Verdict.FEW
        less = (known.broken.share or 0) < (known.none.share or 0)
        return Verdict.RAISED if known.is_proven and less else Verdict.UNPROVEN
    return Verdict.USUAL if year.status == "ok" else Verdict.FEW


def _of_year(currency: str, today: date) -> Churn:
    """L1 over the last twelve whole months, summed where the sums stand."""
    start, end = months_before(today, YEAR), months_before(today, 0)
    there = Tally.objects.filter(currency=currency, side="", came_in__lt=start)
    there = there.filter(Q(left_in=None) | Q(left_in__gte=start))
    told = there.aggregate(started=Sum("clients"), left=Sum("clients", filter=Q(left_in__lt=end)))
    return Churn(told["started"] or 0, told["left"] or 0)


def _let_down(holder: Contact | Client, reader: User, now: datetime, today: date) -> tuple[int, int]:
    """Dates that we gave and did not keep, and bad marks, in the last half year."""
    seen = Ticket.objects.visible_to(reader).filter(_of(holder)).values("pk")
    since = months_before(today, HALF)
    promises = Promise.objects.filter(ticket__in=seen, until__date__gte=since, until__lt=now, taken_back_at=None)
    promises = promises.exclude(moved_at__lt=F("until"))
    broken = promises.filter(until__lt=Coalesce(F("done_at"), now)).count()
    bad = {"at__date__gte": since, "value__in": BAD_SCORES}
    faces = Score.objects.filter(ticket__in=seen, **bad).count()
    others = Answer.objects.of_solutions().filter(invitation__ticket__in=seen, **bad).count()
    return broken, faces + others


def _of(holder: Contact | Client) -> Q:
    return Q(contact=holder) if isinstance(holder, Contact) else Q(contact__client=holder)
