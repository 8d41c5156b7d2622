"""The board of the department on paper."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from otklik.core import paper
from otklik.core.paper import Bars, Block, Figures, Heading, Paper, Table, Words
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.tickets.models import Ticket
from otklik.front.board import figures
from otklik.front.board.papers.frame import cell_of, course_of, framed, of_view
from otklik.front.board.period import View, compared
from otklik.front.board.stats import Stat
from otklik.team.metrics.layer.figure import Figure


def of_department(view: View, user: User, title: str = "") -> Paper:
    """Everything that the board says of the view, in the same order."""
    told = figures.board(view, user)
    lead = ". ".join(one for one in (told["headline"], told["flow"]) if one)
    blocks: list[Block] = [
        Figures([_figure(one) for one in told["stats"]]),
        Heading(
            _("First answer by day"), "; ".join(filter(None, [_("median in minutes of working time"), compared(view)]))
        ),
        *course_of(told["chart"]),
        *_lines(told),
        *_classes(told),
        *_open(told),
        *_scores(told),
    ]
    return framed(title or _("Figures of the service"), blocks, lead, of_view(view, user))


def _figure(stat: Stat) -> paper.Figure:
    notes = [says for says, _address in stat.notes]
    return paper.Figure(str(stat.label), stat.value, stat.was, stat.state, notes, stat.pale)  # type: ignore[arg-type]


def _lines(told: dict[str, Any]) -> list[Block]:
    heads = [_("Line"), *map(str, told["columns"])]
    rows = [[line["team"].name, *map(cell_of, line["figures"])] for line in told["lines"]]
    return [Heading(_("By line"), _("working time of the line")), Table(heads, rows)]


def _classes(told: dict[str, Any]) -> list[Block]:
    if not told["classes"]:
        return []
    heads = [_("Class"), *told["kinds"], _("Missed"), _("Time paused")]
    rows = [
        [row["name"], *map(cell_of, row["figures"]), words.number(row["missed"]), cell_of(row["paused"])]
        for row in told["classes"]
    ]
    note = _("of those that fell due in the period; open and past due is missed")
    return [Heading(_("Commitments kept, by class"), note), Table(heads, rows)]


def _open(told: dict[str, Any]) -> list[Block]:
    """What is open at this moment; of the end of a period that is over ages are not known, and nothing is said."""
    if not told["ages"]:
        return []
    if not told["oldest"]:
        return [Heading(_("Open requests by age")), Words(_("Nothing is open."), quiet=True)]
    return [
        Heading(_("Open requests by age"), _ages_said(told["age"])),
        _bars(told["ages"]),
        Heading(_("The oldest")),
        Table([_("Request"), _("Owner"), _("What is next"), _("Opened")], _oldest(told["oldest"]), numbers=4),
    ]


def _ages_said(age: Figure | None) -> str:
    """The ages of a period that is over are not known."""
    if age is None or age.value is None or age.p90 is None:
        return _("at this moment")
    half, most = words.span(age.value), words.span(age.p90)
    return _("half are younger than %(half)s, nine of ten than %(most)s") % {"half": half, "most": most}


def _oldest(tickets: Sequence[Ticket]) -> list[list[str]]:
    return [
        [
            f"№ {one.number} {one.subject}",
            one.owner.name if one.owner else one.team.name,
            str(one.get_next_step_display()),
            words.stamp(one.opened_at),
        ]
        for one in tickets
    ]


def _scores(told: dict[str, Any]) -> list[Block]:
    them = told["response"]
    note = _("of those asked two weeks ago or earlier %(them)s answered") % {"them": them} if them else ""
    heading = Heading(_("What clients answered"), note)
    if not told["marks"]:
        return [heading, Words(_("No scores in this period."), quiet=True)]
    blocks: list[Block] = [heading]
    for one in told["marks"]:
        blocks += [Words(str(one.name))] if one.name else []
        blocks.append(_bars(one.rows))
    return blocks


def _bars(rows: Sequence[tuple[Any, int, float, str]]) -> Bars:
    return Bars([(str(says), 0.0, share, words.number(count)) for says, count, share, _address in rows])
