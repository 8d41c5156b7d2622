"""Saved replies kept in order: one's own, those of a line, those of everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.conversations import placeholders
from otklik.desk.conversations.access import can_change, can_decide, can_use
from otklik.desk.conversations.markdown import to_html
from otklik.desk.conversations.models import SavedReply
from otklik.desk.conversations.repeating import repeated
from otklik.front.workspace.door import person
from otklik.front.workspace.saved_form import SavedReplyForm, WordingForms
from otklik.front.workspace.saved_marks import courses_of

type View = Callable[..., HttpResponse]


def writers(view: View) -> View:
    """For those who answer clients; to others the pages do not exist."""

    @wraps(view)
    def checked(request: HttpRequest, **rest: Any) -> HttpResponse:
        if not person(request).answers:
            raise Http404
        return view(request, **rest)

    return checked


@writers
def replies(request: HttpRequest) -> HttpResponse:
    user = person(request)
    found = list(SavedReply.objects.usable_by(user).favourites_first(user).select_related("team", "owner"))
    courses = courses_of(reply.pk for reply in found)
    context = {
        "rows": [(reply, courses[reply.pk]) for reply in found],
        "offered": list(SavedReply.objects.offered_to(user).select_related("owner", "offered_team")),
        "again": repeated(user),
        "today": clock.today(),
    }
    return render(request, "workspace/saved/list.html", context)


@writers
def reply(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One text, or a new one; who may not change it reads."""
    user, found = person(request), _one(request, pk)
    may = can_change(user, found)
    if request.method == "POST" and not may:
        raise Http404
    form = SavedReplyForm(user, request.POST if request.method == "POST" else None, instance=found)
    told = request.POST if "wordings-TOTAL_FORMS" in request.POST else None
    wordings = WordingForms(told, instance=found, prefix="wordings")
    # Both are asked, so that every mistake is said at once.
    if all([form.is_valid(), told is None or wordings.is_valid()]):
        with transaction.atomic():
            form.save(commit=False).keep(by=user)
            if told is not None:
                wordings.save()
        messages.success(request, _("Saved."))
        return redirect("workspace:saved_replies")
    context = {
        "form": form,
        "wordings": wordings,
        "reply": found,
        "may": may,
        "places": placeholders.PLACES,
        **_standing(user, found),
        **_sample(request, found),
    }
    return render(request, "workspace/saved/one.html", context, status=422 if form.is_bound else 200)


def _standing(user: User, reply: SavedReply) -> dict[str, Any]:
    """What has become of it, and what this person may do about it beside changing it."""
    if reply.pk is None:
        return {}
    mine = reply.owner_id == user.pk
    return {
        "course": courses_of([reply.pk])[reply.pk],
        "mine": mine,
        "decides": can_decide(user, reply),
        "overdue": bool(reply.asked_at) or bool(reply.review_on and reply.review_on <= clock.today()),
        "lines": list(Team.objects.active().filter(pk__in=user.team_ids)) if mine else [],
    }


@writers
@require_POST
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """`for`: "all" or the number of a line; whoever decides there is told."""
    user, found = person(request), _one(request, pk)
    whom = request.POST.get("for", "")
    team = Team.objects.active().filter(pk=int(whom)).first() if whom.isdigit() and len(whom) < 10 else None
    if whom != "all" and team is None:
        messages.error(request, _("Choose a line, or everybody."))
        return redirect("workspace:saved_reply", pk)
    return _told(request, lambda: found.offer(team, by=user), _("Offered: whoever decides has been told."))


@writers
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`act`: "accept" shares it with those to whom it was offered, anything else leaves it to its author."""
    user = person(request)
    found = SavedReply.objects.filter(pk=pk).select_related("owner").first()
    if found is None or not can_decide(user, found):
        raise Http404
    if request.POST.get("act") == "accept":
        return _told(request, lambda: found.accept(by=user), _("It is shared now; its author answers for it."))
    return _told(request, lambda: found.decline(by=user), _("It stays its author's own."))


@writers
@require_POST
def still_good(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at: nothing has to change."""
    user, found = person(request), _one(request, pk)
    if not can_change(user, found) and found.keeper_id != user.pk:
        raise Http404
    found.still_good(by=user)
    messages.success(request, _("Still good: it is asked for again in a year."))
    return redirect("workspace:saved_replies")


def _told(request: HttpRequest, do: Callable[[], None], done: str) -> HttpResponse:
    try:
        do()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("workspace:saved_replies")


@writers
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _one(request, pk)
    if not can_change(person(request), found):
        raise Http404
    found.remove(by=person(request))
    messages.success(request, _("“%(name)s” is removed.") % {"name": found.name})
    return redirect("workspace:saved_replies")


@writers
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What is being written, with the values of an invented client."""
    return render(request, "workspace/saved/one.html#look", _sample(request, SavedReply()))


def _one(request: HttpRequest, pk: int | None) -> SavedReply:
    if pk is None:
        return SavedReply(owner=person(request), text=_again(request))
    found = SavedReply.objects.filter(pk=pk).select_related("team", "owner", "keeper").first()
    user = person(request)
    if found is None or not (can_use(user, found) or can_decide(user, found) or found.keeper_id == user.pk):
        raise Http404
    return found


def _again(request: HttpRequest) -> str:
    """What the person has written again and again, to begin with: `?again=` is its place among these."""
    place = request.GET.get("again", "")
    found = repeated(person(request)) if place.isdigit() and len(place) == 1 else []
    return found[int(place)].text if found and int(place) < len(found) else ""


def _sample(request: HttpRequest, reply: SavedReply) -> dict[str, Any]:
    texts = [request.POST.get(name, getattr(reply, name))[:20_000] for name in ("text", "text_en")]
    return {
        "looks": [placeholders.with_chips(to_html(placeholders.filled(each, placeholders.SAMPLES))) for each in texts],
        "unknown": [hole for each in texts for hole in placeholders.unknown(each)],
    }
