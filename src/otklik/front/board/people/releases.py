"""Who is in training so that a curator reads their answers first: begun, changed and ended by a lead (UI-41)."""

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.desk.tickets.access import can_train, traineeships_known_to
from otklik.desk.tickets.learning import counts
from otklik.desk.tickets.models import Traineeship
from otklik.front.board.people.door import allowed, done, found, reader, written
from otklik.front.board.people.forms import TraineeshipForm
from otklik.team.people.access import may_manage

MOST = 100


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Those that run first, with what came of them."""
    user = reader(request)
    known = traineeships_known_to(user).select_related("person", "curator")
    rows = list(known.order_by(F("ended_at").desc(nulls_first=True), "-pk").distinct()[:MOST])
    told = counts(rows)
    context = {"rows": [(one, *told.get(one.pk, (0, 0, 0))) for one in rows], "may_manage": may_manage(user)}
    return render(request, "board/people/traineeships.html", context)


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    allowed(user, may_manage(user))
    form = TraineeshipForm(user, request.POST or None)

    def act() -> HttpResponse:
        allowed(user, can_train(user, form.cleaned_data["person"]))
        Traineeship.objects.begin(**form.cleaned_data, by=user)
        return redirect("board:traineeships")

    return written(request, form, act, {"page": "traineeship", "back": "board:traineeships"})


@login_required
@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another curator, another end; what waits goes to the new curator."""
    user = reader(request)
    row = found(traineeships_known_to(user).select_related("person", "curator").distinct(), pk)
    allowed(user, can_train(user, row.person), row.ended_at is None)
    names = ("curator", "within", "ends_on", "in_a_row")
    form = TraineeshipForm(
        user, request.POST or None, is_new=False, initial={name: getattr(row, name) for name in names}
    )

    def act() -> HttpResponse:
        row.change(**form.cleaned_data, by=user)
        return redirect("board:traineeships")

    page = {"page": "traineeship", "back": "board:traineeships", "training": row}
    return written(request, form, act, page, "board/people/traineeship.html")


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    user = reader(request)
    row = found(traineeships_known_to(user).select_related("person", "curator").distinct(), pk)
    allowed(user, can_train(user, row.person))
    return done(request, lambda: row.end(by=user), "board:traineeships")
