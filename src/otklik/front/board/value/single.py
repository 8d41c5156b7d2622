"""The value of one client in words: what they brought, what they bring, how long, and what serving them takes."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words
from otklik.front.board.value import telling
from otklik.team.value.models import Policy
from otklik.team.value.one import Money, Service, Value

FEWEST_MONTHS = 2
"""Of one month there is no course to draw."""


def of_money(one: Money) -> dict[str, Any]:
    """The figures of one currency, as a strip shows them."""
    return {
        "currency": one.currency,
        "stats": [
            {"label": _("Brought so far"), **_brought(one)},
            {"label": _("Brings a month"), **_monthly(one)},
            {"label": _("Value of the client"), **_ltv(one)},
            {"label": _("How long a client"), **_age(one)},
        ],
    }


def facts(found: Value) -> list[tuple[str, str]]:
    return [(_("Class of service"), found.service_class or _("the base one"))]


def of_service(told: Service, policy: Policy | None, currency: str) -> dict[str, Any]:
    """`policy` None is for whom the cost of an hour is no business."""
    rows = [
        (_("Requests"), words.number(told.requests)),
        (_("Talks that were measured"), words.number(told.talks)),
        (_("Time of these talks"), words.span(told.seconds) if told.talks else "—"),
    ]
    if policy is not None:
        cost = told.cost(policy) if told.talks else None
        rows.append((_("What these talks cost"), telling.money(cost, currency)))
    notes = []
    if told.unmeasured:
        said = ngettext(
            "%(n)s request came by other ways: how long a letter takes is not measured, so its time is in no figure.",
            "%(n)s requests came by other ways: how long a letter takes is not measured, so their time is in no"
            " figure.",
            told.unmeasured,
        )
        notes.append(said % {"n": words.number(told.unmeasured)})
    if policy is not None and policy.hour_cost is None:
        notes.append(_("Nobody has said what an hour of work costs."))
    return {"rows": rows, "notes": notes}


def chart(one: Money) -> dict[str, Any] | None:
    """What was paid by month; None of a single month."""
    if len(one.course) < FEWEST_MONTHS:
        return None
    names = [telling.named(month.year, month.month) for month, _amount in one.course]
    amounts = [amount for _month, amount in one.course]
    says = {"month": names[-1], "amount": telling.money(amounts[-1], one.currency)}
    return {
        "months": [month for month, _amount in one.course],
        "values": amounts,
        "points": names,
        "labels": [names[0], names[len(names) // 2], names[-1]],
        "unit": telling.SIGNS.get(one.currency, one.currency),
        "says": _("paid in %(month)s: %(amount)s") % says,
    }


def _brought(one: Money) -> dict[str, Any]:
    if one.paid is None:
        return {"value": _("not known"), "notes": [_("no payment was brought in")], "pale": True}
    said = lambda amount: telling.money(float(amount), one.currency)  # noqa: E731
    notes = [_("paid in all: %(amount)s") % {"amount": said(one.paid.in_all)}] if one.margin is not None else []
    notes.append(_("in the last 12 months: %(amount)s") % {"amount": said(one.paid.last_year)})
    return {"value": telling.money(one.brought, one.currency), "notes": [_by(one), *notes], "pale": False}


def _monthly(one: Money) -> dict[str, Any]:
    if one.arpu is None:
        return {"value": "—", "notes": [_("nothing that is paid for is in force")], "pale": True}
    by = _("mean of the last twelve months, by payments") if one.by_payments else _("by the prices of products")
    notes = [by]
    if one.share is not None:
        notes.append(_("%(share)s of what all clients bring") % {"share": words.percent(one.share, 1)})
    return {"value": telling.money(one.arpu, one.currency), "notes": notes, "pale": False}


def _ltv(one: Money) -> dict[str, Any]:
    life = one.life
    if life is not None and life.until is not None:
        return {
            "value": "—",
            "notes": [_("they have left: nothing is expected, what they brought stands beside")],
            "pale": True,
        }
    if one.ltv is None:
        why = _("how long clients stay is not known yet") if one.arpu is not None else _("what they bring is not known")
        return {"value": _("not enough data"), "notes": [why], "pale": True}
    notes = [_("a client stays %(months)s") % {"months": telling.months(one.stays)}, _by(one)]
    if one.mean is not None:
        notes.append(_("a client in the mean: %(amount)s") % {"amount": telling.money(one.mean, one.currency)})
    if one.outlived:
        notes.append(_("they are here for longer than that: the formula tells less than they bring"))
    return {"value": telling.money(one.ltv, one.currency), "notes": notes, "pale": one.kept is None}


def _age(one: Money) -> dict[str, Any]:
    life = one.life
    if life is None:
        return {"value": _("not known"), "notes": [_("nobody wrote down since when they are a client")], "pale": True}
    notes = [_("since %(day)s") % {"day": words.date_of(life.since)}]
    if life.until is not None:
        notes.append(_("until %(day)s") % {"day": words.date_of(last_day(life.until))})
    return {"value": telling.months(float(life.age)), "notes": notes, "pale": False}


def last_day(until: date) -> date:
    """`until` is the first day without them."""
    return until - timedelta(days=1)


def _by(one: Money) -> str:
    if one.margin is None:
        return _("by revenue: the margin is not known")
    return _("by margin of %(share)s") % {"share": words.percent(one.margin)}
