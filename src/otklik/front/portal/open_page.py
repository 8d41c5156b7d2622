"""A survey that anybody may answer: by the link at the counter, or in a window on a site of the company.

Nobody was invited, so these answers are of nobody and counted apart.  A window is shown only on the sites that the
survey names: other pages cannot frame it, and the browser asks us for that with every page of it.
"""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from otklik.care.surveys.asking import Told, asked_of, read
from otklik.care.surveys.models import Invitation, Survey, Version
from otklik.core.journal import clock
from otklik.core.staff.errors import TooMany
from otklik.core.staff.models import Throttle
from otklik.core.staff.policies import Limit, network_of
from otklik.core.ui import framing
from otklik.front.portal import survey_page, visit

SLOT = 600
"""Seconds in which answers are counted together; the next ten minutes begin with none."""
FROM_ONE = Limit(free=60, first=SLOT, longest=SLOT, forget=SLOT)
"""Answers from one network in a slot: clients at a counter take turns, an office stands behind one address."""
OF_LINK = Limit(free=1000, first=SLOT, longest=SLOT, forget=SLOT)
"""Answers by one link from everywhere in a slot."""
AN_HOUR = 3600

type Answered = Callable[[Version, Told], HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
def open_survey(request: HttpRequest, token: str) -> HttpResponse:
    """A survey that hangs at the counter."""
    survey = Survey.objects.of_link(token)
    if survey is None:
        return survey_page.over(request)

    def answered(version: Version, given: Told) -> HttpResponse:
        said = request.POST.get("comment", "")
        secret = Invitation.objects.of_guest(survey, version, given.marks, given.words, said)
        return redirect(f"{reverse('portal:survey', args=[secret])}?{survey_page.SENT}")

    return _asked(request, survey, reverse("portal:open_survey", args=[token]), answered)


@csrf_exempt  # a window on another site has no cookie of ours, and whoever answers is nobody: Origin is looked at below
@require_http_methods(["GET", "HEAD", "POST"])
def framed(request: HttpRequest, token: str) -> HttpResponse:
    """The same questions in a window on one of the survey's sites."""
    survey = Survey.objects.of_link(token)
    if survey is None or not survey.sites:
        return survey_page.over(request)
    if request.method == "POST" and framing.is_of_another_site(request):
        return framing.framable(HttpResponse(status=403), survey.sites)

    address = reverse("portal:framed_survey", args=[token])
    if request.method == "POST" and (found := _of_window(request, survey)):
        invitation, secret = found
        with visit.spoken(get_language() or "ru", invitation.zone):
            told = survey_page.take(request, invitation, secret, **_window(address, secret))
            return framing.framable(visit.private(told), survey.sites)

    def answered(version: Version, given: Told) -> HttpResponse:
        said, site = request.POST.get("comment", ""), Invitation.Source.SITE
        secret = Invitation.objects.of_guest(survey, version, given.marks, given.words, said, site)
        invitation = Invitation.objects.of_secret(secret)
        assert invitation is not None  # it was made in this moment
        return survey_page.heard(request, invitation, secret, **_window(address, secret))

    return framing.framable(_asked(request, survey, address, answered, framed=True), survey.sites)


def _window(address: str, secret: str) -> dict[str, Any]:
    """What follows stays in the window: its form comes back here and brings the secret of the answer along."""
    return {"address": address, "framed": True, "answered": secret}


def _of_window(request: HttpRequest, survey: Survey) -> tuple[Invitation, str] | None:
    """The answer that the form goes on with, and its secret; what is none of this window's begins anew."""
    secret = request.POST.get("answered", "")
    found = Invitation.objects.of_secret(secret) if secret else None
    if found is None or found.version is None or found.survey_id != survey.pk:
        return None
    return (found, secret) if found.source == Invitation.Source.SITE else None


@require_safe
def embed(request: HttpRequest, token: str) -> HttpResponse:
    """The script that a site includes; it opens the window and knows nothing of the site or its visitor."""
    survey = Survey.objects.of_link(token)
    if survey is None or not survey.sites:
        raise Http404
    return framing.script(_script(), AN_HOUR)


def _asked(
    request: HttpRequest, survey: Survey, address: str, answered: Answered, *, framed: bool = False
) -> HttpResponse:
    version = survey.current()
    if version is None:
        return survey_page.over(request)
    guest = _guest(survey, version)
    with visit.spoken(get_language() or "ru", guest.zone):
        if request.method != "POST":
            shown = asked_of(version, {}, {})
            return visit.private(survey_page.page(request, guest, "", shown, address=address, framed=framed))
        given = read(version, request.POST.dict(), {}, {})
        if given.is_missing:
            page = survey_page.page(request, guest, "", given.asked, address=address, status=422, framed=framed)
            return visit.private(page)
        try:
            _count(request, survey)
        except TooMany as error:
            survey.count_refused()
            told = {"framed": framed, "refused": True}
            page = survey_page.page(request, guest, "", given.asked, address=address, status=429, **told)
            page.headers["Retry-After"] = str(error.verdict.wait)
            return visit.private(page)
        return visit.private(answered(version, given))


def _count(request: HttpRequest, survey: Survey) -> None:
    """Raises TooMany."""
    network, slot = network_of(request.META.get("REMOTE_ADDR", "")), int(clock.now().timestamp()) // SLOT
    link = f"survey {survey.pk} in {slot}"
    Throttle.objects.attempt({f"{link} from {network}": FROM_ONE, link: OF_LINK})


def _guest(survey: Survey, version: Version) -> Invitation:
    return Invitation(survey=survey, version=version, source=Invitation.Source.LINK)


@cache
def _script() -> bytes:
    return (files("otklik.care.surveys") / "static" / "surveys" / "embed.js").read_bytes()
