"""The questions of a survey, as whoever was asked sees them.

A link of the letter shows its mark chosen and one button that sends it; only that press counts, because mail scanners
follow links and run scripts, too (decision 0108).  The rest is offered once the mark is kept.  A question that depends
on an earlier answer is asked when that answer is here, without any script.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from otklik.care.surveys import agreeing, reviews
from otklik.care.surveys.asking import FIRST, Asked, asked_of, point, read
from otklik.care.surveys.faces import FACES
from otklik.care.surveys.models import Invitation, Version
from otklik.care.surveys.scales import Kind
from otklik.core.staff.models import Brand
from otklik.front.portal import visit

SENT = "sent"
"""In the address to which an answer by an open link leads."""


@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, secret: str) -> HttpResponse:
    invitation = Invitation.objects.of_secret(secret)
    if invitation is None or invitation.version is None:
        return over(request)
    with visit.spoken(invitation.language or get_language() or "ru", invitation.zone):
        if request.method == "POST":
            return visit.private(take(request, invitation, secret))
        shown = _shown(invitation)
        if SENT in request.GET and invitation.marks():
            return visit.private(heard(request, invitation, secret))
        chosen = point(shown[0].question, request.GET.get(FIRST, "")) if shown and shown[0].name == FIRST else None
        if chosen is not None:
            shown[0].value = chosen
            return visit.private(page(request, invitation, secret, shown[:1], by_link=True))
        return visit.private(page(request, invitation, secret, shown))


@csrf_exempt  # RFC 8058: the mail program of the client presses, with no page of ours open; the secret is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """No more questions: a click of the mail program or of the page, and back again."""
    invitation = Invitation.objects.of_way_out(secret)
    if invitation is None:
        return over(request)
    with visit.spoken(invitation.language, invitation.zone):
        if request.method == "POST":
            _agree(request, invitation)
        silent = invitation.is_silenced
        words = agreeing.to_go_on() if silent else agreeing.to_end()
        context = {"brand": invitation.brand, "secret": secret, "silent": silent, "words": words}
        return visit.private(render(request, "portal/survey_stop.html", context))


def _agree(request: HttpRequest, invitation: Invitation) -> None:
    """What the client said, with the words that stood before them."""
    if "again" in request.POST:
        invitation.ask_again(agreeing.to_go_on())
    else:
        by_program = "List-Unsubscribe" in request.POST
        invitation.ask_no_more(agreeing.by_mail_program() if by_program else agreeing.to_end())


def over(request: HttpRequest) -> HttpResponse:
    """What never was and what is over are the same page."""
    context = {"brand": Brand.objects.house().usual}
    return visit.private(render(request, "portal/survey_over.html", context, status=404))


def take(request: HttpRequest, invitation: Invitation, secret: str, **more: Any) -> HttpResponse:
    """What a form says is kept; what it brings up is asked, else our thanks.  `more` is what `page` takes."""
    before = {one.pk for one in invitation.version.shown(invitation.marks())}  # type: ignore[union-attr]
    by_link = request.POST.get("by") == "link"
    form = request.POST.dict()
    given = read(invitation.version, form, invitation.marks(), invitation.words(), only_first=by_link)  # type: ignore[arg-type]
    if given.is_missing:
        asked = given.asked[:1] if by_link else given.asked
        return page(request, invitation, secret, asked, by_link=by_link, status=422, **more)
    invitation.fill(given.marks, given.words, request.POST.get("comment") if not by_link else None)
    mark = invitation.first_mark
    if mark and not by_link and not _has_own_words(invitation.version):  # type: ignore[arg-type]
        reviews.allow(mark, shown="may_show" in form, signed="may_name" in form)
    shown = _shown(invitation)
    if by_link or any(one.question.pk not in before and one.value is None and not one.words for one in shown):
        return page(request, invitation, secret, shown, saved=True, **more)
    return _thanks(request, invitation, secret, **more)


def heard(request: HttpRequest, invitation: Invitation, secret: str, **more: Any) -> HttpResponse:
    """After an answer of nobody we invited: what only this answer brings up, else our thanks."""
    shown = _shown(invitation)
    if any(one.question.follows_id and one.value is None and not one.words for one in shown):
        return page(request, invitation, secret, shown, saved=True, **more)
    return _thanks(request, invitation, secret, **more)


def _thanks(
    request: HttpRequest, invitation: Invitation, secret: str, *, framed: bool = False, **_more: Any
) -> HttpResponse:
    """Until two weeks have passed they may think again; a window on another site shows no other page of ours."""
    context = {
        "brand": invitation.brand,
        "glad": _is_glad(invitation),
        "of_answer": invitation.contact_id is not None and invitation.about_answer,
        "again": "" if framed else reverse("portal:survey", args=[secret]),
        "framed": framed,
    }
    return render(request, "portal/survey_thanks.html", context)


def _is_glad(invitation: Invitation) -> bool:
    """Whether nothing that they chose is low."""
    marks = invitation.marks()
    found = [(one.scale, marks[one.pk]) for one in invitation.version.asked() if one.pk in marks]  # type: ignore[union-attr]
    return not any(scale is not None and scale.is_low(value) for scale, value in found)


def _has_own_words(version: Version) -> bool:
    """It asks for words itself: then there are none beside the mark, and nothing that could be shown with it."""
    return any(one.kind == Kind.TEXT for one in version.asked())


def _shown(invitation: Invitation) -> list[Asked]:
    assert invitation.version
    return asked_of(invitation.version, invitation.marks(), invitation.words())


def page(
    request: HttpRequest,
    invitation: Invitation,
    secret: str,
    shown: list[Asked],
    *,
    saved: bool = False,
    by_link: bool = False,
    address: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The questions as they stand; `address` is where the form goes when no secret says so.

    `by_link`: only the mark that a link of the letter names, with the press that it still needs.
    """
    version = invitation.version
    assert version
    with_comment = not by_link and not _has_own_words(version) and version.first is not None
    context = {
        "brand": invitation.brand,
        "invitation": invitation,
        "ticket": invitation.ticket if invitation.about_answer else None,
        "agent": invitation.agent,
        "before": invitation.asks_of_before,
        "asked": shown,
        "several": not by_link and len(version.asked()) > 1,
        "faces": FACES,
        "address": address or reverse("portal:survey", args=[secret]),
        "saved": saved,
        "by_link": by_link,
        "with_comment": with_comment,
        "comment": request.POST.get("comment") or invitation.comment(),
        "reviewed": with_comment and invitation.begins_with_mark and reviews.can_be_reviewed(invitation.agent),
        "review": getattr(invitation.first_mark, "review", None) if invitation.pk else None,
        **more,
    }
    return render(request, "surveys/page.html", context, status=status)
