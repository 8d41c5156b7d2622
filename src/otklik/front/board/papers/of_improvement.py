"""An improvement on paper: what was fixed before it began, its course, and the verdict."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.paper import Block, Cell, Facts, Heading, Paper, Table, Words
from otklik.core.ui import words
from otklik.front.board.papers.frame import course_of, framed


def of_improvement(told: Mapping[str, Any]) -> Paper:
    """`told` as the page of the improvement tells it."""
    one, metric, main = told["improvement"], told["metric"], told["main"]
    weeks = ngettext("%(weeks)s week on each side", "%(weeks)s weeks on each side", one.weeks) % {"weeks": one.weeks}
    name = ", ".join(filter(None, [str(metric.name), main["of"]]))
    moved = f"{name}: {main['before']} → {main['after']}; {main['effect']}" if main["effect"] else ""
    said = [moved, told["shortage"], told["same_clients"], *map(str, told["care"])]
    blocks: list[Block] = [Heading(str(told["says"])), *(Words(text) for text in said if text)]
    if one.decision:
        blocks.append(Words(f"{one.get_decision_display()}, {one.decided_by.name}: {one.lesson}"))
    heads = [_("Metric"), _("Before"), _("After"), _("Change"), _("Verdict")]
    rows = [_row(main, str(metric.name), str(told["says"]))]
    rows += [_row(guard, str(guard["metric"].name), str(guard["says"]), guard=True) for guard in told["guards"]]
    blocks += [
        Heading(_("By day"), _("dotted: the means of the days before and after")),
        *course_of(told["chart"]),
        Heading(_("Before and after"), weeks),
        Table(heads, rows),
        *([Words(told["about_shift"], quiet=True)] if told["about_shift"] else []),
        Heading(_("What was fixed")),
        Facts(
            [
                (_("Metric"), str(metric.name)),
                (_("The smallest change that matters"), told["least"]),
                (_("Line"), one.team.name if one.team else _("All lines")),
                (_("Begins on"), words.date_of(one.starts_on)),
                (_("Judged on"), words.date_of(one.judged_on)),
                (_("Written down"), f"{one.by.name}, {words.exact(one.written_at)}"),
            ]
        ),
    ]
    return framed(one.name, blocks, one.hypothesis)


def _row(told: Mapping[str, Any], name: str, verdict: str, *, guard: bool = False) -> Sequence[str | Cell]:
    return [
        Cell(name, _("must not get worse") if guard else ""),
        Cell(told["before"], told["before_of"]),
        Cell(told["after"], told["after_of"]),
        told["effect"] or "—",
        verdict or "—",
    ]
