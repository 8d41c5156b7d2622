"""The figures at the top of the board: a value, what it was, how sure it is, and the requests behind each number."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.staff.models import Team
from otklik.core.ui import words
from otklik.front.board.measured import telling
from otklik.front.board.period import View
from otklik.team.metrics.layer.figure import Counts, Figure
from otklik.team.metrics.observing import BROKEN, MOVED

type Note = tuple[str, str]
"""Words, and where they lead or ""."""
TARGETS = {"frt": "first_answer", "resolution.full": "resolution"}
"""The metrics for which a line has a target, and where it stands on the line."""


@dataclass(frozen=True)
class Stat:
    """`state` colours the change; a `pale` value rests on little data."""

    label: str | LazyText
    value: str
    address: str
    was: str = ""
    state: str = ""
    notes: list[Note] = field(default_factory=list)
    pale: bool = False


def stat(view: View, now: Figure, before: Figure | None, *notes: Note) -> Stat:
    """Any figure beside that it is compared with, if with any; of how many it is made leads to these."""
    address = view.behind(now.metric.id)
    too_few = now.status == "hidden"
    sure = telling.shown(now) if too_few else telling.sure(now)
    made_of = [] if now.metric.stands else [(telling.of_how_many(now), address)]
    told = [*([(sure, "")] if sure else []), *made_of, *_target(view, now)]
    return Stat(
        now.metric.name,
        "—" if too_few else telling.shown(now),
        address,
        telling.was(before, now) if before else "",
        telling.state(now, before) if before else "",
        [*told, *notes],
        now.status != "ok",
    )


def fates(view: View, told: Counts) -> list[Note]:
    """METRICS V19: moved and broken dates are shown apart."""
    said = {
        MOVED: _("moved: %(count)s") % {"count": words.number(told.of.get(MOVED, 0))},
        BROKEN: _("broken: %(count)s") % {"count": words.number(told.of.get(BROKEN, 0))},
    }
    return [(says, view.behind("promise.kept", kind=kind)) for kind, says in said.items()] if told.n else []


def unanswered(view: View, waiting: Figure) -> Note:
    """METRICS V1: who was not answered yet is in no median."""
    says = ngettext("%(count)s waits for the first answer", "%(count)s wait for the first answer", waiting.n)
    return says % {"count": words.number(waiting.n)}, view.behind(waiting.metric.id)


def _target(view: View, now: Figure) -> list[Note]:
    """Of one line, or of all that are looked at when they have the same."""
    if (name := TARGETS.get(now.metric.id)) is None:
        return []
    lines: list[Team] = [view.team] if view.team else view.teams
    targets: set[timedelta] = {getattr(team, name) for team in lines}
    return (
        [(_("target: %(span)s") % {"span": words.span(targets.pop().total_seconds())}, "")] if len(targets) == 1 else []
    )
