"""A client asks us by a form; while they write, answers that fit stand beside it, and nobody has to send anything.

No cookie tells visitors apart: a form has a key of its own, and what was offered and opened there is kept by it
(`FormVisit`).  Who came by an address that we sent them is known; anybody else gives an address, which nobody has
proven, and learns nothing of whom we know.
"""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.care.knowledge.models import Article, FormVisit
from otklik.care.knowledge.search import Hit, Scope, cut, fitting
from otklik.core.journal import clock
from otklik.core.staff.errors import TooMany
from otklik.core.staff.models import Throttle
from otklik.core.staff.policies import Limit
from otklik.desk.channels import filled
from otklik.desk.channels.filled import Filled, Offered
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import FORM
from otklik.desk.channels.parcel import Paper
from otklik.desk.channels.plain import plain
from otklik.desk.conversations.html import safe
from otklik.desk.conversations.markdown import to_html
from otklik.desk.tickets.letters import language_of
from otklik.desk.tickets.links import ticket_of
from otklik.desk.tickets.models import Ticket
from otklik.front.portal import knowledge_page, visit
from otklik.front.portal.request_form import LONGEST_SUBJECT, MOST_BYTES, MOST_FILES, RequestForm
from otklik.front.portal.rescue import KEY, chosen_language, key_of, thanked, typed, words_kept
from otklik.front.portal.robots import is_robot

FEWEST = 4
"""Letters of a question before anything is looked for."""
SHOWN = 3
SLOT = 600
"""Seconds in which requests of everybody are counted anew: a common count must not need quiet to begin again."""
LOOKS = Limit(free=200, first=10, longest=300, forget=600)
"""Looks for fitting answers of one network beyond that find nothing for a while; the form goes on."""
SENT = Limit(free=20, first=60, longest=600, forget=600)
"""Requests of one network beyond that have to wait: an office stands behind one address."""
SENT_FOR = Limit(free=5, first=120, longest=3600, forget=3600)
"""The same for one address, which somebody else may have typed."""
SENT_BY_ALL = Limit(free=600, first=60, longest=60, forget=SLOT)
"""Of everybody together, in a slot."""


class Visitor:
    """Who fills the form in: a client whom an address of ours brought (`ticket`, `by`), or a stranger."""

    def __init__(self, request: HttpRequest, signed: str = "") -> None:
        self.by = signed or request.POST.get("by", "")
        self.ticket: Ticket | None = ticket_of(self.by) if self.by else None
        self.email = self.ticket.contact.email if self.ticket else ""
        self.is_known = bool(self.email)
        self.lang = "" if self.ticket else chosen_language(request)
        self.language = language_of(self.ticket) if self.ticket else self.lang or knowledge_page.language_of(request)
        self.door = _door(self.ticket)

    @property
    def page(self) -> str:
        return reverse("portal:write_again", args=[self.by]) if self.ticket else reverse("portal:write")

    @property
    def sent_page(self) -> str:
        """In the language that was asked for by the address."""
        return f"{self.page}?sent=1&lang={self.lang}" if self.lang else f"{self.page}?sent=1"

    @property
    def frame(self) -> dict[str, Any]:
        if self.ticket:
            return {**visit.frame(self.ticket), "by": self.by, "language": self.language}
        return {**knowledge_page.frame(self.language), "lang": self.lang}


@require_http_methods(["GET", "HEAD", "POST"])
@words_kept
def write(request: HttpRequest) -> HttpResponse:
    """`?subject=` what stands there at first, as on the page of an article; `?sent=` after it was sent."""
    return _answered(request, Visitor(request))


@require_http_methods(["GET", "HEAD", "POST"])
@words_kept
@visit.of_request
def write_again(request: HttpRequest, ticket: Ticket, signed: str) -> HttpResponse:
    """The same of a client who came from the page of a request of theirs."""
    return _answered(request, Visitor(request, signed))


@require_POST
def offered(request: HttpRequest) -> HttpResponse:
    """What stands beside the form while somebody writes; nothing new where nothing is to be said."""
    who, key = Visitor(request), key_of(request)
    words = _words(request.POST.get("subject", ""), request.POST.get("text", ""))
    if len(words) < FEWEST or not key or who.door is None or not _may_look(request):
        return visit.private(HttpResponse(status=204))
    with translation.override(who.language):
        hits = _hits(words, who)
        _begun(request, who, key, hits)
        return visit.private(render(request, "portal/offered.html", {"hits": hits, "key": key}))


@require_safe
def open_offered(request: HttpRequest, pk: int) -> HttpResponse:
    """An article that was offered: its text beside the form, or its page where no script runs."""
    key, language = request.GET.get("key", ""), knowledge_page.language_of(request)
    found = knowledge_page.public(pk)
    if found is None:
        return knowledge_page.nothing(request)
    if request.method != "HEAD" and KEY.fullmatch(key) and not is_robot(request):
        FormVisit.objects.opened(key, found.pk)
    if "HX-Request" not in request.headers:
        return redirect("portal:kb_article", pk=found.pk)
    with translation.override(language):
        context = {"article": found, "body": safe(to_html(found.text))}
        return visit.private(render(request, "portal/offered_article.html", context))


@require_POST
@thanked
def helped(request: HttpRequest) -> HttpResponse:
    """Nothing is sent; what was typed goes along, for whoever thinks better of it."""
    who, key = Visitor(request), key_of(request)
    with translation.override(who.language):
        if key:
            FormVisit.objects.helped(key)
        context = {**who.frame, "told": typed(request), "page": who.page}
        return visit.private(render(request, "portal/write_helped.html", context))


def _answered(request: HttpRequest, who: Visitor) -> HttpResponse:
    with translation.override(who.language):
        if who.door is None:
            return knowledge_page.nothing(request)
        if request.method == "POST":
            return visit.private(_take(request, who, who.door))
        if "sent" in request.GET:
            return visit.private(render(request, "portal/write_sent.html", {**who.frame, "known": who.is_known}))
        subject = cut(request.GET.get("subject", ""))[:LONGEST_SUBJECT]
        form = RequestForm(known=who.is_known, initial={"subject": subject})
        return visit.private(_page(request, who, form))


def _take(request: HttpRequest, who: Visitor, door: Channel) -> HttpResponse:
    form, key = RequestForm(request.POST, known=who.is_known), key_of(request)
    if "edit" in request.POST:  # back from "this answered my question"
        return _page(request, who, RequestForm(known=who.is_known, initial=request.POST.dict()), key=key)
    try:
        papers = _papers(request)
    except ValidationError as error:
        form.add_error(None, error)
        papers = []
    if not form.is_valid() or not key:
        return _page(request, who, form, key=key, status=422)
    told = form.cleaned_data
    if "seen" not in request.POST and not papers and _may_look(request):
        hits = _hits(_words(told["subject"], told["text"]), who)
        _begun(request, who, key, hits)
        if hits:
            return _page(request, who, form, key=key, hits=hits, is_step=True)
    email = who.email or told["email"]
    try:
        _count(request, email)
    except TooMany as error:
        words = _("Too many requests came at once. Please press Send again in some minutes: your words stand below.")
        page = _page(request, who, form, key=key, trouble=words, status=429)
        page.headers["Retry-After"] = str(error.verdict.wait)
        return page
    _begun(request, who, key, [])
    with transaction.atomic():  # a request that is stored is never refused for the sake of its count
        filled.take(_filled(who, key, email, told, papers), door)
        FormVisit.objects.sent(key)
    return redirect(who.sent_page)


def _filled(who: Visitor, key: str, email: str, told: dict[str, Any], papers: list[Paper]) -> Filled:
    contact = who.ticket.contact if who.ticket and who.is_known else None
    return Filled(
        key=key,
        email=email,
        name=contact.name if contact else told.get("name", ""),
        subject=told["subject"],
        text=told["text"],
        language=who.language,
        proven=contact is not None,
        offered=_stood_beside(key),
        files=papers,
    )


def _stood_beside(key: str) -> list[Offered]:
    seen = FormVisit.objects.of_key(key)
    if seen is None:
        return []
    rows = Article.objects.public().filter(pk__in=seen.offered).order_by("pk").values_list("pk", "title")
    return [Offered(number, title, number in seen.opened) for number, title in rows]


def _page(
    request: HttpRequest,
    who: Visitor,
    form: RequestForm,
    *,
    key: str = "",
    hits: list[Hit] | None = None,
    is_step: bool = False,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        **who.frame,
        "form": form,
        "page": who.page,
        "key": key or secrets.token_hex(16),
        "hits": hits or [],
        "is_step": is_step,
        "seen": is_step or "seen" in request.POST,
        "trouble": trouble,
    }
    return render(request, "portal/write.html", context, status=status)


def _door(ticket: Ticket | None) -> Channel | None:
    """The form of the company that they know us by; of several lines the first."""
    doors = list(Channel.objects.open().filter(kind=FORM).order_by("team__level", "pk")[:100])
    if ticket is not None:
        known = visit.door_of(ticket).shown_as
        if found := next((one for one in doors if one.shown_as.pk == known.pk), None):
            return found
    return next((one for one in doors if one.shown_as.is_usual), None)


def _begun(request: HttpRequest, who: Visitor, key: str, hits: list[Hit]) -> None:
    """They have begun to write, as far as can be told without asking who they are."""
    if not is_robot(request):
        contact = who.ticket.contact if who.ticket and who.is_known else None
        FormVisit.objects.offer(key, [hit.id for hit in hits], contact=contact)


def _hits(words: str, who: Visitor) -> list[Hit]:
    return fitting(words, who.language, SHOWN, Scope.CLIENTS) if len(words) >= FEWEST else []


def _words(subject: str, text: str) -> str:
    return cut(f"{subject} {text}")


def _may_look(request: HttpRequest) -> bool:
    return not knowledge_page.rest_of(request, "looks at a form", LOOKS)


def _count(request: HttpRequest, email: str) -> None:
    """Raises TooMany."""
    network = knowledge_page.network(request)
    everybody = f"form in {int(clock.now().timestamp()) // SLOT}"
    buckets = {f"form from {network}": SENT, f"form for {email}": SENT_FOR, everybody: SENT_BY_ALL}
    Throttle.objects.attempt(buckets)


def _papers(request: HttpRequest) -> list[Paper]:
    """Raises ValidationError."""
    given = request.FILES.getlist("files")
    if len(given) > MOST_FILES or sum(one.size or 0 for one in given) > MOST_BYTES:
        raise ValidationError(_("Attach at most %(count)s files of 25 MB together.") % {"count": MOST_FILES})
    return [
        Paper(plain(one.name or "")[:150] or "file", plain(one.content_type or "")[:120], one.read()) for one in given
    ]
