"""For load balancers and monitors: `/livez` says that the process answers, `/readyz` that it may be given work."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from otklik import __version__
from otklik.config.health.readiness import readiness


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    reasons = readiness.reasons()
    answer = {"ready": not reasons, "version": __version__, "reasons": reasons}
    return JsonResponse(answer, status=503 if reasons else 200)
