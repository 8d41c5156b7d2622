"""Clients without a contract in words: what is foretold, and how the second half of the past bore it out (L8)."""

from typing import Any

from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.team.metrics.sureness import HIDDEN
from otklik.team.value.buying import FEWEST, MOST_TIMES, is_borne_out
from otklik.team.value.models import Buyers


def told() -> list[dict[str, Any]]:
    """Of each currency in which somebody buys without a contract, those with most clients first."""
    return [_told(one) for one in Buyers.objects.filter(clients__gt=0).order_by("-clients", "currency")]


def _told(one: Buyers) -> dict[str, Any]:
    return {
        "currency": one.currency,
        "at": one.at,
        "half": one.half,
        "clients": one.clients,
        "held": one.held,
        "fewest": FEWEST,
        "is_enough": one.predicted is not None,
        "is_borne_out": is_borne_out(one),
        "too_few": one.held < FEWEST,
        "predicted": words.number(one.predicted) if one.predicted is not None else "",
        "actual": words.number(one.actual) if one.actual is not None else "",
        "alive": words.number(one.alive) if one.alive is not None else "",
        "alive_share": words.percent(one.alive / one.clients) if one.alive is not None else "",
        "expected": words.number(one.expected) if one.expected is not None else "",
        "each": words.number(one.expected / one.clients, 2) if one.expected is not None else "",
        "rows": [_group(times, *group) for times, group in enumerate(one.groups)],
    }


def _group(times: int, clients: int, predicted: float, actual: int) -> dict[str, Any]:
    """Of fewer than five clients only how many they are (METRICS C1)."""
    hidden = clients < HIDDEN
    return {
        "name": _("%(times)s and more") % {"times": times} if times == MOST_TIMES else str(times),
        "clients": clients,
        "hidden": hidden,
        "predicted": "" if hidden else words.number(predicted / clients, 2),
        "actual": "" if hidden else words.number(actual / clients, 2),
    }
