"""Saved replies kept in order: one's own, those of a line, those of everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.desk.conversations import placeholders
from otklik.desk.conversations.access import can_change, can_use
from otklik.desk.conversations.markdown import to_html
from otklik.desk.conversations.models import SavedReply
from otklik.front.workspace.door import person
from otklik.front.workspace.saved_form import SavedReplyForm

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
    found = SavedReply.objects.usable_by(user).favourites_first(user).select_related("team", "owner")
    return render(request, "workspace/saved/list.html", {"replies": list(found)})


@writers
def reply(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One text, or a new one; who may not change it reads."""
    user, found = person(request), _one(request, pk)
    may = can_change(user, found)
    if request.method == "POST" and not may:
        raise Http404
    form = SavedReplyForm(user, request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        form.save(commit=False).keep(by=user)
        messages.success(request, _("Saved."))
        return redirect("workspace:saved_replies")
    context = {"form": form, "reply": found, "may": may, "places": placeholders.PLACES, **_sample(request, found)}
    return render(request, "workspace/saved/one.html", context, status=422 if form.is_bound else 200)


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
        return SavedReply(owner=person(request))
    found = SavedReply.objects.filter(pk=pk).select_related("team", "owner").first()
    if found is None or not can_use(person(request), found):
        raise Http404
    return found


def _sample(request: HttpRequest, reply: SavedReply) -> dict[str, Any]:
    texts = [request.POST.get(name, getattr(reply, name))[:20_000] for name in ("text", "text_en")]
    return {
        "looks": [placeholders.with_chips(to_html(placeholders.filled(each, placeholders.SAMPLES))) for each in texts],
        "unknown": [hole for each in texts for hole in placeholders.unknown(each)],
    }
