"""The address that an exchange posts its events to."""

import logging

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from otklik.adapters.phone import reading
from otklik.adapters.phone.models import Exchange
from otklik.adapters.phone.signing import SIGNATURE, TIMESTAMP, is_genuine
from otklik.core.journal import clock
from otklik.core.staff.seal import Sealed
from otklik.desk.calls import hearing

logger = logging.getLogger(__name__)

MOST = 64 * 1024
"""Bytes of an event."""


@csrf_exempt  # an exchange has no page of ours; what it sends is signed
@require_POST
def receive(request: HttpRequest, key: str) -> HttpResponse:
    """200 only after the commit; 403 and nothing is stored; 400 says what is wrong; 503: the exchange comes again."""
    try:
        exchange = Exchange.objects.of_hook(key)
        if exchange is None:
            return HttpResponse(status=404)
        return _take(request, exchange)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("an event of a call cannot be stored now: %s", error)
        return HttpResponse(status=503)


def _take(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    body, now = request.read(MOST + 1), clock.now()
    if len(body) > MOST:
        return HttpResponse(status=413)
    given = (request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, ""))
    try:
        genuine = is_genuine(exchange.secrets_at(now), *given, body, now)
    except Sealed:
        exchange.channel.has_trouble(
            _("What was stored cannot be read: the secret key was changed. Make a new secret.")
        )
        return HttpResponse(status=503)
    if not genuine:
        logger.warning("a post to %s was refused: wrong or old signature", exchange)
        return HttpResponse(status=403)
    try:
        call, told = reading.read(body, now)
    except reading.Wrong as error:
        exchange.channel.has_trouble(_("The exchange told something that makes no sense: %(what)s") % {"what": error})
        return JsonResponse({"error": str(error)}, status=400)
    fresh = hearing.hear(exchange.channel, call, told)
    exchange.channel.is_well()
    return JsonResponse({"known": not fresh})
