"""The living style page: every component and state, drawn by the real parts."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from otklik.core.ui import sample
from otklik.core.ui.show import show


@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """For whoever builds screens: signed-in staff, or anybody while DEBUG is on."""
    if not (settings.DEBUG or (getattr(request, "user", None) and request.user.is_authenticated)):
        raise Http404
    language = request.GET.get("lang", "")
    if language not in dict(settings.LANGUAGES):
        return show(request, "ui/kit.html", sample.everything(timezone.now()))
    with translation.override(language):
        return show(request, "ui/kit.html", sample.everything(timezone.now()))
