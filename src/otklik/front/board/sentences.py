"""The conclusion in words: made by rules from the figures, never praise that the data does not carry."""

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from otklik.core.ui import words
from otklik.front.board.period import View
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.sureness import FEW

FLOW = gettext_noop("{came} requests came, {ended} ended, {open} are open now.")
FLOW_OF_THE_PAST = gettext_noop("{came} requests came, {ended} ended, {open} were open at the end.")
NOTABLE = 0.15
"""A change smaller than this share of the earlier value is not worth a word."""


def headline(first: Figure, before: Figure | None, late: int | None) -> str:
    """One sentence for the top of the board; "" when nothing is to be said of a time of which `late` is not known."""
    if late:
        return ngettext("One request is past its moment", "%(count)s requests are past their moment", late) % {
            "count": words.number(late)
        }
    turn = change(first.value, before.value) if before and min(first.n, before.n) >= FEW else 0
    if turn < 0:
        return _("We answer faster than before")
    if turn > 0:
        return _("We answer slower than before")
    return "" if late is None else _("Nothing is late")


def second(view: View, came: Figure, ended: Figure, waiting: Figure) -> SafeString:
    """The flow of the period in words; each of its numbers opens its requests."""
    told = {"came": came, "ended": ended, "open": waiting}
    links = {name: _linked(words.number(one.n), view.behind(one.metric.id)) for name, one in told.items()}
    return format_html(escape(_(FLOW)), **links)


def flow(view: View, came: Figure, ended: Figure, waiting: Figure) -> str:
    """The same where nothing can be opened; of a period that is over what was open at its end."""
    numbers = {name: words.number(one.n) for name, one in (("came", came), ("ended", ended), ("open", waiting))}
    return _(FLOW if view.scope.end > view.now else FLOW_OF_THE_PAST).format(**numbers)


def _linked(number: str, address: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, number)


def change(now: float | None, before: float | None) -> int:
    """-1, 0 or 1: less, about the same, more."""
    if now is None or not before:
        return 0
    moved = (now - before) / abs(before)
    return 0 if abs(moved) < NOTABLE else (1 if moved > 0 else -1)
