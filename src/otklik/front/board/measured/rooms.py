"""What stands behind a figure that the room of a page tells: names, who answers for each, and where it stands.

The layer has asked already whether the reader may know of these.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.care.status.access import may_see
from otklik.care.status.models import Component
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Change
from otklik.team.continuity.models import Scenario
from otklik.team.goals.models import Goal, PlanTask, Retro
from otklik.team.metrics.layer.metric import Metric, Records
from otklik.team.metrics.models import Improvement
from otklik.team.people.models import Candidate, Onboarding

type Named = dict[int, dict[str, Any]]


def of_rooms(metric: Metric, numbers: Collection[int], reader: User) -> Named:
    if metric.records == Records.WATCHED:
        return _components(numbers, reader)
    name = KINDS.get(metric.id)
    return name(numbers) if name else {}


def _components(numbers: Collection[int], reader: User) -> Named:
    """Everybody reads on the status page how they are; what stands behind it is for leads."""
    rows = Component.objects.filter(pk__in=numbers)
    return {one.pk: _row(one.name, "—", _address(one, reader)) for one in rows}


def _address(one: Component, reader: User) -> str:
    return reverse("board:availability_of", args=[one.pk]) if may_see(reader) else "/status/"


def _changes(numbers: Collection[int]) -> Named:
    rows = Change.objects.filter(pk__in=numbers).select_related("by")
    return {one.pk: _row(str(one), one.by.name, f"/tickets/{one.ticket_id}/") for one in rows}


def _searches(numbers: Collection[int]) -> Named:
    """A day of them: nobody knows who searched."""
    return dict.fromkeys(numbers, _row(_("searches of clients"), "—", "/knowledge/"))


def _views(numbers: Collection[int]) -> Named:
    return dict.fromkeys(numbers, _row(_("views of articles"), "—", "/knowledge/"))


def _improvements(numbers: Collection[int]) -> Named:
    rows = Improvement.objects.filter(pk__in=numbers).select_related("by")
    return {one.pk: _row(one.name, one.by.name, reverse("board:improvement", args=[one.pk])) for one in rows}


def _candidates(numbers: Collection[int]) -> Named:
    rows = Candidate.objects.filter(pk__in=numbers).select_related("vacancy")
    return {one.pk: _row(one.name, str(one.vacancy), reverse("board:candidate", args=[one.pk])) for one in rows}


def _newcomers(numbers: Collection[int]) -> Named:
    rows = Onboarding.objects.filter(pk__in=numbers).select_related("person")
    return {one.pk: _row(one.person.name, "—", reverse("board:onboarding", args=[one.pk])) for one in rows}


def _goals(numbers: Collection[int]) -> Named:
    rows = Goal.objects.filter(pk__in=numbers).select_related("owner")
    return {one.pk: _row(str(one), one.owner.name, reverse("board:goal", args=[one.pk])) for one in rows}


def _tasks(numbers: Collection[int]) -> Named:
    rows = PlanTask.objects.filter(pk__in=numbers).select_related("owner")
    return {one.pk: _row(str(one), one.owner.name, reverse("board:plan")) for one in rows}


def _retros(numbers: Collection[int]) -> Named:
    rows = Retro.objects.filter(pk__in=numbers).select_related("incident")
    return {one.pk: _row(str(one), "—", reverse("board:retros")) for one in rows}


def _drills(numbers: Collection[int]) -> Named:
    rows = Scenario.objects.filter(pk__in=numbers)
    return {one.pk: _row(str(one), "—", reverse("board:bad_days")) for one in rows}


def _row(name: str, owner: str, address: str) -> dict[str, Any]:
    return {"name": name, "owner": owner, "address": address}


KINDS: dict[str, Callable[[Collection[int]], Named]] = {
    "change.lead": _changes,
    "change.failed": _changes,
    "changes.measured": _improvements,
    "kb.selfservice": _views,
    "kb.unmet": _searches,
    "hire.early_attrition": _candidates,
    "onboard.passed": _newcomers,
    "goal.binary": _goals,
    **dict.fromkeys(("plan.done", "plan.carried", "plan.dropped"), _tasks),
    "retro": _retros,
    "continuity": _drills,
}
