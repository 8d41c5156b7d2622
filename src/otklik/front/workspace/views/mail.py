"""Letters that went out: what a client received, or would receive where no mail server is set up."""

import re

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from otklik.core.journal import clock
from otklik.core.ui.show import show, wants_part
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.html import linkify
from otklik.desk.conversations.models import Message
from otklik.front.workspace.door import person
from otklik.front.workspace.letter import read
from otklik.front.workspace.pictures import picture_folder
from otklik.front.workspace.queries.letters import STATES, letters_of, visible_letters
from otklik.front.workspace.views.messages import attachment, document, pictures_of

_LOGO = re.compile(r"https?://[^\s\"'<>]{1,200}(/logo/[0-9a-f]{32}\.png)")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The list; `?before=` for its next portion, `?state=` and `?q=` to narrow it."""
    context = _list_context(request)
    return show(request, "workspace/sent.html", context, part="portion" if context["before"] else "list")


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: as the client sees it, as plain text, its header lines, its source."""
    outbound = _letter(request, pk)
    told = read(bytes(outbound.raw), outbound.channel.kind)
    how = request.GET.get("as", "")
    how = how if how in ("html", "text", "headers", "source") else ("html" if told.html else "text")
    context = {
        "outbound": outbound,
        "letter": told,
        "how": how,
        "now": clock.now(),
        "source": bytes(outbound.raw[:200_000]).decode("utf-8", "replace") if how == "source" else "",
    }
    if wants_part(request):
        return render(request, "workspace/sent.html#letter", context)
    return render(request, "workspace/sent.html", _list_context(request) | context)


@require_safe
@xframe_options_sameorigin
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter alone for its frame."""
    outbound = _letter(request, pk)
    told = read(bytes(outbound.raw), outbound.channel.kind)
    if not told.html:
        return document(f"<pre>{linkify(told.text)}</pre>")
    message = Message.objects.filter(outbound=outbound).defer("search").first() if "cid:" in told.html else None
    images = pictures_of(request, message) if message else {}
    folders = [picture_folder(request)] if images else []
    if logos := _logos(request, told.html):
        folders.append(request.build_absolute_uri("/logo/"))
    return document(told.html, images | logos, *folders)


def _logos(request: HttpRequest, html: str) -> dict[str, str]:
    """Our own pictures need nobody's leave; wherever the letter looks for them, here they come from this desk."""
    return {found[0]: request.build_absolute_uri(found[1]) for found in _LOGO.finditer(html)}


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    return attachment(bytes(_letter(request, pk).raw), f"letter-{pk}.eml")


def _letter(request: HttpRequest, pk: int) -> Outbound:
    outbound = visible_letters(person(request)).defer(None).filter(pk=min(pk, 2**63 - 1)).first()
    if outbound is None:
        raise Http404
    return outbound


def _list_context(request: HttpRequest) -> dict[str, object]:
    state, before = request.GET.get("state") or "all", request.GET.get("before", "")
    if state not in STATES:
        raise BadRequest("unknown filter")
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    key = int(before) if before.isdecimal() and len(before) < 18 else None
    return {
        "letters": letters_of(person(request), state, key, query),
        "state": state,
        "query": query,
        "before": key,
        "leaves": bool(settings.SMTP_URL),
        "now": clock.now(),
    }
