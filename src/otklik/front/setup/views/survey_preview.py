"""A version of a survey before anybody is asked by it: the letter and the page, as a client gets them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.csp import CSP, build_policy
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from otklik.care.surveys import letters
from otklik.care.surveys.asking import drawn
from otklik.care.surveys.faces import FACES
from otklik.care.surveys.models import Invitation, Survey, Version
from otklik.care.surveys.scales import Kind
from otklik.core.staff.models import Brand, Organisation
from otklik.desk.channels.models import Channel
from otklik.desk.conversations import closing
from otklik.desk.conversations.html import frame_headers
from otklik.desk.conversations.letters import html_of
from otklik.desk.conversations.models import Conversation
from otklik.desk.conversations.placeholders import SAMPLES
from otklik.desk.tickets.models import Ticket
from otklik.front.setup import access
from otklik.front.setup.views.page import settings_page

NOWHERE = "preview"
"""What stands in the place of a client's secret: no address with it leads anywhere."""
LANGUAGES = (("ru", "Русский"), ("en", "English"))


@access.heads
@require_safe
def preview(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Letter and page side by side, in either language; the letter by day or by night."""
    version = _version(pk, number)
    context = {
        "survey": version.survey,
        "version": version,
        "language": language_of(request),
        "languages": LANGUAGES,
        "shade": _shade(request),
        "by_letter": version.survey.occasion != Survey.Occasion.LINK,
    }
    return settings_page(request, "setup/survey_preview.html", "surveys", context)


@access.heads
@require_safe
@xframe_options_sameorigin
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The client's page with every question at once, each with its condition; it sends nothing."""
    version = _version(pk, number)
    with translation.override(language_of(request)):
        context = {
            "brand": version.survey.brand or Brand.objects.house().usual,
            "asked": drawn(version.asked(), version.first),
            "several": len(version.asked()) > 1,
            "faces": FACES,
            "preview": True,
            "with_comment": version.first is not None and all(one.kind != Kind.TEXT for one in version.asked()),
        }
        answer = render(request, "surveys/page.html", context)
    shut = {"script-src": [CSP.NONE], "form-action": [CSP.NONE], "frame-ancestors": [CSP.SELF]}
    policy: dict[str, Any] = {**settings.SECURE_CSP, **shut}
    answer.headers["Content-Security-Policy"] = build_policy(policy)
    return answer


@access.heads
@require_safe
@xframe_options_sameorigin
def letter(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The letter alone for its frame, written by what writes the real one, on white or on black."""
    version = _version(pk, number)
    with translation.override(language_of(request)):
        asked = _sample(version)
        brand, talk = asked.brand, asked.ticket.conversation if asked.ticket else None
        subject, _text, html = letters.invitation(asked, NOWHERE)
        footer = html_of(_("Ask me no more: %s") % letters.way_out(NOWHERE))
        of_brand = closing.filled(brand.signature, brand, agent="", line="")
        signature = closing.signature_of(talk.channel) if talk else of_brand
        body = f"{html}{closing.closing(brand, signature, footer)}"
    if brand.logo:
        ours = Organisation.objects.current().address + brand.logo.path
        body = body.replace(ours, request.build_absolute_uri(brand.logo.path))
    context: dict[str, Any] = {"body": SafeString(body), "shade": _shade(request), "brand": brand, "subject": subject}
    said = render_to_string("setup/brand_letter.html", context)
    return HttpResponse(said, headers=frame_headers(image_path=request.build_absolute_uri("/logo/")))


def _sample(version: Version) -> Invitation:
    """An invitation of nobody that is never kept; about an answer it names a request, so that its words are whole."""
    asked = Invitation(survey=version.survey, version=version)
    door = Channel.objects.writing().first() if asked.about_answer else None
    if door is not None:
        talk = Conversation(channel=door)
        asked.ticket = Ticket(pk=int(SAMPLES["number"]), subject=_("The line does not work"), conversation=talk)
    return asked


def _version(pk: int, number: int) -> Version:
    return get_object_or_404(Version.objects.select_related("survey__brand__logo"), survey=pk, number=number)


def language_of(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(LANGUAGES) else (translation.get_language() or "ru")[:2]


def _shade(request: HttpRequest) -> str:
    return "night" if request.GET.get("shade") == "night" else "day"
