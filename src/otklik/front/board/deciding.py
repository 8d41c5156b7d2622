"""The word of a lead on a refusal."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.access import can_decide_refusal
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.models import RefusalReason, RefusalRequest
from otklik.front.board import refusals
from otklik.front.board.access import may_watch
from otklik.front.board.choosing import chooser, tidied
from otklik.front.board.period import PERIODS, chosen
from otklik.front.board.unknown import unknown


@login_required
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What waits for the reader; a deputy sees that much, leads the figures too."""
    user = request.user
    assert isinstance(user, User)
    if not (may_watch(user) or RefusalRequest.objects.for_decision_of(user).exists()):
        raise PermissionDenied
    return _page(request, user)


@login_required
@never_cache
@require_safe
@tidied
def figures(request: HttpRequest) -> HttpResponse:
    """How often we refuse, why, how well, and what followed (METRICS V21)."""
    user = request.user
    assert isinstance(user, User)
    if not may_watch(user):
        raise PermissionDenied
    view, reason = chosen(request, user), request.GET.get("reason", "")
    reason = reason if reason in RefusalReason.values else ""
    context = {
        "view": view,
        "periods": PERIODS,
        "chooser": chooser(request, user, view.timing, ()),
        "now": view.now,
        "page": refusals.page_of(view, reason, request.GET.get("after", "")),
        "unknown": [*view.unknown, *unknown(request.GET, reason=RefusalReason.values)],
        "waiting": refusals.waiting(user).count(),
    }
    return render(request, "board/refusal_figures.html", context)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """It leaves in the name of its author, with what the lead adds."""

    def do(asked: RefusalRequest, user: User, words: str) -> str:
        asked.ticket.approve_refusal(asked.pk, by=user, words=words)
        return _("Approved: № %(number)s is refused in the name of %(name)s")

    return _decide(request, pk, do)


@login_required
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Not so; its author reads why."""

    def do(asked: RefusalRequest, user: User, words: str) -> str:
        asked.ticket.return_refusal(asked.pk, by=user, words=words)
        return _("Returned: %(name)s has the text of № %(number)s as a draft, and your words")

    return _decide(request, pk, do)


def _decide(request: HttpRequest, pk: int, do: Callable[[RefusalRequest, User, str], str]) -> HttpResponse:
    """404 for who may not decide on it; what others did meanwhile is said in place."""
    user, words = request.user, request.POST.get("words", "")[:2000]
    assert isinstance(user, User)
    asked = RefusalRequest.objects.select_related("ticket__team", "asked_by").filter(pk=min(pk, 2**63 - 1)).first()
    if asked is None or not can_decide_refusal(user, asked):
        raise Http404
    try:
        said = do(asked, user, words)
    except Conflict as error:
        messages.error(request, error.text)
        return redirect("board:refusals")
    except Refused as error:
        return _page(request, user, {"error": error, "failed": asked.pk, "words": words}, 422)
    finally:
        refusals.forget()
    messages.success(request, said % {"number": asked.ticket_id, "name": asked.asked_by.name})
    return redirect("board:refusals")


def _page(request: HttpRequest, user: User, more: dict[str, object] | None = None, status: int = 200) -> HttpResponse:
    context = {"rows": list(refusals.waiting(user)[: refusals.PAGE]), "now": clock.now(), "watches": may_watch(user)}
    return render(request, "board/refusals.html", {**context, **(more or {})}, status=status)
