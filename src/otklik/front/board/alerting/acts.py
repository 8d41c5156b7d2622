"""What is done with an alert: it is paused, resumed, taken away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.front.board.alerting.found import own, watcher


@login_required
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody is told until it is resumed."""
    user = watcher(request)
    own(user, pk).pause(by=user)
    return redirect("board:alert", pk)


@login_required
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    user = watcher(request)
    own(user, pk).resume(by=user)
    return redirect("board:alert", pk)


@login_required
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """It looks no more; when it rang stays in the journal."""
    user = watcher(request)
    alert = own(user, pk)
    alert.retire(by=user)
    messages.success(request, _("“%(name)s” watches no more.") % {"name": alert.name})
    return redirect("board:alerts")
