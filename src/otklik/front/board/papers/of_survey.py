"""Results of one version of a survey on paper: its figures with their charts, how far they go, what came of low marks.

Words of clients stay on the page: a paper goes from hand to hand.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from otklik.care.surveys.models import Survey
from otklik.core.paper import Bars, Block, Cell, Figure, Figures, Heading, Paper, Table, Words, read
from otklik.core.ui import words
from otklik.core.ui.charts import distribution
from otklik.front.board.papers.frame import framed
from otklik.front.board.surveyed.talks import Loop
from otklik.team.metrics.sureness import status_of


def of_survey(survey: Survey, told: dict[str, Any], source: str, lines: str, loop: Loop) -> Paper:
    """`told` as the page of the survey tells it; `source` says how it was asked, `lines` whose answers these are."""
    version = told["scope"].version
    facts = [
        (_("Version"), _("%(number)s, asked since %(day)s") % _since(version)),
        (_("Source"), source),
        (_("Lines"), lines),
    ]
    blocks: list[Block] = [Figures(_figures(told))]
    blocks += [Words(one) for one in (*told["bias"], *([told["changed"]] if told["changed"] else []))]
    for row in told["rows"]:
        blocks += _question(row)
    blocks += _loop(loop)
    if told["not_sent"]:
        reasons = [(why, n) for why, n, _share in told["not_sent"]]
        title = Heading(_("Not asked, and why"), _("%(n)s, of all versions") % {"n": words.number(told["not_sent_n"])})
        blocks += [title, _counts(_("Why"), reasons)]
    return framed(survey.name, blocks, str(survey.get_occasion_display()), facts)


def _since(version: Any) -> dict[str, Any]:
    return {"number": version.number, "day": words.date_of(version.frozen_at.date()) if version.frozen_at else "—"}


def _figures(told: dict[str, Any]) -> list[Figure]:
    response = told["response"]
    if told["by_link"]:
        found = [Figure(_("Answers, not invited"), words.number(response.sent), notes=[_("there is no response rate")])]
    else:
        known = response.rate is not None and status_of(response.mature) not in ("undefined", "hidden")
        rate = words.percent(response.rate) if known else "—"
        of = _("%(done)s of %(all)s that are two weeks old") % {
            "done": words.number(response.completed),
            "all": words.number(response.mature),
        }
        notes = [of] if known else [_("too little data"), of]
        pale = status_of(response.mature) != "ok"
        found = [
            Figure(_("Response rate"), rate, notes=notes, pale=pale),
            Figure(_("Asked"), words.number(response.sent)),
        ]
    return [*found, *(Figure(_("Index of areas, CSI"), value, notes=[most]) for most, value in told["index"])]


def _question(row: dict[str, Any]) -> list[Block]:
    """Its figure, and how often each answer was given: drawn, and as a table of the same numbers at the end."""
    question = row["question"]
    note = " · ".join(one for one in (str(question.get_kind_display()), row["condition"]) if one)
    found: list[Block] = [Heading(question.words, note)]
    if row["hidden"]:
        few = ngettext(
            "%(n)s answer: too little data for a figure", "%(n)s answers: too little data for a figure", row["n"]
        )
        return [*found, Words(few % {"n": row["n"]} if row["n"] else _("No answers yet."), quiet=True)]
    notes = [one for one in (row["sure"], _("mean %(mean)s") % {"mean": row["mean"]} if row["mean"] else "") if one]
    answers = Figure(_("Answers given"), words.number(row["n"]))
    if row["value"]:
        label = str(row["label"])
        found.append(
            Figures([Figure(label[:1].upper() + label[1:], row["value"], notes=notes, pale=row["pale"]), answers])
        )
    else:
        found.append(Figures([answers]))
    if row["bars"]:
        return [*found, _bars(row["bars"]), _counts(_("Answer"), row["bars"])]
    drawn = distribution(row["counts"], question.words, labels=row["names"], points=row["names"])
    return [*found, read(drawn), *_beside(row["beside"])]


def _beside(rows: Sequence[dict[str, Any]]) -> list[Block]:
    if not rows:
        return []
    heads = [_("Provider"), _("Value"), _("How sure"), _("Against ours")]
    cells = [
        [
            one["source"],
            Cell(_("too little data") if one["hidden"] else one["value"]),
            one["sure"] or "—",
            one["differs"] or "—",
        ]
        for one in rows
    ]
    return [Heading("", _("Found by others on the same scale in this time")), Table(heads, cells, numbers=len(heads))]


def _loop(loop: Loop) -> list[Block]:
    if not (loop.decided or loop.waiting or loop.nameless):
        return []
    of = _("%(good)s of %(n)s") % {"good": words.number(loop.in_time), "n": words.number(loop.decided)}
    few = [] if loop.shown else [_("too little data")]
    figures = [
        Figure(
            _("Talked to in time"),
            loop.shown or "—",
            notes=[*few, *([loop.sure] if loop.sure else []), of],
            pale=loop.is_pale,
        )
    ]
    if loop.waiting:
        figures.append(Figure(_("Not due yet"), words.number(loop.waiting)))
    if loop.nameless:
        figures.append(
            Figure(_("Low marks of nobody"), words.number(loop.nameless), notes=[_("by an open link, in no share")])
        )
    found: list[Block] = [Heading(_("What came of low marks"), _("of all versions")), Figures(figures)]
    parts = (
        (_("Not in time, because"), loop.late),
        (pgettext("a talk", "What came of it"), loop.results),
        (_("Why they were dissatisfied"), loop.causes),
    )
    for head, rows in parts:
        if rows:
            found.append(_counts(head, rows))
    return found


def _bars(rows: Sequence[tuple[str, int]]) -> Bars:
    most = max(n for _says, n in rows) or 1
    return Bars([(says, 0.0, n / most, words.number(n)) for says, n in rows])


def _counts(head: str, rows: Sequence[tuple[str, int]]) -> Table:
    return Table([head, pgettext("a mark", "How often")], [[says, words.number(n)] for says, n in rows])
