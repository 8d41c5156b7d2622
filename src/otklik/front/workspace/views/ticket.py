"""One request: the page, and the parts of it that are fetched anew."""

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from otklik.core.journal import clock
from otklik.core.staff.models import Brand, User
from otklik.core.ui.show import wants_part
from otklik.desk.channels.models import Channel
from otklik.desk.clients.sight import Place, is_watched, looked
from otklik.desk.conversations.models import Invitation, PicturesFrom
from otklik.desk.tickets.access import ClientsView, can_answer, can_read_drafts
from otklik.desk.tickets.apologising import is_broken
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.strip import strip
from otklik.front.workspace import tabs
from otklik.front.workspace.acts import composing, state
from otklik.front.workspace.acts.composing import Composer
from otklik.front.workspace.acts.refusing import appeal_of, asked_of
from otklik.front.workspace.acts.releasing import held_of
from otklik.front.workspace.arranging import arranged
from otklik.front.workspace.bond import bond_of
from otklik.front.workspace.complaints.stripe import stripe_of
from otklik.front.workspace.door import person, ticket_of
from otklik.front.workspace.panel import Panel
from otklik.front.workspace.passed import passed_of, stands_in
from otklik.front.workspace.queries import talk, topics
from otklik.front.workspace.queries.contact import Other, also_open, requests_of
from otklik.front.workspace.queries.one import Begun
from otklik.front.workspace.queries.people import colleague
from otklik.front.workspace.queries.standing import CARRIED, VIEWS
from otklik.front.workspace.timeline.build import Look, Talk, single, spoken, talk_of
from otklik.front.workspace.timeline.invitations import Invited
from otklik.front.workspace.timeline.markup import Scribe
from otklik.front.workspace.timeline.messages import PassedOn, Shown, is_outside
from otklik.front.workspace.timeline.moves import moves_of
from otklik.front.workspace.views.queue import Listing

MOST_FATES = 50
LETTERS = {"tickets.LetterPlanned", "tickets.LetterCalledOff"}
TITLE = 80
ANSWERS = (
    ("accepted", gettext_lazy("Accept"), "check"),
    ("tentative", gettext_lazy("Maybe"), "clock"),
    ("declined", gettext_lazy("Decline"), "x"),
)


@require_safe
def ticket(request: HttpRequest, number: int) -> HttpResponse:
    """The request beside its list; htmx gets the conversation and the client's panel alone.

    Fetched ahead of a key that may never come, it leaves no trace; nothing comes (204) where a look is written down.
    """
    found = ticket_of(request, number)
    if is_ahead(request) and is_watched(found.contact):
        return HttpResponse(status=204)
    context = page_context(request, found)
    template = "workspace/ticket.html#open" if wants_part(request) else "workspace/ticket.html"
    return render(request, template, context)


@require_safe
def timeline(request: HttpRequest, number: int) -> HttpResponse:
    """What is new since the page was drawn: head, strip, the tail, letters whose fate has changed.

    `after` and `event` are the last message and entry on the page, `fates` the letters that were still under way.
    With `before` it answers with the portion of the conversation before that message.
    """
    found = ticket_of(request, number)
    before = _number(request, "before")
    if before:
        return _earlier(request, found, before)
    window = talk.later(found.pk, found.conversation_id, _number(request, "after"), _number(request, "event"))
    moved = any("relocation_id" in event.data for event in window.events)
    if moved:  # messages came in between, or went: nothing of the old page holds
        window = talk.newest(found.pk, found.conversation_id)
    look = _look(request, found, window.messages)
    if "seen" in request.GET:
        talk.see(found.pk, look.me, found.last_message_id, opens="opens" in request.GET)
    if "opens" in request.GET:  # drawn ahead, when nobody's look was written down
        looked(found.contact, Place.TICKET, by=person(request))
    tail = talk_of(window, look, None if moved else parse_date(request.GET.get("day", "")))
    context = _head(request, found) | {
        "drawn": _drawn(request, found, window, tail),
        "talk": tail,
        "moved": moved,
        "bond": bond_of(found, person(request)) if moved else None,
        "after": max(_number(request, "after"), window.messages[-1].id if window.messages else 0),
        "event": max(_number(request, "event"), window.events[-1].id if window.events else 0),
        "fates": [] if moved else _fates(request, found, look),
        "calls": [] if moved else _calls(request, found, look, window),
        "letters": _letters(request, found, window),
    }
    return render(request, "workspace/news.html", context)


@require_safe
def part_strip(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "workspace/ticket.html#strip", _head(request, ticket_of(request, number)))


@require_safe
def head(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "workspace/ticket.html#head", _head(request, ticket_of(request, number)))


@require_safe
def client(request: HttpRequest, number: int) -> HttpResponse:
    """The client's panel alone."""
    found = ticket_of(request, number)
    context = _head(request, found)
    context |= tabs.shown(request, found, context["arranged"], "client")
    return render(request, "workspace/card/card.html", context)


@require_safe
def tab(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One tab of the right panel; of a long history also what came before an entry."""
    if name not in tabs.TABS:
        raise Http404
    found = ticket_of(request, number)
    context = _head(request, found)
    context |= tabs.shown(request, found, context["arranged"], name)
    part = "history.html#entries" if name == "history" and "before" in request.GET else "card.html"
    return render(request, f"workspace/card/{part}", context)


@require_safe
def following(request: HttpRequest, name: str) -> HttpResponse:
    """To the next request of a view, or to the view itself when there is none."""
    listing = Listing.asked(request, name)
    number = next_number(listing, _number(request, "after"))
    if number is None:
        return redirect(listing.address)
    address = reverse("workspace:ticket", args=[number]) + listing.back
    if not wants_part(request):
        return redirect(address)
    found = ticket_of(request, number)
    response = render(request, "workspace/ticket.html#open", page_context(request, found))
    response["HX-Push-Url"] = address
    return response


def next_number(listing: Listing, after: int) -> int | None:
    """The first request of a view that is not the given one."""
    return next((row.id for _band, row in listing.page().rows if row.id != after), None)


def page_context(request: HttpRequest, found: Ticket) -> dict[str, Any]:
    """Everything of the page."""
    name = request.GET.get("view", "mine")
    window = talk.newest(found.pk, found.conversation_id)
    last = window.messages[-1].id if window.messages else None
    ahead = is_ahead(request)
    seen, can_undo = (
        talk.seen(found.pk, person(request).pk) if ahead else talk.see(found.pk, person(request).pk, last, opens=True)
    )
    if not can_undo:
        found.undo = None  # the window is over: the composer need not look
    said = talk_of(window, _look(request, found, window.messages, seen))
    listing = Listing.of(request, name if name in VIEWS else "mine", found.pk)
    context = _head(request, found)
    beside = tabs.shown(request, found, context["arranged"])
    return context | {
        "listing": listing,
        "composer": composing.composer(found, request, view=listing.view.name, **listing.narrowed),
        "talk": said,
        "drawn": _drawn(request, found, window, said),
        "subject": shortened(found.subject),
        "ahead": ahead,
        "never_seen": not seen,
        "can_undo": can_undo,
        "last_message_id": found.last_message_id,
        "bond": bond_of(found, person(request), _also(request, found, beside)),
        **beside,
    }


def is_ahead(request: HttpRequest) -> bool:
    """Asked by `ahead.js` before anybody has opened it; once it is shown, the news of the request say so."""
    return "X-Ahead" in request.headers


def shortened(subject: str) -> str:
    """For the title of the page."""
    return subject if len(subject) <= TITLE else subject[: TITLE - 1] + "…"


def _head(request: HttpRequest, found: Ticket) -> dict[str, Any]:
    can_act = can_answer(person(request), found)
    stripe = stripe_of(found, person(request), can_act=can_act)
    view = urlencode({name: request.GET[name] for name in ("view", *CARRIED) if name in request.GET})
    return {
        "ticket": found,
        "composer": Composer(found, person(request), view=view),
        "can_answer": can_act,
        "topic_said": topics.said(found.topic_id),
        "strip": strip(found, can_act=can_act),
        "beside": [one for pk in found.works_with if (one := colleague(pk))],
        "watchers": [one.name for pk in found.watched_by if (one := colleague(pk))],  # type: ignore[attr-defined]
        "begun": _begun(found, person(request)),
        "brand": _brand(found),
        "passed": passed_of(found),
        "stands_in": stands_in(found),
        "broken": can_act and is_broken(found.promised_until),  # type: ignore[attr-defined]
        "asked": asked_of(found, person(request)),
        "appeal": appeal_of(found, person(request)),
        "held": held_of(found, person(request)),
        "stripe": stripe,
        "arranged": arranged(found, stripe),
        "now": clock.now(),
    }


def _begun(found: Ticket, reader: User) -> Begun | None:
    """The newest text that a colleague has begun here, for whoever may read it."""
    texts: list[Begun] = found.begun_by_others  # type: ignore[attr-defined]
    return texts[0] if texts and can_read_drafts(reader, found) else None


def _brand(found: Ticket) -> str:
    """The company that the client has written to, where there is more than one."""
    if not Brand.objects.house().has_several:
        return ""
    return Channel.objects.known(found.door).shown_as.shown_name  # type: ignore[attr-defined]


def _also(request: HttpRequest, found: Ticket, beside: dict[str, Any]) -> Other | None:
    """Another open request of the client; the client's tab has asked for it already."""
    if "panel" in beside:
        return cast(Panel, beside["panel"]).other_open
    return also_open(requests_of(found.contact_id, person(request), found))


def _look(request: HttpRequest, found: Ticket, messages: list[talk.Said], seen: int = 0) -> Look:
    me = person(request).pk
    elsewhere = {said.author_address.lower() for said in messages if said.remote}
    wanted = PicturesFrom.objects.wanted(me, elsewhere) if elsewhere else ()
    of_others = any(is_outside(said, found.contact_id) for said in messages)
    let_in = ClientsView.of(found).shown if of_others else frozenset[int]()
    return Look(found, me, clock.now(), seen, frozenset(wanted), let_in)


def _earlier(request: HttpRequest, found: Ticket, before: int) -> HttpResponse:
    window = talk.newest(found.pk, found.conversation_id, before)
    said = talk_of(window, _look(request, found, window.messages))
    context = {"ticket": found, "talk": said, "drawn": _drawn(request, found, window, said)}
    return render(request, "workspace/timeline.html", context)


def _fates(request: HttpRequest, found: Ticket, look: Look) -> list[tuple[int, str]]:
    """(number, the message drawn anew or "" when it was taken back) of letters that were under way."""
    asked = [int(part) for part in request.GET.get("fates", "").split(",")[:MOST_FATES] if part.isdecimal()]
    if not asked:
        return []
    current = {said.id: said for said in talk.some(found.conversation_id, asked)}
    scribe = _scribe(request, found)
    return [(number, scribe.one(single(current[number], look)) if number in current else "") for number in asked]


def _calls(request: HttpRequest, found: Ticket, look: Look, window: talk.Window) -> list[tuple[int, str]]:
    """(number, the call drawn anew) of those that are not as they were, "" for one that left.

    What has only now come stands in the tail.
    """
    new = {event.data["call_id"] for event in window.events if event.kind == "calls.CallStands"}
    went = {event.data["call_id"] for event in window.events if event.kind == "calls.CallWent"} - new
    if not went:
        return []
    scribe = _scribe(request, found)
    rows = {entry.data["call_id"]: spoken(entry, look) for entry in talk.calls(found.pk, sorted(went))}
    return [(number, scribe.one(item) if item else "") for number, item in rows.items()]  # one that came back: as last


def _letters(request: HttpRequest, found: Ticket, window: talk.Window) -> Sequence[state.Later] | None:
    """Letters that wait for their moment, where one was planned or stopped or may have left; else None."""
    touched = any(event.kind in LETTERS for event in window.events) or any(
        said.direction == "out" and said.author_id for said in window.messages
    )
    user = person(request)
    return state.later(found, user) if touched and Composer(found, user).can_write else None


def _drawn(request: HttpRequest, found: Ticket, window: talk.Window, said: Talk) -> SafeString:
    return _scribe(request, found, window.events).timeline(said.items)


def _scribe(request: HttpRequest, found: Ticket, events: Sequence[talk.Happened] = ()) -> Scribe:
    """With buttons under a letter that failed, for those who may press them."""
    can_act = can_answer(person(request), found)

    def trouble(number: int, uncertain: bool) -> str:
        context = {"ticket": found, "message_id": number, "uncertain": uncertain}
        return render_to_string("workspace/composer/trouble.html", context, request) if can_act else ""

    def passed(number: int, passed_on: PassedOn) -> str:
        context = {"ticket": found, "message_id": number, "passed_on": passed_on, "can_act": can_act}
        return render_to_string("workspace/composer/passed_on.html", context, request)

    def remote(message: Shown) -> str:
        return render_to_string("workspace/remote.html", {"message": message}, request)

    def invites(number: int, invited: Invited) -> str:
        context = {"ticket": found, "message_id": number, "invited": invited, "can_act": can_act}
        context |= {"answers": ANSWERS, "said": Invitation.Answer(invited.answer).label if invited.answer else ""}
        return render_to_string("workspace/composer/invitation.html", context, request)

    return Scribe(trouble, remote, passed, moves_of(request, found, events), invites, person(request))


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 18 else 0
