"""What is marked on charts, of whatever kind: improvements, incidents, outages, courses that began, and what was noted.

Each kind is read once for a page, however many charts it has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import ascii_uppercase

from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.incidents.access import may_see as may_see_incidents
from otklik.care.incidents.models import Incident
from otklik.care.status.models import Outage
from otklik.core.staff.models import User
from otklik.front.board.access import may_watch
from otklik.team.metrics.days import day_of
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.reworded import Wording
from otklik.team.metrics.models import Annotation, Improvement
from otklik.team.metrics.scope import Scope
from otklik.team.people.models import Wave

MOST = len(ascii_uppercase)
"""A chart has letters for so many; of more, the latest are marked."""


@dataclass(frozen=True)
class Happening:
    """Something that happened on a day, and where more of it stands, or "".

    `team` None is the whole department; `at` where the moment is known.  `series` is the metric that begins anew there,
    alone; "" of what may concern any.
    """

    on: date
    words: str
    kind: str | LazyText
    line: str = ""
    address: str = ""
    team: int | None = None
    at: datetime | None = None
    series: str = ""


def happenings(user: User, scope: Scope) -> list[Happening]:
    """The earliest first, as the letters of a chart go; what the reader may know of, in five statements at most."""
    begun = Improvement.objects.visible_to(user).begun_in(scope).select_related("team").reverse()[:MOST]
    noted = Annotation.objects.visible_to(user).within(scope).select_related("team").reverse()[:MOST]
    found = [
        *map(of_improvement, begun),
        *map(_of_note, noted),
        *_incidents(user, scope),
        *_outages(user, scope),
        *_courses(user, scope),
    ]
    return sorted(found, key=lambda one: one.on)[-MOST:]


def of_wordings(metric: Metric, wordings: Sequence[Wording]) -> list[Happening]:
    """Where answers to another question begin: a series of its own (METRICS C10)."""
    said = [_now("the question in other words: “%(words)s”") % {"words": one.words} for one in wordings]
    began = zip(wordings[1:], said[1:], strict=True)
    return [Happening(one.first, words, _("a survey"), series=metric.id) for one, words in began]


def together(*some: Sequence[Happening]) -> list[Happening]:
    """The earliest first; of too many for the letters of a chart the latest, and whatever begins a series."""
    found = sorted(dict.fromkeys(one for each in some for one in each), key=lambda one: (one.on, bool(one.series)))
    spare = len(found) - MOST
    for one in [one for one in found if not one.series][: max(0, spare)]:
        found.remove(one)
    return found[-MOST:]


def of_improvement(one: Improvement) -> Happening:
    address = reverse("board:improvement", args=[one.pk])
    return Happening(
        one.starts_on, one.name, _("an improvement"), one.team.name if one.team else "", address, one.team_id
    )


def _of_note(one: Annotation) -> Happening:
    return Happening(one.on, one.words, one.get_kind_display(), one.team.name if one.team else "", team=one.team_id)


def _incidents(user: User, scope: Scope) -> Iterator[Happening]:
    """On the day on which clients began to feel them."""
    if not may_see_incidents(user):
        return
    rows = Incident.objects.filter(started_at__gte=scope.start, started_at__lt=scope.end).order_by("-started_at", "-pk")
    for pk, title, at in rows.values_list("pk", "title", "started_at")[:MOST]:
        yield Happening(day_of(at), title, _("an incident"), address=f"/incidents/{pk}/", at=at)


def _outages(user: User, scope: Scope) -> Iterator[Happening]:
    """Those that no incident tells already: what everybody reads on the status page, and for leads where it stands."""
    rows = Outage.objects.faults().exclude(source=Outage.Source.INCIDENT)
    rows = rows.filter(began_at__gte=scope.start, began_at__lt=scope.end).select_related("component")
    for one in rows.order_by("-began_at", "-pk")[:MOST]:
        address = reverse("board:availability_of", args=[one.component_id]) if may_watch(user) else ""
        said = _now("%(component)s: %(state)s") % {"component": one.component.name, "state": one.get_state_display()}
        yield Happening(day_of(one.began_at), said, _("an outage"), address=address, at=one.began_at)


def _courses(user: User, scope: Scope) -> Iterator[Happening]:
    """Of waves that the reader knows of."""
    first, last = day_of(scope.start), day_of(scope.end)
    rows = Wave.objects.visible_to(user).filter(starts_on__gte=first, starts_on__lt=last).select_related("course")
    for one in rows.order_by("-starts_on", "-pk")[:MOST]:
        address = reverse("board:wave", args=[one.pk]) if may_watch(user) else ""
        yield Happening(one.starts_on, one.course.name, _("a training"), address=address)
