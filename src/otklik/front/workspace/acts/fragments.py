"""Parts of the page that fetch themselves anew."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.conversations.models.draft import moment_of
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.composing import Composer, answer
from otklik.front.workspace.acts.doors import ticket_for
from otklik.front.workspace.door import person


@login_required
@require_GET
def composer(request: HttpRequest, number: int) -> HttpResponse:
    """The composer as it was left."""
    ticket = ticket_for(request, number)
    return answer(request, Composer.begin(ticket, person(request), begin_in=request.GET.get("compose", "")), fresh=True)


@login_required
@require_GET
def newer(request: HttpRequest, number: int) -> HttpResponse:
    """How many messages of others came after `seen`, and who wrote last: the composer asks when it hears of news.

    `draft`: the person's own reply is another one than that of `base`, as when a refusal was overtaken.
    """
    ticket = ticket_for(request, number)
    seen = request.GET.get("seen", "")
    since = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else 0
    found = ticket.conversation.messages.public().from_people().filter(pk__gt=since).exclude(author=person(request))
    rows = list(found.order_by("id").values_list("pk", "author_name")[:20])
    last = rows[-1] if rows else (ticket.last_message_id or 0, "")
    said = ngettext("%(name)s wrote meanwhile", "%(count)s new messages, the last by %(name)s", len(rows))
    words = said % {"name": last[1], "count": len(rows)}
    first = rows[0][0] if rows else None
    told = {"count": len(rows), "first": first, "last": last[0], "words": words}
    return JsonResponse({**told, "draft": _is_another(ticket, person(request), request.GET.get("base"))})


def _is_another(ticket: Ticket, user: User, base: str | None) -> bool:
    drafts = Draft.objects.filter(conversation=ticket.conversation_id, author=user, mode=Draft.Mode.REPLY)
    at = drafts.values_list("saved_at", flat=True).first() if base is not None else None
    return at is not None and at != moment_of(base or "")
