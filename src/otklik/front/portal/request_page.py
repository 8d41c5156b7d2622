"""The client's page of one request."""

import secrets
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.care.surveys.asking import FIRST, drawn, missing, point
from otklik.care.surveys.faces import FACES
from otklik.care.surveys.marks import of_client
from otklik.care.surveys.models import Answer, Invitation, Question, Score
from otklik.care.surveys.reviews import allow, page_of
from otklik.core.journal import clock
from otklik.core.ui.show import come_again
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import FORM
from otklik.desk.channels.port import IncomingFile
from otklik.desk.conversations.html import linkify, safe
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.conversations.models.message import has_not_left
from otklik.desk.conversations.pages import Busy
from otklik.desk.conversations.shown import shown
from otklik.desk.tickets.access import ClientsView
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Resolution, Status, Ticket, Visit
from otklik.desk.tickets.strip import strip
from otklik.front.portal import visit

MOST_FILES, MOST_BYTES = 10, 25 * 1024 * 1024


@require_GET
@visit.of_request
def show_request(request: HttpRequest, ticket: Ticket, signed: str) -> HttpResponse:
    return _page(request, ticket, signed)


@require_POST
@visit.of_request
def answer(request: HttpRequest, ticket: Ticket, signed: str) -> HttpResponse:
    """The client's word, with files; repeated by a double click it is said once."""
    text = _said(request, "text")
    try:
        ticket.write_in(text, files=_files(request), key=_said(request, "key"))
    except Invalid as error:
        return _page(request, ticket, signed, status=422, error=error.text, text=text)
    return redirect("portal:request", signed=signed)


@require_POST
@visit.of_request
def appeal(request: HttpRequest, ticket: Ticket, signed: str) -> HttpResponse:
    """The client does not agree with the refusal; repeated by a double click it is said once."""
    text = _said(request, "text")
    try:
        ticket.appeal(text, files=_files(request), key=_said(request, "key"))
    except Refused as error:
        status = 409 if isinstance(error, Conflict) else 422
        return _page(request, ticket, signed, status=status, not_appealed=error.text, appeal_text=text)
    return redirect(f"{reverse('portal:request', args=[signed])}#appeal")


@require_http_methods(["GET", "HEAD", "POST"])
@visit.of_request
def not_solved(request: HttpRequest, ticket: Ticket, signed: str) -> HttpResponse:
    """One click says that it is not solved.  The page that a letter links to only asks: scanners open every link."""
    if request.method == "POST":
        heard = ticket.not_solved(_said(request, "text"), key=_said(request, "key"))
        return redirect("portal:request", signed=_opening(heard, ticket) or signed)
    if ticket.status != Status.RESOLVED or ticket.merged_into:
        return redirect("portal:request", signed=signed)
    ends = ticket.way_back_ends
    context = {
        **visit.frame(ticket),
        "ticket": ticket,
        "signed": signed,
        "key": secrets.token_hex(16),
        "over": ends is not None and clock.now() > ends,
        "helped": helped(ticket),
    }
    return render(request, "portal/not_solved.html", context)


@require_POST
@visit.of_request
def score(request: HttpRequest, ticket: Ticket, signed: str) -> HttpResponse:
    """The client rates the answer on the page itself.

    A number means nothing without its question: what was asked may have changed while the page stood open.
    """
    first = Invitation.objects.to_rate(ticket)
    if first is None:
        return _page(request, ticket, signed, status=422, unrated=_("The time to rate this answer is over."))
    if request.POST.get("question", "") != str(first.pk):
        return _page(request, ticket, signed, status=422, unrated=_("We ask another question now: please answer it."))
    value = point(first, request.POST.get(FIRST, ""))
    if value is None:
        return _page(request, ticket, signed, status=422, unrated=missing(first))
    try:
        _keep_mark(request, ticket, first, value)
    except Conflict as error:
        return _page(request, ticket, signed, status=422, unrated=error.text)
    return redirect("portal:request", signed=signed)


@transaction.atomic
def _keep_mark(request: HttpRequest, ticket: Ticket, first: Question, value: int) -> None:
    """Raises Conflict where another question was put in its place meanwhile: a letter that waits goes on waiting."""
    invitation = Invitation.objects.for_page(ticket)
    if invitation is None or invitation.version is None or invitation.version.first != first:
        raise Conflict(_("We ask another question now: please answer it."))
    invitation.fill({first.pk: value}, comment=request.POST.get("comment", ""))
    if given := invitation.first_mark:
        allow(given, shown="may_show" in request.POST, signed="may_name" in request.POST)


@require_GET
@visit.of_request
def file(request: HttpRequest, ticket: Ticket, signed: str, key: UUID) -> HttpResponseBase:
    """A file of a message that the client may see; anything else is the same 404."""
    of_ticket = Attachment.objects.filter(message__conversation=ticket.conversation_id)
    found = of_ticket.exclude(has_not_left("message__")).filter(key=key).select_related("message").first()
    view = ClientsView.of(ticket)
    if found is None or found.message is None or not view.covers(found.message) or not found.is_for_clients:
        raise Http404
    response = _picture(found) if _is_in_place(found, found.message) else _saved(found)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _picture(found: Attachment) -> HttpResponseBase:
    """What stands in a letter is drawn anew; what cannot be drawn is not there."""
    try:
        drawn = shown(found)
    except Busy:
        return come_again()
    if drawn is None:
        raise Http404
    place, kind = drawn
    return FileResponse(place.open("rb"), filename=found.name, content_type=kind)


def _saved(found: Attachment) -> HttpResponseBase:
    try:
        content: Any = found.file.open("rb")
    except OSError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")


def _said(request: HttpRequest, name: str) -> str:
    """Without what a database cannot keep."""
    return request.POST.get(name, "").replace("\x00", "")


def _goes_on(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """To the request in which this one goes on; words alone when that one is of somebody else."""
    if opening := _opening(ticket.standing, ticket):
        return redirect("portal:request", signed=opening)
    return render(request, "portal/request_goes_on.html", {**visit.frame(ticket), "ticket": ticket})


def _opening(onto: Ticket, ticket: Ticket) -> str:
    """What opens another request, in which a word of this one's client stands; "" when that one is of somebody else."""
    return sign(onto) if onto != ticket and onto.contact_id == ticket.contact_id else ""


def _page(
    request: HttpRequest,
    ticket: Ticket,
    signed: str,
    *,
    status: int = 200,
    error: str = "",
    unrated: str = "",
    text: str = "",
    not_appealed: str = "",
    appeal_text: str = "",
) -> HttpResponse:
    """`unrated`: why a mark was not kept; it stands where it was given, with the words that were written beside it."""
    if ticket.merged_into:
        return _goes_on(request, ticket)
    messages = ticket.conversation.messages.public().left().defer("search", "text")
    messages = messages.select_related("author", "contact").prefetch_related("attachments").order_by("id")
    view = ClientsView.of(ticket)
    context: dict[str, Any] = {
        **visit.frame(ticket),
        "ticket": ticket,
        "signed": signed,
        "talk": [(message, _shown(message, signed), _beside(message)) for message in messages if view.covers(message)],
        "strip": strip(ticket, for_client=True),
        "beside": ticket.partners_shown,
        "steps": _steps(ticket),
        "now": clock.now(),
        "key": secrets.token_hex(16),
        "error": error,
        "unrated": unrated,
        "comment": _said(request, "comment") if unrated else "",
        "text": text,
        "way": ticket.way_to_appeal(),
        "not_appealed": not_appealed,
        "appeal_text": appeal_text,
        "faces": FACES,
        "helped": helped(ticket),
        "moved": ticket.date_to_agree,
        "visits": (visits := _visits(ticket, view)),
        "to_agree": next((one for one in visits if one.may_be_agreed(clock.now())), None),
        "public_page": (public := page_of(ticket.owner)),
        "reviewed": public is not None,
        "asks": Channel.objects.open().filter(kind=FORM).exists(),
        **_rating(ticket),
    }
    return render(request, "portal/request.html", context, status=status)


@require_POST
@visit.of_request
def date(request: HttpRequest, ticket: Ticket, signed: str) -> HttpResponse:
    """The client says whether a moved date suits them; a date that does not stand any more is shown as it is now."""
    number = request.POST.get("promise", "")
    if number.isdecimal() and len(number) < 19 and request.POST.get("agreed") in ("yes", "no"):
        with suppress(Conflict):
            ticket.agree_date(int(number), request.POST["agreed"] == "yes")
    return redirect("portal:request", signed=signed)


@require_POST
@visit.of_request
def visit_time(request: HttpRequest, ticket: Ticket, signed: str) -> HttpResponse:
    """The client says whether the time of a visit suits them; one that does not stand any more is shown as it is."""
    number = request.POST.get("visit", "")
    if number.isdecimal() and len(number) < 19 and request.POST.get("agreed") in ("yes", "no"):
        with suppress(Conflict):
            ticket.answer_visit(int(number), request.POST["agreed"] == "yes")
    return redirect("portal:request", signed=signed)


def helped(ticket: Ticket) -> Resolution | None:
    """What we say helped, while it stands; None when nothing was said, or not to the client."""
    if ticket.status != Status.RESOLVED:
        return None
    told = ticket.resolutions.filter(taken_back_at=None, reopened_at=None, shown=True).order_by("-id")
    stands = told.exclude(has_not_left("message__")).first()
    return stands if stands and (stands.summary.strip() or stands.link) else None


def _shown(message: Message, signed: str) -> SafeString:
    """Our words as we formatted them, cleaned once more; the client's as plain text."""
    if not message.is_ours or not message.html:
        return SafeString(linebreaks(linkify(message.new_text)))
    inside = [file for file in message.attachments.all() if _is_in_place(file, message)]
    images = {f"cid:{file.content_id}": reverse("portal:file", args=[signed, file.key]) for file in inside}
    return safe(message.html, images)


def _beside(message: Message) -> list[Attachment]:
    return [file for file in message.attachments.all() if not _is_in_place(file, message)]


def _is_in_place(file: Attachment, message: Message) -> bool:
    """A picture in our text that the client may get."""
    return message.is_ours and file.inline and file.is_for_clients


def _rating(ticket: Ticket) -> dict[str, Any]:
    """What they have given, in words; else what may be asked of them now."""
    if given := _given(ticket):
        return {"given": of_client(given)}
    first = Invitation.objects.to_rate(ticket)
    return {"asked": drawn([first], first) if first else []}


def _given(ticket: Ticket) -> Score | Answer | None:
    """The last mark that they gave of our answer as it stands, whichever scale it is on; two statements.

    What they said of an answer after which the request was open again is no word on the one that came then.

    The request may have been another client's: what that one said is not read out to anybody.
    """
    asked = Invitation.objects.about_what_stands(ticket)
    theirs = ticket.scores.filter(invitation__contact=ticket.contact_id, invitation__in=asked)
    score, other = theirs.order_by("-id").first(), Answer.objects.first_about(ticket)
    if score and other:
        return score if score.invitation_id > other.invitation_id else other
    return score or other


def _visits(ticket: Ticket, view: ClientsView) -> list[Visit]:
    """Those whose letters the client may read, with the time they know; what is over only while the request is open."""
    told = ticket.visits.exclude(told_starts_at=None).exclude(has_not_left("promise__message__"))
    told = told.select_related("promise__message").prefetch_related("people")
    return [one for one in told if (ticket.is_open or not one.is_over) and _may_read(one, view)]


def _may_read(told: Visit, view: ClientsView) -> bool:
    return told.promise is not None and told.promise.message is not None and view.covers(told.promise.message)


def _steps(ticket: Ticket) -> list[tuple[str, str, Any]]:
    """(words, state, moment) of the way: taken in, answered, worked on, ended."""
    answered, ended = ticket.first_answer_at, ticket.ended_at
    end = {Status.REFUSED: _("Refused with reasons"), Status.CLOSED: _("Closed")}.get(
        Status(ticket.status), _("Solved")
    )
    return [
        (_("Received"), "done", ticket.opened_at),
        (_("Answered"), "done", answered) if answered or ended else (_("We answer"), "now", None),
        (_("Working on it"), "done" if ended else "now" if answered else "", None),
        (end, "done" if ended else "", ended),
    ]


def _files(request: HttpRequest) -> list[IncomingFile]:
    uploads = request.FILES.getlist("files")
    if len(uploads) > MOST_FILES or sum(upload.size or 0 for upload in uploads) > MOST_BYTES:
        raise Invalid(_("Attach at most %(count)s files of 25 MB together.") % {"count": MOST_FILES}, "files")
    return [
        IncomingFile(upload.name or "file", upload.content_type or "application/octet-stream", upload.read())
        for upload in uploads
    ]
