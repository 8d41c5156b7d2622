"""What the lead's board says in a sentence: made by rules from the figures, without praise."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words

if TYPE_CHECKING:
    from otklik.front.board.shift import LineNow


def headline(lines: "Sequence[LineNow]") -> str:
    """The worst that holds now."""
    late, soon = (sum(getattr(line.told, name) for line in lines) for name in ("late", "soon"))
    if late:
        said = ngettext("One request is late", "%(count)s requests are late", late)
        return said % {"count": counted(late, any("late" in line.told.least for line in lines))}
    if soon:
        said = ngettext("One request falls due in two hours", "%(count)s requests fall due in two hours", soon)
        return said % {"count": counted(soon, any("soon" in line.told.least for line in lines))}
    if any(line.told.waiting for line in lines):
        return _("The shift holds: nothing is late, nothing falls due in two hours")
    return _("No client waits for an answer")


def counted(count: int, least: bool) -> str:
    """1 204, or 1 000+ where there may be more."""
    return words.number(count) + ("+" if least else "")


def second(lines: "Sequence[LineNow]", now: datetime) -> str:
    """The one who waits longest, and lines where somebody waits and nobody is ready, or nobody for such work."""
    said = [_oldest(lines, now), *(_nobody(line) for line in lines if line.told.waiting and not line.ready)]
    said += [_nobody_for(line) for line in lines if line.untaken]
    return " ".join(filter(None, said))


def _oldest(lines: "Sequence[LineNow]", now: datetime) -> str:
    waiting = [line for line in lines if line.oldest and line.oldest.waiting_since]
    if not waiting:
        return ""
    line = min(waiting, key=lambda one: (one.told.oldest_since, one.team.pk))
    assert line.oldest and line.oldest.waiting_since
    told = {
        "name": line.oldest.name,
        "span": words.span(now - line.oldest.waiting_since),
        "owner": line.oldest_owner.name if line.oldest_owner else "",
    }
    if line.oldest_owner:
        return _("The longest waits %(name)s: %(span)s, %(owner)s answers.") % told
    return _("The longest waits %(name)s: %(span)s, nobody has taken it.") % told


def _nobody(line: "LineNow") -> str:
    return _("%(line)s: somebody waits and nobody is ready.") % {"line": line.team.name}


def _nobody_for(line: "LineNow") -> str:
    told = {"line": line.team.name, "channels": ", ".join(map(str, line.untaken))}
    return _("%(line)s: somebody waits whom nobody who is ready takes (%(channels)s).") % told
