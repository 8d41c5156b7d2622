"""The window of a chat: its script for sites, its page, and what the page asks and posts.

No cookie goes with any of it.  Whoever posts is known by the secret of their window alone, in a header; nothing of it
stands in an address.
"""

import json
from collections.abc import Callable
from functools import cache, wraps
from importlib.resources import files
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from otklik.adapters.sitechat import limits, opening, saying, taking, typing
from otklik.adapters.sitechat.models import Asks, Chat, Visitor
from otklik.adapters.sitechat.taking import Post, Wrong
from otklik.core.staff.errors import TooMany
from otklik.core.ui import framing
from otklik.core.ui.accent import words_on
from otklik.desk.channels.parcel import Paper
from otklik.desk.channels.plain import plain

PROOF = "X-Chat-Secret"
FIVE_MINUTES = 300
OURS = "#005b79"
"""The button where the brand has no colour: our accent by day (tokens.css), as a site can write it."""

type Page = Callable[..., HttpResponse]


def of_chat(page: Page) -> Page:
    """Give the page its chat, and speak the visitor's language."""

    @wraps(page)
    def opened(request: HttpRequest, key: str, **rest: Any) -> HttpResponse:
        chat = Chat.objects.open(key)
        if chat is None:
            raise Http404
        with translation.override(language_of(request, chat)):
            return page(request, chat, **rest)

    return opened


def posted(page: Page) -> Page:
    """A post of a window of ours: refused from any other page, and answered in words when something is wrong."""

    @csrf_exempt  # a window on another site has no cookie of ours: the secret is the proof, Origin is looked at
    @require_POST
    @of_chat
    @wraps(page)
    def heard(request: HttpRequest, chat: Chat, **rest: Any) -> HttpResponse:
        if framing.is_of_another_site(request):
            return _private(HttpResponse(status=403))
        try:
            taking.weigh(chat, request.headers.get(PROOF, ""), request.META.get("REMOTE_ADDR", ""), _size(request))
            return _private(page(request, chat, **rest))
        except Wrong as error:
            return _private(JsonResponse({"error": error.words, "field": error.field}, status=422))
        except TooMany as error:
            answer = JsonResponse({"error": _("Too many messages at once. Wait a moment and try again.")}, status=429)
            answer.headers["Retry-After"] = str(error.verdict.wait)
            return _private(answer)

    return heard


@require_safe
def widget(request: HttpRequest, key: str) -> HttpResponse:
    """The script that a site includes: a button, and our window behind it."""
    chat = Chat.objects.open(key)
    if chat is None:
        raise Http404
    colour = chat.channel.shown_as.colour or OURS
    told = {
        **{"sites": chat.sites, "language": chat.language, "page": chat.keeps_page},
        **{"colour": colour, "ink": words_on(colour), "words": {code: _words(code) for code in ("ru", "en")}},
    }
    # Escaped so that nothing in it ends a script or breaks a line of one.
    settings = json.dumps(told).replace("<", "\\u003c")
    return framing.script(_script().replace(b'"SETTINGS"', settings.encode()), FIVE_MINUTES)


@require_safe
@of_chat
def frame(request: HttpRequest, chat: Chat) -> HttpResponse:
    """The page in the window."""
    language = get_language() or "ru"
    context = {
        **{"chat": chat, "brand": chat.channel.shown_as, "language": language, "welcome": chat.welcome(language)},
        **{"state": json.dumps(opening.state(chat)), "longest": limits.LONGEST, "asks": Asks(chat.asks_address).value},
        "live": reverse("sitechat:live", args=[chat.key]),
    }
    page = _private(render(request, "sitechat/frame.html", context))
    return framing.framable(page, chat.sites)


@require_safe
@of_chat
def said(request: HttpRequest, chat: Chat) -> HttpResponse:
    """What the window does not have yet, and whether somebody is there."""
    visitor = _visitor(request, chat)
    after = request.GET.get("after", "")
    lines = saying.said(visitor, int(after) if after.isdecimal() and len(after) < 18 else 0) if visitor else []
    told = {
        **{"lines": lines, "more": len(lines) == limits.PAGE, "state": opening.state(chat)},
        **{"known": visitor is not None, "email": visitor.email if visitor else ""},
        "ended": bool(visitor and visitor.ended_at),
        **(typing.standing(visitor) if visitor else {"typing": False, "place": None}),
    }
    return _private(JsonResponse(told))


@posted
def say(request: HttpRequest, chat: Chat) -> HttpResponse:
    given = request.FILES.getlist("files")
    if sum(one.size or 0 for one in given) > limits.MOST_AT_ONCE:
        raise Wrong(_("The files are too large: up to 20 MB each and 25 MB together."), "files")
    papers = [Paper(plain(one.name or "")[:150], plain(one.content_type or "")[:120], one.read()) for one in given]
    data = request.POST
    taking.say(
        _post(request, chat), data.get("text", ""), papers, email=data.get("email", ""), page=data.get("page", "")
    )
    return HttpResponse(status=204)


@posted
def press(request: HttpRequest, chat: Chat) -> HttpResponse:
    line = request.POST.get("line", "")
    known = line.isdecimal() and len(line) < 18
    taking.press(_post(request, chat), _known(request, chat), request.POST.get("data", ""), int(line) if known else 0)
    return HttpResponse(status=204)


@posted
def end(request: HttpRequest, chat: Chat) -> HttpResponse:
    taking.end(_post(request, chat), _known(request, chat))
    return HttpResponse(status=204)


@posted
def address(request: HttpRequest, chat: Chat) -> HttpResponse:
    taking.leave_address(_post(request, chat), request.POST.get("email", ""))
    return HttpResponse(status=204)


@posted
def writes(request: HttpRequest, chat: Chat) -> HttpResponse:
    """Somebody types in the window; of what they type nothing comes here before they send it."""
    visitor = _known(request, chat)
    typing.typed(visitor)
    return HttpResponse(status=204)


@posted
def seen(request: HttpRequest, chat: Chat) -> HttpResponse:
    """202 asks the window to say it once more."""
    last = request.POST.get("last", "")
    is_kept = not (last.isdecimal() and len(last) < 18) or taking.see(_known(request, chat), int(last))
    return HttpResponse(status=204 if is_kept else 202)


@require_safe
@of_chat
def file(request: HttpRequest, chat: Chat, line: int, place: int) -> HttpResponse:
    """A file of their own window; never shown in a page, whatever it says that it is."""
    found = saying.file_of(_known(request, chat), line, place)
    if found is None:
        raise Http404
    answer = HttpResponse(found.content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = "attachment"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return _private(answer)


def language_of(request: HttpRequest, chat: Chat) -> str:
    """That of the chat, else what the site says, else the browser's own."""
    asked = request.GET.get("lang", "")[:2].lower()
    return chat.language or (asked if asked in ("ru", "en") else (get_language() or "ru")[:2])


def _visitor(request: HttpRequest, chat: Chat) -> Visitor | None:
    return Visitor.objects.of_secret(chat, request.headers.get(PROOF, ""))


def _known(request: HttpRequest, chat: Chat) -> Visitor:
    visitor = _visitor(request, chat)
    if visitor is None:
        raise Http404
    return visitor


def _post(request: HttpRequest, chat: Chat) -> Post:
    key = request.POST.get("key", "")
    if not (8 <= len(key) <= 64 and key.isascii() and key.isalnum()):
        raise Wrong(_("Reload the page and try again."))
    secret, remote = request.headers.get(PROOF, ""), request.META.get("REMOTE_ADDR", "")
    return Post(chat, secret, key, (get_language() or "ru")[:2], remote)


def _size(request: HttpRequest) -> int:
    """Bytes of a post, as it says of itself: more are never read."""
    told = str(request.META.get("CONTENT_LENGTH") or "")
    return int(told) if told.isdecimal() else 0


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _words(language: str) -> dict[str, str]:
    with translation.override(language):
        return {"open": _("Write to us"), "close": _("Close the chat"), "title": _("Online chat")}


@cache
def _script() -> bytes:
    return (files("otklik.adapters.sitechat") / "static" / "sitechat" / "widget.js").read_bytes()
