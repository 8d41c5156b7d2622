"""What a client has paid: in all, in the last year, since when, and when the next term ends."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.clients.models import Client, Contact, Paid, PersonalFact, Subscription, sums_of
from otklik.desk.clients.sight import Sight
from otklik.front.workspace.card_rows import money
from otklik.team.value.access import may_see_one

RUNNING = (Subscription.State.TRIAL, Subscription.State.ACTIVE)


@dataclass(frozen=True)
class Worth:
    """`lines` are (label, value) for the card; of each currency its own."""

    lines: list[tuple[str, str]]


def worth_of(holder: Contact | Client, sight: Sight) -> Worth | None:
    """None where nothing was paid, and for whom amounts are hidden; three statements, whatever was paid."""
    if not sight.opens(PersonalFact.MONEY):
        return None
    today = clock.today()
    sums = sums_of(holder, today)
    if not sums:
        return None
    renewal = renewal_of(holder, today)
    return Worth(
        [
            (_("Paid in all"), ", ".join(money(one.in_all, one.currency) for one in sums)),
            (_("In the last 12 months"), ", ".join(money(one.last_year, one.currency) for one in sums)),
            (_("Pays since"), words.date_of(min(one.since for one in sums))),
            (_("Next renewal"), words.date_of(renewal) if renewal else _("not known")),
        ]
    )


def value_at(holder: Contact | Client, user: User, sight: Sight) -> str:
    """Where their value stands, for whom it is open; "" for anybody else."""
    kind = "organisation" if isinstance(holder, Client) else "contact"
    return f"/board/value/one/{kind}/{holder.pk}/" if may_see_one(user, sight) else ""


def paid_of(sums: list[Paid]) -> str:
    """For whoever said why they have to see the amounts."""
    said = ", ".join(money(one.in_all, one.currency) for one in sums)
    return _("Paid in all: %(amounts)s") % {"amounts": said} if said else ""


def renewal_of(holder: Contact | Client, today: date) -> date | None:
    """The first day from today on when something that runs, or the time that is paid for, comes to its end."""
    running = holder.subscriptions.filter(state__in=RUNNING, ends_on__gte=today)
    ends = running.aggregate(first=Min("ends_on"))["first"]
    paid = holder.payments.filter(kind="payment").aggregate(last=Max("covers_until"))["last"]
    return min((day for day in (ends, paid) if day is not None and day >= today), default=None)
