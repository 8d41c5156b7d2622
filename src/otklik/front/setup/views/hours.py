"""Working hours: calendars, their week, single dates, Russia's production calendar."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.front.setup import access
from otklik.front.setup.forms import CalendarForm, ExceptionForm
from otklik.front.setup.forms.hours import week_words, written
from otklik.front.setup.views.page import settings_page, told


@access.readers
def hours(request: HttpRequest) -> HttpResponse:
    found = list(BusinessCalendar.objects.annotate(lines=Count("team")).order_by("-is_default", "name"))
    told_weeks = [(calendar, week_words(calendar.weekly)) for calendar in found]
    return settings_page(request, "setup/hours.html", "hours", {"calendars": told_weeks})


@access.readers
def calendar(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The week of one calendar and its special days, or a new calendar."""
    found = get_object_or_404(BusinessCalendar, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:hours")
    form = CalendarForm(request.POST or None, instance=found)
    if form.is_valid():
        saved = form.save()
        told(request, "calendar", saved, form.changed_data)
        messages.success(request, _("Saved. Times that run now are counted by the new hours."))
        return redirect("setup:calendar", saved.pk)
    return settings_page(request, "setup/calendar.html", "hours", _calendar(found, form), 422 if form.is_bound else 200)


def _calendar(
    found: BusinessCalendar | None, form: CalendarForm, special: ExceptionForm | None = None
) -> dict[str, object]:
    this = clock.now().year
    dates = list(found.exceptions.filter(date__year__gte=this - 1).order_by("date")) if found else []
    years = found.exceptions.filter(is_imported=True) if found else BusinessCalendar.objects.none()
    loaded = list(years.values_list(ExtractYear("date"), flat=True).distinct()) if found else []
    return {
        "calendar": found,
        "form": form,
        "special": special or ExceptionForm(),
        "dates": [(each, written(each.windows)) for each in dates],
        "lines": found.team_set.all() if found else [],
        "years": [(year, year in loaded) for year in (this, this + 1)],
    }


@access.administrators
@require_POST
def special_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Set one date, or let it follow the week again."""
    found = get_object_or_404(BusinessCalendar, pk=pk)
    form = ExceptionForm(request.POST)
    if not form.is_valid():
        context = _calendar(found, CalendarForm(instance=found), form)
        return settings_page(request, "setup/calendar.html", "hours", context, 422)
    day = form.cleaned_data["date"]
    if request.POST.get("act") == "forget":
        found.follow_week_on(day)
    else:
        found.open_on(day, form.cleaned_data["hours"], form.cleaned_data["name"])
    told(request, "calendar", found, [str(day)])
    return redirect("setup:calendar", pk)


@access.administrators
@require_POST
def holidays(request: HttpRequest, pk: int) -> HttpResponse:
    """Load Russia's production calendar of a year; dates set by hand stay."""
    found = get_object_or_404(BusinessCalendar, pk=pk)
    year = request.POST.get("year", "")
    try:
        production = found.load_russian_holidays(int(year) if year.isdigit() else 0)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("setup:calendar", pk)
    told(request, "calendar", found, [year])
    count = found.exceptions.filter(date__year=year, is_imported=True).count()
    words = ngettext(
        "%(count)s special day of %(year)s is loaded.",
        "%(count)s special days of %(year)s are loaded.",
        count,
    ) % {"count": count, "year": year}
    if not production.is_final:
        words += " " + _("The government has not published the moved days yet; load the year again later.")
    messages.success(request, words)
    return redirect("setup:calendar", pk)


@access.administrators
@require_POST
def make_default(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BusinessCalendar, pk=pk)
    found.make_default()
    messages.success(request, _("New lines begin with these hours."))
    return redirect("setup:calendar", pk)
