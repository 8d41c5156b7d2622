"""The conclusion in words: made by rules from the figures, never praise that the data does not carry."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words
from otklik.team.metrics.figures import FEW, Duration

NOTABLE = 0.15
"""A change smaller than this share of the earlier value is not worth a word."""


def headline(first: Duration, before: Duration, late: int) -> str:
    """One sentence for the top of the board."""
    if late:
        return ngettext("One request is past its moment", "%(count)s requests are past their moment", late) % {
            "count": words.number(late)
        }
    turn = change(first.median, before.median) if min(first.n, before.n) >= FEW else 0
    if turn < 0:
        return _("We answer faster than before")
    if turn > 0:
        return _("We answer slower than before")
    return _("Nothing is late")


def second(came: int, ended: int, waiting: int) -> str:
    """The flow of the period in words."""
    return _("%(came)s requests came, %(ended)s ended, %(open)s are open now.") % {
        "came": words.number(came),
        "ended": words.number(ended),
        "open": words.number(waiting),
    }


def change(now: float | None, before: float | None) -> int:
    """-1, 0 or 1: less, about the same, more."""
    if now is None or not before:
        return 0
    moved = (now - before) / before
    return 0 if abs(moved) < NOTABLE else (1 if moved > 0 else -1)


def sure(figure: dict[str, Any]) -> str:
    """How sure a share is: its interval, or that there is too little data."""
    if not figure["n"]:
        return _("no answers yet")
    if figure["status"] == "hidden":
        return _("too little data: %(n)s") % {"n": figure["n"]}
    low, high = words.percent(figure["lo"]), words.percent(figure["hi"])
    return _("%(n)s answers, between %(low)s and %(high)s") % {"n": figure["n"], "low": low, "high": high}
