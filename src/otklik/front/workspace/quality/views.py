"""The lists of reviews, and a conversation that was not drawn."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from otklik.care.quality import access
from otklik.care.quality.models import Calibration, Review, Step
from otklik.care.quality.models.reviewing import worked_on
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.door import person
from otklik.front.workspace.quality import lists
from otklik.front.workspace.quality.forms import BeginForm

LIST = "workspace/quality/list.html"


def reviewer(request: HttpRequest) -> User:
    """Who reviews conversations.  Raises PermissionDenied for everybody else."""
    user = person(request)
    if not access.may_review(user):
        raise PermissionDenied
    return user


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?show=` todo, told, late, disputed; `?of=` the number of a person; `?after=` the next page."""
    return _page(request, reviewer(request), BeginForm())


def _page(request: HttpRequest, user: User, form: BeginForm, status: int = 200) -> HttpResponse:
    after, shown = request.GET.get("after", ""), request.GET.get("show", "")
    shown = shown if shown in lists.SHOWS else "todo"
    found = lists.page(user, shown, after, request.GET.get("of", ""))
    context = {
        "rows": found.rows,
        "after": found.after,
        "shows": lists.SHOWS.items(),
        "shown": shown,
        "begin": form,
        "sessions": Calibration.objects.filter(by=user, closed_at=None).order_by("until")[: lists.PAGE],
        "now": clock.now(),
    }
    return show(request, LIST, context, part="rows" if after else "found", status=status)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Review a conversation of one's choice."""
    user, form = reviewer(request), BeginForm(request.POST)
    if form.is_valid():
        tickets = Ticket.objects.visible_to(user).select_related("team", "conversation", "owner")
        ticket = tickets.filter(pk=form.cleaned_data["number"]).first()
        agent = worked_on(ticket) if ticket else None
        if ticket is None:
            form.refuse(_("You know no request with this number."), "number")
        elif agent is None:
            form.refuse(_("Nobody has answered in it yet, and it has no owner."), "number")
        else:
            try:
                made = Review.objects.assign(ticket, agent, user, by=user)
                return redirect("workspace:review", made.pk)
            except Refused as error:
                form.refuse(error.text, "number")
    return _page(request, user, form, 422)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What was said of one's own work, and what one agreed to train."""
    user, after = person(request), request.GET.get("after", "")
    found = lists.own(user, after)
    steps = Step.objects.filter(owner=user, done_at=None).select_related("review", "agreed_by")
    context = {"rows": found.rows, "after": found.after, "steps": list(steps[: lists.PAGE]), "now": clock.now()}
    return show(request, "workspace/quality/mine.html", context, part="rows" if after else "found")
