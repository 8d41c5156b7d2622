"""The conclusion in words: made by rules from the figures, never praise that the data does not carry."""

from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words
from otklik.front.board.period import View
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


def second(view: View, flow: dict[str, int], waiting: int) -> SafeString:
    """The flow of the period in words; each of its numbers opens its tickets."""
    counts = {"came": flow["came"], "ended": flow["ended"], "open": waiting}
    links = {figure: _linked(words.number(count), view.address(figure)) for figure, count in counts.items()}
    return format_html(escape(_("{came} requests came, {ended} ended, {open} are open now.")), **links)


def chart(now: Duration, before: Duration) -> str:
    """What the line of first answers shows, for those who do not see it."""
    if now.median is None:
        return _("First answer by day: nothing yet")
    if before.median is None:
        return _("First answer by day: median %(now)s") % {"now": words.span(now.median)}
    told = {"now": words.span(now.median), "before": words.span(before.median)}
    return _("First answer by day: median %(now)s, before %(before)s") % told


def _linked(number: str, address: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, number)


def change(now: float | None, before: float | None) -> int:
    """-1, 0 or 1: less, about the same, more."""
    if now is None or not before:
        return 0
    moved = (now - before) / abs(before)
    return 0 if abs(moved) < NOTABLE else (1 if moved > 0 else -1)


def sure(figure: dict[str, Any]) -> str:
    """How sure a share is: its interval, or that there is too little data."""
    if not figure["n"]:
        return _("no answers yet")
    if figure["status"] == "hidden":
        return _("too little data: %(n)s") % {"n": figure["n"]}
    low, high = words.percent(figure["lo"]), words.percent(figure["hi"])
    return _("%(n)s answers, between %(low)s and %(high)s") % {"n": figure["n"], "low": low, "high": high}
