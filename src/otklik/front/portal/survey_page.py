"""One question after the answer.

A link of the letter shows the page with its score chosen; only the form sends a score, because mail scanners follow
links too.  With scripts the page sends it by itself, so that the click in the letter is the only one.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from otklik.care.surveys import agreeing, reviews
from otklik.care.surveys.models import Invitation
from otklik.core.staff.models import Brand
from otklik.desk.tickets.letters import language_of, zone_of
from otklik.front.portal import visit
from otklik.front.portal.faces import FACES

SCORES = {face.value for face in FACES}


@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, secret: str) -> HttpResponse:
    invitation = Invitation.objects.of_secret(secret)
    if invitation is None:
        return _over(request)
    with visit.spoken(language_of(invitation.ticket), zone_of(invitation.ticket)):
        if request.method == "POST":
            return visit.private(_take(request, invitation, secret))
        chosen = request.GET.get("score", "")
        return visit.private(_ask(request, invitation, secret, chosen if chosen in SCORES else ""))


@csrf_exempt  # RFC 8058: the mail program of the client presses, with no page of ours open; the secret is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """No more questions: a click of the mail program or of the page, and back again."""
    invitation = Invitation.objects.of_way_out(secret)
    if invitation is None:
        return _over(request)
    with visit.spoken(language_of(invitation.ticket), zone_of(invitation.ticket)):
        if request.method == "POST":
            _agree(request, invitation)
        silent = invitation.is_silenced
        words = agreeing.to_go_on() if silent else agreeing.to_end()
        context = {"brand": _brand(invitation), "secret": secret, "silent": silent, "words": words}
        return visit.private(render(request, "portal/survey_stop.html", context))


def _agree(request: HttpRequest, invitation: Invitation) -> None:
    """What the client said, with the words that stood before them."""
    if "again" in request.POST:
        invitation.ask_again(agreeing.to_go_on())
    else:
        by_program = "List-Unsubscribe" in request.POST
        invitation.ask_no_more(agreeing.by_mail_program() if by_program else agreeing.to_end())


def _over(request: HttpRequest) -> HttpResponse:
    context = {"brand": Brand.objects.house().usual}
    return visit.private(render(request, "portal/survey_over.html", context, status=404))


def _take(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponse:
    value = request.POST.get("score", "")
    if value not in SCORES:
        return _ask(request, invitation, secret, "", status=422, error=_("Choose one of the five faces."))
    score = invitation.answer(int(value), request.POST.get("comment", ""))
    reviews.allow(score, shown="may_show" in request.POST, signed="may_name" in request.POST)
    if request.POST.get("by") == "link":
        return _ask(request, invitation, secret, value, saved=True)
    return render(request, "portal/survey_thanks.html", {**_context(invitation, secret), "score": score})


def _ask(
    request: HttpRequest,
    invitation: Invitation,
    secret: str,
    chosen: str,
    *,
    saved: bool = False,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {**_context(invitation, secret), "chosen": chosen, "saved": saved, "error": error}
    return render(request, "portal/survey.html", context, status=status)


def _brand(invitation: Invitation) -> Brand:
    return visit.door_of(invitation.ticket).shown_as


def _context(invitation: Invitation, secret: str) -> dict[str, Any]:
    given = getattr(invitation, "score", None)
    return {
        "brand": _brand(invitation),
        "invitation": invitation,
        "ticket": invitation.ticket,
        "agent": invitation.agent,
        "secret": secret,
        "faces": FACES,
        "comment": given.comment if given else "",
        "reviewed": reviews.can_be_reviewed(invitation.agent),
        "review": getattr(given, "review", None),
    }
