"""Figures of complaints over a span of days, of those that the reader may see (METRICS K1 to K6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.care.complaints.causes import FEWEST_WHYS
from otklik.care.complaints.models import Complaint, Measure
from otklik.care.complaints.models.filing import ComplaintQuerySet
from otklik.care.complaints.states import OURS, State, Verdict
from otklik.core.formulas import percentile, poisson_rate, sla_attainment, wilson
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User

DAYS = 90
AGAIN = timedelta(days=90)
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


def of(user: User, days: int = DAYS) -> list[Figure]:
    """In a fixed number of statements, whatever the number of complaints."""
    now = clock.now()
    since, mine = now - timedelta(days=days), Complaint.objects.visible_to(user)
    return [
        _in_time(mine, since, now, "acknowledged_at", "ack_due", *ACKNOWLEDGED),
        _in_time(mine, since, now, "answered_at", "legal_due", *LEGAL),
        _share(mine.filter(answered_at__gte=since), Q(decision__in=OURS), *UPHELD),
        _share(_closed_explained(mine, since), ~Q(found_cause=F("stated_cause")), *SHIFTED),
        _share(mine.filter(state=State.CLOSED, closed_at__gte=since), Q(whys__len__gte=FEWEST_WHYS), *COVERED),
        _measures(mine, since, now),
        _share(_checked(mine, since), Q(verdict=Verdict.EFFECTIVE), *EFFECTIVE),
        _share(_watched(mine, since, now), Exists(_again()), *REPEATED),
    ]


def rate(user: User, days: int = DAYS) -> Rate:
    count = Complaint.objects.visible_to(user).filter(received_at__gte=clock.now() - timedelta(days=days)).count()
    told = poisson_rate(count, days / 30)
    return Rate(count, told["rate"], told["lo"], told["hi"])


def cycle(user: User, days: int = DAYS) -> Cycle:
    since = clock.now() - timedelta(days=days)
    rows = Complaint.objects.visible_to(user).filter(answered_at__gte=since).values_list("received_at", "answered_at")
    took = [(answered - came) / timedelta(days=1) for came, answered in rows if answered]
    known = len(took) >= FEWEST
    return Cycle(len(took), percentile(took, 0.5) if known else None, percentile(took, 0.9) if known else None)


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


def _watched(mine: ComplaintQuerySet, since: datetime, now: datetime) -> ComplaintQuerySet:
    """Closed upheld ones whose time for a repeat has run out in the span: of later ones nobody knows yet."""
    return mine.filter(state=State.CLOSED, closed_at__gte=since - AGAIN, closed_at__lte=now - AGAIN, decision__in=OURS)


def _again() -> ComplaintQuerySet:
    """Complaints of the cause of the row outside, in the time after its end, upheld ones alone."""
    came = Q(received_at__gt=OuterRef("closed_at"), received_at__lte=OuterRef("closed_at") + AGAIN)
    found: ComplaintQuerySet = Complaint.objects.filter(came, found_cause=OuterRef("found_cause"))
    return found.filter(decision__in=OURS)


def _checked(mine: ComplaintQuerySet, since: datetime) -> ComplaintQuerySet:
    """By the moment of the check, which the journal knows: a first "not proven" turns nothing."""
    checks = Entry.objects.filter(about="complaint", about_id=OuterRef("pk"), kind=CHECK, at__gte=since)
    return mine.exclude(verdict="").filter(Exists(checks))


def _closed_explained(mine: ComplaintQuerySet, since: datetime) -> ComplaintQuerySet:
    return mine.filter(state=State.CLOSED, closed_at__gte=since).exclude(found_cause="").exclude(stated_cause="")


def _in_time(
    mine: ComplaintQuerySet,
    since: datetime,
    now: datetime,
    done: str,
    due: str,
    label: str | Promise,
    definition: str | Promise,
) -> Figure:
    rows = mine.filter(**{f"{due}__gte": since, f"{due}__lte": now}).values_list(due, done)
    return _attained([{"due": due_at, "done": done_at} for due_at, done_at in rows], since, now, label, definition)


def _measures(mine: ComplaintQuerySet, since: datetime, now: datetime) -> Figure:
    due = Measure.objects.filter(complaint__in=mine.values("pk"), due_at__gte=since, due_at__lte=now)
    items = [{"due": due_at, "done": done_at} for due_at, done_at in due.values_list("due_at", "done_at")]
    return _attained(items, since, now, *DONE)


def _attained(
    items: list[dict[str, datetime | None]],
    since: datetime,
    now: datetime,
    label: str | Promise,
    definition: str | Promise,
) -> Figure:
    told = sla_attainment([{**item, "excluded": False} for item in items], since, now, now)
    return _figure(told["met"], told["met"] + told["breached"], label, definition)


def _share(rows: ComplaintQuerySet, good: Q | Exists, label: str | Promise, definition: str | Promise) -> Figure:
    return _figure(rows.filter(good).count(), rows.count(), label, definition)


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
