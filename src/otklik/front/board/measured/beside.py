"""What stands beside a figure on the page of its metric: parts of it that have no metric of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Count, Max
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.desk.tickets.picks import Reason, Way
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer import attended, balance, half_hours, recorded, telling
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.skipped import why_skipped
from otklik.team.metrics.sureness import HIDDEN


@dataclass(frozen=True)
class Row:
    """What it is of, in words, its value, how sure, and of how many."""

    name: str
    value: str
    sure: str = ""
    made_of: str = ""


@dataclass(frozen=True)
class Beside:
    """`part` names the list of what these rows are made of, "" where there is none of its own."""

    title: str
    says: str
    rows: list[Row]
    part: str = ""


def beside(asked: Question) -> list[Beside]:
    """Nothing where nothing was counted."""
    tell = TELLS.get(asked.metric.id) or (_severities if asked.metric.guide == "I1" else None)
    return [one for one in tell(asked) if one.rows] if tell else []


def _reasons(asked: Question) -> Iterator[Beside]:
    told = attended.paused(asked)
    whole = sum(seconds for _reason, seconds in told)
    rows = [
        Row(_reason(reason), words.span(seconds), made_of=words.percent(seconds / whole)) for reason, seconds in told
    ]
    says = _(
        "breaks of all who are asked for together, and a reason only where five people had it: for planning the day,"
        " and nobody is compared by them"
    )
    yield Beside(_("By reason"), says, rows)


def _reason(said: str | None) -> str:
    return _("other reasons, each of fewer than five people") if said is None else said or _("nobody said why")


def _service_level(asked: Question) -> Iterator[Beside]:
    found, others = half_hours.reached(asked), half_hours.others(asked)
    if not others.of_all[1]:
        return
    told = {"share": words.percent(half_hours.WANTED)}
    yield Beside(
        _("By half hours"),
        _("of half hours with a call, each line by itself; a mean of the day hides the hour when nobody gets through"),
        [
            Row(
                _("Half hours with %(share)s answered in time") % told,
                telling.shown(found),
                telling.sure(found),
                telling.of_how_many(found),
            )
        ],
    )
    formulas = (
        (_("A: without those who hung up within 5 seconds (ours)"), others.ours),
        (_("B: of all that came"), others.of_all),
        (_("C: of the answered alone"), others.of_answered),
        (_("D: without those who hung up within the wanted seconds"), others.without_early),
        (_("E: those who hung up within the wanted seconds count as answered"), others.with_early),
    )
    yield Beside(
        _("By other formulas"),
        _("a contract or another desk may count otherwise: compare by the same letter"),
        [
            Row(name, _share(*of), made_of=_("%(good)s of %(n)s") % _numbers(*of))
            for name, of in formulas
            if of and of[1]
        ],
    )


def _share(good: int, n: int) -> str:
    """Of fewer than five calls a percentage says nothing (METRICS C1)."""
    return words.percent(good / n, 1) if n >= HIDDEN else _("too little data")


def _longest_hold(asked: Question) -> Iterator[Beside]:
    """From five calls with a hold on (METRICS C1)."""
    held = layer.behind(asked).order_by().filter(value__gt=0)
    told = held.aggregate(most=Max("value"), n=Count("pk"))
    if told["n"] >= HIDDEN:
        rows = [Row(_("Longest in one call"), words.span(told["most"] / SECOND))]
        yield Beside(_("The longest"), _("all holds of a call together: single ones are not kept"), rows)


def _balance(asked: Question) -> Iterator[Beside]:
    told = balance.weeks(asked)
    while told and not (told[-1].came or told[-1].ended):  # before anything came nothing was in balance
        told.pop()
    rows = [
        Row(
            _("Week from %(day)s") % {"day": words.date_of(one.monday)},
            telling.signed(one.balance).removesuffix(",0").removesuffix(".0"),
            made_of=_("%(ended)s ended, %(came)s came") % _counts(one),
        )
        for one in told
    ]
    says = _("ended − came, of whole weeks: below zero the open ones grow. Closed as nobody waited has ended, too")
    yield Beside(_("Balance by week"), says, rows)


def _skipped(asked: Question) -> Iterator[Beside]:
    told = why_skipped(asked)
    whole = sum(told.values())
    rows = [Row(_why(way, why), words.number(n), made_of=words.percent(n / whole)) for (way, why), n in told.items()]
    says = _("of those that were picked while others waited: a reason is chosen by whoever picks, and excuses nothing")
    yield Beside(_("Why others were passed over"), says, rows, part="passed")


def _why(way: str, why: str) -> str:
    """A choice by its reason, all else by how it came about."""
    if why:
        return str(capfirst(Reason(why).label))
    return str(capfirst(_("chosen, and nobody said why") if way in ("", Way.CHOSEN) else Way(way).label))


def _severities(asked: Question) -> Iterator[Beside]:
    rows = []
    for level, (figure, lengths) in recorded.by_severity(asked).items():
        listed = ", ".join(words.span(one) for one in sorted(lengths))
        shown = listed or telling.shown(figure)
        rows.append(Row(f"{level.label}: {level.means}", shown, telling.sure(figure), telling.of_how_many(figure)))
    yield Beside(_("By severity"), _("as it is said now; of fewer than five each one is told instead of a mean"), rows)


def _instruments(asked: Question) -> Iterator[Beside]:
    """METRICS V14: what the desk counts, what clients say, what colleagues say; none is mended by another."""
    rows = []
    for name in INSTRUMENTS:
        told = layer.figure(replace(asked, metric=METRICS[name]))
        if told.n:
            rows.append(Row(str(told.metric.name), telling.shown(told), telling.sure(told), telling.of_how_many(told)))
    says = _("each asks somebody else, and the truth is no mean of them; bonuses know nothing of what colleagues say")
    yield Beside(_("Three ways to know"), says, rows if len(rows) > 1 else [])


def _numbers(good: int, n: int) -> dict[str, str]:
    return {"good": words.number(good), "n": words.number(n)}


def _counts(one: balance.Week) -> dict[str, str]:
    return {"ended": words.number(one.ended), "came": words.number(one.came)}


INSTRUMENTS = ("fcr.gross", "fcr.client", "fcr.agent")
TELLS: dict[str, Callable[[Question], Iterator[Beside]]] = {
    "presence.break": _reasons,
    "queue.service_level": _service_level,
    "fairness.fifo": _skipped,
    "priority_inversion": _skipped,
    "hold": _longest_hold,
    "hold.time": _longest_hold,
    "backlog": _balance,
    **dict.fromkeys(INSTRUMENTS, _instruments),
}
