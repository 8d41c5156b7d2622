"""Figures of value in words: money, months, shares, and how sure they are."""

from typing import Any

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from otklik.core.formulas import survival_interval
from otklik.core.ui import words
from otklik.core.ui.speech import speech
from otklik.team.value.effect import Effect
from otklik.team.value.figures import Churn, Kept, Population, Worth, of_revenue
from otklik.team.value.models import Course

SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€"}
WHOLE = 1000
"""From here on kopecks say nothing."""
MILLION = 1_000_000
TALLEST = 60
"""A curve is drawn up to five years."""


def money(amount: float | None, currency: str) -> str:
    if amount is None:
        return "—"
    said = words.number(round(amount)) if abs(amount) >= WHOLE else words.number(amount, 2)
    return f"{said}\N{NO-BREAK SPACE}{SIGNS.get(currency, currency)}"


def short(amount: float, currency: str) -> str:
    """As it fits among other figures: from a million on in millions."""
    if abs(amount) < MILLION:
        return money(amount, currency)
    told = {"amount": words.number(amount / MILLION, 1), "sign": SIGNS.get(currency, currency)}
    return _("%(amount)s M %(sign)s") % told


def months(number: float | None) -> str:
    """“11.4 months”; of nothing a dash."""
    if number is None:
        return "—"
    return _("%(count)s mo") % {"count": words.number(number, 1)}


def share(number: float | None) -> str:
    return "—" if number is None else words.percent(number, 1)


def between(low: str, high: str) -> str:
    return _("most likely between %(low)s and %(high)s") % {"low": low, "high": high}


def of_base_size(found: Population) -> dict[str, Any]:
    in_all = _("%(count)s in all") % {"count": words.number(found.known)}
    return {"value": words.number(found.clients), "notes": [in_all]}


def of_churn(told: Churn) -> dict[str, Any]:
    """Of fewer than five nothing but how many there are (METRICS C1)."""
    low, high = told.interval
    enough = told.status in ("low", "ok")
    left = {"left": words.number(told.left), "of": words.number(told.started)}
    return {
        "value": share(told.share) if enough else _("not enough data"),
        "pale": told.status != "ok",
        "notes": [
            *([between(share(low), share(high))] if enough else []),
            _("%(left)s of %(of)s left in twelve months") % left,
        ],
    }


def of_kept(found: Population) -> dict[str, Any]:
    """The months a client stays, by the curve; else by the churn, with the name of the assumption."""
    kept, told = found.kept, found.year.lifetime
    notes = []
    if kept:
        notes.append(between(*map(months, kept.interval)))
        notes.append(_("out of the first %(months)s") % {"months": kept.horizon})
    if told and told["discrete_months"] is not None:
        by = {"discrete": months(told["discrete_months"]), "compound": months(told["compound_months"])}
        notes.append(_("by churn: %(discrete)s; compounding %(compound)s") % by)
    elif told:
        notes.append(_("nobody left in twelve months: longer than was watched"))
    value = kept.months if kept else found.year.capped
    return {"value": months(value) if value is not None else _("not enough data"), "notes": notes, "pale": not kept}


def of_worth(worth: Worth, currency: str) -> dict[str, Any]:
    said = lambda amount: money(amount, currency)  # noqa: E731
    notes = [_by(worth)]
    if worth.interval:
        notes.insert(0, between(*map(said, worth.interval)))
    if worth.discounted is not None:
        notes.append(_("discounted, 60 months: %(amount)s") % {"amount": said(worth.discounted)})
    return {
        "value": said(worth.client) if worth.client is not None else _("not enough data"),
        "notes": notes,
        "pale": worth.kept is None,
    }


def _by(worth: Worth) -> str:
    if worth.share is None:
        return _("by revenue: the margin is not known")
    return _("by margin of %(share)s") % {"share": words.percent(worth.share)}


def of_base(worth: Worth, currency: str) -> dict[str, Any]:
    source = _("by payments") if worth.paid else _("by the prices of products")
    arpu = {"amount": money(worth.arpu, currency), "source": source}
    return {
        "value": short(worth.base, currency) if worth.base is not None else _("not enough data"),
        "notes": [_by(worth), _("%(amount)s a month of a client, %(source)s") % arpu],
        "pale": worth.kept is None,
    }


def curve(found: Population) -> dict[str, Any]:
    """The share that is still there by month of age, in per cent, with its interval; up to who was watched."""
    rows = {int(row["t"]): row for row in found.curve}
    last = min(found.kept.horizon if found.kept else found.longest or 0, TALLEST)
    values, band = [100.0], [(100.0, 100.0)]
    for age in range(1, last + 1):
        row = rows.get(age)
        interval = survival_interval(row) if row else None
        values.append(row["S"] * 100 if row else values[-1])
        band.append(
            (interval[0] * 100, interval[1] * 100) if interval else (values[-1], values[-1]) if row else band[-1]
        )
    return {
        "values": values,
        "band": band,
        "points": [_("%(age)s mo") % {"age": age} for age in range(last + 1)],
        "labels": ["0", str(last // 2), _("%(age)s mo") % {"age": last}],
        "says": curve_words(found, found.kept),
    }


def curve_words(found: Population, kept: Kept | None) -> str:
    half = months(found.median) if found.median is not None else _("more than half are still here")
    said = [_("half of the clients stay at least: %(half)s") % {"half": half}]
    if kept:
        told = {"months": words.number(kept.months, 1), "horizon": kept.horizon}
        said.append(_("of the first %(horizon)s months a client stays %(months)s in the mean") % told)
    return "; ".join(said)


def course(rows: list[Course]) -> dict[str, Any]:
    """Shares of clients and of revenue that left, in per cent, month by month."""
    lost = [100 * (one.started - one.stayed) / one.started if one.started else None for one in rows]
    revenue = [100 * float(one.lost + one.shrunk) / float(one.revenue) if one.revenue else None for one in rows]
    names = [month(one) for one in rows]
    last = lost[-1] if lost else None
    told = {"share": share(None if last is None else last / 100), "month": names[-1] if names else ""}
    return {
        "clients": lost,
        "revenue": revenue,
        "points": names,
        "labels": [names[0], names[len(names) // 2], names[-1]] if names else [],
        "says": _("churn of clients in %(month)s: %(share)s") % told if rows else "",
    }


def month(one: Course) -> str:
    return named(one.month.year, one.month.month)


def named(year: int, number: int) -> str:
    """май 2026, and May 2026: by itself a month has no day that would bend its name."""
    month = str(MONTHS_3[number])
    return f"{month.capitalize() if speech().months_short[0].istitle() else month} {year}"


def month_rows(rows: list[Course], currency: str) -> list[dict[str, Any]]:
    """The newest first."""
    return [
        {
            "month": month(one),
            "started": one.started,
            "left": one.started - one.stayed,
            "came": one.came,
            "churn": share((one.started - one.stayed) / one.started if one.started else None),
            "grr": share(of_revenue(one)["grr"]),
            "nrr": share(of_revenue(one)["nrr"]),
            "paid": money(float(one.paid), currency),
        }
        for one in reversed(rows)
    ]


def of_effect(found: Effect) -> dict[str, Any]:
    """The two sides, and what may be said of their difference."""
    if found.difference is None:
        return {"says": "", "found": found}
    points, low, high = (words.number(100 * one, 1) for one in found.difference)
    said = _("%(points)s pp, most likely between %(low)s and %(high)s") % {"points": points, "low": low, "high": high}
    verdict = _("The groups differ.") if found.is_proven else _("No difference is proven.")
    return {"says": said, "verdict": verdict, "found": found}
