"""Who is to be asked by phone, and the questions as they are read aloud; never by whoever gave the answer (C9)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from otklik.care.surveys.asking import Asked, asked_of, read
from otklik.care.surveys.faces import FACES
from otklik.care.surveys.models import Invitation
from otklik.care.surveys.models.ringing import NotNow
from otklik.core.staff.models import User
from otklik.desk.clients.models import PersonalFact
from otklik.desk.clients.sight import Sight
from otklik.desk.tickets.models import Ticket
from otklik.front.board.surveyed.access import teams_of, watcher

MOST = 100
BIGGEST = 2**63 - 1


def count(user: User) -> int:
    """How many this person may call now; 0 for whoever does not see telephone numbers."""
    return _mine(user)[: MOST + 1].count() if _sees_numbers(user) else 0


@login_required
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    user = watcher(request)
    rows = list(_mine(user)[: MOST + 1]) if _sees_numbers(user) else []
    context = {"rows": rows[:MOST], "more": len(rows) > MOST, "sees_numbers": _sees_numbers(user)}
    return render(request, "board/surveyed/calls.html", context)


@login_required
@never_cache
@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    user = watcher(request)
    found = _one(user, pk)
    return _page(request, user, found, asked_of(found.version, found.marks(), found.words()))  # type: ignore[arg-type]


@login_required
@never_cache
@require_POST
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """What they said; a question that depends on an answer is asked when that answer is here."""
    user = watcher(request)
    found = _one(user, pk)
    assert found.version
    told = read(found.version, request.POST.dict(), found.marks(), found.words())
    if told.is_missing:
        return _page(request, user, found, told.asked, status=422)
    if any(not _was_shown(one, request) for one in told.asked):
        return _page(request, user, found, told.asked, goes_on=True)
    with _once(request):
        found.heard(told.marks, told.words, by=user)
        messages.success(request, _("Written down. Thank you for the call."))
    return redirect("board:survey_calls")


@login_required
@never_cache
@require_POST
def without(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody there, or nobody who wants to answer."""
    user = watcher(request)
    found = _one(user, pk)
    with _once(request):
        if "declined" in request.POST:
            found.declined(by=user)
            said = _("They are not asked again for half a year.")
        else:
            found.not_reached(by=user)
            again = found.ring_at is not None
            said = _("Tomorrow again.") if again else _("That was the third time: nobody calls again.")
        messages.success(request, said)
    return redirect("board:survey_calls")


@contextmanager
def _once(request: HttpRequest) -> Iterator[None]:
    """Who comes second, or presses twice, is told so."""
    try:
        yield
    except NotNow:
        messages.info(request, _("This call was written down already."))


def _was_shown(one: Asked, request: HttpRequest) -> bool:
    """A text comes with the form however empty it is; of points and choices only what was chosen."""
    return one.name in request.POST


def _sees_numbers(user: User) -> bool:
    return Sight.of(user).opens(PersonalFact.PHONES)


def _mine(user: User) -> "QuerySet[Invitation]":
    """Of the lines that this person reads, without the answers that they gave themselves."""
    teams = teams_of(user)
    found = Invitation.objects.to_ring().exclude(agent=user)
    found = found if teams is None else found.filter(team__in=teams)
    found = found.select_related("survey", "version", "contact__client", "ticket", "agent")
    return found.prefetch_related("contact__identities")


def _one(user: User, pk: int) -> Invitation:
    """Raises Http404 for one that is not to be called, or not by this person."""
    if not _sees_numbers(user):
        raise Http404
    return get_object_or_404(_mine(user).prefetch_related("answers"), pk=min(pk, BIGGEST))


def _page(
    request: HttpRequest,
    user: User,
    found: Invitation,
    asked: list[Asked],
    *,
    goes_on: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The questions stand in the client's language: they are read to them."""
    with override(found.language or get_language()):
        questions = render_to_string("surveys/asked.html", {"asked": asked, "faces": FACES}, request)
    about = Ticket.objects.visible_to(user).filter(pk=found.ticket_id).first() if found.about_answer else None
    context = {"one": found, "questions": questions, "about": about, "goes_on": goes_on}
    return render(request, "board/surveyed/call.html", context, status=status)
