"""The records behind a figure: complaints, incidents and the rest that the reader may see."""

from typing import Any

from django.utils.translation import gettext as _

from otklik.care.complaints.models import Complaint
from otklik.care.incidents.access import may_see
from otklik.care.incidents.models import Incident
from otklik.care.knowledge.models import Article, FormVisit
from otklik.care.outreach.models import Upcoming
from otklik.care.outreach.showing import fate_of, named_event
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.front.board.measured.rooms import of_rooms
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer import recorded
from otklik.team.metrics.layer.metric import TOLD_BY_ROOMS, How, Metric, Records
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.recorded import Item

MOST = 200
"""The newest; nobody reads more of them in a list."""


def told(asked: Question) -> dict[str, Any]:
    """What the page of records shows: `rows`, and how many there are."""
    found = [one for one in recorded.behind(asked) if asked.metric.records != Records.WATCHED or one.good < one.of]
    some = found[:MOST]
    seen = named(asked.metric, {item.record for item in some}, asked.scope.viewer)
    rows = [{**seen[item.record], "at": words.stamp(item.at), "says": says(asked.metric, item)} for item in some]
    return {"rows": rows, "count": len(found), "more": len(found) - len(some)}


def named(metric: Metric, numbers: set[int], reader: User | None) -> dict[int, dict[str, Any]]:
    """Name and address of each that the reader may see, and who answers for it."""
    if reader is None:
        return {}
    if metric.records == Records.COMPLAINTS:
        rows = Complaint.objects.visible_to(reader).filter(pk__in=numbers).select_related("owner")
        return {one.pk: _row(str(one), one.owner.name, f"/complaints/{one.pk}/") for one in rows}
    if metric.records in TOLD_BY_ROOMS:
        return of_rooms(metric, numbers, reader)
    if metric.records == Records.FORMS:
        return _forms(numbers)
    if metric.records == Records.AHEAD:
        return _ahead(numbers)
    failures = Incident.objects.filter(pk__in=numbers if may_see(reader) else ()).select_related("leader")
    return {one.pk: _row(str(one), one.leader.name, f"/incidents/{one.pk}/") for one in failures}


def _forms(numbers: set[int]) -> dict[int, dict[str, Any]]:
    """What was read there: who it was is not known, or not any more."""
    visits = list(FormVisit.objects.filter(pk__in=numbers))
    titles = dict(Article.objects.filter(pk__in={pk for one in visits for pk in one.opened}).values_list("pk", "title"))
    found = {}
    for one in visits:
        read = [titles[pk] for pk in one.opened if pk in titles]
        address = f"/knowledge/{one.opened[0]}/" if read else "/knowledge/"
        found[one.pk] = _row(", ".join(read) or _("read nothing there"), _became(one), address)
    return found


def _ahead(numbers: set[int]) -> dict[int, dict[str, Any]]:
    """Without the client's name: their list says it to whoever may know."""
    rows = Upcoming.objects.filter(pk__in=numbers).with_fate()
    return {one.pk: _row(named_event(one), fate_of(one), f"/ahead/?day={one.on}#event-{one.pk}") for one in rows}


def _became(one: FormVisit) -> str:
    if one.sent_at:
        return _("sent the request")
    if one.came_back:
        return _("asked again within a day")
    return _("said that it helped") if one.helped_at else _("left")


def _row(name: str, owner: str, address: str) -> dict[str, Any]:
    return {"name": name, "owner": owner, "address": address}


def says(metric: Metric, item: Item) -> str:
    if metric.how == How.MEDIAN:
        return words.span(item.seconds or 0)
    if metric.how in (How.RATE, How.BETWEEN):
        return ""
    if metric.records == Records.WATCHED:
        return _("%(part)s of %(whole)s") % {"part": _long(item.good), "whole": _long(item.of)}
    if item.of == 1:
        return _("counts") if item.good else _("does not count")
    return f"{words.number(item.good)} / {words.number(item.of)}"


def _long(micros: int) -> str:
    return ("−" if micros < 0 else "") + words.span(abs(micros) / SECOND)
