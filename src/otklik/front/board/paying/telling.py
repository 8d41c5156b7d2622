"""A statement in words and money."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from otklik.core.journal import clock
from otklik.core.ui import words
from otklik.front.board.measured import telling
from otklik.front.board.planning.rows import whose
from otklik.team.indicators.models import Currency, Part, State, Statement
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.mix import Mix
from otklik.team.metrics.layer.shrinking import Shrunk


def money(amount: Decimal, currency: str, *, signed: bool = False) -> str:
    """12 000,00 ₽; with a sign where it is a difference."""
    sign = "+" if signed and amount > 0 else ""
    return f"{sign}{words.number(float(amount), 2)} {Currency(currency).label}"


def state_of(statement: Statement) -> tuple[str, str]:
    """In words, and its colour."""
    dispute = statement.disputed
    if statement.state == State.DRAFT:
        return _("draft"), ""
    if dispute is None:
        return (_("approved and read"), "ok") if statement.seen_at else (pgettext("a statement", "approved"), "ok")
    if statement.waits_for_answer:
        return _("disputed"), "soon"
    return (_("corrected after a dispute"), "ok") if dispute.amount is not None else (_("disputed, stays"), "ok")


def short(statement: Statement) -> dict[str, Any]:
    """One line of a list."""
    says, state = state_of(statement)
    return {
        "statement": statement,
        "amount": money(statement.amount, statement.currency),
        "says": says,
        "state": state,
        "earned": words.percent(statement.total, 1),
    }


def whole(statement: Statement) -> dict[str, Any]:
    """Every number of it, with what stands behind each."""
    parts = statement.parts.select_related(
        "frozen__close", "frozen__plan__indicator__person", "frozen__plan__indicator__team"
    )
    sign = statement.currency
    return {
        **short(statement),
        "lines": [line(part, statement) for part in parts],
        "base": money(statement.base, sign),
        "payout": money(statement.payout, sign),
        "cut": money(-statement.cut, sign) if statement.cut else "",
        "cap": words.percent(float(statement.cap)),
        "gate": words.percent(statement.gate) if statement.gate is not None else "",
        "dispute": statement.disputed,
        "corrected": _corrected(statement),
        "may_dispute": statement.may_be_disputed(clock.now()),
    }


def line(part: Part, statement: Statement) -> dict[str, Any]:
    plan, figure = part.frozen.plan, part.frozen.figure
    metric = plan.indicator.measured
    return {
        "metric": metric,
        "whose": whose(plan),
        "behind": reverse("board:frozen", args=[part.frozen_id]),
        "value": telling.value(metric, figure.value),
        "sure": telling.sure(figure),
        "made_of": telling.of_how_many(figure),
        "n": figure.n,
        "floor": telling.value(metric, plan.floor),
        "target": telling.value(metric, plan.target),
        "stretch": telling.value(metric, plan.stretch) if plan.stretch is not None else "",
        "score": words.number(part.score, 2),
        "neutral": part.neutral,
        "fewest": max(plan.fewest, statement.fewest),
        "weight": plan.weight,
        "brought": money(part.brought, statement.currency),
        "moved": money(part.moved, statement.currency, signed=True),
        "state": "ok" if part.moved > 0 else "breach" if part.moved < 0 else "",
        "pairs": [METRICS[name] for name in metric.pair],
    }


def mix_says(mix: Mix) -> tuple[str, str]:
    """Whether a share is what the whole team has with such requests (METRICS P6), and its colour."""
    if not mix.is_enough:
        return _("too few cases to compare"), ""
    told = {"observed": words.number(mix.observed), "expected": words.number(mix.told["expected"], 1)}
    if not mix.stands_out:
        return _("usual for such requests: %(observed)s, expected %(expected)s") % told, ""
    return _("not explained by the requests: %(observed)s, expected %(expected)s") % told, "soon"


def shrunk_says(found: Shrunk) -> str:
    """A share of few cases, drawn to the usual one (METRICS P6)."""
    told = {"value": words.percent(found.value, 1), "usual": words.percent(found.usual, 1), "n": words.number(found.n)}
    own = {"own": words.percent(found.good / found.n, 1)}
    return _("%(own)s of %(n)s; drawn to the %(usual)s usual for such requests: %(value)s") % (told | own)


def _corrected(statement: Statement) -> str:
    dispute = statement.disputed
    return money(dispute.amount, statement.currency) if dispute and dispute.amount is not None else ""
