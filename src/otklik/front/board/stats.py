"""The figures at the top of the board: a value, what it was, how sure it is, and the tickets behind each number."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words
from otklik.front.board import sentences
from otklik.front.board.period import View
from otklik.team.metrics.figures import FEW, Duration


@dataclass(frozen=True)
class Stat:
    """`notes` are (words, address or ""); `state` colours the change; a `pale` value rests on little data."""

    label: str
    value: str
    address: str
    was: str = ""
    state: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    pale: bool = False


def duration(view: View, label: str, figure: str, now: Duration, before: Duration) -> Stat:
    turn = sentences.change(now.median, before.median) if min(now.n, before.n) >= FEW else 0
    address = view.address(figure)
    counted = ngettext("%(count)s request", "%(count)s requests", now.n) % {"count": words.number(now.n)}
    notes = [(_("9 of 10 within %(span)s") % {"span": words.span(now.p90)}, "")] if now.p90 is not None else []
    return Stat(
        label,
        "—" if now.median is None else words.span(now.median),
        address,
        _("was %(span)s") % {"span": words.span(before.median)} if before.median is not None else "",
        {-1: "ok", 1: "breach"}.get(turn, ""),
        [*notes, (counted, address)],
    )


def satisfaction(view: View, now: dict[str, Any], before: dict[str, Any]) -> Stat:
    """CSAT with its interval; grey while it rests on fewer than thirty answers (METRICS C1)."""
    return Stat(
        _("Satisfied, CSAT"),
        "—" if now["share"] is None else words.percent(now["share"]),
        view.address("scores"),
        _("was %(share)s") % {"share": words.percent(before["share"])} if before["share"] is not None else "",
        notes=[(sentences.sure(now), "")],
        pale=now["status"] != "ok",
    )


def promises(view: View, told: dict[str, Any]) -> Stat:
    """METRICS V19: moved and broken ones are shown apart."""
    fates = {
        "kept": _("%(kept)s of %(due)s") % {"kept": told["kept"], "due": told["due"]},
        "renegotiated": _("moved: %(count)s") % {"count": told["renegotiated"]},
        "broken": _("broken: %(count)s") % {"count": told["broken"]},
    }
    return Stat(
        _("Promises kept"),
        "—" if told["strict"] is None else words.percent(told["strict"]),
        view.address("promises"),
        notes=[(says, view.address("promises", fate=fate)) for fate, says in fates.items()] if told["due"] else [],
        pale=told["due"] < FEW,
    )


def waiting(view: View, backlog: dict[str, Any]) -> Stat:
    """Those that are open at this moment, and who of them was not answered yet (METRICS V1)."""
    count = backlog["unanswered"]
    says = ngettext("%(count)s waits for the first answer", "%(count)s wait for the first answer", count)
    return Stat(
        _("Open now"),
        words.number(backlog["n"]),
        view.address("open"),
        notes=[(says % {"count": words.number(count)}, view.address("unanswered"))],
    )
