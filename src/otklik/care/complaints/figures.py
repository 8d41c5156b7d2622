"""Figures of complaints over a span of days, of those that the reader may see (METRICS K1 to K6)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.care.complaints.causes import FEWEST_WHYS
from otklik.care.complaints.models import Complaint, Measure
from otklik.care.complaints.models.filing import ComplaintQuerySet
from otklik.care.complaints.recovering import recovered
from otklik.care.complaints.states import OURS, State, Verdict
from otklik.core.formulas import percentile, poisson_rate, wilson
from otklik.core.formulas.promises import kept
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User

DAYS = 90
AGAIN = timedelta(days=90)
TICK = timedelta(microseconds=1)
"""What happens at this moment has happened."""
CHECK = "complaints.EffectChecked"
FEWEST = 5
"""A share of fewer is not told, only how many there were (METRICS C1)."""


@dataclass(frozen=True)
class Figure:
    """`k` of `n`; the share with its interval is None where they are too few."""

    label: str | Promise
    definition: str | Promise
    k: int
    n: int
    share: float | None
    lo: float | None
    hi: float | None


@dataclass(frozen=True)
class Rate:
    """So many came; how many a month, with the exact interval."""

    count: int
    a_month: float | None
    lo: float | None
    hi: float | None


@dataclass(frozen=True)
class Cycle:
    """Calendar days from the day it came until the answer, of `n` answered ones; None of too few."""

    n: int
    median: float | None
    nine_of_ten: float | None


@dataclass(frozen=True)
class Summary:
    """What stands above the list."""

    shares: list[Figure]
    rate: Rate
    cycle: Cycle


@dataclass(frozen=True)
class Item:
    """One thing that a figure counts, at the moment that puts it into a period; `took` is for lengths."""

    at: datetime
    complaint: int
    line: int
    good: bool = True
    took: timedelta | None = None


ALL = ("came", "acknowledged", "legal", "took", "upheld", "shifted", "covered", "done", "effective", "again", "stayed")
ROWS = frozenset(ALL) - {"done", "effective", "again", "stayed"}
"""Those that the row of a complaint tells."""

type Told = dict[str, list[Item]]
"""By the name of the figure, see `ALL`."""


def of(user: User, days: int = DAYS) -> Summary:
    """In a fixed number of statements, whatever the number of complaints."""
    now = clock.now()
    since, mine = now - timedelta(days=days), Complaint.objects.visible_to(user)
    told = told_of(mine, since, now + TICK, [name for name in ALL if name != "stayed"])
    shares = [_figure(sum(one.good for one in told[name]), len(told[name]), *words) for name, words in SHARES.items()]
    return Summary(shares, _rate(len(told["came"]), days), _cycle(told["took"]))


def _rate(count: int, days: int) -> Rate:
    told = poisson_rate(count, days / 30)
    return Rate(count, told["rate"], told["lo"], told["hi"])


def _cycle(items: Iterable[Item]) -> Cycle:
    took = [item.took / timedelta(days=1) for item in items if item.took is not None]
    known = len(took) >= FEWEST
    return Cycle(len(took), percentile(took, 0.5) if known else None, percentile(took, 0.9) if known else None)


def told_of(mine: ComplaintQuerySet, since: datetime, until: datetime, names: Collection[str] = ALL) -> Told:
    """What each figure counts in a half-open span, up to now; three statements, for some `names` only theirs.

    Others ask here, too: one definition.  Who stayed costs three more.  "checked" is every check, of which "effective"
    is the last of each.

    A term counts where it was due, a decision where it was told, a cause where the complaint was closed.
    """
    until = min(until, clock.now() + TICK)
    told: Told = {"came": [], "took": [], "checked": [], **{name: [] for name in SHARES}}
    for one in _touched(mine, since, until) if ROWS.intersection(names) else ():
        for name, at, good in _judged(one):
            if at is not None and since <= at < until:
                told[name].append(Item(at, one.pk, one.line_id, good))
        if one.answered_at and since <= one.answered_at < until:
            told["took"].append(Item(one.answered_at, one.pk, one.line_id, took=one.answered_at - one.received_at))
    if "done" in names:
        told["done"] = _measures(mine, since, until)
    if not {"effective", "checked"}.isdisjoint(names):
        told["checked"] = _checks(mine, since, until)
        told["effective"] = last_of_each(told["checked"])
    if "again" in names:
        told["again"] = _repeated(mine, since, until)
    if "stayed" in names:
        ours = (one for one in recovered(mine, since, until) if one.then)
        told["stayed"] = [Item(one.at, one.complaint, one.line, one.stayed) for one in ours]
    return told


def _touched(mine: ComplaintQuerySet, since: datetime, until: datetime) -> Iterable[Complaint]:
    moments = ("received_at", "ack_due", "legal_due", "answered_at", "closed_at")
    somewhere = Q()
    for name in moments:
        somewhere |= Q(**{f"{name}__gte": since, f"{name}__lt": until})
    return mine.filter(somewhere).only(
        *moments, "acknowledged_at", "line", "decision", "found_cause", "stated_cause", "whys", "state"
    )


def _judged(one: Complaint) -> Iterator[tuple[str, datetime | None, bool]]:
    """What is counted of a complaint: the name of the figure, its moment, and whether it is in the numerator."""
    yield "came", one.received_at, True
    yield "acknowledged", one.ack_due, kept(one.ack_due, one.acknowledged_at)
    yield "legal", one.legal_due, kept(one.legal_due, one.answered_at)
    yield "upheld", one.answered_at, one.decision in OURS
    closed = one.closed_at if one.state == State.CLOSED else None
    if one.found_cause and one.stated_cause:
        yield "shifted", closed, one.found_cause != one.stated_cause
    yield "covered", closed, len(one.whys) >= FEWEST_WHYS


def _measures(mine: ComplaintQuerySet, since: datetime, until: datetime) -> list[Item]:
    due = Measure.objects.filter(complaint__in=mine.values("pk"), due_at__gte=since, due_at__lt=until)
    found = due.values_list("due_at", "done_at", "complaint", "complaint__line")
    return [Item(at, number, line, kept(at, done)) for at, done, number, line in found]


def _checks(mine: ComplaintQuerySet, since: datetime, until: datetime) -> list[Item]:
    """What each said then, which the journal knows: later ones turn nothing.  Those of a complaint in their order."""
    checks = Entry.objects.filter(kind=CHECK, about="complaint", at__gte=since, at__lt=until)
    line = Complaint.objects.filter(pk=OuterRef("about_id")).values("line")
    those = checks.filter(about_id__in=mine.values("pk")).order_by("about_id", "at", "pk")
    found = those.annotate(said=KT("data__verdict"), line=Subquery(line)).values_list("at", "about_id", "line", "said")
    return [Item(at, number or 0, line, verdict == Verdict.EFFECTIVE) for at, number, line, verdict in found]


def last_of_each(checks: Iterable[Item]) -> list[Item]:
    """A span counts the last check of each complaint in it: whoever cuts a span into smaller ones asks of each anew."""
    return list({one.complaint: one for one in checks}.values())


ACKNOWLEDGED = (_("Acknowledged in time"), _("of those whose acknowledgement was due: personally, within the term"))
LEGAL = (_("Answered in the legal term"), _("of those whose legal date has come: calendar days, never paused"))
UPHELD = (_("Upheld"), _("upheld in full or in part, of those decided"))
SHIFTED = (
    _("Another cause than stated"),
    _("of the closed ones with a stated and a found cause: what clients see is not why"),
)
COVERED = (_("Cause three whys deep"), _("of the closed ones: whys until something can be mended"))
DONE = (_("Measures in time"), _("of measures that were due"))
REPEATED = (
    _("Causes that came back"),
    _("of upheld ones closed 90 days ago or more: another upheld one of the same cause within 90 days"),
)
EFFECTIVE = (_("Measures effective"), _("of the checked ones: proven by repeats before and after, and by the client"))

SHARES = {
    "acknowledged": ACKNOWLEDGED,
    "legal": LEGAL,
    "upheld": UPHELD,
    "shifted": SHIFTED,
    "covered": COVERED,
    "done": DONE,
    "effective": EFFECTIVE,
    "again": REPEATED,
}


def _repeated(mine: ComplaintQuerySet, since: datetime, until: datetime) -> list[Item]:
    """Closed upheld ones whose time for a repeat has run out in the span: of later ones nobody knows yet."""
    over = mine.filter(state=State.CLOSED, closed_at__gte=since - AGAIN, closed_at__lt=until - AGAIN, decision__in=OURS)
    found = over.annotate(again=Exists(_again())).values_list("closed_at", "pk", "line", "again")
    return [Item(at + AGAIN, number, line, again) for at, number, line, again in found if at]


def _again() -> ComplaintQuerySet:
    """Complaints of the cause of the row outside, in the time after its end, upheld ones alone."""
    came = Q(received_at__gt=OuterRef("closed_at"), received_at__lte=OuterRef("closed_at") + AGAIN)
    found: ComplaintQuerySet = Complaint.objects.filter(came, found_cause=OuterRef("found_cause"))
    return found.filter(decision__in=OURS)


def _figure(k: int, n: int, label: str | Promise, definition: str | Promise) -> Figure:
    told = wilson(k, n)
    known = n >= FEWEST
    return Figure(
        label,
        definition,
        k,
        n,
        told["p"] if known else None,
        told["lo"] if known else None,
        told["hi"] if known else None,
    )
