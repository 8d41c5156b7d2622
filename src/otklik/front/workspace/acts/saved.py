"""Saved replies in the composer: choose one, see it with this client's values, put it at the caret."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.safestring import SafeString

from otklik.core.staff.models import User
from otklik.core.ui.show import wants_part
from otklik.desk.clients.tone import tone_of
from otklik.desk.conversations import placeholders
from otklik.desk.conversations.access import can_use
from otklik.desk.conversations.markdown import to_html
from otklik.desk.conversations.models import SavedReply
from otklik.desk.conversations.models.saved_reply import Purpose
from otklik.desk.tickets import known, letters
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.acts.draft import below_draft
from otklik.front.workspace.acts.going import ticket_page
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/saved.html"


@act("GET")
def choose(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The list, one's own favourites first; the first of it is shown.  `for` narrows it to one purpose."""
    replies = usable(person(request), request.GET.get("for", ""))
    first = replies[0] if replies else None
    return dialog(request, ticket, TEMPLATE, {"replies": replies, "look": look(request, ticket, first), "first": first})


@act("GET")
def names(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """What can be typed after `::`, in the order of the list."""
    replies = usable(person(request))
    return JsonResponse(
        {"replies": [{"id": each.pk, "name": each.name, "shortcut": each.shortcut} for each in replies]}
    )


@act("POST")
def show(request: HttpRequest, ticket: Ticket, reply_id: int) -> HttpResponse:
    """One text as this client would read it."""
    reply = usable_one(person(request), reply_id)
    view = request.POST.get("view", "")
    told = {"ticket": ticket, "first": reply, "look": look(request, ticket, reply), "view": view}
    return render(request, f"{TEMPLATE}#look", told)


@act("POST")
def insert(request: HttpRequest, ticket: Ticket, reply_id: int) -> HttpResponse:
    """The text, for the script to put at the caret; without scripts it goes below what the draft holds."""
    user, reply = person(request), usable_one(person(request), reply_id)
    text = filled(request, ticket, reply)
    reply.used(by=user, conversation=ticket.conversation)
    if request.headers.get("X-Requested-With") == "fetch" or wants_part(request):
        return JsonResponse({"text": text, "holes": placeholders.holes(text)})
    below_draft(request, ticket, text, "reply")
    return redirect(ticket_page(ticket, request.POST.get("view", ""), compose="reply"))


def usable(user: User, purpose: str = "") -> list[SavedReply]:
    """Letters that the desk sends by itself are not offered."""
    offered = [purpose] if purpose == Purpose.BOUNDARY else ["", Purpose.BOUNDARY]
    replies = SavedReply.objects.usable_by(user).filter(purpose__in=offered)
    replies = replies.favourites_first(user).select_related("team")
    return list(replies[:500])


def usable_one(user: User, pk: int) -> SavedReply:
    """Raises Http404 for a text of somebody else."""
    reply = SavedReply.objects.filter(pk=pk).first()
    if reply is None or not can_use(user, reply):
        raise Http404
    return reply


def look(request: HttpRequest, ticket: Ticket, reply: SavedReply | None) -> SafeString:
    """The text as markup, its open places marked."""
    return placeholders.with_chips(to_html(filled(request, ticket, reply))) if reply else SafeString("")


def filled(request: HttpRequest, ticket: Ticket, reply: SavedReply) -> str:
    """In the client's language, with everything that is known here."""
    language = letters.language_of(ticket)
    with translation.override(language):
        values = values_of(ticket, person(request), Choice.posted(request.POST))
    worded = reply.said_to(language, ticket.channel_kind, tone_of(ticket.contact.address_as))
    return placeholders.filled(worded, values)


def values_of(ticket: Ticket, user: User, choice: Choice) -> dict[str, str]:
    """What is filled in, with the date that the answer is going to promise."""
    return known.values_of(ticket, user, choice.moment if choice.next == "promise" else None)
