"""The word of a lead on a refusal, and on an appeal against one."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.conversations import placed
from otklik.desk.tickets import letters
from otklik.desk.tickets.access import can_decide_appeal, can_decide_refusal
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Appeal, RefusalReason, RefusalRequest
from otklik.desk.tickets.steps import PromiseDate, PutAside
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
    if not (may_watch(user) or refusals.waiting(user).exists() or refusals.appeals(user).exists()):
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
        "waiting": refusals.waiting(user).count() + refusals.appeals(user).count(),
    }
    return render(request, "board/refusal_figures.html", context)


@login_required
@never_cache
@require_POST
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The refusal as the client would read it, with what the lead has written so far; nothing is sent."""
    user, asked = _asked(request, pk)
    if not asked.is_waiting:
        raise Http404
    text = "\n\n".join(filter(None, [asked.text, request.POST.get("words", "").strip()[:2000]]))
    ticket = asked.ticket
    whole = ticket.refusal_letter(text, asked.step, by=asked.asked_by, seen_by=user)
    html = placed.looked_at(whole, refusals.files_of([asked]), lambda file: f"/files/{file.key}/")
    told = {"asked": asked, "html": html, "language": letters.language_of(ticket)}
    return show(request, "board/refusal_letter.html", told, part="letter")


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
    (user, asked), words = _asked(request, pk), request.POST.get("words", "")[:2000]
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


def _asked(request: HttpRequest, pk: int) -> tuple[User, RefusalRequest]:
    """Who decides, and on what.  Raises Http404 for who may not."""
    user = request.user
    assert isinstance(user, User)
    asked = RefusalRequest.objects.select_related("ticket__team", "asked_by").filter(pk=min(pk, 2**63 - 1)).first()
    if asked is None or not can_decide_refusal(user, asked):
        raise Http404
    return user, asked


@login_required
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """The refusal is taken back, with reasons and what happens next."""

    def do(appeal: Appeal, user: User, words: str) -> str:
        appeal.ticket.grant_appeal(appeal.pk, by=user, words=words, then=_then(request))
        return _("Granted: the refusal of № %(number)s is taken back, the client has your reasons")

    return _decide_appeal(request, pk, do)


@login_required
@require_POST
def uphold(request: HttpRequest, pk: int) -> HttpResponse:
    """The refusal stands, with reasons."""

    def do(appeal: Appeal, user: User, words: str) -> str:
        appeal.ticket.uphold_appeal(appeal.pk, by=user, words=words)
        return _("Decided: the refusal of № %(number)s stands, the client has your reasons")

    return _decide_appeal(request, pk, do)


def _decide_appeal(request: HttpRequest, pk: int, do: Callable[[Appeal, User, str], str]) -> HttpResponse:
    """As `_decide`."""
    user, words = request.user, request.POST.get("words", "")
    assert isinstance(user, User)
    people = ("refused_by", "approved_by")
    appeal = Appeal.objects.select_related("ticket__team", *people).filter(pk=min(pk, 2**63 - 1)).first()
    if appeal is None or not can_decide_appeal(user, appeal):
        raise Http404
    try:
        said = do(appeal, user, words)
    except Conflict as error:
        messages.error(request, error.text)
        return redirect("board:refusals")
    except Refused as error:
        return _page(request, user, {"error": error, "failed_appeal": appeal.pk, "given": request.POST}, 422)
    finally:
        refusals.forget()
    messages.success(request, said % {"number": appeal.ticket_id})
    return redirect("board:refusals")


def _then(request: HttpRequest) -> PromiseDate | PutAside:
    """What happens next.  Raises Invalid for no date."""
    try:
        moment = parse_datetime(request.POST.get("until", "").strip())
    except ValueError:
        moment = None
    if moment is None:
        raise Invalid(_("Choose a date."), "until")
    until = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    what = request.POST.get("what", "").replace("\x00", "").strip()[:300]
    return PutAside(until, what) if request.POST.get("next") == "aside" else PromiseDate(until, what)


def _page(request: HttpRequest, user: User, more: dict[str, object] | None = None, status: int = 200) -> HttpResponse:
    rows, appeals = list(refusals.waiting(user)[: refusals.PAGE]), list(refusals.appeals(user)[: refusals.PAGE])
    refusals.with_files(rows)
    context = {"rows": rows, "appeals": appeals, "waiting": len(rows) + len(appeals)}
    context |= {"now": clock.now(), "watches": may_watch(user)}
    return render(request, "board/refusals.html", {**context, **(more or {})}, status=status)
