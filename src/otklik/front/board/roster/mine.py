"""One's own shifts: what is ahead, swaps, exceptions, the address for a calendar program."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.front.board.roster.asked import reader_of
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.layer.attended import paused
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope
from otklik.team.shifts.calendar_file import calendar_of
from otklik.team.shifts.models import Excepted, Feed, Shift, Swap
from otklik.team.shifts.models.shift import breaks_as_text
from otklik.team.shifts.telling import hours_of

AHEAD = 60
"""Shifts that are listed; more are in the calendar."""
PAST = 20
BREAK_DAYS = 28
TIME = {"type": "time", "step": "300"}


class SwapForm(forms.Form):
    """Who takes it, and which of theirs I would take."""

    taker = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Who takes it"))
    back = forms.ModelChoiceField(
        Shift.objects.none(),
        label=gettext_lazy("In return"),
        required=False,
        empty_label=gettext_lazy("nothing in return"),
        help_text=gettext_lazy("A shift of that colleague which you would take."),
    )
    words = forms.CharField(label=gettext_lazy("Why"), max_length=200, required=False)

    def __init__(self, shift: Shift, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        people = shift.line.members.filter(is_active=True).exclude(pk=shift.person_id).order_by("name")
        theirs = Shift.objects.published().filter(person__in=people, line=shift.line, starts_at__gt=clock.now())
        self.fields["taker"].queryset = people  # type: ignore[attr-defined]
        back: Any = self.fields["back"]
        back.queryset = theirs.select_related("person", "line__calendar").order_by("starts_at")
        back.label_from_instance = lambda one: f"{one.person.name}, {hours_of(one)}"


class ExceptionForm(forms.Form):
    shift = forms.ModelChoiceField(Shift.objects.none(), label=gettext_lazy("Shift"), empty_label=None)
    starts = forms.TimeField(label=pgettext_lazy("time", "From"), widget=forms.TimeInput(attrs=TIME))
    ends = forms.TimeField(label=pgettext_lazy("time", "To"), widget=forms.TimeInput(attrs=TIME))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def __init__(self, shifts: list[Shift], *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        field: Any = self.fields["shift"]
        field.queryset = Shift.objects.filter(pk__in=[one.pk for one in shifts]).select_related("line__calendar")
        field.label_from_instance = hours_of

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not self.errors and self.moments()[1] > (shift := told["shift"]).ends_at:
            end = f"{shift.ends_at.astimezone(shift.zone):%H:%M}"
            self.add_error("ends", _("The shift ends at %(end)s: end not after it.") % {"end": end})
        return told

    def moments(self) -> tuple[datetime, datetime]:
        """On the wall of the line; after midnight of a night shift."""
        told, shift = self.cleaned_data, self.cleaned_data["shift"]
        start, end = (datetime.combine(shift.day, told[name], shift.zone) for name in ("starts", "ends"))
        if start < shift.starts_at and shift.ends_at.astimezone(shift.zone).date() > shift.day:
            start += timedelta(days=1)
            end += timedelta(days=1)
        if end <= start:
            end += timedelta(days=1)
        return start, end


@login_required
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, form: ExceptionForm | None = None) -> HttpResponse:
    user, now = reader_of(request), clock.now()
    mine = Shift.objects.published().filter(person=user).select_related("line__calendar", "template")
    ahead = list(mine.filter(ends_at__gt=now).order_by("starts_at")[:AHEAD])
    swaps = list(
        Swap.objects.open().filter(Q(asker=user) | Q(taker=user)).with_shifts().order_by("shift__starts_at")[:AHEAD]
    )
    asked_for = {one.shift_id for one in swaps if one.asker_id == user.pk}
    recent = list(mine.filter(ends_at__lte=now).order_by("-starts_at")[:PAST])
    exceptions = list(Excepted.objects.filter(person=user, ends_at__gt=now).order_by("starts_at")[:AHEAD])
    form = form or ExceptionForm([*ahead, *recent])
    context = {
        "rows": [(one, hours_of(one), breaks_as_text(one.pauses, one.zone), one.pk in asked_for) for one in ahead],
        "swaps": [(one, hours_of(one.shift), hours_of(one.back) if one.back else "") for one in swaps],
        "exceptions": exceptions,
        "form": form,
        "can_except": bool(ahead or recent),
        "feed": Feed.objects.filter(person=user).first(),
        "zones": {one.line.calendar.time_zone for one in ahead} - {user.time_zone},
        "now": now,
        "breaks": _breaks(user, now),
        "break_days": BREAK_DAYS,
    }
    return render(request, "board/roster/mine.html", context, status=422 if form.errors else 200)


def _breaks(user: User, now: datetime) -> list[tuple[str, str]]:
    """(reason, how long) of one's own breaks of the last weeks, as the metric of breaks has them."""
    scope = Scope.visible_to(user, midnight(day_of(now) - timedelta(days=BREAK_DAYS - 1)), now)
    told = paused(Question(METRICS["presence.break"], scope, {"agent": str(user.pk)}))
    return [(reason or _("nobody said why"), words.span(seconds)) for reason, seconds in told]


@login_required
@never_cache
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a colleague to take one of mine."""
    user = reader_of(request)
    shift = get_object_or_404(
        Shift.objects.published().filter(person=user, starts_at__gt=clock.now()).select_related("line__calendar"),
        pk=min(pk, 2**63 - 1),
    )
    form = SwapForm(shift, request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            Swap.objects.ask(shift, told["taker"], by=user, back=told["back"], words=told["words"])
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.text)
        else:
            messages.success(request, _("Asked: after your colleague a lead decides"))
            return redirect("board:my_shifts")
    context = {"shift": shift, "hours": hours_of(shift), "form": form}
    return render(request, "board/roster/swap.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What one of the two says: accept, decline, withdraw."""
    user = reader_of(request)
    mine = Swap.objects.filter(Q(asker=user) | Q(taker=user)).with_shifts()
    found = get_object_or_404(mine, pk=min(pk, 2**63 - 1))
    verbs: dict[str, Callable[..., None]] = {
        "accept": found.accept,
        "decline": found.decline,
        "withdraw": found.withdraw,
    }
    if (verb := verbs.get(request.POST.get("how", ""))) is None:
        raise Http404
    try:
        verb(by=user)
        messages.success(request, _("Done: %(state)s") % {"state": found.get_state_display()})
    except Refused as error:
        messages.error(request, error.text)
    return redirect("board:my_shifts")


@login_required
@require_POST
def exception(request: HttpRequest) -> HttpResponse:
    """Why I was, or shall be, elsewhere in my shift; it holds once a lead approves it."""
    user, now = reader_of(request), clock.now()
    mine = Shift.objects.published().filter(person=user)
    shifts = [*mine.filter(ends_at__gt=now).order_by("starts_at")[:AHEAD]]
    shifts += mine.filter(ends_at__lte=now).order_by("-starts_at")[:PAST]
    form = ExceptionForm(shifts, request.POST)
    if form.is_valid():
        try:
            Excepted.objects.ask(user, *form.moments(), form.cleaned_data["reason"], by=user)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.text)
        else:
            messages.success(request, _("Asked: a lead decides"))
            return redirect("board:my_shifts")
    return _page(request, form)


@login_required
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """The first address, or a new one in place of it."""
    user = reader_of(request)
    feed = Feed.objects.filter(person=user).first()
    if feed:
        feed.renew()
        messages.success(request, _("The address of before holds no more"))
    else:
        Feed.objects.of(user)
    return redirect("board:my_shifts")


@never_cache
@require_safe
def calendar(request: HttpRequest, signed: str) -> HttpResponse:
    """For a calendar program, which cannot sign in: whoever has the address reads the shifts of one person."""
    feed = Feed.objects.behind(signed)
    if feed is None:
        raise Http404
    return HttpResponse(calendar_of(feed.person), content_type="text/calendar; charset=utf-8")
