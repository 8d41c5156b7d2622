"""A closed month and a bonus statement on paper: as they were frozen."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from otklik.core.paper import Block, Cell, Facts, Heading, Paper, Table, Words
from otklik.core.ui import words
from otklik.front.board.papers.frame import framed
from otklik.front.board.paying import telling
from otklik.team.indicators.models import Close, Statement
from otklik.team.indicators.period import Span


def of_month(close: Close, rows: Sequence[dict[str, Any]], *, more: bool = False) -> Paper:
    """`rows` as the page of the close tells them; `more` when there are others."""
    facts = [
        (_("Closed"), f"{close.by.name}, {words.exact(close.at)}"),
        (_("Entry of the journal"), str(close.entry_id)),
    ]
    if close.reopened_at and close.reopened_by:
        facts.append((_("Opened again"), f"{close.reopened_by.name}: {close.why}"))
    heads = [_("Indicator"), _("Fact"), _("Made of"), _("Plan"), _("Way to the target"), _("Weight")]
    table: Block = Table(heads, [_indicator(row) for row in rows])
    if not rows:
        table = Words(_("No indicator was planned for this month."), quiet=True)
    blocks: list[Block] = [Heading(_("What was frozen")), table]
    if more:
        blocks.append(Words(_("More was frozen than fits here."), quiet=True))
    return framed(_month(close.month), blocks, facts=facts)


def _indicator(row: dict[str, Any]) -> list[str | Cell]:
    whose = ", ".join(one for one in (row["owner"], row["whose"]) if one)
    changed = _("by an earlier definition") if row["changed"] else ""
    notes = "; ".join(note for note in (row["sure"], row["today"], changed) if note)
    few = "" if row["enough"] else _("from %(n)s on") % {"n": words.number(row["fewest"])}
    return [
        Cell(str(row["metric"].name), whose),
        Cell(row["value"], notes, not row["enough"]),
        Cell(row["made_of"] if row["n"] else "0", few),
        Cell(f"{row['floor']} → {row['target']}", _up_to(row["stretch"])),
        "—" if row["shown"] is None else words.percent(row["shown"]),
        _percent(row["plan"].weight),
    ]


def of_statement(statement: Statement) -> Paper:
    told = telling.whole(statement)
    first, last = _month(statement.starts_on), _month(statement.close.month)
    by_month = statement.scheme.span == Span.MONTH
    facts = [
        (_("Period"), first if by_month else f"{first} – {last}"),
        (_("Scheme"), statement.scheme.name),
        (_("State"), told["says"]),
    ]
    if statement.approved_at and statement.approved_by:
        facts.append((_("Approved"), f"{statement.approved_by.name}, {words.exact(statement.approved_at)}"))
    heads = [
        *(_("Indicator"), _("Fact"), _("Plan"), _("Score"), _("Weight"), _("Brought"), _("Against the target")),
    ]
    blocks: list[Block] = [
        Heading(_("How it was reckoned")),
        Table(heads, [_part(line) for line in told["lines"]]),
        Facts(_sums(statement, told)),
        *_disputed(statement, told),
        Words(
            _(
                "A bonus that is smaller is no fine: nothing is ever taken from the salary. What the formula does not"
                " give was not earned; what is taken off it has a written reason and the limit of the law."
            ),
            quiet=True,
        ),
    ]
    return framed(f"{statement.person.name}: {told['amount']}", blocks, facts=facts)


def _part(line: dict[str, Any]) -> list[str | Cell]:
    few = _("fewer than %(n)s cases: counts as reached") % {"n": words.number(line["fewest"])}
    made_of = "; ".join(one for one in (line["made_of"], line["sure"]) if one)
    return [
        Cell(str(line["metric"].name), line["whose"]),
        Cell(line["value"], made_of),
        Cell(f"{line['floor']} → {line['target']}", _up_to(line["stretch"])),
        Cell(line["score"], few if line["neutral"] else ""),
        _percent(line["weight"]),
        line["brought"],
        line["moved"],
    ]


def _sums(statement: Statement, told: dict[str, Any]) -> list[tuple[str, str]]:
    earned = _("sum of score × weight, at most %(cap)s") % {"cap": told["cap"]}
    rows = [
        (_("Bonus at the target"), told["base"]),
        (_("Earned part"), f"{told['earned']}, {earned}"),
        (_("Critical error"), _("confirmed: at most %(gate)s") % {"gate": told["gate"]} if told["gate"] else ""),
        (_("By the formula"), told["payout"]),
        (_("Taken off"), told["cut"]),
        (_("Why"), statement.cut_why),
        (_("Corrected"), told["corrected"]),
        (_("To pay"), told["amount"]),
    ]
    return [(name, value) for name, value in rows if value]


def _disputed(statement: Statement, told: dict[str, Any]) -> list[Block]:
    dispute = told["dispute"]
    if dispute is None:
        return []
    said: list[Block] = [
        Heading(_("Dispute"), f"{statement.person.name}, {words.exact(dispute.at)}"),
        Words(dispute.words),
    ]
    if not dispute.answered_at:
        return [*said, Words(_("Not answered yet."), quiet=True)]
    by = f"{dispute.answered_by.name}, {words.exact(dispute.answered_at)} · {dispute.get_outcome_display()}"
    return [*said, Heading("", by), Words(dispute.answer)]


def _up_to(stretch: str) -> str:
    return _("up to %(it)s") % {"it": stretch} if stretch else ""


def _percent(weight: Any) -> str:
    return words.percent(float(weight) / 100)


def _month(day: Any) -> str:
    told = date_format(day, "F Y")
    return told[:1].upper() + told[1:]
