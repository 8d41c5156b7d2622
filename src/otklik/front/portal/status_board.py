"""What the status page shows, read once for all its forms: a page, JSON, a feed.

The whole of it is kept for some seconds: on the day when everything fails everybody looks, and the desk has other work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save

from otklik.care.status import figures
from otklik.care.status.figures import Availability, Day
from otklik.care.status.models import Component, Group, Note, Outage, Report, StatusPolicy, Works
from otklik.care.status.states import State, worst
from otklik.core.journal import clock
from otklik.core.recent import Recent

DAYS = 90
MONTHS = 12
MOST = 200
"""Components on one page."""
MOST_REPORTS = 50
RECENT = timedelta(days=14)


@dataclass(frozen=True)
class Row:
    """One component: how it is, its last days, its months (the newest first)."""

    component: Component
    state: State
    since: datetime | None
    days: Sequence[Day]
    quarter: Availability
    months: Sequence[tuple[date, Availability]]

    @property
    def marked(self) -> list[Day]:
        """Days of which there is something to say, the newest first."""
        return [day for day in reversed(self.days) if day.known and day.state != State.WORKS]

    @property
    def known_days(self) -> int:
        return sum(day.known for day in self.days)


@dataclass(frozen=True)
class Shown:
    """One report with what may be read of it by now, and the components that stand on the page."""

    report: Report
    notes: Sequence[Note]
    components: Sequence[Component]


@dataclass(frozen=True)
class Board:
    """As of `at`."""

    at: datetime
    policy: StatusPolicy
    rows: Sequence[Row]
    reports: Sequence[Shown]
    works: Sequence[Works]

    @property
    def state(self) -> State:
        return worst([row.state for row in self.rows])

    @property
    def broken(self) -> list[Row]:
        return [row for row in self.rows if row.state.is_fault]

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        found: dict[int, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.component.group_id, []).append(row)
        return [(rows[0].component.group.name, rows) for rows in found.values()]

    @property
    def going(self) -> list[Shown]:
        return [one for one in self.reports if one.report.goes_on]

    @property
    def past(self) -> list[Shown]:
        return [one for one in self.reports if not one.report.goes_on]

    @property
    def months(self) -> list[date]:
        return [month for month, _one in self.rows[0].months] if self.rows else []

    def headline(self, place: int) -> float | None:
        """Of a month, by its place: the worst component."""
        return figures.headline(row.months[place][1] for row in self.rows)


_board: Recent[Board] = Recent(10.0)


def board() -> Board:
    """As of some seconds ago, not to be changed; texts are in both languages."""
    return _board.get(_read)


def listen() -> None:
    for model in (Component, Report, Note, Works, StatusPolicy, Group, Outage):
        post_save.connect(_board.forget, sender=model)
        post_delete.connect(_board.forget, sender=model)
    m2m_changed.connect(_board.forget, sender=Works.components.through)


def _read() -> Board:
    components = list(Component.objects.shown()[:MOST])
    today, now = clock.house_today(), clock.now()
    months = figures.months_back(today, MONTHS)
    first = today - timedelta(days=DAYS - 1)
    known = figures.record(components, figures.midnight(min(first, months[-1])), now)
    states = figures.states_now(components)
    rows = [
        Row(
            one,
            *states[one.pk],
            figures.days(known, one, first, today),
            known.of(one, figures.midnight(first)),
            [(month, known.of(one, *figures.month_of(month))) for month in months],
        )
        for one in components
    ]
    return Board(now, known.policy, rows, reports(now - RECENT), _works(now))


def reports(since: datetime, until: datetime | None = None) -> list[Shown]:
    """What goes on and what ended since then, the newest first, each with its notes and components."""
    found = Report.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), continued_by=None)
    if until is not None:
        found = Report.objects.filter(began_at__gte=since, began_at__lt=until, continued_by=None)
    rows = found.order_by("-began_at", "-pk").prefetch_related("notes", "outages__component__group")
    told = [_shown(one) for one in rows[:MOST_REPORTS]]
    return [one for one in told if one.notes and one.components]


def _shown(report: Report) -> Shown:
    """Withdrawn outages name their component, too: what was said stays."""
    now = clock.now()
    concerned = {outage.component_id: outage.component for outage in report.outages.all()}
    notes = [note for note in report.notes.all() if note.at <= now]
    return Shown(report, notes, [one for one in concerned.values() if one.is_shown])


def _works(now: datetime) -> list[Works]:
    """What runs and what is ahead, the nearest first."""
    rows = Works.objects.standing().filter(Q(begins_at__gt=now) | Q(begins_at__lte=now, ended_at=None))
    rows = rows.filter(components__is_shown=True).distinct()
    return list(rows.order_by("begins_at", "pk").prefetch_related("components__group")[:MOST_REPORTS])
