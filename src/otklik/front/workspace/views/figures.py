"""Figures of the menu for pages that are open already, and whether a notice or a chat rings."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from otklik.core.journal.notice import NoticeKind
from otklik.core.notices.ringing import hears, rings
from otklik.front.workspace import menu
from otklik.front.workspace.door import person
from otklik.front.workspace.queries import chats

OF_ONE = {"queue": menu.waiting, "tasks": menu.tasks, "notices": menu.notices, "incidents": menu.incidents}
"""Entries of the menu whose figure is the person's own."""


@require_safe
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """Counted anew: the page heard that something changed.

    `ring` is the number of the notice that sounds, `chat` that of the request whose client waits longest in a chat of
    whoever wants to hear it; 0 is silence.
    """
    reader = person(request)
    menu.forget_own(reader)
    counts = {name: count(request) for name, count in OF_ONE.items()}
    told = {name: {"number": one.number, "state": one.state} if one else None for name, one in counts.items()}
    mine = chats.mine(reader)
    waiting = next((one.number for one in mine if one.since), 0)
    chat = waiting if waiting and hears(reader, NoticeKind.ANSWER) else 0
    return JsonResponse({"figures": told, "ring": rings(reader, [one.number for one in mine]), "chat": chat})
