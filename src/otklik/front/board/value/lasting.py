"""Whether clients stay longer who came after a change: the month that is asked for, and the verdict in words."""

import re
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.front.board.value import telling
from otklik.team.metrics.sureness import HIDDEN
from otklik.team.value.counting import months_before
from otklik.team.value.figures import YEAR
from otklik.team.value.lasting import Lasting, Side

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
BACK = 36
"""A change of so many months ago can be looked at."""
LEAST = 0.001
"""A smaller probability is only told to be smaller."""
Z = 1.959963984540054


def month_of(text: str) -> date | None:
    found = MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else None


def chosen(request: HttpRequest, today: date) -> date:
    """The month of the address, else the one a year ago."""
    asked = month_of(request.GET.get("changed", ""))
    return asked if asked in months(today) else months_before(today, YEAR)


def months(today: date) -> list[date]:
    """Those in which a change may lie, the latest first: somebody has to have come in three whole months after it."""
    return [months_before(today, back) for back in range(3, BACK + 1)]


def told(found: Lasting, currency: str) -> dict[str, Any]:
    return {
        "since": found.since,
        "horizon": found.horizon,
        "before": _side(found.before, found.horizon),
        "after": _side(found.after, found.horizon),
        "difference": _difference(found),
        "p": _probability(found),
        "monthly": _monthly(found, currency),
        "verdict": _verdict(found),
    }


def _side(one: Side, horizon: int | None) -> dict[str, Any]:
    if one.mean is None or horizon is None or one.clients < HIDDEN:
        return {"clients": one.clients, "value": _("not enough data"), "sure": ""}
    reach = Z * one.mean["se"]
    low, high = max(0.0, one.mean["value"] - reach), min(float(horizon), one.mean["value"] + reach)
    sure = telling.between(telling.months(low), telling.months(high))
    return {"clients": one.clients, "value": telling.months(one.mean["value"]), "sure": sure}


def _difference(found: Lasting) -> str:
    difference = found.difference
    if difference is None:
        return ""
    bounds = {"low": _signed(difference["lo"]), "high": _signed(difference["hi"])}
    return _("%(moved)s, most likely between %(low)s and %(high)s") % {"moved": _signed(difference["diff"]), **bounds}


def _probability(found: Lasting) -> str:
    if found.p is None or not found.is_enough:
        return ""
    if found.p < LEAST:
        return _("p below %(least)s") % {"least": words.number(LEAST, 3)}
    return _("p = %(p)s") % {"p": words.number(found.p, 3)}


def _monthly(found: Lasting, currency: str) -> str:
    """Of those who are here; nothing where too few came to be told."""
    before, after = found.before.monthly, found.after.monthly
    if before is None or after is None or min(found.before.clients, found.after.clients) < HIDDEN:
        return ""
    moved = telling.money(abs(after - before), currency)
    sign = "+" if after > before else "−" if after < before else ""
    said = {"before": telling.money(before, currency), "after": telling.money(after, currency), "moved": sign + moved}
    return _("%(before)s before, %(after)s after: %(moved)s") % said


def _verdict(found: Lasting) -> str:
    if found.difference is None:
        return _("not enough data")
    if not found.is_enough:
        return _("Fewer than thirty clients on a side: nothing is concluded.")
    if not found.is_proven:
        return _("No difference is proven.")
    return _("They stay longer.") if found.difference["diff"] > 0 else _("They stay for less time.")


def _signed(months: float) -> str:
    sign = "+" if months > 0 else "−" if months < 0 else ""
    return sign + _("%(count)s mo") % {"count": words.number(abs(months), 1)}
