"""One metric on paper: its figure, its course, its breakdown whole, and how it is counted."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from otklik.core.paper import Block, Cell, Facts, Figure, Figures, Heading, Paper, Table, Words, read
from otklik.core.staff.models import User
from otklik.core.ui.charts import heat_map
from otklik.front.board.measured.views import of_metric
from otklik.front.board.papers.frame import course_of, framed, of_view
from otklik.front.board.period import View, compared
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.naming import sides_for


def paper_of(user: User, view: View, metric: Metric, side: str) -> Paper:
    """Of `side`, narrowed as the page is."""
    told = of_metric(user, view, metric, side)
    row = told["row"]
    notes = [note for note in (row["sure"], row["made_of"]) if note]
    figure = Figure(str(metric.name), row["value"], row["was"], row["state"], notes, row["pale"])
    blocks: list[Block] = [Figures([figure])]
    if told["chart"]:
        blocks += [Heading(_("By day"), compared(view)), *course_of(told["chart"])]
    for one in told["beside"]:
        rows = [[row.name, row.value, row.sure or "—", row.made_of or "—"] for row in one.rows]
        blocks += [Heading(one.title, one.says), Table([_("Name"), _("Value"), _("How sure"), _("Made of")], rows)]
    blocks += _by_wording(told["wordings"])
    if told["hours"]:
        hours = read(heat_map(told["hours"], str(metric.name), digits=1))
        blocks += [Heading(_("By hour and weekday"), _("the mean of a week")), hours]
    if side in (sides := sides_for(user, metric)):
        blocks += _from_one_side(told, str(sides[side]))
    blocks += [Heading(_("How it is counted")), _definition(told)]
    return framed(str(metric.name), blocks, str(metric.says), of_view(view, user))


def _by_wording(told: list[dict[str, Any]]) -> list[Block]:
    rows = [
        [one["words"], one["days"], Cell(one["value"], pale=one["pale"]), one["sure"] or "—", one["made_of"]]
        for one in told
    ]
    heads = [_("Question"), pgettext("between two days", "Answered"), _("Value"), _("How sure"), _("Made of")]
    return [Heading(_("By the words of the question")), Table(heads, rows)] if rows else []


def _from_one_side(told: dict[str, Any], side: str) -> list[Block]:
    heading = Heading(_("From one side"), side)
    if not told["rows"]:
        return [heading, Words(_("Nothing was measured in this period."), quiet=True)]
    rows = [
        [one["name"], Cell(one["value"], pale=one["pale"]), one["sure"] or "—", one["made_of"]] for one in told["rows"]
    ]
    return [heading, Table([_("Name"), _("Value"), _("How sure"), _("Made of")], rows)]


def _definition(told: dict[str, Any]) -> Facts:
    metric: Metric = told["metric"]
    rows = [
        (_("Formula"), metric.formula),
        (_("Belongs to the day on which"), metric.anchor),
        (_("Clock"), metric.clock),
        (_("Unit"), told["unit"]),
        (_("Direction"), told["better"]),
        (_("Look at together with"), ", ".join(str(pair.name) for pair in told["pairs"])),
        (_("What the field calls it"), ", ".join(metric.standard or ())),
        (_("Name for programs"), metric.id),
    ]
    return Facts([(name, str(value)) for name, value in rows if value])
