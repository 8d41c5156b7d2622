"""The open link of a survey on a sheet of paper: for a counter, a box or a door."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from otklik.care.surveys import links
from otklik.care.surveys.models import Survey
from otklik.core.staff.models import Brand
from otklik.front.setup import access
from otklik.front.setup.views.survey_preview import LANGUAGES, language_of


@access.heads
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The first question of what is asked now, its code and its address, in the language that is asked for; what is
    around them is in that of the reader.
    """
    survey = get_object_or_404(Survey.objects.select_related("brand__logo"), pk=pk)
    address, version, language = links.address_of(survey), survey.current(), language_of(request)
    if not address or version is None:
        raise Http404
    with translation.override(language):
        first = version.first
        on_paper = {
            "words": first.words if first else _("We would like to ask you some questions; it takes a minute."),
            "how": _("Point the camera of your phone at the code. It takes a minute, and nobody asks for your name."),
        }
    context = {
        **on_paper,
        "brand": survey.brand or Brand.objects.house().usual,
        "survey": survey,
        "language": language,
        "languages": LANGUAGES,
        "address": address,
        "code_of": _("QR code of the link"),
        "qr": links.qr_of(survey),
    }
    return render(request, "setup/survey_sheet.html", context)
