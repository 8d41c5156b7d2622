"""The address that Telegram posts updates to."""

import hmac
import json
import logging

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from otklik.adapters.telegram.limits import MOST_UPDATE
from otklik.adapters.telegram.models import Bot
from otklik.adapters.telegram.taking import NoUpdate, take
from otklik.core.staff.seal import Sealed

logger = logging.getLogger(__name__)

PROOF = "X-Telegram-Bot-Api-Secret-Token"


@csrf_exempt  # Telegram has no page of ours; what it posts carries the secret
@require_POST
def receive(request: HttpRequest, key: str) -> HttpResponse:
    """200 only after the commit; 403 and nothing is stored; 503: Telegram comes again."""
    bot: Bot | None = None
    try:
        bot = Bot.objects.of_hook(key)
        if bot is None:
            return HttpResponse(status=404)
        return _take(request, bot)
    except Sealed as error:
        if bot:
            bot.channel.has_trouble(str(error))
        return HttpResponse(status=503)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("an update cannot be stored now: %s", error)
        return HttpResponse(status=503)


def _take(request: HttpRequest, bot: Bot) -> HttpResponse:
    given = request.headers.get(PROOF, "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, bot.hook_proof.encode()):
        logger.warning("a post to %s was refused: wrong secret", bot)
        return HttpResponse(status=403)
    body = request.read(MOST_UPDATE + 1)
    if len(body) > MOST_UPDATE:
        return HttpResponse(status=413)
    try:
        take(bot, json.loads(body), body)
    except (NoUpdate, ValueError, RecursionError):
        return HttpResponse(status=400)
    bot.works()
    return HttpResponse()
