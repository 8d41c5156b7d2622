"""The strip of one's own live talks in chats."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from otklik.core.journal.notice import NoticeKind
from otklik.core.notices.routes import Route
from otklik.core.notices.standing import chosen_of
from otklik.front.workspace.door import person
from otklik.front.workspace.queries import chats


@require_safe
def strip(request: HttpRequest) -> HttpResponse:
    """Who waits longest stands first; a sound, for whoever chose one for answers of clients, is for that one alone."""
    me, open_ = person(request), request.GET.get("open", "")
    found = chats.mine(me)
    waiting = [one for one in found if one.since]
    wants = bool(waiting) and Route.SOUND in chosen_of([me.pk])[me.pk].get(NoticeKind.ANSWER, ())
    context = {"chats": found, "longest": waiting[0].number if waiting else "", "sounds": wants, "open": open_}
    return render(request, "workspace/chats.html", context)
