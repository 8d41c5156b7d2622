"""Saving what is being typed, two seconds after the last key."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from otklik.core.journal import clock
from otklik.core.journal.models import Once
from otklik.core.ui import words
from otklik.desk.conversations.models import Draft
from otklik.desk.conversations.models.draft import HELD
from otklik.desk.tickets.dates import DAY_ENDS, offered
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts import addressees
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.acts.doubts import promised
from otklik.front.workspace.acts.keys import key_of_note
from otklik.front.workspace.door import person

MOST_LETTERS = 200_000
WRITTEN = ("reason", "explanation", "alternatives", "summary", "link", "what", "why", "whom")
"""What a person has written or chosen beside the text, which a save must not throw away unseen."""


@act("GET", "POST")
@transaction.atomic
def draft(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """GET: both drafts.  POST: keep one; 409 with the other draft when another window saved since `base`, or a letter
    came back, 422 where the request goes on in another one.

    The 409 says whether that one is `within` this one, so that nothing would be lost, and whether there is `more` in
    it than its text.  `both` keeps them one below the other; whoever asks for that draws the composer anew.

    The answer to a kept reply names the date found in its words, so that the composer can offer it as a promise, and
    whether the words promise it already.
    """
    mine = Draft.objects.filter(conversation=ticket.conversation_id, author=person(request)).exclude(mode=HELD)
    if request.method == "GET":
        return JsonResponse({"drafts": {each.mode: _plain(each) for each in mine}})
    mode = "note" if request.POST.get("mode") == "note" else "reply"
    text = request.POST.get(mode if mode == "note" else "text", "")[:MOST_LETTERS]
    ticket.lock()  # two windows that save at the same moment: one of them is the second
    base, kept, form = request.POST.get("base"), mine.filter(mode=mode).first(), form_of(request, mode)
    if base is not None and kept and not _is_of(base, kept):
        more = _has_more(kept.form, form)
        if more or kept.text != text:
            within = not more and bool(kept.text.strip()) and _one_way(kept.text) in _one_way(text)
            return JsonResponse({**_plain(kept), "within": within, "more": more}, status=409)
    key = request.POST.get("key", "")
    if mode == "reply" or not Once.objects.filter(person=person(request), key=key_of_note(ticket, key)).exists():
        try:
            if request.POST.get("both"):
                return _both(request, ticket, mode, text, form)
            ticket.keep_draft(text, by=person(request), mode=mode, form=form, key=key)
        except Conflict as error:
            return JsonResponse({"error": error.text}, status=422)
    at = mine.filter(mode=mode).values_list("saved_at", flat=True).first()
    return JsonResponse({"at": _stamp(at), "offer": _offer(text) if mode == "reply" else None})


def _both(request: HttpRequest, ticket: Ticket, mode: str, text: str, form: dict[str, Any]) -> HttpResponse:
    """Raises Conflict where the request goes on in another one."""
    ticket.must_stand()
    Draft.objects.begin_below(ticket.conversation, person(request), mode, text, form, base="")
    return JsonResponse({"both": True})


def form_of(request: HttpRequest, mode: str) -> dict[str, Any]:
    """Everything beside the text; empty when nothing worth keeping was filled in."""
    data = request.POST
    if mode == "note":
        return {"files": data.getlist("note_files")} if data.getlist("note_files") else {}
    choice = Choice.posted(data)
    typed = {**choice.plain(), **({"files": data.getlist("files")} if data.getlist("files") else {})}
    if data.get("history") == "on":
        typed["history"] = True
    own = set(typed) - {"until", "who"}
    if not own and not data.get("text", "").strip():
        return {}
    to, cc = (addressees.bare(data.getlist(name)) for name in ("to", "cc"))
    return {"next": choice.next or "promise", **typed, **_via(data), **({"to": to, "cc": cc} if to else {})}


def below_draft(request: HttpRequest, ticket: Ticket, text: str, mode: str) -> None:
    """Without scripts a text that was chosen goes below what the draft holds."""
    user = person(request)
    begun = Draft.objects.filter(conversation=ticket.conversation_id, author=user, mode=mode).first()
    before, form = (begun.text.rstrip(), begun.form) if begun else ("", form_of(request, mode))
    ticket.keep_draft("\n\n".join(part for part in (before, text) if part), by=user, mode=mode, form=form)


def _via(data: QueryDict) -> dict[str, int]:
    """Another mailbox to answer from, as the form names it."""
    number = data.get("via", "")
    return {"via": int(number)} if number.isascii() and number.isdigit() and len(number) < 10 else {}


def _offer(text: str) -> dict[str, str | bool] | None:
    now, zone = clock.now(), timezone.get_current_timezone()
    ours = promised(text, now, zone)
    found = ours or offered(text, now, zone)
    if found is None:
        return None
    until = found.until
    names_day_only = until.timetz().replace(tzinfo=None) == DAY_ENDS and not any(map(str.isdigit, found.words))
    return {
        "words": found.words,
        "until": until.isoformat(),
        "day": f"{until:%Y-%m-%d}" if names_day_only else "",
        "label": words.by(until),
        "short": words.by_short(until),
        "promised": ours is not None,
    }


def _plain(kept: Draft) -> dict[str, Any]:
    return {
        "text": kept.text,
        "form": kept.form,
        "at": _stamp(kept.saved_at),
        "said": words.at(kept.saved_at),
    }


def _is_of(base: str, kept: Draft) -> bool:
    """The window has seen this draft; "" is the word of one that began with an empty text."""
    try:
        return parse_datetime(base) == kept.saved_at
    except ValueError:
        return False


def _one_way(text: str) -> str:
    """Line ends as they are typed here or were sent by a form."""
    return text.replace("\r\n", "\n").strip()


def _has_more(kept: dict[str, Any], form: dict[str, Any]) -> bool:
    """Files, or what was written beside the text as for a refusal, that the form does not have."""
    if set(kept.get("files", [])) - set(form.get("files", [])):
        return True
    before, now = Choice.kept(kept).plain(), Choice.kept(form).plain()
    return any(_written(before.get(name)) not in ("", _written(now.get(name))) for name in WRITTEN)


def _written(value: Any) -> str:
    return _one_way("\n".join(value) if isinstance(value, list) else str(value or ""))


def _stamp(at: datetime | None) -> str:
    return at.isoformat() if at else ""
