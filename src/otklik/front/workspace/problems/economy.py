"""What a problem costs in money: for who may know what an hour of work costs."""

from dataclasses import dataclass
from datetime import timedelta

from otklik.core.staff.models import User
from otklik.front.workspace.card_rows import money
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.scope import Scope
from otklik.team.value.access import may_set
from otklik.team.value.figures import currencies
from otklik.team.value.models import Policy
from otklik.team.value.repeats import cost

DAYS = 28
USUAL = "RUB"
"""Where no client pays anything yet; else that in which most of them pay."""


@dataclass(frozen=True)
class Economy:
    """What a contact costs by the last four weeks; `each` is None while that is not known."""

    each: float | None
    currency: str

    def said(self, amount: float | None) -> str:
        return "" if amount is None else money(round(amount), self.currency)

    def of(self, contacts: int) -> str:
        return "" if self.each is None else self.said(contacts * self.each)


def economy(user: User) -> Economy | None:
    """None for who may not know it."""
    if not may_set(user):
        return None
    tomorrow = today() + timedelta(days=1)
    scope = Scope(midnight(tomorrow - timedelta(days=DAYS)), midnight(tomorrow))
    return Economy(cost(scope, Policy.objects.current()).each, currency())


def currency() -> str:
    return next(iter(currencies()), USUAL)
