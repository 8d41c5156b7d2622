"""My day: for one's own eyes."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from otklik.core.journal import clock
from otklik.core.notices.standing import off_shift
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.front.workspace.door import person
from otklik.front.workspace.queries import day
from otklik.team.metrics.sureness import status_of


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Lists and figures of the person who asks; nobody sees another's."""
    reader = person(request)
    moment = _moment(reader)
    counts, rows = day.counts(reader, moment), day.first_rows(reader, moment)
    figures = day.figures(reader, moment)
    context = {
        "lists": [(name, day.label(name), counts[name], rows[name]) for name in day.LISTS if counts[name]],
        "figures": figures,
        "promises": [(name, day.label(name), count) for name, count in figures.promises.items()],
        "mine": [(name, day.label(name), count) for name, count in figures.counts.items()],
        "few": status_of(figures.answered) == "low",
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


def _moment(reader: User) -> day.Moment:
    return day.Moment.of(clock.now().astimezone(ZoneInfo(reader.time_zone)))
