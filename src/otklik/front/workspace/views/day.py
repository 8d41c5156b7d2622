"""My day: for one's own eyes."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from otklik.care.complaints.models import Complaint
from otklik.care.incidents.models import Action
from otklik.care.knowledge.models import Flag, LinkCheck
from otklik.care.problems.models import Problem
from otklik.care.quality.models import Review, Step
from otklik.core.journal import clock
from otklik.core.notices.standing import off_shift
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.calls.models import Call
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.door import person
from otklik.front.workspace.knowledge.listing import owed
from otklik.front.workspace.queries import calls, day, own
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import telling
from otklik.team.metrics.layer.figure import Figure
from otklik.team.shifts.models import Shift

FATES = {"kept": _("Kept"), "moved": _("Moved"), "broken": _("Not kept")}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Lists and figures of the person who asks; nobody sees another's."""
    reader = person(request)
    moment = _moment(reader)
    counts, rows = day.counts(reader, moment), day.first_rows(reader, moment)
    mine = Complaint.objects.visible_to(reader).answered_for_by(reader)
    reviews = Review.objects.visible_to(reader).held_by(reader)
    context = {
        "lists": [(name, day.label(name), counts[name], rows[name]) for name in day.LISTS if counts[name]],
        "promises": [(name, FATES[name], count) for name, count in own.fates(reader).items()],
        "figures": [_told(one) for one in own.figures(reader)],
        "days": own.DAYS,
        "complaints": list(mine.order_by("next_at")[: day.SHOWN]),
        "articles": list(owed(reader)[: day.SHOWN]),
        "doubts": list(Flag.objects.open().of(reader)[: day.SHOWN]),
        "links": LinkCheck.objects.of(reader).aggregate(n=Count("pk"), due=Min("due_at")),
        "actions": list(Action.objects.of(reader).select_related("incident")[: day.SHOWN]),
        "problems": list(Problem.objects.of(reader)[: day.SHOWN]),
        "reviews": list(reviews.select_related("ticket").order_by("next_at")[: day.SHOWN]),
        "steps": list(Step.objects.filter(owner=reader, done_at=None)[: day.SHOWN]),
        "calls": [_numbered(one) for one in calls.owed_by(reader)],
        "shifts": list(Shift.objects.of_day(reader, moment.today, moment.tomorrow)),
        "off_shift": off_shift([reader], moment.now).get(reader.pk),
        "now": moment.now,
    }
    return show(request, "workspace/day.html", context)


@require_safe
def rows(request: HttpRequest, name: str) -> HttpResponse:
    """The requests behind one number."""
    reader = person(request)
    try:
        found, label = day.rows(name, reader, _moment(reader)), day.label(name)
    except KeyError:
        raise Http404 from None
    context = {"name": name, "label": label, "rows": found, "most": day.MOST, "now": clock.now()}
    return render(request, "workspace/day_rows.html", context)


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """The requests behind a figure of one's own, as many as it says; one that the reader may not see is a number."""
    reader, fate = person(request), request.GET.get("fate", "")
    try:
        asked = own.asked(name, reader, fate)
    except KeyError:
        raise Http404 from None
    some = own.behind(asked, _place(request.GET.get("before", "")))
    shown = some[: own.PAGE]
    tickets = _seen(reader, {row.ticket_id for row in shown})
    context = {
        "metric": asked.metric,
        "fate": FATES.get(fate, ""),
        "count": layer.figure(asked).n,
        "rows": [(tickets.get(row.ticket_id), row, telling.of_reading(asked.metric, row)) for row in shown],
        "next": f"{shown[-1].at.timestamp():.6f}.{shown[-1].pk}" if len(some) > own.PAGE else "",
        "days": own.DAYS,
        "now": clock.now(),
    }
    return render(request, "workspace/day_figure.html", context)


def _told(one: own.Own) -> dict[str, Any]:
    """A figure as a card tells it; of fewer than five nothing but how many there are."""
    return {
        "metric": one.metric,
        "value": _value(one.now),
        "pale": one.now.status != "ok",
        "sure": telling.sure(one.now),
        "made_of": telling.of_how_many(one.now) if one.now.n else "",
        "before": _value(one.before),
        "line": one.line and _value(one.line),
    }


def _numbered(call: Call) -> Call:
    """One's own: its number stood on the telephone."""
    call.shown_number = call.number or _("hidden number")  # type: ignore[attr-defined]
    return call


def _value(figure: Figure) -> str:
    """Empty where it rests on too little."""
    return "" if figure.status in ("undefined", "hidden") else telling.shown(figure)


def _seen(reader: User, numbers: set[int]) -> dict[int, Ticket]:
    return {one.pk: one for one in Ticket.objects.visible_to(reader).filter(pk__in=numbers)}


def _place(text: str) -> tuple[datetime, int] | None:
    """Where the page before ended: moment and number of its last row; None for what makes no sense."""
    seconds, micros, pk = (*text.split("."), "", "")[:3]
    if not (seconds.isdecimal() and micros.isdecimal() and pk.isdecimal() and len(text) < 45 and len(seconds) < 12):
        return None
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(micros[:6])), int(pk)


def _moment(reader: User) -> day.Moment:
    return day.Moment.of(clock.now().astimezone(ZoneInfo(reader.time_zone)))
